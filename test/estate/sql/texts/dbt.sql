--# dbt; reads raw_customers; stateless
with source as (

    {#-
    Normally we would select from the table here, but we are using seeds to load
    our data in this project
    #}
    select * from {{ ref('raw_customers') }}

),

renamed as (

    select
        id as customer_id,
        first_name,
        last_name

    from source

)

select * from renamed
--# dbt; reads stg_orders, stg_payments; stateful; has group-by join-outer
{% set payment_methods = ['credit_card', 'coupon', 'bank_transfer', 'gift_card'] %}

with orders as (
    select * from {{ ref('stg_orders') }}
),
payments as (
    select * from {{ ref('stg_payments') }}
),
order_payments as (
    select
        order_id,
        {% for payment_method in payment_methods -%}
        sum(case when payment_method = '{{ payment_method }}' then amount else 0 end) as {{ payment_method }}_amount,
        {% endfor -%}
        sum(amount) as total_amount
    from payments
    group by order_id
)
select orders.*, {% for payment_method in payment_methods %}order_payments.{{ payment_method }}_amount {%- if not loop.last %},{% endif %}{% endfor %}
from orders
left join order_payments
    on orders.order_id = order_payments.order_id
--# dbt; reads ecom.raw_orders; stateless
with source as (select * from {{ source('ecom', 'raw_orders') }}),
renamed as (
    select id as order_id, {{ cents_to_dollars('subtotal') }} as subtotal, {{ dbt.date_trunc('day', 'ordered_at') }} as ordered_at
    from source
)
select * from renamed
--# dbt; reads stg_hubspot__contact_tmp; stateless
{{ config(enabled=fivetran_utils.enabled_vars(['hubspot_marketing_enabled', 'hubspot_contact_enabled'])) }}
with base as (
    select * from {{ ref('stg_hubspot__contact_tmp') }}
), macro as (
    select
        {{
            fivetran_utils.fill_staging_columns(
                source_columns=adapter.get_columns_in_relation(ref('stg_hubspot__contact_tmp')),
                staging_columns=get_contact_columns()
            )
        }}
        {{ fivetran_utils.source_relation(union_schema_variable='s', union_database_variable='d') }}
    from base
), fields as (
    select contact_id, cast(created as {{ dbt.type_timestamp() }}) as created_at
        --The below macro adds the fields defined within your pass_through_columns variable into the model
        {{ fivetran_utils.fill_pass_through_columns('hubspot__contact_pass_through_columns') }}
    from macro
)
select * from fields
--# dbt; unknown
{{ config(enabled=var('x', true)) }}

{{
    fivetran_utils.union_data(
        table_identifier='contact',
        database_variable='hubspot_database',
        schema_variable='hubspot_schema',
        default_database=target.database,
        default_schema='hubspot',
        default_variable='contact'
    )
}}
--# dbt; reads hubspot.contact; stateless
{{ config(enabled=var('x', true)) }}
select {{ dbt_utils.star(source('hubspot', 'contact')) }}
from {{ source('hubspot', 'contact') }} as contact
--# dbt; stateless
select *
from {{ var('contact') }}
--# dbt; reads hubspot__email_sends; stateful; has join-outer group-by count-distinct
{% set emails_enabled = enabled_vars(['a', 'b']) %}
with contacts as (
    select * from {{ var('contact') }}
{% if emails_enabled %}
), email_sends as (
    select * from {{ ref('hubspot__email_sends') }}
), email_metrics as (
    select
        email,
        {% for metric in var('email_metrics') %}
        sum({{ metric }}) as total_{{ metric }},
        count(distinct case when {{ metric }} > 0 then email_send_id end) as total_unique_{{ metric }}
        {% if not loop.last %},{% endif %}
        {% endfor %}
    from email_sends
    group by 1
), email_joined as (
    select contacts.*
    from contacts
    left join email_metrics on contacts.email = email_metrics.email
)
select * from email_joined
{% else %}
)
select * from contacts
{% endif %}
--# dbt; reads int_x; stateful; has group-by incremental
{{ config(materialized='incremental', unique_key='id', incremental_strategy='insert_overwrite' if target.type not in ('snowflake', 'postgres') else 'delete+insert') }}
with daily as (
    select * from {{ ref('int_x') }}
    {% if is_incremental() %}
    where date_day >= {{ hubspot.hubspot_lookback(from_date='max(date_day)', datepart='day', interval=var('lookback_window', 3)) }}
    {% endif %}
), pivoted as (
    select date_day
        {% for col in columns -%}
        , max(case when lower(field_name) = '{{ col|lower }}' then new_value end) as {{ dbt_utils.slugify(col) | replace(' ', '_') | lower }}
        {% endfor -%}
    from daily
    group by 1, 2, 3
)
select *, {{ dbt_utils.generate_surrogate_key(['date_day', 'contact_id']) }} as id from pivoted
--# dbt; unknown
with contacts as (
    select * from {{ var('contact') }}
), audit as (
    {{ merge_contacts() }}
), fields as (
    select contacts.* from contacts where id in (1)
)
select * from fields
--# dbt; reads events; stateless; has incremental
{{ config(materialized='incremental') }}
select * from {{ ref('events') }}
{% if is_incremental() %}
  where event_time > (select max(event_time) from {{ this }})
{% endif %}
--# dbt; reads events; stateless
select * from {{ ref('events') }}
{% if not is_incremental() %} where true {% else %} where id in (select id from {{ this }}) {% endif %}
--# dbt; unknown
{{ dbt_utils.date_spine(datepart="day", start_date="cast('2019-01-01' as date)", end_date="cast('2020-01-01' as date)") }}
--# dbt; stateful; has full-ranking
with days as (
    {{ dbt_utils.date_spine('day', "'2020-01-01'", "current_date") }}
)
select date_day, extract(year from date_day) as y from days
--# dbt; unknown
{{ dbt_utils.union_relations(relations=[ref('a'), ref('b')]) }}
--# dbt; unknown
with unioned as ({{ dbt_utils.union_relations(relations=[ref('a'), ref('b')]) }}) select id from unioned
--# dbt; reads a; stateful; has keep-last
with d as (
  {{ dbt_utils.deduplicate(relation=ref('a'), partition_by='id', order_by='updated_at desc') }}
)
select * from d
--# dbt; unknown
{{ dbt_utils.unpivot(relation=ref('a'), cast_to='numeric', exclude=['id'], field_name='f', value_name='v') }}
--# dbt; reads a; stateful
select id, {{ dbt_utils.pivot('color', ['red', 'blue']) }} from {{ ref('a') }} group by id
--# dbt; reads a; stateful
select id, count(*) from {{ ref('a') }} {{ dbt_utils.group_by(n=1) }}
--# dbt; reads a; stateful; has group-by
select id, name from {{ ref('a') }} {{ dbt_utils.group_by(n=2) }}
--# dbt; reads base_a, base_b; stateless; has union-all
{% set sources = [ref('base_a'), ref('base_b')] %}
{% for s in sources %}
select * from {{ s }}
{% if not loop.last %} union all {% endif %}
{% endfor %}
--# dbt; reads a, b; stateful; has distinct
select * from {{ ref('a') }}
union
select * from {{ ref('b') }}
--# dbt; reads pkg_model; stateless
select * from {{ ref('my_package', 'pkg_model') }}
--# dbt; reads dim_users; stateless
select * from {{ ref('dim_users', v=2) }} as u
--# dbt; reads a; stateful; has order-by
{%- set q = "select 1" -%}
{{ config(materialized='table', tags=["x", 'y']) }}
select * from {{ ref("a") }} order by 1
--# dbt; reads users; stateless
{% snapshot users_snapshot %}
{{ config(target_schema='snapshots', unique_key='id', strategy='timestamp', updated_at='updated_at') }}
select * from {{ ref('users') }}
{% endsnapshot %}
--# dbt; reads a; stateless
{% macro cents(x) %} ({{ x }} / 100) {% endmacro %}
select id, {{ cents('amount') }} as amount from {{ ref('a') }}
--# dbt; reads zuora.account; stateless
{{ config({"materialized": "incremental", "unique_key": "account_id"}) }}
WITH source AS (
    SELECT * FROM {{ source('zuora', 'account') }}
), renamed AS (
    SELECT id AS account_id, {{ hash_sensitive_columns('name') }}, md5({{ nohash('x') }}) AS m
    FROM source
    WHERE is_deleted = FALSE
)
SELECT * FROM renamed
--# dbt; unknown
{{ simple_cte([
    ('dim_date', 'dim_date'),
    ('accounts', 'zuora_account_source')
]) }}
, final AS (
    SELECT accounts.id
    FROM accounts
)
{{ dbt_audit(
    cte_ref="final",
    created_by="@x",
    updated_by="@y",
    created_date="2020-01-01",
    updated_date="2020-01-01"
) }}
--# dbt; reads dim_date, zuora_account_source; stateful; has join-outer
{{ simple_cte([('dim_date', 'dim_date'), ('accounts', 'zuora_account_source')]) }},
final AS (
    SELECT accounts.id FROM accounts LEFT JOIN {{ ref('dim_date') }} ON dim_date.id = accounts.date_id
)
SELECT * FROM final
--# dbt; unknown
{{ config(materialized='table') }}
select {{ dbt_utils.star(from=ref('events'), except=['a', 'b']) }}, {{ get_value('x') }} as v
from {{ ref('events') }}
where {{ snowplow_utils.app_id_filter(var("snowplow__app_id", [])) }}
  and x {{ is_bot() }}
--# dbt; reads events; stateless
select id from {{ ref('events') }} where created_at >= '{{ var("start_date") }}' and {{ limit_in_dev('created_at') }}
--# dbt; reads events; unknown
select id from {{ ref('events') }} {{ limit_in_dev() }}
--# dbt; reads events; stateless
{%- call statement('x', fetch_result=True) -%} select max(id) from {{ ref('other') }} group by 1 {%- endcall -%}
select id from {{ ref('events') }}
--# dbt; reads src.{{ var('table') }}; stateless
select * from src.{{ var('table') }}
--# dbt; reads analytics.events_{{target.name}}; stateless
select * from analytics.events_{{ target.name }}
--# dbt; reads ab; stateful; has join-inner
{% if target.type == 'snowflake' %}
select a.* from {{ ref('ab') }} a join {{ ref('ab') }} b using (id)
{% else %}
select a.* from {{ ref('cd') }} a
{% endif %}
--# dbt; reads src; stateless
{% raw %}
select '{{ not jinja }}' as x from src
{% endraw %}
--# dbt; reads t; stateless
{{ config(post_hook="delete from {{ this }} where x in (select 1 from y group by 1)") }}
select * from {{ ref('t') }}
--# dbt; reads t; stateless; has run-time
select *, '{{ run_started_at }}' as r, {{ dbt.current_timestamp() }} as loaded_at, current_timestamp as c from {{ ref('t') }}
--# dbt; unknown
{{ range.constructor('return process.version')() }}
--# dbt; unknown
{{ config(materialized='view') }}
-- nothing here
--# dbt; reads jobs; stateful; has limit
select * from {{ ref('jobs') }}
{% if target.name == 'dev' %} where x in (select y from z) {% endif %}
limit 100
--# dbt; reads o; stateless
{% set relation = ref('o') %}
{% set cols = adapter.get_columns_in_relation(relation) %}
select {% for c in cols %}{{ c.name }}{{ ", " if not loop.last }}{% endfor %}
from {{ relation }}
--# dbt; reads o; stateful; has over-unsupported
{% set by_id %}
  partition by id
{% endset %}
select sum(x) over ({{ by_id }}) as s from {{ ref('o') }}
--# dbt; stateless; has union-all
{%- set tables = ['a', 'b'] -%}
{% for t in tables %}
select '{{ t }}' as src, * from {{ ref('base_' ~ t) }}
{% if not loop.last %} union all {% endif %}
{% endfor %}
--# dbt; unknown
select a, {{ fivetran_utils.string_agg('x', "', '") }} from {{ ref('t') }}
--# dbt; reads t; stateful; has group-by
select a, {{ fivetran_utils.string_agg('x', "', '") }} from {{ ref('t') }} group by 1
--# dbt; reads a; stateless
select * from {{ builtins.ref('a') }}
--# dbt; reads {{target.database}}.{{target.schema}}.t; stateless
select * from "{{ target.database }}"."{{ target.schema }}"."t"
