{{ config(unique_key=['account', 'clearing_item']) }}

-- Items that no payment has cleared yet.
select
    j.account,
    j.clearing_item,
    min(j.posted_at) as open_since,
    sum(j.amount_eur) as open_amount
from {{ ref('core_journal') }} j
where j.document_type = 'INVOICE'
  and j.clearing_item not in (
      select cleared.clearing_item
      from {{ ref('core_journal') }} cleared
      where cleared.document_type = 'PAYMENT'
  )
group by j.account, j.clearing_item
