import { describe, expect, test } from "vitest"
import { type ManifestReading, readManifest } from "../../../src/estate/dbt/manifest.ts"
import type { Estate, Statement } from "../../../src/estate/model.ts"
import {
  buildManifest,
  manifestText,
  type ManifestVersion,
  modelId,
  type ModelSketch,
  project,
  type ProjectSketch,
  sourceId,
} from "../../fixtures/dbt/build-manifest.ts"
import { jaffleShop } from "../../fixtures/dbt/jaffle-shop.ts"

const versions: readonly ManifestVersion[] = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, "preview"]

function estateOf({ estate, problems }: ManifestReading): Estate {
  expect(problems).toEqual([])
  if (estate === undefined) throw new Error("there is no estate")
  return estate
}

function statement(estate: Estate, name: string): Statement {
  const found = estate.statements.find((each) => each.name === name)
  if (found === undefined) throw new Error(`there is no ${name}`)
  return found
}

const reading = (sketch: ProjectSketch, version: ManifestVersion = 12): Estate =>
  estateOf(readManifest(manifestText(version, sketch)))
const one = (model: Partial<ModelSketch>): Statement => statement(reading({ models: [{ name: "orders", ...model }] }), "orders")

describe.each(versions)("schema version %s", (version) => {
  const estate = estateOf(readManifest(manifestText(version, jaffleShop)))

  test("gives every model and snapshot with the manifest's own edges", () => {
    expect(Object.fromEntries(estate.statements.map(({ id, dependsOn }) => [id, dependsOn]))).toEqual(
      Object.fromEntries(
        jaffleShop.models.map((each) => [`${"type" in each ? each.type : "model"}.${project}.${each.name}`, each.dependsOn]),
      ),
    )
  })

  test("reads the compiled text and says so", () => {
    for (const { name, compiled } of jaffleShop.models) expect(statement(estate, name)).toMatchObject({ text: compiled })
    expect(estate.notices.filter(({ message }) => message.includes("compiled text"))).toEqual([])
  })

  test("tells declared sources, seeds and what lies outside", () => {
    expect(estate.sources.map(({ id, name, kind, system }) => ({ id, name, kind, system }))).toEqual([
      { id: `seed.${project}.raw_orders`, name: "shop.analytics.raw_orders", kind: "seed" },
      { id: `seed.${project}.raw_payments`, name: "shop.analytics.raw_payments", kind: "seed" },
      { id: sourceId("crm", "customers"), name: "shop.crm.customers", kind: "source", system: "crm" },
      { id: "model.marketing.crm_segments", name: "crm_segments", kind: "outside" },
    ])
  })

  test("counts what is not data, and what is switched off", () => {
    expect(estate.origin.passedOver).toEqual({ test: 2, macro: 1, disabled: 1 })
    expect(estate.origin).toMatchObject({ kind: "dbt-manifest", name: project, dialect: "postgres" })
    expect(estate.origin.schemaVersion).toBe(version === "preview" ? "v13" : `v${version}`)
  })

  test("takes exposures for consumers", () => {
    const board = { id: `exposure.${project}.order_board`, name: "order_board", kind: "dashboard", owner: "Paula Jensen" }
    expect(estate.consumers).toEqual(version === 1 ? [] : [{ ...board, reads: [modelId("orders"), modelId("customers")] }])
  })

  test("knows keys, materializations and what is written", () => {
    expect(statement(estate, "customers")).toMatchObject({ key: ["customer_id"], writes: ["shop.analytics.customers"] })
    expect(statement(estate, "order_events")).toMatchObject({ key: ["order_id", "order_date"], materialized: "incremental" })
    expect(statement(estate, "paid_orders")).toMatchObject({ writes: [], materialized: "ephemeral" })
  })

  test("reads the raw text where nothing was compiled", () => {
    const models = jaffleShop.models.map(({ compiled: _, ...rest }) => rest)
    const raw = estateOf(readManifest(manifestText(version, { ...jaffleShop, models })))
    for (const { name, raw: text } of models) expect(statement(raw, name).text).toBe(text)
    expect(raw.notices.map(({ message }) => message).join()).toContain("No model has a compiled text")
  })
})

test("a version that is not published yet is read, with a notice", () => {
  const { notices } = readManifest(manifestText("preview", jaffleShop))
  expect(notices).toEqual([expect.objectContaining({ message: expect.stringContaining("v13 is newer") })])
})

test("a manifest without its version is read where its nodes say what they are", () => {
  const { metadata: _, ...rest } = buildManifest(12, jaffleShop)
  const { estate, notices } = readManifest(JSON.stringify(rest))
  expect(estate?.statements).toHaveLength(jaffleShop.models.length)
  expect(notices[0]?.message).toContain("does not say its schema version")
})

describe("edges", () => {
  const dependsOn = (ids: readonly unknown[], more: ProjectSketch["more"] = {}): readonly string[] => {
    const orders = { name: "orders", more: { depends_on: { nodes: ids } } }
    return statement(reading({ models: [orders], sources: [["crm", "customers"]], more }), "orders").dependsOn
  }

  test("lead to data only, each once and in their order", () => {
    const metric = { "metric.jaffle_shop.revenue": { resource_type: "metric", depends_on: { nodes: [modelId("orders")] } } }
    const ids = [
      "metric.jaffle_shop.revenue",
      sourceId("crm", "customers"),
      "model.a.x",
      "macro.dbt.ref",
      "test.a.b",
      "model.a.x",
    ]
    expect(dependsOn(ids, { metrics: metric })).toEqual([sourceId("crm", "customers"), "model.a.x"])
  })

  test("to a metric are left out with a notice", () => {
    const metrics = { "metric.jaffle_shop.revenue": { resource_type: "metric", depends_on: { nodes: [] } } }
    const orders = { name: "orders", dependsOn: ["metric.jaffle_shop.revenue"] }
    expect(reading({ models: [orders], more: { metrics } }).notices).toContainEqual({
      place: modelId("orders"),
      message: expect.stringContaining("metric.jaffle_shop.revenue"),
    })
  })

  test("may be missing, null or lead in a circle", () => {
    const models = [
      { name: "a", more: { depends_on: undefined } },
      { name: "b", more: { depends_on: { nodes: [null, modelId("c")] } } },
      { name: "c", dependsOn: [modelId("b"), modelId("c")] },
    ]
    const { statements, sources } = reading({ models })
    expect(statements.map((each) => each.dependsOn)).toEqual([[], [modelId("c")], [modelId("b"), modelId("c")]])
    expect(sources).toEqual([])
  })

  test("to a model that is switched off lead outside", () => {
    const { sources } = reading({ models: [{ name: "orders", dependsOn: [modelId("old")] }], disabled: ["old"] })
    expect(sources).toEqual([{ id: modelId("old"), name: "old", kind: "outside" }])
  })

  test("to the public model of another project lead outside, though it stands in the manifest", () => {
    const foreign = {
      name: "x",
      more: { unique_id: "model.other.x", package_name: "other", path: "", original_file_path: "", raw_code: "" },
    }
    const { statements, sources } = reading({ models: [{ name: "orders", dependsOn: ["model.other.x"] }, foreign] })
    expect(statements).toHaveLength(1)
    expect(sources).toMatchObject([{ id: "model.other.x", kind: "outside" }])
  })

  test("of an exposure go through metrics and semantic models", () => {
    const more = {
      metrics: { "metric.jaffle_shop.m": { depends_on: { nodes: ["semantic_model.jaffle_shop.s", "metric.jaffle_shop.m"] } } },
      semantic_models: { "semantic_model.jaffle_shop.s": { depends_on: { nodes: [modelId("orders")] } } },
    }
    const exposures = [{ name: "board", dependsOn: ["metric.jaffle_shop.m", "source.jaffle_shop.far.away"] }]
    const { consumers, sources, origin } = reading({ models: [{ name: "orders" }], exposures, more })
    expect(consumers[0]?.reads).toEqual([modelId("orders"), "source.jaffle_shop.far.away"])
    expect(sources).toEqual([{ id: "source.jaffle_shop.far.away", name: "far.away", kind: "outside", system: "far" }])
    expect(origin.passedOver).toMatchObject({ metric: 1, "semantic model": 1 })
  })
})

describe("names", () => {
  test("identity is the id: two relations may share a name, and an alias differs from the file", () => {
    const models = [
      { name: "a", more: { alias: "same", relation_name: '"shop"."analytics"."same"' } },
      { name: "b", more: { alias: "same", relation_name: '"shop"."analytics"."same"' } },
    ]
    expect(reading({ models }).statements.map(({ id, writes }) => [id, writes])).toEqual([
      [modelId("a"), ["shop.analytics.same"]],
      [modelId("b"), ["shop.analytics.same"]],
    ])
  })

  test("missing ones come from the id, and versions are shown", () => {
    expect(reading({ models: [{ name: "orders", more: { name: null, alias: null } }] }).statements[0]?.name).toBe("orders")
    expect(reading({ models: [{ name: "orders", more: { version: 2 } }] }).statements[0]?.name).toBe("orders.v2")
  })

  test("the relation is put together where the manifest does not name it", () => {
    const parts = { relation_name: undefined, database: null, schema: "mart", alias: "Orders" }
    expect(one({ more: parts }).writes).toEqual(["mart.Orders"])
  })

  test("paths of Windows get forward slashes", () => {
    expect(one({ more: { original_file_path: String.raw`models\marts\orders.sql` } }).file).toBe("models/marts/orders.sql")
  })

  test("texts keep their line ends, and lose what cannot be stored", () => {
    expect(one({ compiled: "select 1\r\nfrom a\u0000\uD800" }).text).toBe("select 1\r\nfrom a\uFFFD\uFFFD")
  })
})

describe("descriptions", () => {
  test("the owner stands in meta, in the group or with the exposure", () => {
    const groups = { "group.jaffle_shop.finance": { name: "finance", owner: { email: ["fin@example.com"] } } }
    const models = [
      { name: "a", more: { meta: { owner: "Renata" } } },
      { name: "b", config: { meta: { owner: { name: "Ana" } } } },
      { name: "c", more: { group: "finance" } },
      { name: "d", more: { meta: { owner: 3 }, group: ["x"] } },
    ]
    expect(reading({ models, more: { groups } }).statements.map(({ owner }) => owner)).toEqual([
      "Renata",
      "Ana",
      "fin@example.com",
      undefined,
    ])
  })

  test("tags are a list, also where there is one", () => {
    expect(one({ more: { tags: "daily" } }).tags).toEqual(["daily"])
    expect(one({ more: { tags: [] } }).tags).toBeUndefined()
  })

  test("what only describes does not stop the import", () => {
    const odd = {
      tags: { a: 1 },
      meta: [],
      description: 4,
      alias: {},
      version: [],
      config: "none",
      primary_key: "id",
      language: 1,
    }
    expect(one({ more: odd })).toMatchObject({ id: modelId("orders"), name: "orders" })
  })
})
