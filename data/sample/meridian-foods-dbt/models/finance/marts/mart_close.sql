{{ config(unique_key=['account', 'period']) }}

with by_period as (
    select
        account,
        period,
        sum(amount_eur) as amount
    from {{ ref('core_journal') }}
    group by account, period
)

select
    account,
    period,
    amount,
    sum(amount) over (partition by account order by period rows between unbounded preceding and current row) as balance
from by_period
