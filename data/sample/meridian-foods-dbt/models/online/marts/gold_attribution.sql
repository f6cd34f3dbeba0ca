{{ config(unique_key='order_id') }}

-- The weights come from a notebook of Marketing and are in nobody's project.
with touches as (
    select
        o.order_id,
        o.total_amount,
        s.campaign_source,
        w.weight,
        row_number() over (partition by o.order_id order by s.ended_at desc) as nearness
    from {{ ref('gold_orders') }} o
    left join {{ ref('gold_sessions') }} s
        on s.customer_id = o.customer_id
        and s.ended_at between o.ordered_at - interval 30 days and o.ordered_at
    left join lake.tmp_attribution.channel_weights w
        on w.channel = s.campaign_source
    where o.ordered_at >= date_sub(current_date(), 90)
)

select
    order_id,
    coalesce(campaign_source, 'direct') as channel,
    total_amount * coalesce(weight, 1) as attributed_amount
from touches
where nearness = 1
