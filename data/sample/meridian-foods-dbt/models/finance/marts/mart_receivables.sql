{{ config(unique_key='store_id') }}

select
    s.store_id,
    s.name,
    sum(c.open_amount) as open_amount,
    min(c.open_since) as oldest_item
from {{ ref('core_clearing') }} c
inner join {{ ref('stores') }} s
    on concat('F', s.store_id) = c.account
where s.franchise = 'yes'
group by s.store_id, s.name
having sum(c.open_amount) > 0
