{{ config(unique_key=['store_id', 'article_number', 'waste_day']) }}

select
    w.store_id,
    w.article_number,
    cast(w.entered_at as date) as waste_day,
    w.reason,
    sum(w.quantity) as quantity,
    collect_list(w.note) as notes
from {{ source('waste_app', 'entries') }} w
where w.entered_at >= date_sub(current_date(), 400)
group by w.store_id, w.article_number, cast(w.entered_at as date), w.reason
