{{ config(alias='scorecard', unique_key=['supplier_id', 'delivery_month']) }}

select *
from (
    select
        m.supplier_id,
        date_trunc('month', r.received_at) as delivery_month,
        r.result,
        r.receipt_id
    from {{ source('goods_receipts', 'receipts') }} r
    inner join {{ ref('mart_three_way_match') }} m
        on m.order_line_id = r.order_line_id
)
pivot (
    count(receipt_id) for result in ('complete' as complete, 'short' as short, 'late' as late)
)
