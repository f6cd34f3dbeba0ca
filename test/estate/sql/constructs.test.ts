import { describe, expect, test } from "vitest"
import { type ConstructId, constructTable } from "../../../src/estate/construct-table.ts"
import { readFile } from "../../../src/estate/sql/read-file.ts"
import { readQuery, readTemplate } from "../../../src/estate/sql/read.ts"

/** For each construct a text that shows it, the words that show it, and near misses that do not. */
const cases: Readonly<Record<ConstructId, readonly [text: string, shown: string, ...misses: readonly string[]]>> = {
  projection: ["select a, cast(b as int) from t", "a", "insert into t values (1)"],
  filter: ["select a from t where b = 1", "where b = 1", "select a from t", "select 'where b' from t"],
  unnest: ["select a from t cross join unnest(t.xs) x", "unnest(t.xs) x", "select a from t cross join u"],
  "json-regex": ["select json_value(a, '$.b') from t", "json_value(a, '$.b')", "select json from t", "select jsonish(a) from t"],
  "union-all": ["select a from t union all select a from u", "union all", "select a from t union select a from u"],
  cte: ["with x as (select a from t) select a from x", "x", "select a from (select a from t) x"],
  "user-function": ["select clean_up(a) from t", "clean_up(a)", "select upper(a) from t", "select a from t where (a) in (1)"],
  "multi-insert": ["from t insert into a select x insert into b select y", "insert into b", "insert into a select x from t"],
  "upsert-input": [
    "create table u (id int) with ('connector' = 'upsert-kafka'); insert into s select id from u",
    "u",
    "create table u (id int) with ('connector' = 'kafka'); insert into s select id from u",
  ],
  "sink-key": [
    "create table s (a int, n int, primary key (n) not enforced) with ('x' = 'y'); insert into s select a, count(*) from t group by a",
    "group by a",
    "create table s (a int, n int, primary key (a) not enforced) with ('x' = 'y'); insert into s select a, count(*) from t group by a",
  ],
  distinct: ["select distinct a from t", "distinct", "select a from t where a is distinct from b", "select t.distinct from t"],
  "keep-first": [
    "select a from (select *, row_number() over (partition by k order by created_at) as n from t) x where n = 1",
    "row_number() over (partition by k order by created_at)",
    "select a from (select *, row_number() over (partition by k order by created_at desc) as n from t) x where n = 1",
    "select a from (select *, row_number() over (partition by k order by created_at) as n from t) x where n = 2",
  ],
  "keep-last": [
    "select a from t qualify row_number() over (partition by k order by updated_at desc) = 1",
    "row_number() over (partition by k order by updated_at desc)",
    "select a from t qualify row_number() over (partition by k order by price desc) = 1",
  ],
  qualify: [
    "select a from t qualify rank() over (order by b) = 1",
    "qualify rank() over (order by b) = 1",
    "select qualify from t",
    "select a as qualify from t",
  ],
  "top-n": [
    "select a from (select *, row_number() over (partition by k order by price desc) n from t) x where n <= 3",
    "row_number() over (partition by k order by price desc)",
    "select a from (select *, row_number() over (partition by k order by price desc) n from t) x",
  ],
  "rank-top-n": [
    "select a from (select *, dense_rank() over (order by price) n from t) x where x.n < 4",
    "dense_rank() over (order by price)",
    "select a from (select *, dense_rank() over (order by price) n from t) x where a < 4",
  ],
  "full-ranking": ["select rank() over (order by price) from t", "rank() over (order by price)", "select rank from t"],
  "over-bounded": [
    "select sum(a) over (order by ts rows between 3 preceding and current row) from t",
    "sum(a) over (order by ts rows between 3 preceding and current row)",
    "select sum(a) over (order by ts rows between 3 preceding and 1 following) from t",
  ],
  "over-unbounded": [
    "select sum(a) over (order by ts) from t",
    "sum(a) over (order by ts)",
    "select sum(a) over (order by price) from t",
  ],
  "over-unsupported": [
    "select avg(a) over (partition by k) from t",
    "avg(a) over (partition by k)",
    "select avg(a) over (partition by k order by ts) from t",
  ],
  lag: ["select lag(a) over (order by ts) from t", "lag(a) over (order by ts)", "select lag from t"],
  lead: ["select lead(a) over (order by ts) from t", "lead(a) over (order by ts)", "select lead(a) from t"],
  "group-by": [
    "select a, sum(b) from t group by a",
    "group by a",
    "select a, b from t",
    'select "group", "by" from t',
    "select sum from t",
  ],
  "min-max-updating": [
    "select max(n) from (select a, count(*) n from t group by a) x",
    "max(n)",
    "select max(n) from t",
    "select sum(n) from (select a, count(*) n from t group by a) x",
  ],
  "count-distinct": [
    "select count(distinct a) from t",
    "count(distinct a)",
    "select count(a) from t",
    "select string_agg(distinct a, ',') from t",
  ],
  "group-by-period": [
    "with x as (select date_trunc('day', ts) as d from t) select d, count(*) from x group by d",
    "group by d",
    "select max(date_trunc('day', ts)) from t group by k",
    "with x as (select date_trunc('day', ts) as d, k from t) select k, count(*) from x group by k",
  ],
  "window-tvf": [
    "select window_start, sum(a) from table(hop(table t, descriptor(ts), interval '1' minute, interval '5' minute)) group by window_start",
    "group by window_start",
    "select window_start, sum(a) from t group by window_start",
  ],
  "session-window": [
    "select sum(a) from t group by session(ts, interval '5' minute), k",
    "group by session(ts, interval '5' minute), k",
    "select sum(a) from t group by session_id",
  ],
  "grouping-sets": [
    "select sum(a) from t group by cube (b, c)",
    "group by cube (b, c)",
    "select sum(a), b as cube from t group by b",
  ],
  having: ["select a from t group by a having count(*) > 1", "having count(*) > 1", "select a as having from t"],
  percentile: ["select median(a) from t", "median(a)", "select approx_percentile(a, 0.5) from t"],
  collect: [
    "select array_agg(a) from t group by b",
    "array_agg(a)",
    "select array(select x from unnest(xs) x) from t",
    "select array[a] from t",
  ],
  "join-dimension": [
    "select a from facts f join dim_customer c on f.k = c.k",
    "join dim_customer c on f.k = c.k",
    "select a from facts f left join dim_customer c on f.k = c.k",
  ],
  "join-inner": [
    "select a from t join u on t.k = u.k",
    "join u on t.k = u.k",
    "select a from t join u on t.k > u.k",
    "select a from t semi join u on t.k = u.k",
  ],
  "join-outer": [
    "select a from t full outer join u on t.k = u.k",
    "full outer join u on t.k = u.k",
    "select a from t join u on t.k = u.k",
    "select left(a, 2) from t",
  ],
  "join-chain": [
    "select a from t join u on t.k = u.k join v on t.k = v.k join w on t.k = w.k",
    "join u on t.k = u.k join v on t.k = v.k join w on t.k = w.k",
    "select a from t join u on t.k = u.k join v on t.k = v.k",
    "select a from t join dim_a x on t.k = x.k join dim_b y on t.k = y.k join dim_c z on t.k = z.k",
  ],
  "join-interval": [
    "select a from t left join u on t.k = u.k and u.ts between t.ts - interval '1' hour and t.ts",
    "left join u on t.k = u.k and u.ts between t.ts - interval '1' hour and t.ts",
    "select a from t left join u on t.k = u.k and u.ts > current_date - interval '1' day and u.ts < current_date",
    "select a from t left join u on t.k = u.k and u.ts > t.ts - interval '1' hour",
  ],
  "join-temporal": [
    "select a from t join r for system_time as of t.ts on t.k = r.k",
    "join r for system_time as of t.ts on t.k = r.k",
    "select a from t for system_time as of '2024-01-01'",
  ],
  "join-lookup": [
    "select a from t join r for system_time as of t.proctime as r on t.k = r.k",
    "join r for system_time as of t.proctime as r on t.k = r.k",
    "select a from t join r for system_time as of t.rowtime as r on t.k = r.k",
  ],
  "join-window": [
    "select a from x join y on x.window_start = y.window_start and x.window_end = y.window_end and x.k = y.k",
    "join y on x.window_start = y.window_start and x.window_end = y.window_end and x.k = y.k",
    "select a from x join y on x.window_start = y.window_start",
  ],
  "join-delta": [
    "create table a (k int) with ('connector' = 'fluss'); create table b (k int) with ('connector' = 'fluss'); insert into s select a.k from a join b on a.k = b.k",
    "join b on a.k = b.k",
    "create table a (k int) with ('connector' = 'fluss'); create table b (k int) with ('connector' = 'jdbc'); insert into s select a.k from a join b on a.k = b.k",
  ],
  "semi-join": [
    "select a from t where k in (select k from u)",
    "(select k from u)",
    "select a from t where k in (1, 2)",
    "select a from t where exists (select 1 from unnest(t.xs) x)",
  ],
  "anti-join": ["select a from t left anti join u on t.k = u.k", "left anti join u on t.k = u.k", "select anti from t"],
  "not-exists": [
    "select a from t left join u on t.k = u.k where u.k is null",
    "left join u on t.k = u.k",
    "select a from t left join u on t.k = u.k where u.k is not null",
    "select a from t left join u on t.k = u.k where t.k is null",
  ],
  "not-in": ["select a from t where k not in (select k from u)", "(select k from u)", "select a from t where k not in (1)"],
  "join-non-equality": [
    "select a from t cross join u",
    "cross join u",
    "select a from t, u where t.k = u.k",
    "select a from t, t.items",
    "select a from t cross join lateral flatten(t.xs)",
  ],
  "correlated-subquery": [
    "select (select max(b) from u where u.k = t.k) from t",
    "(select max(b) from u where u.k = t.k)",
    "select (a) from t",
    "select array(select x.y from unnest(t.xs) x) from t",
  ],
  "intersect-except": [
    "select a from t except select a from u",
    "except",
    "select * except (a) from t",
    "select a as intersect from t",
  ],
  "order-by": [
    "select a from t order by a",
    "order by a",
    "select a from (select a from t order by a) x",
    "select array_agg(a order by a) from t",
  ],
  limit: ["select a from t limit 5", "limit 5", "select a from t order by a limit 5", "select a as limit from t"],
  "recursive-cte": [
    "with recursive x as (select 1 n union all select n + 1 from x) select n from x",
    "x",
    "with recursive x as (select 1 n) select n from x",
    "with x as (select * from x) select n from x",
  ],
  pivot: ["select * from t pivot (sum(a) for k in ('x')) p", "pivot", "select pivot from t"],
  merge: ["delete from t where a = 1", "delete from t", "select a as delete from t", "insert into t select a from u"],
  overwrite: ["insert overwrite table t select a from u", "insert overwrite table t", "insert into t select a from u"],
  incremental: [
    "select a from {{ ref('t') }} {% if is_incremental() %} where a > 1 {% endif %}",
    " where a > 1 ",
    "select a from {{ ref('t') }} {% if not is_incremental() %} where a > 1 {% endif %}",
  ],
  "type-2": [
    "select a, lead(ts) over (partition by k order by ts) as valid_to from t",
    "lead(ts) over (partition by k order by ts)",
    "select a, lead(ts) over (partition by k order by ts) as next_ts from t",
  ],
  "run-time": [
    "select a from t where ts > current_date - 7",
    "current_date",
    "select t.current_date from t",
    "select a as current_date from t",
    "select now from t",
  ],
  "random-id": ["select uuid() from t", "uuid", "select uuid from t", "select t.rand from t"],
  "self-join": [
    "select a from t x join t y on x.k = y.k and x.n = y.n + 1",
    "join t y on x.k = y.k and x.n = y.n + 1",
    "select a from t x join t y on x.k = y.k",
  ],
  sequence: [
    "select * from t match_recognize (partition by k order by ts pattern (a b) define a as true) m",
    "match_recognize",
    "select match_recognize from t",
  ],
  "user-aggregate": ["select weighted_udaf(a) from t group by b", "weighted_udaf(a)", "select weighted(a) from t group by b"],
  procedure: ["begin insert into a select 1 from b; end;", "begin insert into", "begin; insert into a select 1 from b; end;"],
  "year-on-year": ["select sales - sales_prior_year from t", "sales_prior_year", "select sales - prior_sales from t"],
  reconciliation: [
    "select t.k from t full join u on t.k = u.k where t.k is null or u.k is null",
    "full join u on t.k = u.k",
    "select t.k from t full join u on t.k = u.k",
  ],
  "external-call": ["select ai_query('m', a) from t", "ai_query('m', a)", "select query('m', a) from t"],
}

const found = (text: string): readonly (readonly [ConstructId, string])[] =>
  text.includes("{%")
    ? shownIn(text, readTemplate(text).verdict.constructs)
    : text.includes(";")
      ? readFile(text).flatMap(({ start, end, verdict }) => shownIn(text.slice(start, end), verdict.constructs))
      : shownIn(text, readQuery(text).verdict.constructs)

const shownIn = (
  text: string,
  constructs: readonly { readonly construct: ConstructId; readonly start: number; readonly end: number }[],
): readonly (readonly [ConstructId, string])[] =>
  constructs.map(({ construct, start, end }) => [construct, text.slice(start, end)])

test("every construct of the table has its case", () => {
  expect(Object.keys(cases).toSorted()).toEqual(Object.keys(constructTable).toSorted())
})

describe.each(Object.entries(cases))("%s", (construct, [text, shown, ...misses]) => {
  test(`stands in ${text}`, () => {
    expect(found(text)).toContainEqual([construct, shown])
  })

  test.each(misses)("does not stand in %s", (miss) => {
    expect(found(miss).map(([id]) => id)).not.toContain(construct)
  })
})
