{% snapshot customers_history %}

{{ config(target_schema='silver_clean_online', unique_key='customer_id', strategy='timestamp', updated_at='changed_at') }}

select
    customer_id,
    email_hash,
    postcode,
    marketing_consent,
    home_store_id,
    changed_at
from {{ source('customer_accounts', 'accounts') }}

{% endsnapshot %}
