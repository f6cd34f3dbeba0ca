{{ config(unique_key=['tour_id', 'stop_number']) }}

with last_states as (
    select
        t.*,
        row_number() over (partition by tour_id, stop_number order by changed_at desc) as recency
    from {{ source('transport', 'stops') }} t
)

select
    l.tour_id,
    l.stop_number,
    l.store_id,
    s.name as store_name,
    l.planned_at,
    l.arrived_at
from last_states l
left join {{ ref('stores') }} s
    on s.store_id = l.store_id
where l.recency = 1
