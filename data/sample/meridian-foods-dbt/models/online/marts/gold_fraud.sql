{{ config(unique_key='payment_reference') }}

with recent as (
    select
        p.payment_reference,
        p.order_id,
        p.card_fingerprint,
        p.amount,
        p.authorised_at,
        lag(p.amount) over (partition by p.card_fingerprint order by p.authorised_at) as previous_amount
    from {{ ref('stg_payments') }} p
    where p.authorised_at >= current_timestamp() - interval 1 day
),

cards as (
    select
        card_fingerprint,
        count(distinct order_id) as orders_today
    from recent
    group by card_fingerprint
)

select
    r.payment_reference,
    r.order_id,
    o.customer_id,
    r.amount,
    r.previous_amount,
    c.orders_today,
    c.orders_today > 3 or r.amount > 10 * r.previous_amount as hold
from recent r
inner join cards c
    on c.card_fingerprint = r.card_fingerprint
inner join {{ ref('orders_dedup') }} o
    on o.order_id = r.order_id
