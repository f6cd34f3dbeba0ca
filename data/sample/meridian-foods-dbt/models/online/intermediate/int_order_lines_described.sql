{{ config(materialized='ephemeral') }}

select
    l.order_id,
    l.line_number,
    l.article_number,
    a.category,
    a.brand,
    l.quantity,
    l.price,
    l.quantity * l.price as line_amount,
    l.substitutes_article
from {{ ref('stg_order_lines') }} l
inner join {{ source('catalogue', 'articles') }} a
    on a.article_number = l.article_number
