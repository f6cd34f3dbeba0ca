{{ config(alias='moves') }}

select
    movement_line,
    night,
    store_id,
    article_number,
    case direction when 'OUT' then -quantity else quantity end as quantity,
    cast(moved_at as timestamp) as moved_at
from {{ source('warehouse', 'movements') }}
