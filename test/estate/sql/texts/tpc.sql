--# ansi; reads lineitem; stateful; has group-by order-by
select l_returnflag, l_linestatus, sum(l_quantity) as sum_qty, avg(l_discount) as avg_disc, count(*) as count_order
from lineitem where l_shipdate <= date '1998-12-01' - interval '90' day group by l_returnflag, l_linestatus order by l_returnflag, l_linestatus
--# ansi; reads nation, part, partsupp, region, supplier; stateful; has top-n correlated-subquery
select s_acctbal, s_name, n_name from part, supplier, partsupp, nation, region
where p_partkey = ps_partkey and s_suppkey = ps_suppkey and s_nationkey = n_nationkey and n_regionkey = r_regionkey
and ps_supplycost = (select min(ps_supplycost) from partsupp, supplier, nation, region where p_partkey = ps_partkey and s_suppkey = ps_suppkey and s_nationkey = n_nationkey and n_regionkey = r_regionkey and r_name = 'EUROPE')
order by s_acctbal desc limit 100
--# ansi; reads lineitem, orders; stateful; has semi-join
select o_orderpriority, count(*) from orders where exists (select * from lineitem where l_orderkey = o_orderkey and l_commitdate < l_receiptdate) group by o_orderpriority
--# ansi; reads lineitem, nation, orders, part, partsupp, supplier; stateful; has group-by-period
select nation, o_year, sum(amount) from (select n_name as nation, extract(year from o_orderdate) as o_year, l_extendedprice * (1 - l_discount) - ps_supplycost * l_quantity as amount
 from part, supplier, lineitem, partsupp, orders, nation where s_suppkey = l_suppkey and ps_suppkey = l_suppkey and p_name like '%green%') as profit group by nation, o_year
--# ansi; reads customer, orders; stateful; has join-outer group-by
select c_count, count(*) as custdist from (select c_custkey, count(o_orderkey) from customer left outer join orders on c_custkey = o_custkey and o_comment not like '%special%requests%' group by c_custkey) as c_orders (c_custkey, c_count) group by c_count
--# ansi; reads lineitem, supplier; stateful; has correlated-subquery
with revenue (supplier_no, total_revenue) as (select l_suppkey, sum(l_extendedprice) from lineitem group by l_suppkey)
select s_suppkey from supplier, revenue where s_suppkey = supplier_no and total_revenue = (select max(total_revenue) from revenue)
--# ansi; reads customer, orders; stateful; has not-exists correlated-subquery
select cntrycode, count(*) from (select substring(c_phone from 1 for 2) as cntrycode, c_acctbal from customer where substring(c_phone from 1 for 2) in ('13', '31')
and c_acctbal > (select avg(c_acctbal) from customer where c_acctbal > 0.00) and not exists (select * from orders where o_custkey = c_custkey)) as custsale group by cntrycode
--# ansi; reads customer, date_dim, store, store_returns; stateful; has top-n
with customer_total_return as (select sr_customer_sk as ctr_customer_sk, sr_store_sk as ctr_store_sk, sum(sr_return_amt) as ctr_total_return from store_returns, date_dim
where sr_returned_date_sk = d_date_sk and d_year = 2000 group by sr_customer_sk, sr_store_sk)
select c_customer_id from customer_total_return ctr1, store, customer
where ctr1.ctr_total_return > (select avg(ctr_total_return) * 1.2 from customer_total_return ctr2 where ctr1.ctr_store_sk = ctr2.ctr_store_sk) and s_store_sk = ctr1.ctr_store_sk order by c_customer_id limit 100
--# ansi; reads catalog_sales, date_dim, web_sales; stateful; has union-all
with wscs as (select sold_date_sk, sales_price from (select ws_sold_date_sk sold_date_sk, ws_ext_sales_price sales_price from web_sales union all select cs_sold_date_sk, cs_ext_sales_price from catalog_sales) x),
wswscs as (select d_week_seq, sum(case when d_day_name = 'Sunday' then sales_price else null end) sun_sales from wscs, date_dim where d_date_sk = sold_date_sk group by d_week_seq)
select y.d_week_seq d_week_seq1, round(sun_sales1 / sun_sales2, 2) from (select wswscs.d_week_seq d_week_seq1, sun_sales sun_sales1 from wswscs, date_dim where date_dim.d_week_seq = wswscs.d_week_seq and d_year = 2001) y,
(select wswscs.d_week_seq d_week_seq2, sun_sales sun_sales2 from wswscs, date_dim where date_dim.d_week_seq = wswscs.d_week_seq and d_year = 2002) z where d_week_seq1 = d_week_seq2 - 53 order by d_week_seq1
--# ansi; reads date_dim, item, store, store_sales; stateful; has full-ranking
select i_category, i_class, grouping(i_category) + grouping(i_class) as lochierarchy, rank() over (partition by grouping(i_category) order by sum(ss_net_profit) desc) as rank_within_parent
from store_sales, date_dim d1, item, store where d1.d_date_sk = ss_sold_date_sk and i_item_sk = ss_item_sk and s_store_sk = ss_store_sk group by rollup(i_category, i_class)
--# ansi; reads catalog_sales, store_sales; stateful; has intersect-except
select count(*) from ((select distinct a from store_sales) intersect (select distinct a from catalog_sales)) cool_cust
--# ansi; reads customer_demographics, date_dim, item, promotion, store_sales; stateful; has join-chain
select i_item_id, avg(ss_quantity) agg1 from store_sales, customer_demographics, date_dim, item, promotion
where ss_sold_date_sk = d_date_sk and ss_item_sk = i_item_sk and ss_cdemo_sk = cd_demo_sk and ss_promo_sk = p_promo_sk and (p_channel_email = 'N' or p_channel_event = 'N') group by i_item_id
