{{ config(alias='silver_prices') }}

select
    article_number,
    store_id,
    {{ euro('price_cents') }} as price,
    currency,
    cast(valid_from as timestamp) as valid_from
from {{ source('price_engine', 'prices') }}
where price_cents > 0
