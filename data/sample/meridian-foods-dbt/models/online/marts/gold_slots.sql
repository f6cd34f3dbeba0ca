{{ config(unique_key='slot_id') }}

with bookings as (
    select
        slot_id,
        max(booked) as booked,
        max(capacity) as capacity,
        max(changed_at) as changed_at
    from {{ source('delivery_slots', 'slots') }}
    group by slot_id
)

select
    slot_id,
    booked,
    capacity,
    case when capacity = 0 then null else booked / capacity end as used,
    booked >= capacity as is_full,
    changed_at
from bookings
