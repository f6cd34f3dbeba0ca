{{ config(unique_key=['currency', 'rate_date']) }}

select
    currency,
    cast(rate_date as date) as rate_date,
    cast(rate as decimal(18, 6)) as rate
from {{ source('exchange_rates', 'rates') }}
where base_currency = 'EUR'
