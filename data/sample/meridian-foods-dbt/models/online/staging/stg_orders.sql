{{ config(alias='silver_orders') }}

select
    order_id,
    customer_id,
    store_id,
    lower(status) as status,
    channel,
    {{ euro('total_cents') }} as total_amount,
    cast(ordered_at as timestamp) as ordered_at,
    cast(promised_at as timestamp) as promised_at,
    cast(changed_at as timestamp) as changed_at
from {{ source('shop_orders', 'orders') }}
where order_id is not null
  and coalesce(is_test, false) = false
