{{ config(alias='minstock', unique_key=['store_id', 'article_number', 'sales_day']) }}

select
    d.store_id,
    d.article_number,
    d.sales_day,
    avg(d.quantity) over (
        partition by d.store_id, d.article_number
        order by d.sales_day
        rows between 27 preceding and current row
    ) * 1.5 as minimum_quantity
from {{ ref('core_sales') }} d
where d.sales_day >= date_sub(current_date(), 60)
