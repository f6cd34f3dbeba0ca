{{ config(alias='silver_payments') }}

select
    payment_reference,
    order_id,
    method,
    card_fingerprint,
    {{ euro('amount_cents') }} as amount,
    cast(authorised_at as timestamp) as authorised_at
from {{ source('payment_provider', 'payments') }}
where state <> 'VOID'
