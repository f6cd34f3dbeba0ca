import { describe, expect, test } from "vitest"
import { compareReads } from "../../../src/estate/dbt/differences.ts"
import { sortItems } from "../../../src/estate/dbt/items.ts"
import { lineageOf } from "../../../src/estate/dbt/lineage.ts"
import { buildManifest, modelId, type ModelSketch, type ProjectSketch, sourceId } from "../../fixtures/dbt/build-manifest.ts"

const upstream: readonly ModelSketch[] = [
  { name: "customers", more: { relation_name: "`lake`.`mart`.`Kunden`", alias: "Kunden" } },
  { name: "hidden", config: { materialized: "ephemeral" }, more: { relation_name: null }, dependsOn: [modelId("hidden_too")] },
  {
    name: "hidden_too",
    config: { materialized: "ephemeral" },
    more: { relation_name: null },
    dependsOn: [sourceId("crm", "cards")],
  },
  { name: "moved", more: { defer_relation: { relation_name: '"prod"."mart"."moved"' } } },
]

/** What `orders` reads and where that differs, given its dependencies and the tables found in its text. */
function compare(dependsOn: readonly string[], reads: readonly string[], text = "", source: "compiled" | "raw" = "compiled") {
  const sketch: ProjectSketch = { models: [{ name: "orders", dependsOn }, ...upstream], sources: [["crm", "cards"]] }
  const { items } = sortItems(buildManifest(12, sketch))
  return compareReads(modelId("orders"), { text, source, reads }, lineageOf(items))
}

const differences = (...given: Parameters<typeof compare>): readonly string[] =>
  compare(...given).differences.map(({ kind, relation }) => `${kind} ${relation}`)

describe("a table in the text", () => {
  test.each(["lake.mart.Kunden", "LAKE.MART.KUNDEN", "mart.kunden", "kunden", "other.lake.mart.kunden"])(
    "%s is the dependency lake.mart.Kunden",
    (read) => {
      expect(differences([modelId("customers")], [read])).toEqual([])
    },
  )

  test.each(["lake.other.kunden", "elsewhere.mart.kunden", "kunde", "mart"])("%s is not", (read) => {
    expect(differences([modelId("customers")], [read])).toEqual([`hard-coded ${read}`, "not-in-text lake.mart.Kunden"])
  })

  test("is flagged although another model writes it", () => {
    expect(differences([], ["lake.mart.kunden", "lake.mart.kunden"])).toEqual(["hard-coded lake.mart.kunden"])
  })

  test("may be the model itself, which an incremental run reads", () => {
    expect(differences([], ["shop.analytics.orders"])).toEqual([])
  })

  test("may be read under the schema that it is deferred to", () => {
    expect(differences([modelId("moved")], ["prod.mart.moved"])).toEqual([])
  })
})

describe("an ephemeral dependency", () => {
  const text = "with __dbt__CTE__hidden as (select 1) select * from __dbt__CTE__hidden"

  test("stands in the text as a query, with what it reads", () => {
    expect(differences([modelId("hidden")], ["shop.crm.cards"], text)).toEqual([])
    expect(differences([modelId("hidden")], ["__dbt__cte__hidden"])).toEqual([])
  })

  test("may be missing like any other", () => {
    expect(differences([modelId("hidden")], ["shop.crm.cards"])).toEqual(["not-in-text shop.analytics.hidden"])
  })
})

describe("a raw text", () => {
  test("names models and sources, which are given under their relations", () => {
    const ids = [modelId("customers"), sourceId("crm", "cards")]
    expect(compare(ids, ["customers", "crm.cards", "{this}", "old.table"], "", "raw")).toEqual({
      reads: ["lake.mart.Kunden", "shop.crm.cards", "old.table"],
      differences: [{ kind: "hard-coded", relation: "old.table" }],
    })
  })

  test("may name a model where only some runs see it", () => {
    const text = "select 1 {% if is_incremental() %} where id > (select max(id) from {{ ref('customers') }}) {% endif %}"
    expect(differences([modelId("customers")], [], text, "raw")).toEqual([])
    expect(differences([modelId("customers")], [], "{{ everything() }}", "raw")).toEqual(["not-in-text lake.mart.Kunden"])
  })
})

describe("ephemeral models behind each other", () => {
  const compareLast = (length: number): readonly string[] => {
    const models = Array.from({ length }, (_, at) => ({
      name: `m${at}`,
      config: { materialized: "ephemeral" },
      dependsOn: [at === 0 ? sourceId("crm", "cards") : modelId(`m${at - 1}`)],
    }))
    const { items } = sortItems(buildManifest(12, { models, sources: [["crm", "cards"]] }))
    const shown = { text: `__dbt__cte__m${length - 2}`, source: "compiled", reads: ["shop.crm.cards", "x"] } as const
    return compareReads(modelId(`m${length - 1}`), shown, lineageOf(items)).differences.map(({ relation }) => relation)
  }

  test("are walked through to the table", () => {
    expect(compareLast(1_000)).toEqual(["x"])
  })

  test("are not compared where they are too many to be compared for each", () => {
    expect(compareLast(20_000)).toEqual([])
  })
})

test("many dependencies that a long text does not name take one look at it", () => {
  const models = Array.from({ length: 20_000 }, (_, at) => ({ name: `m${at}`, raw: "" }))
  const all = { name: "orders", dependsOn: models.slice(0, 1_900).map(({ name }) => modelId(name)) }
  const { items } = sortItems(buildManifest(12, { models: [all, ...models] }))
  const text = `{{ everything() }} -- ${"it's 'm7' ".repeat(200_000)}`
  const { differences } = compareReads(modelId("orders"), { text, source: "raw", reads: [] }, lineageOf(items))
  expect(differences).toHaveLength(1_899)
})
