select
    statement_id,
    entry_number,
    account_iban,
    {{ euro('amount_cents') }} as amount,
    credit_debit,
    cast(booking_date as date) as booking_date,
    remittance_text
from {{ source('bank', 'statement_entries') }}
