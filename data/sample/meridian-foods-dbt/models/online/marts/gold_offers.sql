{{ config(unique_key=['customer_id', 'article_number']) }}

-- Five articles per customer: what the offer engine may show while the basket is open.
with bought as (
    select
        o.customer_id,
        l.article_number,
        l.category,
        count(distinct o.order_id) as orders,
        sum(l.line_amount) as amount,
        max(o.ordered_at) as last_bought_at
    from {{ ref('int_order_lines_described') }} l
    inner join {{ ref('orders_dedup') }} o
        on o.order_id = l.order_id
    group by o.customer_id, l.article_number, l.category
),

scored as (
    select
        b.*,
        coalesce(p.price, 0) as current_price,
        row_number() over (partition by b.customer_id order by b.orders desc, b.amount desc) as position
    from bought b
    left join {{ ref('gold_prices') }} p
        on p.article_number = b.article_number
)

select
    customer_id,
    article_number,
    category,
    orders,
    current_price,
    last_bought_at
from scored
where position <= 5
