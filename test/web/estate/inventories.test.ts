import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { program } from "../../fixtures/program.ts"
import { shopEstate } from "../../fixtures/shop-estate.ts"
import { openStage, hidden, type Stage } from "../stage.ts"
import { wordsOf } from "../sample-stage.ts"
import { shippedQuestionnaire } from "../../../src/questionnaire-files.ts"

const home = "/engagements/e1/estate"
const scope = { engagement: "e1", by: program }
const path = `${home}/inventories/orders/SQL-01`
let stage: Stage
beforeAll(async () => {
  stage = await openStage({ questionnaire: await shippedQuestionnaire() })
})
afterAll(() => stage.close())

const rows = () => stage.store.loadRows(scope, "orders", "SQL-01")
const page = async () => (await stage.consultant().get(path).expect(200)).text
const take = (state: string) => stage.consultant().post(path).type("form").send({ state })
const inventory = async () =>
  (await stage.store.loadEngagement(scope))?.engagement.inventories.find(({ question }) => question === "SQL-01")

test("there is nothing to take without an import, for another list, or for another domain", async () => {
  await stage.consultant().get(path).expect(404)
  await stage.store.saveEstate(scope, { id: "shop", domain: "orders", name: "shop", estate: shopEstate }, 1_000)
  await stage.consultant().get(`${home}/inventories/orders/CON-01`).expect(404)
  await stage.consultant().get(`${home}/inventories/billing/SQL-01`).expect(404)
  expect((await stage.consultant().get(home).expect(200)).text).toContain(path)
})

describe("rows of the import", () => {
  test("are shown, then taken once, and count as measured", async () => {
    const html = await page()
    expect(wordsOf(html)).toContain("to add")
    expect(html).toContain("fct_orders")
    expect(await rows()).toEqual([])
    const { headers } = await take(hidden(html, "state")).expect(303)
    expect(headers["location"]).toContain("/tables/orders/SQL-01?added=7")
    expect((await rows()).map(({ row }) => row["name"])).toContain("fct_orders")
    expect((await inventory())?.evidence).toBe("measured")
    await take(hidden(html, "state")).expect(409)
    expect(wordsOf(await page())).toContain("There is nothing to take")
  })

  test("leave what people wrote, and such a list is not called measured", async () => {
    const [first] = await rows()
    if (first === undefined) throw new Error("no row")
    await stage.store.removeEstate(scope, "shop", 2_000)
    await stage.store.replaceInventory(
      scope,
      { domain: "orders", question: "SQL-01", rows: [{ ...first.row, owner: "Nora", name: "stg_customers" }] },
      2_000,
    )
    await stage.store.saveEstate(scope, { id: "shop-2", domain: "orders", name: "shop", estate: shopEstate }, 3_000)
    const html = await page()
    await take(hidden(html, "state")).expect(303)
    const now = await rows()
    expect(now).toHaveLength(7)
    expect(now.find(({ row }) => row["name"] === "stg_customers")?.row["owner"]).toBe("Nora")
  })

  test("are not taken when the list was changed meanwhile", async () => {
    await stage.store.replaceInventory(scope, { domain: "orders", question: "SQL-01", rows: [] }, 4_000)
    const html = await page()
    await stage.store.saveRow(scope, "orders", "SQL-01", { id: "r", name: "Somebody's" }, 0, 5_000)
    const { text } = await take(hidden(html, "state")).expect(409)
    expect(wordsOf(text)).toContain("changed meanwhile")
    expect(await rows()).toHaveLength(1)
  })

  test("are not offered to a reader", async () => {
    await stage.store.saveMember({ engagement: "e1", by: { account: "carla" } }, "rita", "reader", 6_000)
    await stage.consultant("rita").get(path).expect(403)
    expect((await stage.consultant("rita").get(home).expect(200)).text).not.toContain("/inventories/")
  })
})
