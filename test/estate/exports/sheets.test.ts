import { describe, expect, test } from "vitest"
import { parse } from "yaml"
import { assess } from "../../../src/assessment/assess.ts"
import { odcsContract } from "../../../src/estate/exports/odcs.ts"
import { odpsSheet } from "../../../src/estate/exports/odps.ts"
import { productRows } from "../../../src/estate/exports/product-rows.ts"
import { planEstate } from "../../../src/estate/plan/plan-estate.ts"
import { orders } from "../../fixtures/engagements.ts"
import { estate, exposure, found, source, statement } from "../build-estate.ts"
import { aboutOrders, consumer, listed, questionnaire } from "../planned-estate.ts"

const given = estate({
  sources: [source("raw")],
  statements: [
    statement("book", ["raw"], {
      name: 'Order: book "new"',
      writes: ["mart.order_book"],
      verdict: found("not-exists"),
      key: ["order_id", "line"],
      owner: "=cmd|' /C calc'!A0",
    }),
    statement("old", ["raw"]),
  ],
  consumers: [exposure("Pricing", ["book"])],
})
const engagement = aboutOrders({
  inventories: listed({
    "CON-01": [consumer("Pricing", { decision: "sets prices: every hour", completeness: 99.5, requiredAge: 0.5 })],
  }),
})
const plan = planEstate(questionnaire, engagement, assess(questionnaire, engagement, { draws: 10 }), [
  { domain: orders.id, estate: given },
])
const sinkOf = (id: string) => given.statements.find((each) => each.id === id)
const [book, old] = plan.products
if (book === undefined || old === undefined) throw new Error("Two products are expected")
const plannedBook = plan.planned.find(({ product }) => product === book.id)

/** Paths that a document lacks. */
function missing(document: unknown, paths: readonly string[]): readonly string[] {
  const at = (path: string): unknown =>
    path.split(".").reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], document)
  return paths.filter((path) => at(path) === undefined || at(path) === "")
}

describe("Open Data Contract Standard 3", () => {
  const contract = parse(odcsContract(book, sinkOf))

  test("has the required fields of the schema and of every part that is given", () => {
    expect(missing(contract, ["version", "apiVersion", "kind", "id", "status"])).toEqual([])
    expect(contract).toMatchObject({ kind: "DataContract", apiVersion: "v3.0.1", status: "draft" })
    for (const table of contract.schema) {
      expect(missing(table, ["name"])).toEqual([])
      for (const column of table.properties) expect(missing(column, ["name"])).toEqual([])
    }
    for (const level of contract.slaProperties) expect(missing(level, ["property", "value"])).toEqual([])
  })

  test("has no field that the schema does not know", () => {
    const known =
      "version kind apiVersion id name tenant tags status servers dataProduct description domain schema support price team roles slaDefaultElement slaProperties authoritativeDefinitions customProperties contractCreatedTs"
    expect(Object.keys(contract).filter((key) => !known.split(" ").includes(key))).toEqual([])
  })

  test("says what is promised", () => {
    expect(contract.schema[0]).toMatchObject({
      physicalName: "mart.order_book",
      properties: [{ name: "order_id", primaryKeyPosition: 1 }, { name: "line" }],
    })
    expect(contract.slaProperties).toEqual([
      { property: "latency", value: 0.5, unit: "minutes" },
      { property: "completeness", value: 99.5, unit: "percent" },
    ])
    expect(contract.team).toEqual([{ username: "=cmd|' /C calc'!A0", role: "owner" }])
  })
})

describe("Open Data Product Specification 4", () => {
  const sheet = parse(odpsSheet(book, plannedBook, sinkOf))

  test("has the required fields of the published schemas", () => {
    expect(missing(sheet, ["schema", "version", "product", "product.details"])).toEqual([])
    expect(Object.keys(sheet)).toEqual(["schema", "version", "product"])
    const required = ["name", "productID", "visibility", "status", "type", "valueProposition", "description", "productVersion"]
    expect(missing(sheet.product.details.en, required)).toEqual([])
    expect(missing(sheet.product.contract, ["id", "type", "contractVersion", "contractURL"])).toEqual([])
    expect(typeof sheet.version).toBe("string")
    expect(URL.canParse(sheet.schema) && URL.canParse(sheet.product.contract.contractURL)).toBe(true)
  })

  test("uses the words that the schema allows", () => {
    expect(["private", "invitation", "organisation", "dataspace", "public"]).toContain(sheet.product.details.en.visibility)
    expect(sheet.product.details.en.status).toBe("draft")
    expect(parse(odpsSheet(old, undefined, sinkOf)).product.details.en.status).toBe("sunset")
    expect(sheet.product.SLA.declarative[0].dimensions).toEqual([{ dimension: "latency", objective: 30, unit: "seconds" }])
    expect(sheet.product.dataQuality.declarative[0].dimensions[0]).toMatchObject({ dimension: "completeness", objective: 100 })
    expect(sheet.product.details.en.valueProposition.length).toBeLessThanOrEqual(512)
  })

  test("carries names that YAML would trip over", () => {
    expect(sheet.product.details.en.name).toBe('Order: book "new"')
    expect(sheet.product.contract.spec).toEqual(parse(odcsContract(book, sinkOf)))
  })
})

test("the table of products has a row for each, those that move first, every row as wide as the headings", () => {
  const [headings, ...rows] = productRows(plan)
  expect(rows.map(([, name, , , , fate]) => [name, fate])).toEqual([
    ['Order: book "new"', "migrate"],
    ["old", "retire"],
  ])
  for (const row of rows) expect(row).toHaveLength(headings?.length ?? 0)
  expect(rows[0]?.[headings?.indexOf("Added expected") ?? -1]).toBe(plannedBook?.effort.expected)
})
