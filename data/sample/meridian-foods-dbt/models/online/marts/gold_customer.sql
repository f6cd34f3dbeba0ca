{{ config(unique_key='customer_id') }}

with bought as (
    select
        customer_id,
        count(*) as orders,
        sum(total_amount) as lifetime_amount,
        max(ordered_at) as last_order_at
    from {{ ref('gold_orders') }}
    group by customer_id
),

cards as (
    select distinct card_number, customer_id, tier
    from {{ source('loyalty', 'cards') }}
)

select
    coalesce(h.customer_id, c.customer_id) as customer_id,
    h.postcode,
    h.marketing_consent,
    c.tier,
    coalesce(b.orders, 0) as orders,
    coalesce(b.lifetime_amount, 0) as lifetime_amount,
    b.last_order_at
from {{ ref('customers_history') }} h
full outer join cards c
    on c.customer_id = h.customer_id
left join bought b
    on b.customer_id = coalesce(h.customer_id, c.customer_id)
where h.dbt_valid_to is null
