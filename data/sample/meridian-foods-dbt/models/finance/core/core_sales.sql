{{ config(materialized='incremental', unique_key=['store_id', 'article_number', 'sales_day'], incremental_strategy='merge') }}

select
    t.store_id,
    t.article_number,
    cast(t.sold_at as date) as sales_day,
    a.category,
    sum(t.quantity) as quantity,
    sum(t.amount) as amount
from {{ ref('stg_tills') }} t
inner join {{ source('catalogue', 'articles') }} a
    on a.article_number = t.article_number
{% if is_incremental() %}
where t.sold_at >= (select date_sub(max(sales_day), 3) from {{ this }})
{% endif %}
group by t.store_id, t.article_number, cast(t.sold_at as date), a.category
