{{ config(unique_key=['account_iban', 'booking_date']) }}

with days as (
    select
        account_iban,
        booking_date,
        sum(case credit_debit when 'C' then amount else -amount end) as movement
    from {{ ref('stg_bank') }}
    group by account_iban, booking_date
)

select
    account_iban,
    booking_date,
    movement,
    sum(movement) over (partition by account_iban order by booking_date) as balance,
    avg(movement) over (partition by account_iban order by booking_date rows between 6 preceding and current row) as weekly_average
from days
