{{ config(unique_key='basket_id') }}

-- Baskets that nobody paid: the reminder goes out for these.
select
    b.basket_id,
    b.customer_id,
    count(*) as lines,
    max(b.updated_at) as last_change
from {{ ref('stg_baskets') }} b
where not exists (
    select 1
    from {{ ref('stg_orders') }} o
    where o.customer_id = b.customer_id
      and o.ordered_at >= b.updated_at
)
group by b.basket_id, b.customer_id
