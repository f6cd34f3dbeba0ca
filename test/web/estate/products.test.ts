import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { program } from "../../fixtures/program.ts"
import { largeEstate, shopEstate } from "../../fixtures/shop-estate.ts"
import { openSampleStage, wordsOf } from "../sample-stage.ts"
import type { Stage } from "../stage.ts"

const home = "/engagements/e1/estate"
const scope = { engagement: "e1", by: program }
const domain = "supply"
/** Read by somebody whom the sample's inventories do not know. */
const read = { ...shopEstate, consumers: shopEstate.consumers.map((one) => ({ ...one, name: "Store alerts" })) }
let stage: Stage
beforeAll(async () => {
  stage = await openSampleStage()
})
afterAll(() => stage.close())

const get = (path: string) => stage.consultant().get(`${home}${path}`)

test("without an import there is no product, and the report and plan have no word of it", async () => {
  expect(wordsOf((await get("/products").expect(200)).text)).toContain("Nothing is imported yet")
  expect((await stage.consultant().get("/engagements/e1/plan").expect(200)).text).not.toContain("Data products, wave by wave")
  expect((await stage.consultant().get("/engagements/e1/report").expect(200)).text).not.toContain('id="products"')
})

describe("with an import", () => {
  beforeAll(async () => {
    await stage.store.saveEstate(scope, { id: "shop", domain, name: "shop", estate: read }, 1_000)
  })

  test("products are listed with owner, consumers, classes and effort, each with its sheet", async () => {
    const { text } = await get("/products").expect(200)
    expect(wordsOf(text)).toContain("Store alerts")
    const href = /href="[^"]*\/estate(\/products\/[0-9a-f]+)">([^<]*mart_revenue|[^<]*revenue[^<]*)</i.exec(text)?.[1]
    const sheet = await get(href ?? "/none").expect(200)
    const words = wordsOf(sheet.text)
    for (const term of ["Owner", "Consumers", "Contract", "Sinks", "Sources", "To translate", "Person-days"])
      expect(words).toContain(term)
    expect(words).toContain("Store alerts")
    expect(words).toContain("raw.orders")
    expect(sheet.text.match(/<svg class="drawing"/g)).toHaveLength(2)
    expect(sheet.text).toMatch(/href="[^"]*\/estate\/statements\/shop\/[0-9a-f]{20}"/)
    await get("/products/0123456789abcdef0123").expect(404)
    const yaml = await get(`${href}/product.yaml`).buffer(true).expect(200)
    expect(yaml.text).toContain("opendataproducts.org")
    expect((await get(`${href}/contract.yaml`).buffer(true).expect(200)).text).toMatch(/^apiVersion: |kind: DataContract/m)
    expect((await get("/products.csv").expect(200)).text).toContain("mart_revenue")
  })

  test("a product of more than a picture can show has an outline", async () => {
    const chain = largeEstate(260)
    const one = {
      ...chain,
      statements: chain.statements.map((each, at) => ({ ...each, dependsOn: at === 0 ? [] : [`model.shop.m${at - 1}`] })),
    }
    await stage.store.saveEstate(scope, { id: "chain", domain, name: "chain", estate: one }, 2_000)
    const { text } = await get("/products").expect(200)
    const hrefs = [...text.matchAll(/\/estate(\/products\/[0-9a-f]+)"/g)].map((found) => found[1] ?? "")
    const sheets = await Promise.all([...new Set(hrefs)].map(async (href) => (await get(href).expect(200)).text))
    expect(sheets.some((sheet) => wordsOf(sheet).includes("more than a picture can show"))).toBe(true)
    await stage.store.removeEstate(scope, "chain", 3_000)
  })

  test("the plan shows the products' waves, the report its sections, and JSON all of it", async () => {
    expect(wordsOf((await stage.consultant().get("/engagements/e1/plan").expect(200)).text)).toContain(
      "Data products, wave by wave",
    )
    const report = await stage.consultant().get("/engagements/e1/report").expect(200)
    expect(report.text).toContain('id="products"')
    const { body } = await get("/products.json").expect(200)
    expect(body).toMatchObject({ format: "headwater-estate-plan/1", products: expect.any(Array), waves: expect.any(Array) })
  })

  test("what is decided by hand changes the plan", async () => {
    const before = (await get("/products.json").expect(200)).body as { mix: Record<string, number> }
    const byHand = { class: "P5", stateful: true, reason: "A model of its own" } as const
    await stage.store.decideStatement(scope, "shop", "model.shop.ml_scores", byHand, 4_000)
    const after = (await get("/products.json").expect(200)).body as { mix: Record<string, number> }
    expect([before.mix["P5"], after.mix["P5"]]).toEqual([0, 1])
  })
})
