{{ config(unique_key='settlement_id') }}

-- What the card provider paid against what the tills and the shop took.
with taken as (
    select settlement_id, sum(amount) as amount
    from {{ source('payment_switch', 'transactions') }}
    group by settlement_id
),

paid as (
    select
        regexp_extract(remittance_text, 'SETTLE-([0-9]+)', 1) as settlement_id,
        sum(amount) as amount
    from {{ ref('stg_bank') }}
    where remittance_text like '%SETTLE-%'
    group by regexp_extract(remittance_text, 'SETTLE-([0-9]+)', 1)
)

select
    coalesce(t.settlement_id, p.settlement_id) as settlement_id,
    t.amount as taken_amount,
    p.amount as paid_amount,
    coalesce(p.amount, 0) - coalesce(t.amount, 0) as difference
from taken t
full outer join paid p
    on p.settlement_id = t.settlement_id
