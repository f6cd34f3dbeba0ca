--# trino; reads hive.d.t; writes iceberg.d.t2; stateful; has group-by
create table iceberg.d.t2 with (format = 'PARQUET', partitioning = array['day']) as select day, approx_distinct(id) from hive.d.t group by day
--# trino; reads t; stateless; has unnest
select id, x from t cross join unnest(a, b) with ordinality as u (x, y, n)
--# trino; reads t; stateless
select try(cast(x as bigint)), json_extract_scalar(j, '$.a'), element_at(m, 'k'), reduce(xs, 0, (s, x) -> s + x, s -> s) from t
--# trino; reads t; stateful; has collect
select map_agg(k, v), array_agg(x order by y) filter (where x is not null), max_by(a, b) from t group by id
--# duckdb; reads t; stateful; has group-by
from t select id, count(*) group by all
--# duckdb; reads t; stateless
from t
--# duckdb; stateless
select * from read_csv('a.csv', header = true)
--# duckdb; reads t; stateful; has pivot; apart
pivot t on year using sum(x)
--# duckdb; reads a, b; stateful; has join-temporal
select * from a asof left join b using (id, ts)
--# duckdb; reads t; stateless
select * exclude (x) replace (y + 1 as y), columns('a.*'), [x for x in xs if x > 1] as l, {'a': 1, 'b': z} as s from t
--# duckdb; reads a, b; stateless; has union-all
select * from a union all by name select * from b
--# tsql; reads dbo.orders; stateful; has limit
SELECT TOP (100) [Order ID], o.[Name] FROM [dbo].[orders] o WITH (NOLOCK) WHERE o.[Group By] = 1
--# tsql; reads dbo.orders; stateless; has unnest
SELECT o.id, j.[key], j.value FROM dbo.orders o CROSS APPLY OPENJSON(o.items) j
--# tsql; reads dbo.a, dbo.b; stateful; has correlated-subquery
SELECT a.id, x.ts FROM dbo.a OUTER APPLY (SELECT TOP 1 b.ts FROM dbo.b WHERE b.id = a.id ORDER BY b.ts DESC) x
--# tsql; reads dbo.a; writes #t; stateful; has group-by; apart
SELECT id, COUNT(*) AS n INTO #t FROM dbo.a GROUP BY id
--# tsql; reads dbo.a; stateless; has run-time
SELECT id, GETDATE() AS d, ISNULL(x, '') AS x, CONVERT(varchar(10), ts, 120), IIF(a = 1, 'b', 'c') FROM dbo.a
--# tsql; reads dbo.a, dbo.b; writes dbo.a; stateful; has merge
UPDATE a SET a.x = b.x FROM dbo.a AS a INNER JOIN dbo.b AS b ON b.id = a.id
--# clickhouse; reads db.events; stateless; has unnest
SELECT id, tag FROM db.events FINAL ARRAY JOIN tags AS tag PREWHERE day = '2024-01-01' SETTINGS max_threads = 2
--# clickhouse; reads db.a, db.b; stateful; has join-outer
SELECT * FROM db.a GLOBAL ANY LEFT JOIN db.b USING id
--# oracle; reads t; stateful; has recursive-cte
SELECT LEVEL, name FROM t CONNECT BY PRIOR id = parent_id ORDER SIBLINGS BY name
--# oracle; reads a, b; stateful; has intersect-except run-time
SELECT id, SYSDATE FROM a MINUS SELECT id, SYSDATE FROM b
--# mysql; reads t; stateful; has collect
SELECT id, GROUP_CONCAT(DISTINCT name ORDER BY name SEPARATOR ', ') FROM t GROUP BY id WITH ROLLUP
--# mysql; reads a, b; stateful; has join-inner
SELECT * FROM a STRAIGHT_JOIN b ON a.id = b.id
--# flink; reads orders; stateful; has window-tvf; not group-by
SELECT window_start, window_end, SUM(price) FROM TABLE(TUMBLE(TABLE orders, DESCRIPTOR(ts), INTERVAL '10' MINUTES)) GROUP BY window_start, window_end
--# flink; reads orders; stateful; has session-window
SELECT user_id, window_start, COUNT(*) FROM TABLE(SESSION(TABLE orders PARTITION BY user_id, DESCRIPTOR(ts), INTERVAL '5' MINUTES)) GROUP BY user_id, window_start, window_end
--# flink; reads orders; stateful; has window-tvf
SELECT TUMBLE_START(ts, INTERVAL '1' HOUR), COUNT(*) FROM orders GROUP BY TUMBLE(ts, INTERVAL '1' HOUR)
--# flink; reads orders, rates; stateful; has join-temporal
SELECT o.id, r.rate FROM orders AS o LEFT JOIN rates FOR SYSTEM_TIME AS OF o.order_time AS r ON o.currency = r.currency
--# flink; reads customers, orders; stateless; has join-lookup; apart
SELECT o.id, c.country FROM orders AS o JOIN customers FOR SYSTEM_TIME AS OF o.proc_time AS c ON o.customer_id = c.id
--# flink; reads orders, shipments; stateful; has join-interval
SELECT * FROM orders o, shipments s WHERE o.id = s.order_id AND o.order_time BETWEEN s.ship_time - INTERVAL '4' HOUR AND s.ship_time
--# flink; reads orders, shipments; stateful; has join-interval
SELECT * FROM orders o JOIN shipments s ON o.id = s.order_id AND s.ts >= o.ts AND s.ts < o.ts + INTERVAL '4' HOUR
--# flink; reads l, r; stateful; has join-window
SELECT L.num, R.num FROM (SELECT * FROM TABLE(TUMBLE(TABLE l, DESCRIPTOR(ts), INTERVAL '5' MINUTES))) L
FULL JOIN (SELECT * FROM TABLE(TUMBLE(TABLE r, DESCRIPTOR(ts), INTERVAL '5' MINUTES))) R
ON L.num = R.num AND L.window_start = R.window_start AND L.window_end = R.window_end
--# flink; reads orders; stateful; has keep-first
SELECT id FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY id ORDER BY proctime ASC) AS rownum FROM orders) WHERE rownum = 1
--# flink; reads shop; stateful; has top-n
SELECT * FROM (SELECT *, ROW_NUMBER() OVER (PARTITION BY category ORDER BY sales DESC) AS row_num FROM shop) WHERE row_num <= 5
--# flink; reads orders; stateless; has unnest
SELECT id, word FROM orders, LATERAL TABLE(SplitFunction(text)) AS T(word)
--# flink; reads orders; stateless; has unnest
SELECT id, word FROM orders LEFT JOIN LATERAL TABLE(split(text)) AS T(word) ON TRUE
--# flink; reads src; writes sink; stateless
INSERT INTO sink SELECT id, UPPER(name) FROM src /*+ OPTIONS('scan.startup.mode'='earliest-offset') */ WHERE amount > 10
