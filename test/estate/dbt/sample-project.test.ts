import { readFileSync } from "node:fs"
import { join } from "node:path"
import { describe, expect, test } from "vitest"
import { readManifest } from "../../../src/estate/dbt/manifest.ts"
import type { Estate, Statement } from "../../../src/estate/model.ts"

const folder = join(import.meta.dirname, "../../../data/sample/meridian-foods-dbt/target")
const file = (name: string): string => readFileSync(join(folder, name), "utf8")

const { estate, problems } = readManifest(file("manifest.json"), {
  catalog: file("catalog.json"),
  runResults: file("run_results.json"),
})
const { statements, sources, consumers, origin } = estate as Estate

function named(name: string): Statement {
  const found = statements.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

test("is read without a problem", () => {
  expect(problems).toEqual([])
  expect(origin).toMatchObject({ name: "meridian_foods", schemaVersion: "v12", dialect: "databricks" })
  expect([statements.length, sources.length, consumers.length]).toEqual([47, 28, 24])
})

test("every edge leads somewhere, and every consumer reads a model", () => {
  const known = new Set([...statements, ...sources].map(({ id }) => id))
  expect(statements.flatMap(({ dependsOn }) => dependsOn).filter((id) => !known.has(id))).toEqual([])
  expect(sources.filter(({ kind }) => kind === "outside")).toEqual([])
  for (const { reads } of consumers) expect(reads.length).toBeGreaterThan(0)
})

test("the SQL agrees with the lineage but for the table of a notebook", () => {
  expect(statements.flatMap(({ name, differences }) => differences.map((each) => ({ name, ...each })))).toEqual([
    { name: "gold_attribution", kind: "hard-coded", relation: "lake.tmp_attribution.channel_weights" },
  ])
})

describe("classes", () => {
  test.each([
    ["stg_orders", "P1", []],
    ["stg_clicks", "P1", ["union-all"]],
    ["stg_baskets", "P1", ["unnest"]],
    ["orders_dedup", "P2", ["keep-last"]],
    ["gold_orders", "P4", ["join-outer", "run-time", "incremental"]],
    ["gold_order_pace", "P3", ["group-by-period"]],
    ["gold_never_bought", "P4", ["anti-join"]],
    ["gold_basket", "P4", ["not-exists"]],
    ["core_clearing", "P4", ["not-in"]],
    ["unlisted_stock", "P4", ["not-exists"]],
    ["gold_offers", "P4", ["join-inner", "top-n", "count-distinct"]],
    ["mart_settlement", "P4", ["join-outer", "group-by"]],
    ["mart_three_way_match", "P4", ["correlated-subquery"]],
    ["supplier_scorecard", "P4", ["pivot"]],
    ["customers_history", "P4", ["type-2"]],
  ] as const)("%s is %s", (name, expected, constructs) => {
    const { verdict, textSource } = named(name)
    expect([verdict.class, textSource]).toEqual([expected, "compiled"])
    expect(verdict.constructs.map(({ construct }) => construct)).toEqual(expect.arrayContaining([...constructs]))
  })

  test("of Python is code, and of what a macro writes unknown", () => {
    expect(named("churn_scores")).toMatchObject({ textSource: "raw", verdict: { class: "code", stateful: null } })
    expect(named("stg_delivery_notes")).toMatchObject({ textSource: "none", verdict: { class: "unknown", stateful: null } })
    expect(named("stg_delivery_notes").verdict.because).toContain("union_relations")
  })
})

test("the raw texts alone give the same lineage, and the same class or none", () => {
  const manifest = JSON.parse(file("manifest.json")) as { nodes: Record<string, Record<string, unknown>> }
  for (const node of Object.values(manifest.nodes)) delete node["compiled_code"]
  const raw = readManifest(JSON.stringify(manifest)).estate as Estate
  const withoutFolded = (each: Statement) => !each.text?.includes("int_order_lines_described")
  for (const each of raw.statements.filter(withoutFolded)) {
    const compiled = named(each.name)
    expect(each.dependsOn).toEqual(compiled.dependsOn)
    expect(each.differences).toEqual(compiled.differences)
    expect([compiled.verdict.class, "unknown"]).toContain(each.verdict.class)
    if (each.textSource === "raw") expect(each.reads.toSorted()).toEqual(compiled.reads.toSorted())
  }
  expect(raw.statements.filter(({ verdict }) => verdict.class === "unknown").map(({ name }) => name)).toEqual([
    "stg_delivery_notes",
  ])
})

test("rows and run times are those of the run", () => {
  expect(named("gold_fraud").measured).toEqual({ rows: 95_000, runMinutes: 11.9167 })
  expect(sources.find(({ name }) => name.endsWith("shop_orders"))).toMatchObject({ rows: 118_000_000, owner: "Checkout" })
})
