{{ config(alias='proposal', unique_key=['store_id', 'article_number']) }}

select
    m.store_id,
    m.article_number,
    greatest(m.minimum_quantity - s.quantity, 0) as quantity,
    lead(n.expected_at) over (partition by m.store_id, m.article_number order by n.expected_at) as next_delivery_at
from {{ ref('minimum_stock') }} m
inner join {{ ref('stock') }} s
    on s.store_id = m.store_id
    and s.article_number = m.article_number
left join {{ ref('stg_delivery_notes') }} n
    on n.store_id = m.store_id
    and n.article_number = m.article_number
where m.sales_day = date_sub(current_date(), 1)
