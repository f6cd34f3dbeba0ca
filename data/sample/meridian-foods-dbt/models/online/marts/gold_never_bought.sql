{{ config(unique_key='customer_id') }}

select
    c.customer_id,
    c.registered_at,
    c.home_store_id
from {{ source('customer_accounts', 'accounts') }} c
left anti join {{ ref('orders_dedup') }} o
    on o.customer_id = c.customer_id
where c.is_active
