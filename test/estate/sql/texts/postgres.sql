--# postgres; reads public.orders; stateless
select o.id, o.data ->> 'x' as x, o.data #>> '{a,b}' as y, o.tags @> array['a'] as z, o.ts at time zone 'utc' from public.orders o
--# postgres; reads orders; stateful; has keep-last
select distinct on (customer_id) * from orders order by customer_id, created_at desc
--# postgres; reads orders; stateless; has unnest
select o.id, item ->> 'sku' from orders o cross join lateral jsonb_array_elements(o.items) as item
--# postgres; reads orders; stateless; has unnest
select o.id, t from orders o, unnest(o.tags) with ordinality as t(tag, n)
--# postgres; reads orders; stateless; has unnest
select id, unnest(tags) as tag from orders
--# postgres; reads a, b; stateful; has correlated-subquery
select * from a left join lateral (select * from b where b.a_id = a.id order by ts desc limit 1) l on true
--# postgres; reads a; stateless; apart
select a.x, v.y from a cross join lateral (values (a.p), (a.q)) as v(y)
--# postgres; stateless
select generate_series('2020-01-01'::date, '2024-01-01'::date, '1 day'::interval) as day
--# postgres; stateless
select d::date from generate_series(1, 10) as d
--# postgres; reads t; stateful; has group-by
select count(*) filter (where x is distinct from y), sum(a), string_agg(b, ',' order by c) from t group by id
--# postgres; reads t; stateful; has group-by-period
select extract(month from ts) as m, sum(x) from t group by extract(month from ts)
--# postgres; reads t; stateless; not group-by-period
select extract(epoch from ts), substring(x from 2 for 3), trim(both ' ' from y), position('a' in z), overlay(a placing b from 1) from t
--# postgres; reads t; stateful; has recursive-cte
with recursive tree as (select id, parent_id from t where parent_id is null union all select t.id, t.parent_id from t join tree on t.parent_id = tree.id) select * from tree
--# postgres; reads t; writes t2; stateless
create table t2 as select * from t
--# postgres; reads t; writes m; stateful; has group-by
create materialized view if not exists m as select id, count(*) c from t group by id with no data
--# postgres; reads src, tgt; writes tgt; stateful; has merge
update tgt set x = s.x from src s where s.id = tgt.id and exists (select 1 from tgt t2 where t2.id = s.id)
--# postgres; reads src; writes tgt; stateful; has merge; apart
delete from tgt using src where src.id = tgt.id
--# postgres; writes tgt; stateful; has merge
delete from tgt where ts < now() - interval '1 day'
--# postgres; reads src; writes tgt; stateless; not user-function
insert into tgt (id, x) select id, x from src on conflict (id) do update set x = excluded.x
--# postgres; reads orders; stateful; has percentile
select percentile_disc(0.5) within group (order by amount) from orders
--# postgres; reads a, b; stateful; has reconciliation
select coalesce(a.id, b.id), a.x, b.x from a full outer join b on a.id = b.id where a.id is null or b.id is null or a.x <> b.x
--# postgres; reads a, b; stateful; has join-outer; not reconciliation
select * from a full join b on a.id = b.id
--# postgres; reads t; stateful; has self-join
select c.id, c.x - p.x from t c join t p on p.id = c.id and p.seq = c.seq - 1
--# postgres; reads a, b; stateful; has join-interval
select * from a join b on a.id = b.id and b.ts between a.ts and a.ts + interval '1 hour'
--# postgres; reads t; stateful; has correlated-subquery
select * from t where x = (select max(x) from t)
--# postgres; reads t, u; stateful; has semi-join
select * from t where x = any (select y from u)
--# postgres; reads t; stateless; not semi-join; apart
select * from t where x = any (array[1, 2]) and y in (1, 2) and z = all ('{1}'::int[])
--# postgres; reads Order Items; stateless
select "select", "from" from "Order Items" where "a""b" = $$it's from x$$ and c = $tag$ group by $tag$ and d = E'it\'s' and e = U&'x'
--# postgres; reads t; stateless; apart
select /* a /* nested? */ id -- from z
from t where a = 'x -- not a comment' and b = '/*'
--# postgres; reads a; stateless
select * from only a where (x, y) in ((1, 2), (3, 4))
--# postgres; reads a, b, c; stateful; has join-inner join-outer; not join-chain
select * from a left join (b join c on b.id = c.id) on a.id = b.id
--# postgres; reads a, b, c; stateful; not join-non-equality
select * from ((a inner join b using (id)) inner join c using (id))
--# postgres; reads a, b; stateful; has join-inner
select * from a natural join b
--# postgres; reads a; stateful; has limit
select * from a fetch first 10 rows only
--# postgres; reads a; stateful; has top-n
select * from a order by x fetch next 5 rows with ties
--# postgres; reads a; stateful; has full-ranking
select *, dense_rank() over (order by x) from a
--# postgres; reads a; stateless
select a.limit, a.offset as "limit", a.group, a.order as o from a where a.window = 1
--# redshift; reads spectrum.events, spectrum.users; stateful; has join-outer
select e.*, u.plan from spectrum.events e left join spectrum.users u on u.id = e.user_id and u.valid
--# redshift; reads t; stateless; has unnest; apart
select t.id, i.sku from t, t.items i
--# redshift; reads t; writes #tmp; stateless
create temp table #tmp distkey(id) sortkey(ts) as select id, ts, getdate() from t
--# redshift; unknown
unload ('select * from x where a = \'b\'') to 's3://b/p' iam_role 'arn'
--# postgres; reads t, u; stateful; has correlated-subquery; apart
select coalesce((select u.x from u where u.id = 1), 0) as m, t.a from t
--# postgres; reads a, b; stateful; has join-inner
select * from ((select * from a where a.x > 0) x join b on x.id = b.id)
--# postgres; reads t, u; stateful; has semi-join; apart
select * from t where t.id in ((select u.id from u))
--# postgres; reads t, u, v; stateful; has semi-join distinct
select * from t where t.id in ((select u.id from u) union (select v.id from v))
