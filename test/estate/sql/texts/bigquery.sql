--# bigquery; reads my-project.shop.orders; stateless
select * except (a, b), safe_cast(x as int64) as x from `my-project.shop.orders` where _partitiondate >= '2024-01-01'
--# bigquery; reads my-project.shop.orders; stateless
select id from my-project.shop.orders
--# bigquery; reads my-project.shop.orders; stateless
select id from `my-project`.`shop`.`orders` as o
--# bigquery; reads bigquery-public-data.ga.events_*; stateless; has unnest; not join-non-equality
select event_name, (select value.string_value from unnest(event_params) where key = 'page_location') as page,
  array(select as struct p.name, p.price from unnest(items) as p where p.price > 0) as priced
from `bigquery-public-data.ga.events_*`
where _table_suffix between '20210101' and '20210131' and exists (select 1 from unnest(items) i where i.id = 'x')
--# bigquery; reads p.d.ga_sessions; stateless; has unnest; apart
select s.visitId, h.page.pagePath from p.d.ga_sessions s, s.hits h where h.type = 'PAGE'
--# bigquery; reads p.d.ga_sessions; stateless; has unnest
select visitId, hit.page from p.d.ga_sessions cross join unnest(hits) as hit with offset as pos left join unnest(hit.products) p
--# bigquery; reads d.t; stateful; has collect
select id, array_agg(struct(a, b) order by ts desc limit 1)[offset(0)] as latest from d.t group by id
--# bigquery; reads d.t; stateful; has keep-last
select * from (select *, row_number() over (partition by id order by ts desc) as rn from d.t) where rn = 1
--# bigquery; reads d.t; stateful; has group-by
select any_value(x having max y) from d.t
--# bigquery; reads d.a, d.b; stateful; has join-inner
select * from d.a join d.b using (id)
--# bigquery; reads d.a, d.b; stateful; has distinct
select * from d.a union distinct select * from d.b
--# bigquery; reads d.a; stateful; has distinct
select distinct x, y from d.a
--# bigquery; stateless
select * from unnest(generate_date_array('2020-01-01', '2024-12-31', interval 1 day)) as day
--# bigquery; stateless
select d as day, extract(year from d) as y from unnest([date '2020-01-01', '2020-01-02']) d
--# bigquery; reads d.orders; stateful; has run-time group-by-period
select timestamp_trunc(created_at, hour) h, count(*) c from d.orders where created_at > timestamp_sub(current_timestamp(), interval 7 day) group by h
--# bigquery; reads d.src; writes d.dst; stateful; has merge
merge `d.dst` t using `d.src` s on t.id = s.id
when not matched by source then delete
when not matched then insert row
when matched then update set x = s.x
--# bigquery; reads d.t; writes d.out; stateless
create or replace table d.out partition by date(ts) cluster by id options (description = 'select from x') as
select id, ts, json_extract_scalar(payload, '$.user.id') as user from d.t
--# bigquery; reads d.t; writes d.v; stateful; has group-by
create or replace view `d.v` (id, n) options (expiration_timestamp = timestamp '2025-01-01') as (
  select id, count(*) from d.t group by id
)
--# bigquery; reads d.t; stateful; has user-aggregate
select my_dataset.my_agg(x) over (partition by y) from d.t
--# bigquery; reads d.t; stateless; has user-function
select `my_dataset.fn`(x), my_dataset.other(y) from d.t
--# bigquery; reads d.a, d.b; stateful; has correlated-subquery
select a.id, (select max(b.ts) from d.b b where b.id = a.id) as last from d.a a
--# bigquery; reads d.a, d.b; stateful; has correlated-subquery; apart
select a.id, array(select b.x from d.b b where b.id = a.id) as xs from d.a a
--# bigquery; reads d.t; stateful; has full-ranking
select id, ntile(4) over (order by score) as q, percent_rank() over (order by score) from d.t
--# bigquery; reads d.t; stateful; has over-unsupported
select last_value(x ignore nulls) over w from d.t window w as (partition by id order by ts rows between current row and unbounded following)
--# bigquery; reads d.t; stateful; has pivot
select * from d.t pivot (sum(x) as s for q in ('a', 'b'))
--# bigquery; reads d.t; stateful; has external-call limit; apart
select * from ml.predict(model d.m, (select * from d.t limit 5))
--# bigquery; reads d.t; stateless
select r"\d+'", '''a "quoted" from z''', b'x', 'it\'s', "from y" from d.t # from comment
--# bigquery; reads d.t; stateless
select if(a > 0, 'left join x', "group by") as s, t.from_date, t.`order`, [1, 2][offset(0)] from d.t as t where t.a is not distinct from t.b
--# bigquery; reads d.t; stateless
select case when x then 'a' else 'b' end as c, cast(null as string) z from d.t for system_time as of timestamp '2024-01-01 00:00:00'
--# bigquery; reads d.tz; stateful; has group-by
with t as (select * from d.tz) select count(*) from t
--# bigquery; reads d.t; stateful; has recursive-cte
with recursive t1 as (select 1 as n union all select n + 1 from t1 where n < 5) select t1.n, t.x from t1 join d.t t on t.n = t1.n
--# bigquery; reads d.t; stateful; has group-by
export data options (uri = 'gs://b/x*.csv', format = 'CSV', overwrite = true) as select a, count(*) from d.t group by a
