{{ config(alias='silver_clicks') }}

-- The app and the web shop write the same events with different names.
select
    event_id,
    device_id,
    get_json_object(payload, '$.customer') as customer_id,
    get_json_object(payload, '$.page') as page,
    regexp_extract(get_json_object(payload, '$.url'), 'utm_source=([a-z_]+)', 1) as campaign_source,
    'app' as channel,
    cast(event_time as timestamp) as clicked_at
from {{ source('clicks', 'app_events') }}
where event_type = 'view'

union all

select
    event_id,
    cookie_id as device_id,
    user_id as customer_id,
    path as page,
    utm_source as campaign_source,
    'web' as channel,
    cast(server_time as timestamp) as clicked_at
from {{ source('clicks', 'web_events') }}
where user_agent not like '%bot%'
