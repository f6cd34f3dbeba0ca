import { describe, expect, test } from "vitest"
import { readManifest } from "../../../src/estate/dbt/manifest.ts"
import { manifestText, modelId, project, sourceId } from "../../fixtures/dbt/build-manifest.ts"
import { jaffleShop } from "../../fixtures/dbt/jaffle-shop.ts"

const manifest = manifestText(12, jaffleShop)
const versionOf = (kind: string) => ({ dbt_schema_version: `https://schemas.getdbt.com/dbt/${kind}.json` })
const rows = (name: string, value: unknown) => ({ stats: { has_stats: { value: true }, [name]: { id: name, value } } })
const catalog = (more: object): string => JSON.stringify({ metadata: versionOf("catalog/v1"), ...more })
const runResults = (more: object): string => JSON.stringify({ metadata: versionOf("run-results/v5"), ...more })

test("rows of the catalog, whatever the adapter calls them", () => {
  const nodes = {
    [modelId("orders")]: rows("row_count", 12),
    [modelId("customers")]: rows("num_rows", "3400"),
    [modelId("stg_orders")]: rows("rows", "about 7"),
    [`seed.${project}.raw_orders`]: rows("rows", 99.0),
    [modelId("stg_customers")]: { stats: {} },
    __proto__: null,
  }
  const sources = { [sourceId("crm", "customers")]: rows("rows", "5.0") }
  const { estate, problems } = readManifest(manifest, { catalog: catalog({ nodes, sources }) })
  expect(problems).toEqual([])
  expect(
    estate?.statements.filter(({ measured }) => measured !== undefined).map(({ name, measured }) => [name, measured]),
  ).toEqual([
    ["orders", { rows: 12 }],
    ["customers", { rows: 3400 }],
  ])
  expect(estate?.sources.map((each) => each.rows)).toEqual([99, undefined, 5, undefined])
})

test("run times in minutes, of runs that went well", () => {
  const results = [
    { unique_id: modelId("orders"), status: "success", execution_time: 90 },
    { unique_id: modelId("customers"), status: "error", execution_time: 3 },
    { unique_id: modelId("stg_orders"), execution_time: 1.5 },
    { unique_id: modelId("stg_customers"), status: "success", execution_time: "long" },
    { unique_id: null, status: "success", execution_time: 1 },
  ]
  const nodes = { [modelId("orders")]: rows("row_count", 12) }
  const { estate } = readManifest(manifest, { catalog: catalog({ nodes }), runResults: runResults({ results }) })
  expect(
    estate?.statements.filter(({ measured }) => measured !== undefined).map(({ name, measured }) => [name, measured]),
  ).toEqual([
    ["stg_orders", { runMinutes: 0.025 }],
    ["orders", { rows: 12, runMinutes: 1.5 }],
  ])
})

describe("a wrong file beside the manifest is named, and nothing is imported", () => {
  test.each<[string, { catalog?: string; runResults?: string }, string]>([
    ["empty", { catalog: "" }, "catalog.json $: Choose another file: this one is empty"],
    ["cut off", { runResults: '{"a": [' }, "run_results.json $: Repair the JSON at line 1, column 8"],
    ["the manifest again", { catalog: manifest }, "catalog.json $.metadata.dbt_schema_version: Choose target/catalog.json"],
    ["swapped", { runResults: catalog({ nodes: {} }) }, "this is dbt's catalog.json"],
    ["nodes as a list", { catalog: catalog({ nodes: [] }) }, "catalog.json $.nodes: Give an object, { … }: this is a list"],
    ["no results", { runResults: runResults({}) }, "run_results.json $.results: Give a list, [ … ]: this is missing"],
    [
      "a result that is none",
      { runResults: runResults({ results: [{}, 3] }) },
      "run_results.json $.results[1]: Give an object, { … }: this is the number 3",
    ],
  ])("%s", (_, options, problem) => {
    const { estate, problems } = readManifest(manifest, options)
    expect(estate).toBeUndefined()
    expect(problems.map(({ path, message }) => `${path}: ${message}`).join("\n")).toContain(problem)
  })
})

test("one of another project is read, with a notice", () => {
  const { notices } = readManifest(manifest, { catalog: catalog({ nodes: { "model.other.a": rows("rows", 1) } }) })
  expect(notices).toContainEqual({ place: "catalog.json", message: expect.stringContaining("another project") })
})
