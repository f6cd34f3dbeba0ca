--# spark; reads raw.orders; writes dw.orders; stateless; has overwrite
INSERT OVERWRITE TABLE dw.orders PARTITION (dt = '${hiveconf:dt}')
SELECT id, get_json_object(payload, '$.user') AS user, from_unixtime(ts) FROM raw.orders WHERE dt = '${hiveconf:dt}'
--# hive; reads raw.orders_${env}; writes dw.orders; stateful; has overwrite group-by-period
INSERT OVERWRITE TABLE dw.orders PARTITION (dt)
SELECT to_date(ts) AS dt, count(*) FROM raw.orders_${env} WHERE dt >= date_sub('${dt}', 7) GROUP BY to_date(ts)
--# spark; reads events; stateless; has unnest; not join-non-equality
SELECT e.id, tag, k, v FROM events e LATERAL VIEW explode(e.tags) t AS tag LATERAL VIEW OUTER explode(e.props) p AS k, v WHERE tag IS NOT NULL
--# spark; reads events; stateful; has unnest group-by
SELECT tag, count(1) FROM events LATERAL VIEW posexplode(split(tags, ',')) t AS pos, tag GROUP BY tag
--# hive; reads src; writes a, b; stateful; has multi-insert overwrite group-by
FROM src
INSERT OVERWRITE TABLE a SELECT src.key, src.value WHERE key < 100
INSERT OVERWRITE TABLE b SELECT key, count(*) WHERE key >= 100 GROUP BY key
--# hive; reads src; writes a, b; stateless; has multi-insert; not join-non-equality
FROM (SELECT * FROM src WHERE x > 1) s
INSERT INTO TABLE a SELECT s.key WHERE s.key < 100
INSERT INTO TABLE b SELECT s.key, s.value
--# spark; reads a, b; stateful; has anti-join
SELECT a.* FROM a LEFT ANTI JOIN b ON a.id = b.id
--# spark; reads a, b; stateful; has semi-join
SELECT a.* FROM a LEFT SEMI JOIN b ON a.id = b.id
--# spark; reads a, b; stateful; has join-inner
SELECT /*+ BROADCAST(b) */ a.x, b.y FROM a JOIN b ON a.id <=> b.id AND b.dt = '2024-01-01'
--# spark; reads dim_date, fact_sales; stateful; has join-dimension
SELECT * FROM fact_sales f INNER JOIN dim_date d ON f.date_key = d.date_key
--# spark; reads raw.t; writes v; stateless
CREATE OR REPLACE TEMPORARY VIEW v AS SELECT *, upper(name) AS n FROM raw.t
--# spark; reads raw.t; writes cached; stateful; has group-by
CACHE TABLE cached OPTIONS ('storageLevel' 'DISK_ONLY') AS SELECT id, max(x) FROM raw.t GROUP BY id
--# spark; reads raw.t; writes db.t2; stateless
CREATE TABLE IF NOT EXISTS db.t2 USING delta PARTITIONED BY (dt) LOCATION 's3://b/p' TBLPROPERTIES ('a' = 'select from x') AS SELECT * FROM raw.t
--# hive; reads raw.t; writes db.t3; stateless
CREATE TABLE db.t3 ROW FORMAT DELIMITED FIELDS TERMINATED BY '\001' STORED AS ORC AS SELECT transform(a, b) USING 'python x.py' AS (c, d) FROM raw.t
--# spark; reads raw.t; stateless; not order-by group-by
SELECT * FROM raw.t DISTRIBUTE BY dt SORT BY ts
--# spark; reads raw.t; stateless; not group-by
SELECT * FROM raw.t CLUSTER BY id
--# spark; reads raw.t; stateless
SELECT /*+ REPARTITION(10) */ id, transform(xs, x -> x + 1) AS ys, filter(xs, x -> x > 0), aggregate(xs, 0, (a, x) -> a + x), exists(xs, x -> x = 1) FROM raw.t
--# spark; reads delta./mnt/raw/t; stateless
SELECT * FROM delta.`/mnt/raw/t`
--# spark; reads parquet.s3://bucket/x/*.parquet; stateless
SELECT * FROM parquet.`s3://bucket/x/*.parquet` WHERE x RLIKE '^from'
--# spark; reads updates; writes target; stateful; has merge
MERGE INTO target USING updates ON target.id = updates.id WHEN MATCHED THEN UPDATE SET * WHEN NOT MATCHED THEN INSERT *
--# spark; reads a, b; stateful; has not-in
SELECT * FROM a WHERE a.id NOT IN (SELECT id FROM b)
--# spark; reads a, b; stateful; has not-exists
SELECT * FROM a WHERE NOT EXISTS (SELECT 1 FROM b WHERE b.id = a.id)
--# spark; reads t; stateful; has grouping-sets
SELECT a, b, sum(x) FROM t GROUP BY a, b WITH ROLLUP
--# spark; reads t; stateful; has grouping-sets
SELECT a, b, sum(x) FROM t GROUP BY GROUPING SETS ((a), (b), ())
--# spark; reads t; stateful; has collect
SELECT id, sort_array(collect_set(x)) AS xs, collect_list(named_struct('a', a)) FROM t GROUP BY id
--# spark; reads t; stateful; has percentile
SELECT percentile(x, 0.5), percentile_approx(y, 0.9) FROM t
--# spark; reads t; stateful; has lag; not user-aggregate
SELECT id, lag(x, 1) OVER (PARTITION BY id ORDER BY ts) FROM t
--# hive; reads default.t1, t2; stateful; has join-outer
SELECT * FROM default.t1 a LEFT OUTER JOIN (SELECT id, x FROM t2 WHERE dt = "${hivevar:dt}") b ON (a.id = b.id)
--# spark; reads t; stateful; has pivot
SELECT * FROM (SELECT y, m, s FROM t) PIVOT (sum(s) FOR m IN (1 AS jan, 2 AS feb))
--# spark; reads t; stateless; has unnest
SELECT id, explode(xs) AS x FROM t
--# spark; reads t; stateless; has unnest
SELECT id, stack(2, 'a', a, 'b', b) AS (k, v) FROM t
--# spark; reads db.t; stateless
SELECT * FROM db.t VERSION AS OF 12
--# spark; reads t; stateless
SELECT * FROM t TABLESAMPLE (10 PERCENT) s WHERE input_file_name() LIKE '%x%'
--# spark; stateless
SELECT * FROM VALUES (1, 'a'), (2, 'b') AS t(id, name)
--# spark; reads a, b; stateful; has join-non-equality
SELECT * FROM a CROSS JOIN b
--# spark; reads a, b; stateful; has join-non-equality
SELECT * FROM a, b WHERE a.x > b.y
--# spark; reads a, b, c; stateful; has join-inner; not join-non-equality join-chain
SELECT * FROM a, b, c WHERE a.id = b.id AND b.k = c.k
--# spark; reads a, b, c, d; stateful; has join-chain
SELECT * FROM a JOIN b ON a.id = b.id JOIN c ON a.id = c.id JOIN d ON d.id = a.id
--# spark; reads a, b; stateful; has intersect-except
SELECT id FROM a EXCEPT SELECT id FROM b
--# spark; reads t; stateful; has over-unbounded over-unsupported
SELECT sum(x) OVER (ORDER BY ts) AS a, sum(x) OVER (PARTITION BY id ORDER BY ts) AS b FROM t
--# hive; reads raw.logs; stateful; has distinct
SELECT DISTINCT regexp_extract(line, '^(\\d+)', 1) AS id FROM raw.logs
--# spark; reads raw.t; writes /tmp/out; stateless; has overwrite
INSERT OVERWRITE LOCAL DIRECTORY '/tmp/out' ROW FORMAT DELIMITED SELECT * FROM raw.t
--# spark; reads t; stateful; has order-by
SELECT id FROM t ORDER BY id
--# spark; reads t; stateless; has run-time
SELECT id, unix_timestamp() AS now_ts, unix_timestamp(ts) FROM t
--# spark; reads t; stateless; not run-time
SELECT id, unix_timestamp(ts) FROM t
--# spark; reads raw.t; writes x; stateless
WITH q AS (SELECT * FROM raw.t) INSERT INTO x SELECT * FROM q
--# spark; writes t; stateless
INSERT INTO t VALUES (1, 'a'), (2, 'b')
--# hive; reads raw.t; stateless
SELECT `(ds|hr)?+.+` FROM raw.t
--# spark; reads t; stateless
SELECT a.b.c, t.`from`, date '2024-01-01', interval 1 day, x::int, 1L, 2.5D, 1e-3, t.1a FROM t
--# spark; reads t; stateful; has group-by
FROM t SELECT id, count(*) GROUP BY id
--# spark; reads t1; stateless; has unnest; apart
SELECT * FROM t1 JOIN LATERAL (SELECT t1.c1 + t1.c2 AS c3) ON t1.c2 = c3
--# spark; reads t1, t2; stateful; has correlated-subquery; apart
SELECT * FROM t1, LATERAL (SELECT t1.c2, (SELECT t2.c2 FROM t2 WHERE t2.a = 1) AS x)
--# spark; reads t1, t2; stateful; has correlated-subquery
SELECT * FROM t1, LATERAL (SELECT t1.c1 + t2.c1 AS c FROM t2)
--# spark; stateful; has group-by having; apart
SELECT 1 FROM range(10) HAVING true
--# spark; reads t3; stateless; has unnest
SELECT * FROM t3 LEFT JOIN LATERAL posexplode_outer(c2) t(pos, c3) ON t3.c1 = c3
--# spark; writes v; stateless
CREATE VIEW v(c1, c2) AS VALUES (0, 1), (1, 2)
