{{ config(alias='silver_clean_orders', unique_key='order_id') }}

-- Change capture repeats rows after a restart; the last one counts.
with ranked as (
    select
        o.*,
        row_number() over (partition by order_id order by changed_at desc) as recency
    from {{ ref('stg_orders') }} o
)

select
    order_id,
    customer_id,
    store_id,
    status,
    channel,
    total_amount,
    ordered_at,
    promised_at,
    changed_at
from ranked
where recency = 1
