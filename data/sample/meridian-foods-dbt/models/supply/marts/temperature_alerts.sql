{{ config(alias='temp_alerts', unique_key=['sensor_id', 'window_start']) }}

select
    sensor_id,
    window.start as window_start,
    max(temperature) as highest,
    count(*) as readings
from {{ source('cold_chain', 'readings') }}
group by sensor_id, window(measured_at, '10 minutes')
having max(temperature) > 7
