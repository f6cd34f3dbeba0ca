{{ config(unique_key=['article_number', 'store_id']) }}

select
    article_number,
    store_id,
    price,
    currency,
    valid_from
from {{ ref('stg_prices') }}
where currency = 'EUR'
