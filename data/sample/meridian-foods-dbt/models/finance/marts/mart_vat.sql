{{ config(unique_key=['tax_code', 'period']) }}

select
    t.tax_code,
    date_trunc('month', t.sold_at) as period,
    sum(t.amount) as gross,
    sum(t.amount * c.rate / (1 + c.rate)) as tax
from {{ ref('stg_tills') }} t
inner join {{ ref('tax_codes') }} c
    on c.tax_code = t.tax_code
group by t.tax_code, date_trunc('month', t.sold_at)
