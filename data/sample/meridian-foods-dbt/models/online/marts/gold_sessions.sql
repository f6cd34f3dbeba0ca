{{ config(unique_key='session_id') }}

with gaps as (
    select
        c.*,
        lag(clicked_at) over (partition by device_id order by clicked_at) as previous_at
    from {{ ref('stg_clicks') }} c
),

numbered as (
    select
        g.*,
        sum(case when previous_at is null or clicked_at > previous_at + interval 30 minutes then 1 else 0 end)
            over (partition by device_id order by clicked_at rows between unbounded preceding and current row) as session_number
    from gaps g
)

select
    concat(device_id, '-', session_number) as session_id,
    device_id,
    max(customer_id) as customer_id,
    min(clicked_at) as started_at,
    max(clicked_at) as ended_at,
    count(*) as pages,
    max(campaign_source) as campaign_source
from numbered
group by device_id, session_number
