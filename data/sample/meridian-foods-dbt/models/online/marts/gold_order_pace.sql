{{ config(unique_key=['store_id', 'minute']) }}

select
    o.store_id,
    date_trunc('minute', o.ordered_at) as minute,
    count(*) as orders,
    sum(o.total_amount) as amount
from {{ ref('orders_dedup') }} o
where o.status <> 'cancelled'
group by o.store_id, date_trunc('minute', o.ordered_at)
