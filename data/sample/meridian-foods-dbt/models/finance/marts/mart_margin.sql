{{ config(unique_key=['category', 'store_id', 'sales_day']) }}

with sales as (
    select category, store_id, sales_day, sum(amount) as amount
    from {{ ref('core_sales') }}
    group by category, store_id, sales_day
),

costs as (
    select cost_centre, cast(posted_at as date) as posting_day, sum(amount_eur) as cost
    from {{ ref('core_journal') }}
    where account between '5000' and '5999'
    group by cost_centre, cast(posted_at as date)
)

select
    s.category,
    s.store_id,
    s.sales_day,
    s.amount,
    s.amount - coalesce(c.cost, 0) as margin,
    s.amount - last_year.amount as against_last_year
from sales s
left join costs c
    on c.cost_centre = cast(s.store_id as string)
    and c.posting_day = s.sales_day
left join sales last_year
    on last_year.category = s.category
    and last_year.store_id = s.store_id
    and last_year.sales_day = add_months(s.sales_day, -12)
