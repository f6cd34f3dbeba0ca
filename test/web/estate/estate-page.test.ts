import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { program } from "../../fixtures/program.ts"
import { shopEstate, withStatements } from "../../fixtures/shop-estate.ts"
import { openStage, type Stage } from "../stage.ts"
import { wordsOf } from "../sample-stage.ts"

const home = "/engagements/e1/estate"
const scope = { engagement: "e1", by: program }
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const page = async (query = "") => (await stage.consultant().get(`${home}${query}`).expect(200)).text

/** Names of the statements in the table, in its order. */
const shown = (html: string): readonly string[] =>
  [...html.matchAll(/<th scope="row"><a href="[^"]*\/statements\/[^"]*">([^<]*)<\/a>/g)].map((found) => found[1] ?? "")

test("without an import the page says what to do, to those who may", async () => {
  expect(wordsOf(await page())).toContain("Nothing is imported yet")
  expect(await page()).toContain(`${home}/import`)
})

describe("with two imports", () => {
  beforeAll(async () => {
    await stage.store.saveEstate(scope, { id: "shop", domain: "orders", name: "shop", estate: shopEstate }, 1_000)
    const billing = withStatements((all) => all.slice(0, 2).map((one) => ({ ...one, name: `bill_${one.name}` })))
    await stage.store.saveEstate(scope, { id: "bills", domain: "billing", name: "bills", estate: billing }, 2_000)
    const decision = { class: "P2", stateful: false, reason: "Read by hand" } as const
    await stage.store.decideStatement(scope, "shop", "model.shop.ml_scores", decision, 3_000)
  })

  test("every statement is listed with class, state, output and what stands in its way", async () => {
    const html = await page()
    expect(shown(html)).toHaveLength(9)
    const words = wordsOf(html)
    expect(words).toContain("9 statements, 2 of which keep state")
    expect(words).toContain("fct_orders models/fct_orders.sql Orders P4 redesign, stateful Keeps state changelog")
    expect(words).toContain("LEFT/RIGHT/FULL OUTER equality join")
    expect(words).toContain("A macro writes its body: import it compiled")
    expect(words).toContain("ml_scores sink models/ml_scores.sql Orders P2 adapt by hand Keeps no state")
    expect(words).toContain("models/union_all_shops.sql, line 3 : A macro writes the body of this model")
    expect(words).toContain("shop Orders dbt project, manifest v12, snowflake 7 3 1 14 test, 1 disabled")
  })

  test.each([
    ["?class=P4", ["fct_orders", "dim_lapsed"]],
    ["?class=unknown", ["union_all_shops"]],
    ["?state=unknown", ["union_all_shops"]],
    ["?domain=billing", ["bill_stg_customers", "bill_stg_orders"]],
    ["?from=bills&find=ORDERS", ["bill_stg_orders"]],
    ["?read=none", ["ml_scores", "union_all_shops"]],
    ["?text=raw", ["dim_lapsed"]],
    ["?only=differences", ["fct_orders"]],
    ["?only=decided", ["ml_scores"]],
    ["?only=outdated", []],
    ["?only=sinks&domain=orders", ["mart_revenue", "ml_scores", "union_all_shops"]],
    ["?find=models/dim", ["dim_lapsed"]],
    ["?class=P4&order=name", ["dim_lapsed", "fct_orders"]],
    ["?find=nothing+like+this", []],
  ])("%s shows %j", async (query, names) => {
    expect(shown(await page(query))).toEqual(names)
  })

  test("what the query does not know is left out, and nothing of it is run", async () => {
    const query = `?class=P9&state=<b>&from=none&order=zzz&page=9999999999&find=${encodeURIComponent('"><script>alert(1)</script>')}`
    const html = await page(query)
    expect(html).not.toContain("<script>alert")
    expect(wordsOf(html)).toContain("0 of 9 statements")
  })

  test("is the same page until something changes", async () => {
    const first = await stage.consultant().get(home).expect(200)
    const tag = first.headers["etag"] ?? ""
    await stage.consultant().get(home).set("If-None-Match", tag).expect(304)
    await stage.store.decideStatement(scope, "shop", "model.shop.ml_scores", undefined, 4_000)
    expect(wordsOf((await stage.consultant().get(home).set("If-None-Match", tag).expect(200)).text)).toContain("code, not SQL")
  })

  test("a reader sees it and changes nothing; respondents and strangers see nothing", async () => {
    await stage.store.saveMember({ engagement: "e1", by: { account: "carla" } }, "rita", "reader", 5_000)
    const html = (await stage.consultant("rita").get(home).expect(200)).text
    expect(shown(html)).toHaveLength(9)
    expect(html).not.toContain(`${home}/import`)
    expect(html).not.toContain("/remove")
    await stage.consultant("rita").post(`${home}/imports/shop/remove`).type("form").send("").expect(403)
    await stage.consultant("otto").get(home).expect(404)
    const respondent = await stage.respondent("petra")
    await respondent.get(home).redirects(0).expect(303)
  })

  test("CSV and JSON hold every statement; no cell is a formula", async () => {
    const formula = withStatements((all) => all.slice(0, 1).map((one) => ({ ...one, name: "=1+1", owner: "@SUM(A1)" })))
    await stage.store.saveEstate(scope, { id: "odd", domain: "billing", name: "odd", estate: formula }, 6_000)
    const { text } = await stage.consultant().get(`${home}/statements.csv`).expect(200).expect("Content-Type", /csv/)
    expect(text.split("\r\n")).toHaveLength(12)
    expect(text).toContain("'=1+1")
    expect(text).toContain("'@SUM(A1)")
    const { body } = await stage.consultant().get(`${home}/estate.json`).expect(200)
    expect(body).toMatchObject({ format: "headwater-estates/1", imports: [{ domain: "orders", name: "shop" }, {}, {}] })
    expect(JSON.stringify(body)).not.toContain("select * from")
  })

  test("an import is removed after a question, once", async () => {
    const visitor = stage.consultant()
    expect(wordsOf((await visitor.get(`${home}/imports/odd/remove`).expect(200)).text)).toContain(
      "odd of Billing with 1 statement",
    )
    await visitor.post(`${home}/imports/odd/remove`).type("form").send("").expect(303)
    await visitor.post(`${home}/imports/odd/remove`).type("form").send("").expect(404)
    expect(shown(await page())).toHaveLength(9)
  })
})
