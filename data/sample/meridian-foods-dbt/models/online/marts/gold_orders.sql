{{ config(materialized='incremental', unique_key='order_id', incremental_strategy='merge') }}

select
    o.order_id,
    o.customer_id,
    o.store_id,
    s.region,
    o.status,
    o.channel,
    o.total_amount,
    p.method as payment_method,
    o.ordered_at,
    o.promised_at,
    datediff(current_date(), cast(o.ordered_at as date)) as age_in_days,
    o.changed_at
from {{ ref('orders_dedup') }} o
left join {{ ref('stores') }} s
    on s.store_id = o.store_id
left join {{ ref('stg_payments') }} p
    on p.order_id = o.order_id
{% if is_incremental() %}
where o.changed_at > (select max(changed_at) from {{ this }})
{% endif %}
