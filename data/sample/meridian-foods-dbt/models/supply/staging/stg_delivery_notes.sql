{{ config(alias='notes') }}

{{ union_relations(relations=[source('delivery_notes', 'edifact'), source('delivery_notes', 'mail_attachments')]) }}
