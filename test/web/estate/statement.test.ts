import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { program } from "../../fixtures/program.ts"
import { ordersText, shopEstate, withStatements } from "../../fixtures/shop-estate.ts"
import { refOf } from "../../../src/web/estate/loaded.ts"
import { wordsOf } from "../sample-stage.ts"
import { hidden, openStage, type Stage } from "../stage.ts"

const scope = { engagement: "e1", by: program }
const fct = "model.shop.fct_orders"
const path = `/engagements/e1/estate/statements/shop/${refOf(fct)}`
const decided = { class: "P2", stateful: "stateless", reason: "One payment a day", action: "record" }
let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
beforeEach(async () => {
  await stage.store.removeEstate(scope, "shop", 1)
  await stage.store.saveEstate(scope, { id: "shop", domain: "orders", name: "shop", estate: shopEstate }, 1_000)
})
afterAll(() => stage.close())

const page = async (at = path) => (await stage.consultant().get(at).expect(200)).text
const post = (form: object, at = path) => stage.consultant().post(at).type("form").send(form)
const decision = async () => (await stage.store.loadEstate(scope, "shop"))?.decisions.get(fct)

describe("the page of a statement", () => {
  test("shows the text escaped, with each construct marked and numbered", async () => {
    const html = await page()
    expect(html).toContain('aria-label="Construct 1">1</a><mark>left join raw.payments p on p.order_id = o.order_id</mark>')
    expect(html).toContain('aria-label="Construct 2">2</a><mark>group by o.order_id, o.status</mark>')
    expect(html).toContain("&lt;/pre&gt;&lt;script&gt;alert(1)&lt;/script&gt;")
    expect(html).not.toContain("<script>alert")
    expect(html).not.toContain("<b>status")
    const shown = /<code>(.*?)<\/code><\/pre>\n<p>/s.exec(html)?.[1] ?? ""
    const text = shown.replaceAll(/<a [^>]*>\d+<\/a>|<\/?mark>/g, "")
    const entities: Readonly<Record<string, string>> = { "&lt;": "<", "&gt;": ">", "&quot;": '"', "&#39;": "'", "&amp;": "&" }
    expect(text.replaceAll(/&\w+;|&#39;/g, (one) => entities[one] ?? one)).toBe(ordersText)
  })

  test("says class, state, output, rewrites, lineage, measures and differences", async () => {
    const words = wordsOf(await page())
    expect(words).toContain("Class P4 redesign, stateful")
    expect(words).toContain("State Keeps state Output changelog")
    expect(words).toContain("Key order_id")
    expect(words).toContain("Rows 1,200,000 Run time 14 minutes")
    expect(words).toContain("The class comes from Compiled SQL. Understood in full.")
    expect(words).toContain("outer interval join if time-bounded; upsert sink otherwise")
    expect(words).toContain("Reads stg_orders P1 port raw.payments outside")
    expect(words).toContain("Is read by dim_lapsed P4 redesign, stateful mart_revenue P1 port ml_scores code, not SQL")
    expect(words).toContain("The SQL reads raw.orders, which the lineage does not have")
  })

  test("offers the rewrites of an anti join with the statement's own tables, and says what is to be decided", async () => {
    const html = await page(`/engagements/e1/estate/statements/shop/${refOf("model.shop.dim_lapsed")}`)
    const words = wordsOf(html)
    expect(words).toContain("It does not port as it is")
    expect(words).toContain("Which absence is meant")
    expect(words).toContain("Ways to say what is absent NOT EXISTS, line 2")
    expect(html).toMatch(/<pre class="sql"[^>]*><code>[^<]*stg_customers[^<]*fct_orders/)
  })

  test("gives the whole text as a file", async () => {
    const { text, headers } = await stage.consultant().get(`${path}/text.sql`).buffer(true).expect(200)
    expect(text).toBe(ordersText)
    expect([headers["content-type"], headers["content-disposition"]]).toEqual([
      "text/plain; charset=utf-8",
      "attachment; filename=fct_orders.sql",
    ])
    await stage
      .consultant()
      .get(`/engagements/e1/estate/statements/shop/${refOf("model.shop.ml_scores")}/text.sql`)
      .expect(404)
  })

  test.each(["nowhere", refOf("model.shop.nobody"), "..%2f", "%00"])("is not there for %s", async (ref) => {
    const { status } = await stage.consultant().get(`/engagements/e1/estate/statements/shop/${ref}`)
    expect([400, 404]).toContain(status)
  })
})

describe("classifying by hand", () => {
  test("sets class, state and reason, and takes them back", async () => {
    const seen = hidden(await page(), "seen")
    await post({ ...decided, seen }).expect(303)
    expect(await decision()).toMatchObject({
      class: "P2",
      stateful: false,
      reason: "One payment a day",
      by: "carla",
      outdated: false,
    })
    const html = await page()
    expect(wordsOf(html)).toContain("Class P2 adapt, set by hand Why One payment a day")
    expect(wordsOf(html)).toContain("by you. The text says: P4 redesign, stateful.")
    await post({ action: "take-back", seen: hidden(html, "seen") }).expect(303)
    expect(await decision()).toBeUndefined()
  })

  test.each([
    ["no class", { ...decided, class: "" }, "Select the class"],
    ["a class that does not exist", { ...decided, class: "P9" }, "Select the class"],
    ["unknown as the class", { ...decided, class: "unknown" }, "Select the class"],
    ["no state", { ...decided, stateful: "" }, "Select whether it keeps state"],
    ["no reason", { ...decided, reason: " " }, "Say why"],
  ])("with %s says what to do and keeps what was typed", async (_what, form, said) => {
    const { text } = await post(form).expect(422)
    expect(wordsOf(text)).toContain(said)
    expect(text).toContain(form.reason.trim())
    expect(await decision()).toBeUndefined()
  })

  test("does not overwrite what somebody else decided meanwhile", async () => {
    const seen = hidden(await page(), "seen")
    await stage.store.decideStatement(scope, "shop", fct, { class: "P5", stateful: true, reason: "Too slow" }, 2_000)
    const { text } = await post({ ...decided, seen }).expect(409)
    expect(wordsOf(text)).toContain("P5 rebuild or keep in batch")
    expect(text).toContain("One payment a day")
    expect(await decision()).toMatchObject({ class: "P5" })
    await post({ ...decided, seen: hidden(text, "seen") }).expect(303)
    expect(await decision()).toMatchObject({ class: "P2" })
  })

  test("stays when the project is imported again, and says that the text has changed", async () => {
    await post({ ...decided, seen: hidden(await page(), "seen") }).expect(303)
    const estate = withStatements((all) => all.map((one) => (one.id === fct ? { ...one, text: "select 1" } : one)))
    await stage.store.saveEstate(scope, { id: "shop-2", domain: "orders", name: "shop", estate }, 3_000)
    const words = wordsOf(await page(path.replace("/shop/", "/shop-2/")))
    expect(words).toContain("P2 adapt , set on")
    expect(words).toContain("The text is another one now than when this was decided")
    await stage.store.removeEstate(scope, "shop-2", 4_000)
  })

  test("a reader sees what was decided and has no form", async () => {
    await stage.store.decideStatement(scope, "shop", fct, { class: "P5", stateful: true, reason: "Too slow" }, 2_000)
    await stage.store.saveMember({ engagement: "e1", by: { account: "carla" } }, "rita", "reader", 2_000)
    const { text } = await stage.consultant("rita").get(path).expect(200)
    expect(wordsOf(text)).toContain("Classified by hand P5 rebuild or keep in batch")
    expect(text).not.toContain('name="reason"')
    await stage.consultant("rita").post(path).type("form").send(decided).expect(403)
  })
})
