/**
 * Writes the target folder of the sample dbt project from its models, as dbt leaves it after a full run:
 * `node scripts/sample-manifest.ts`. It knows only the Jinja that the sample uses.
 */
import { globSync, mkdirSync, readFileSync, writeFileSync } from "node:fs"
import { basename, dirname, join } from "node:path"
import { parse } from "yaml"
import { compile, configIn, referencesIn } from "./sample-templates.ts"

export const sampleProject = join(import.meta.dirname, "..", "data", "sample", "meridian-foods-dbt")

type Json = Readonly<Record<string, unknown>>

interface Described {
  readonly name: string
  readonly group?: string
  readonly [property: string]: unknown
}

interface SourceProperties extends Described {
  readonly schema: string
  readonly tables: readonly (Described & { readonly identifier?: string })[]
}

interface Properties {
  readonly groups: readonly Described[]
  readonly sources: readonly SourceProperties[]
  readonly models: readonly Described[]
  readonly snapshots: readonly Described[]
  readonly seeds: readonly Described[]
  readonly exposures: readonly (Described & { readonly depends_on: readonly string[] })[]
}

interface Config {
  readonly schema?: string
  readonly target_schema?: string
  readonly alias?: string
  readonly materialized?: string
  readonly unique_key?: string | readonly string[]
}

/** A model's text with what is needed to write its node. */
interface Model {
  readonly id: string
  readonly name: string
  readonly file: string
  readonly raw: string
  readonly config: Config
  readonly schema: string
  readonly relation: string | null
}

const project = "meridian_foods"
const database = "lake"

/** Rows after the last run, and its seconds. */
const figures = parse(readFileSync(join(import.meta.dirname, "sample-figures.yaml"), "utf8")) as Record<string, [number, number?]>

/** Text of each file of the target folder by its name. */
export function sampleTarget(): Readonly<Record<string, string>> {
  const properties = readProperties()
  const models = globSync(["models/**/*.{sql,py}", "snapshots/*.sql"], { cwd: sampleProject }).toSorted().map(readModel)
  const relations = new Map([
    ...models.map(({ id, relation }) => [id, relation] as const),
    ...properties.seeds.map((seed) => [`seed.${project}.${seed.name}`, quoted("reference", seed.name)] as const),
    ...properties.sources.flatMap((source) => source.tables.map((table) => sourceRelation(source, table))),
  ])
  const texts = new Map(models.map(({ id, raw, relation }) => [id, { raw, relation }]))
  const about = new Map([...properties.models, ...properties.snapshots].map((each) => [each.name, each]))
  const nodes = [
    ...models.map((model) => modelNode(model, about.get(model.name), compile(model.id, texts, relations), relations)),
    ...properties.seeds.map(seedNode),
    ...models.flatMap(({ name, config }) => (config.unique_key === undefined ? [] : [testNode(name)])),
  ]
  const manifest = {
    metadata: metadata("manifest/v12", { project_name: project, adapter_type: "databricks" }),
    nodes: byId(nodes),
    sources: byId(properties.sources.flatMap((source) => source.tables.map((table) => sourceNode(source, table)))),
    exposures: byId(properties.exposures.map((exposure) => exposureNode(exposure, relations))),
    macros: byId(["macro.meridian_foods.euro", "macro.meridian_foods.union_relations"].map(macroNode)),
    groups: byId(properties.groups.map((each) => ({ ...common("group", each.name), ...each }))),
    metrics: {},
    semantic_models: {},
    saved_queries: {},
    unit_tests: {},
    disabled: {},
  }
  const files = {
    "manifest.json": manifest,
    "catalog.json": catalog([...relations.keys()]),
    "run_results.json": runResults(models),
  }
  return Object.fromEntries(Object.entries(files).map(([file, content]) => [file, `${JSON.stringify(content, undefined, 1)}\n`]))
}

function readProperties(): Properties {
  const all: Record<string, unknown[]> = { groups: [], sources: [], models: [], snapshots: [], seeds: [], exposures: [] }
  for (const file of globSync("models/**/*.yml", { cwd: sampleProject }).toSorted()) {
    const read = parse(readFileSync(join(sampleProject, file), "utf8")) as Record<string, unknown[]>
    for (const [key, list] of Object.entries(all)) list.push(...(read[key] ?? []))
  }
  return all as unknown as Properties
}

function readModel(file: string): Model {
  const raw = readFileSync(join(sampleProject, file), "utf8").trimEnd()
  const name = basename(file).replace(/\.\w+$/, "")
  const type = file.startsWith("snapshots") ? "snapshot" : "model"
  const config: Config = { ...folderConfig(file), ...configIn(raw) }
  const schema = config.target_schema ?? config.schema ?? "public"
  const relation = config.materialized === "ephemeral" ? null : quoted(schema, config.alias ?? name)
  return { id: `${type}.${project}.${name}`, name, file, raw, config, schema, relation }
}

/** What dbt_project.yml says of the model's folder. */
function folderConfig(file: string): Config {
  if (file.startsWith("snapshots")) return { materialized: "snapshot" }
  const settings = parse(readFileSync(join(sampleProject, "dbt_project.yml"), "utf8")) as { readonly models: Json }
  const steps = [project, ...dirname(file).split("/").slice(1)]
  const folder = steps.reduce<unknown>((part, step) => (part as Json)[step], settings.models) as Record<string, string>
  return { materialized: folder["+materialized"] ?? "view", schema: folder["+schema"] ?? "public" }
}

function modelNode(model: Model, about: Described | undefined, compiled: string | undefined, relations: Relations): Json {
  const { id, name, file, raw, config, schema, relation } = model
  const isPython = file.endsWith(".py")
  const { refs, sources } = referencesIn(raw)
  return {
    ...common(id.split(".")[0] ?? "", name),
    database,
    schema,
    alias: config.alias ?? name,
    relation_name: relation,
    original_file_path: file,
    path: file.slice(file.indexOf("/") + 1),
    language: isPython ? "python" : "sql",
    description: about?.["description"] ?? "",
    tags: [file.split("/")[1], ...((about?.["tags"] as string[] | undefined) ?? [])],
    meta: {},
    group: about?.group ?? null,
    config: { enabled: true, ...config },
    raw_code: raw,
    refs: refs.map((each) => ({ name: each, package: null, version: null })),
    sources,
    depends_on: {
      macros: raw.includes("euro(") ? ["macro.meridian_foods.euro"] : [],
      nodes: [
        ...sources.map(([source, table]) => idOf(`${source}.${table}`, relations)),
        ...refs.map((each) => idOf(each, relations)),
      ],
    },
    compiled: compiled !== undefined,
    ...(compiled !== undefined && { compiled_code: compiled, extra_ctes_injected: true }),
  }
}

type Relations = ReadonlyMap<string, string | null>

function idOf(reference: string, relations: Relations): string {
  const found = [...relations.keys()].find(
    (id) => id.endsWith(`.${reference}`) && id.split(".").length === 2 + reference.split(".").length,
  )
  if (found === undefined) throw new Error(`Nothing is called ${reference}`)
  return found
}

function seedNode(seed: Described): Json {
  const more = { database, schema: "reference", alias: seed.name, relation_name: quoted("reference", seed.name) }
  const depends = { config: { enabled: true, materialized: "seed" }, depends_on: { macros: [] } }
  return { ...common("seed", seed.name), ...more, ...seed, original_file_path: `seeds/${seed.name}.csv`, ...depends }
}

function testNode(tested: string): Json {
  const depends = { macros: ["macro.dbt.test_unique"], nodes: [`model.${project}.${tested}`] }
  return { ...common("test", `unique_${tested}`), config: { enabled: true, materialized: "test" }, depends_on: depends }
}

function sourceNode(source: SourceProperties, table: SourceProperties["tables"][number]): Json {
  const [id, relation] = sourceRelation(source, table)
  const { tables: _, name: source_name, meta, ...rest } = source
  const identifier = table.identifier ?? table.name
  return {
    ...common("source", table.name),
    ...rest,
    unique_id: id,
    source_name,
    source_meta: meta,
    meta,
    database,
    identifier,
    relation_name: relation,
  }
}

function sourceRelation(source: SourceProperties, table: SourceProperties["tables"][number]): readonly [string, string] {
  return [`source.${project}.${source.name}.${table.name}`, quoted(source.schema, table.identifier ?? table.name)]
}

function exposureNode({ depends_on: given, ...rest }: Properties["exposures"][number], relations: Relations): Json {
  const nodes = given.flatMap((each) => referencesIn(`{{ ${each} }}`).refs).map((each) => idOf(each, relations))
  return { ...common("exposure", rest.name), ...rest, depends_on: { macros: [], nodes } }
}

function macroNode(id: string): Json {
  return { ...common("macro", id.slice(id.lastIndexOf(".") + 1)), macro_sql: "", depends_on: { macros: [] } }
}

function common(type: string, name: string): Json {
  return { unique_id: `${type}.${project}.${name}`, resource_type: type, package_name: project, name }
}

function metadata(schema: string, more: Json = {}): Json {
  const version = { dbt_schema_version: `https://schemas.getdbt.com/dbt/${schema}.json`, dbt_version: "1.10.0" }
  return { ...version, generated_at: "2027-01-04T04:30:00.000000Z", ...more }
}

function catalog(ids: readonly string[]): Json {
  const counted = ids.flatMap((id) => {
    const rows = figuresOf(id)?.[0]
    return rows === undefined
      ? []
      : [{ unique_id: id, stats: { rows: { id: "rows", label: "Rows", value: rows, include: true } } }]
  })
  const [sources = [], nodes = []] = [true, false].map((wanted) =>
    counted.filter((each) => each.unique_id.startsWith("source.") === wanted),
  )
  return { metadata: metadata("catalog/v1"), nodes: byId(nodes), sources: byId(sources), errors: null }
}

function runResults(models: readonly Model[]): Json {
  const results = models.flatMap(({ id }) => {
    const seconds = figuresOf(id)?.[1]
    return seconds === undefined ? [] : [{ unique_id: id, status: "success", execution_time: seconds }]
  })
  return {
    metadata: metadata("run-results/v6"),
    results,
    elapsed_time: results.reduce((sum, each) => sum + each.execution_time, 0),
  }
}

function figuresOf(id: string): readonly [number, number?] | undefined {
  return figures[id.split(".").slice(2).join(".")]
}

function byId(nodes: readonly Json[]): Json {
  return Object.fromEntries(nodes.map((node) => [node["unique_id"], node]))
}

function quoted(schema: string, table: string): string {
  return [database, schema, table].map((part) => `\`${part}\``).join(".")
}

if (import.meta.main) {
  const folder = join(sampleProject, "target")
  mkdirSync(folder, { recursive: true })
  for (const [file, text] of Object.entries(sampleTarget())) writeFileSync(join(folder, file), text)
}
