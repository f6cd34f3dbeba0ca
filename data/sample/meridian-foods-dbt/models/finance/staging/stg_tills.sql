select
    till_id,
    receipt_number,
    line_number,
    store_id,
    article_number,
    tax_code,
    cast(quantity as decimal(9, 3)) as quantity,
    {{ euro('amount_cents') }} as amount,
    to_timestamp(concat(sale_date, sale_time), 'yyyyMMddHHmmss') as sold_at
from {{ source('tills', 'receipt_lines') }}
where line_type in ('SALE', 'RETURN')
