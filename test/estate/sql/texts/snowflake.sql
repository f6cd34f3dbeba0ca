--# snowflake; reads raw.shop.orders; stateless
with source as (
    select * from raw.shop.orders
),
renamed as (
    select id as order_id, user_id as customer_id, order_date::date as order_date, iff(status = 'x', null, status) as status
    from source
    where not _fivetran_deleted
)
select * from renamed
--# snowflake; reads analytics.stg_customers, analytics.stg_orders, analytics.stg_payments; stateful; has join-outer group-by
with customers as (select * from analytics.stg_customers),
orders as (select * from analytics.stg_orders),
payments as (select * from analytics.stg_payments),
customer_orders as (
    select customer_id, min(order_date) as first_order, max(order_date) as most_recent_order, count(order_id) as number_of_orders
    from orders
    group by customer_id
),
customer_payments as (
    select orders.customer_id, sum(amount) as total_amount
    from payments
    left join orders on payments.order_id = orders.order_id
    group by orders.customer_id
),
final as (
    select customers.*, customer_orders.first_order, customer_payments.total_amount as customer_lifetime_value
    from customers
    left join customer_orders on customers.customer_id = customer_orders.customer_id
    left join customer_payments on customers.customer_id = customer_payments.customer_id
)
select * from final
--# snowflake; reads raw.events; stateless; has unnest; not join-non-equality
select e.value:id::string as id, e.value:"name"::varchar as name, v.payload:context.page.url::string as url
from "RAW"."events" v, lateral flatten(input => v.payload:items, outer => true) e
where v.payload:type = 'order'
--# snowflake; reads raw.events; stateless; has unnest
select f.index, f.value, t.id from raw.events t, table(flatten(t.tags)) f
--# snowflake; reads raw.events; stateless; has unnest
select t.id, s.value as part from raw.events as t join lateral split_to_table(t.path, '/') as s
--# snowflake; reads raw.orders; stateful; has keep-last qualify
select * from raw.orders qualify row_number() over (partition by id order by updated_at desc) = 1
--# snowflake; reads raw.orders; stateful; has qualify rank-top-n
select *, rank() over (partition by region order by amount desc) as r from raw.orders where amount > 0 qualify r <= 3
--# snowflake; reads db.s.t1, db.s.t2; stateful; has join-temporal
select a.*, b.rate from db.s.t1 a asof join db.s.t2 b match_condition (a.ts >= b.ts) on a.cur = b.cur
--# snowflake; reads events_raw; stateless; has json-regex
select parse_json(body):user.id::number as user_id, try_to_timestamp(body:ts::string) as ts, regexp_substr(url, '[^/]+$') as leaf
from events_raw
--# snowflake; reads employees; stateful; has recursive-cte
select employee_id, manager_id, level, sys_connect_by_path(title, ' -> ') from employees
start with title = 'President' connect by manager_id = prior employee_id
--# snowflake; reads stock; stateful; has sequence order-by
select * from stock match_recognize (
  partition by company order by price_date
  measures match_number() as m, first(price_date) as start_date, last(price_date) as end_date
  one row per match after match skip to last up
  pattern (strt down+ up+)
  define down as price < lag(price), up as price > lag(price)
) order by company
--# snowflake; reads quarterly_sales; stateful; has pivot
select * from quarterly_sales pivot(sum(amount) for quarter in ('Q1', 'Q2')) as p (empid, q1, q2)
--# snowflake; reads quarterly_sales; stateful; has pivot
select empid, dept, month, sales from quarterly_sales unpivot(sales for month in (jan, feb, mar))
--# snowflake; reads orders; stateless; has run-time; not order-by
select id, current_date() as loaded_on, sysdate() as t, $1, $2 from orders
--# snowflake; reads orders; stateless; not run-time
select id, o.now, today, yesterday from orders o
--# snowflake; reads a, b; stateful; has distinct
select id from a union select id from b
--# snowflake; reads a, b; stateless; has union-all; not distinct
select id from a union all select id from b
--# snowflake; reads a, b, c; stateful; has union-all intersect-except
(select id from a union all select id from b) minus select id from c
--# snowflake; reads a; stateless
select * exclude (x, y) rename (z as w), "group", 'it''s' as s from a
--# snowflake; reads a; stateful; has percentile group-by
select region, median(amount), percentile_cont(0.9) within group (order by amount) as p90 from a group by region
--# snowflake; reads a; stateful; has collect count-distinct
select region, listagg(distinct name, ', ') within group (order by name) as names, count(distinct id) from a group by all
--# snowflake; reads raw.orders; writes analytics.orders; stateless; has external-call
create or replace table analytics.orders cluster by (day) as
select id, snowflake.cortex.complete('mistral', text) as summary from raw.orders
--# snowflake; reads raw.orders_stream; writes analytics.orders; stateful; has merge; key id
merge into analytics.orders t
using (select * from raw.orders_stream where metadata$action = 'INSERT') s
on t.id = s.id
when matched and s.deleted then delete
when matched then update set t.amount = s.amount
when not matched then insert (id, amount) values (s.id, s.amount)
--# snowflake; reads raw.orders; writes a.t; stateful; has run-time order-by
insert into a.t (id, at) select id, current_timestamp() from raw.orders order by id
--# snowflake; reads raw.orders; writes a.big, a.small; stateless; has multi-insert
insert all when amount > 100 then into a.big else into a.small select * from raw.orders
--# snowflake; writes db.s.t; stateless; apart
copy into db.s.t from @my_stage/path/ file_format = (type = csv) pattern = '.*[.]csv'
--# snowflake; reads orders; stateless; not join-non-equality
select o.*, g.seq from orders o cross join table(generator(rowcount => 3)) g
--# snowflake; reads orders; stateless
select * from orders at (timestamp => '2024-01-01'::timestamp) where status in ('a', 'b') and id not in (1, 2)
--# snowflake; reads orders; stateless
select * from orders sample bernoulli (10)
--# snowflake; reads db.orders, db.customers; stateful; has semi-join not-in
select * from db.orders where customer_id in (select id from db.customers where vip)
  and id not in (select id from db.orders where test)
--# snowflake; reads orders, refunds; stateful; has not-exists; not join-outer
select o.* from orders o left join refunds r on r.order_id = o.id where r.order_id is null
--# snowflake; reads orders, refunds; stateful; has join-outer; not not-exists
select o.* from orders o left join refunds r on r.order_id = o.id where r.order_id is null or r.amount > 5
--# snowflake; reads db.orders; stateless
select * from db..orders
--# snowflake; reads orders; stateful; has limit
select top 10 * from orders
--# snowflake; reads orders; stateful; has top-n
select * from orders order by amount desc limit 10 offset 5
--# snowflake; reads orders; stateless
select $1:a::int, t.$2 from orders t where $1 like '%order by%' -- group by 1
--# snowflake; reads information_schema.tables; stateless
select * from information_schema.tables
--# snowflake; reads orders; stateful; has lead type-2; not user-aggregate
select id, status, valid_from, lead(valid_from) over (partition by id order by valid_from) as valid_to from orders
--# snowflake; reads orders; stateful; has over-unbounded
select id, sum(amount) over (partition by customer_id order by order_date rows between unbounded preceding and current row) as running from orders
--# snowflake; reads orders; stateful; has over-bounded
select id, avg(amount) over (partition by customer_id order by order_date rows between 6 preceding and current row) as a7 from orders
--# snowflake; reads orders; stateful; has over-unsupported
select id, amount / sum(amount) over (partition by customer_id) as share from orders
--# snowflake; reads orders; stateful; has group-by-period
select date_trunc('month', order_date) as m, sum(amount) from orders group by 1
--# snowflake; reads orders; stateful; has group-by-period
select to_date(created_at) as day, count(*) from orders group by day having count(*) > 1
--# snowflake; reads orders; stateful; has group-by; not group-by-period
select customer_id, max(date_trunc('day', created_at)) as d from orders group by customer_id
--# snowflake; reads raw.t; stateless; has random-id
select uuid_string() as id, seq4() as n, t.* from raw.t
--# snowflake; reads ids; stateless; has user-function
select mydb.public.clean_name(name) as n from ids
