/**
 * The few fields of a manifest that are needed, over all schema versions. What lineage and classes rest on has to be right;
 * what only describes is left out where it is not as expected, because every version of dbt writes something else there.
 */
import { z } from "zod"

const words = z.string().nullish().catch(undefined)
const wordOrList = z
  .union([z.string(), z.array(z.string())])
  .nullish()
  .catch(undefined)
const person = z
  .union([z.string(), z.object({ name: words, email: wordOrList })])
  .nullish()
  .catch(undefined)
const meta = z.object({ owner: person }).nullish().catch(undefined)

const dependsOn = z.object({ nodes: z.array(z.string().nullable()).nullish() }).nullish()
const text = z.string().nullish()

const common = {
  unique_id: text,
  resource_type: text,
  name: words,
  package_name: words,
  description: words,
  meta,
  tags: wordOrList,
}

const relation = {
  database: words,
  schema: words,
  alias: words,
  identifier: words,
  relation_name: words,
}

const config = z
  .object({
    enabled: z.boolean().nullish().catch(undefined),
    materialized: words,
    unique_key: wordOrList,
    incremental_strategy: words,
    meta,
    group: words,
  })
  .nullish()
  .catch(undefined)

/** Whatever is in the manifest, before it is known what it is. */
export const anyShape = z.object({ unique_id: text, resource_type: text })

/** A model or a snapshot. `raw_sql` and `compiled_sql` are the names of the fields up to v6. */
export const statementShape = z.object({
  ...common,
  ...relation,
  version: z.union([z.string(), z.number()]).nullish().catch(undefined),
  language: words,
  original_file_path: words,
  path: words,
  raw_code: text,
  raw_sql: text,
  compiled_code: text,
  compiled_sql: text,
  depends_on: dependsOn,
  config,
  group: words,
  primary_key: z.array(z.string()).nullish().catch(undefined),
  defer_relation: z.object({ relation_name: words }).nullish().catch(undefined),
})

/** A source or a seed. */
export const sourceShape = z.object({ ...common, ...relation, config, group: words, source_name: words, source_meta: meta })

export const exposureShape = z.object({
  ...common,
  label: words,
  type: words,
  owner: person,
  depends_on: dependsOn,
  config,
})

/** What metrics, semantic models and saved queries are followed through. */
export const passageShape = z.object({ depends_on: dependsOn.catch(undefined) })

export const groupShape = z.object({ name: words, owner: person })

export const metadataShape = z.object({
  generated_at: words,
  adapter_type: words,
  project_name: words,
})

export type StatementNode = z.infer<typeof statementShape>
export type SourceNode = z.infer<typeof sourceShape>
export type ExposureNode = z.infer<typeof exposureShape>
export type Person = z.infer<typeof person>
