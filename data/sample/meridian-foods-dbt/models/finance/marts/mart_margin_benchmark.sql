{{ config(unique_key=['category', 'store_id']) }}

with totals as (
    select
        category,
        store_id,
        sum(margin) / nullif(sum(amount), 0) as margin_rate
    from {{ ref('mart_margin') }}
    where sales_day >= add_months(current_date(), -12)
    group by category, store_id
),

medians as (
    select
        category,
        percentile(margin_rate, 0.5) as median_rate
    from totals
    group by category
)

select
    t.category,
    t.store_id,
    t.margin_rate,
    m.median_rate,
    rank() over (partition by t.category order by t.margin_rate desc) as place
from totals t
inner join medians m
    on m.category = t.category
