{{ config(unique_key='invoice_id') }}

with last_states as (
    select
        i.*,
        row_number() over (partition by invoice_id order by changed_at desc) as recency
    from {{ source('invoice_workflow', 'invoices') }} i
)

select
    i.invoice_id,
    i.supplier_id,
    i.state,
    i.due_on,
    {{ euro('i.amount_cents') }} as amount,
    coalesce(c.open_amount, 0) as open_amount
from last_states i
left join {{ ref('core_clearing') }} c
    on c.clearing_item = i.invoice_id
where i.recency = 1
