{{ config(alias='silver_order_lines') }}

select
    order_id,
    line_number,
    article_number,
    cast(quantity as decimal(9, 3)) as quantity,
    {{ euro('price_cents') }} as price,
    substitute_of as substitutes_article
from {{ source('shop_orders', 'order_lines') }}
where quantity > 0
