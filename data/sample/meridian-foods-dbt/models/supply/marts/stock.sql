{{ config(unique_key=['store_id', 'article_number']) }}

with counted as (
    select
        store_id,
        article_number,
        quantity,
        counted_at,
        row_number() over (partition by store_id, article_number order by counted_at desc) as recency
    from {{ source('store_stock', 'counts') }}
),

moved as (
    select
        store_id,
        article_number,
        sum(quantity) as quantity
    from {{ ref('stg_movements') }}
    group by store_id, article_number
),

sold as (
    select
        store_id,
        article_number,
        sum(quantity) as quantity
    from {{ ref('stg_tills') }}
    where sold_at >= current_date()
    group by store_id, article_number
)

select
    c.store_id,
    c.article_number,
    c.quantity + coalesce(m.quantity, 0) - coalesce(s.quantity, 0) as quantity,
    c.counted_at
from counted c
left join moved m
    on m.store_id = c.store_id
    and m.article_number = c.article_number
left join sold s
    on s.store_id = c.store_id
    and s.article_number = c.article_number
where c.recency = 1
