{{ config(unique_key='order_line_id') }}

select
    p.order_line_id,
    p.supplier_id,
    p.article_number,
    p.ordered_quantity,
    (
        select sum(r.quantity)
        from {{ source('goods_receipts', 'receipts') }} r
        where r.order_line_id = p.order_line_id
    ) as received_quantity,
    i.invoice_id,
    i.amount as invoiced_amount,
    p.ordered_quantity * p.unit_price as expected_amount
from {{ source('purchasing', 'order_lines') }} p
left join {{ ref('mart_payables') }} i
    on i.supplier_id = p.supplier_id
    and i.due_on >= p.ordered_on
