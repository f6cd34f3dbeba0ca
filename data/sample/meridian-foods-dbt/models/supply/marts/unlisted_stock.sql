-- Stock of articles that the catalogue no longer has.
select
    s.store_id,
    s.article_number,
    s.quantity
from {{ ref('stock') }} s
left join {{ source('catalogue', 'articles') }} a
    on a.article_number = s.article_number
where a.article_number is null
  and s.quantity > 0
