{{ config(alias='silver_baskets') }}

select
    b.basket_id,
    b.customer_id,
    line.article_number,
    cast(line.quantity as decimal(9, 3)) as quantity,
    cast(b.updated_at as timestamp) as updated_at
from {{ source('basket_service', 'baskets') }} b
lateral view explode(from_json(b.lines, 'array<struct<article_number:string,quantity:string>>')) lines as line
