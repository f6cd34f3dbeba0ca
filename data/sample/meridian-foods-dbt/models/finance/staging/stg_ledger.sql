select
    journal_line_id,
    account,
    cost_centre,
    period,
    {{ euro('amount_cents') }} as amount,
    currency,
    document_type,
    clearing_item,
    cast(posted_at as timestamp) as posted_at,
    load_number
from {{ source('ledger', 'journal_lines') }}
where status = 'P'
