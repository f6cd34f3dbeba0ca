{{ config(materialized='incremental', unique_key='journal_line_id', incremental_strategy='merge') }}

with last_lines as (
    select *
    from {{ ref('stg_ledger') }}
    qualify row_number() over (partition by journal_line_id order by load_number desc) = 1
)

select
    l.journal_line_id,
    l.account,
    l.cost_centre,
    l.period,
    l.amount,
    l.amount / coalesce(f.rate, 1) as amount_eur,
    l.document_type,
    l.clearing_item,
    l.posted_at,
    l.load_number
from last_lines l
left join {{ ref('core_fx') }} f
    on f.currency = l.currency
    and f.rate_date = cast(l.posted_at as date)
{% if is_incremental() %}
where l.load_number > (select max(load_number) from {{ this }})
{% endif %}
