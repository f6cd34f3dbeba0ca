import { mkdtempSync, rmSync, writeFileSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { refOf } from "../../src/web/estate/loaded.ts"
import { program } from "../fixtures/program.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { shopEstate } from "../fixtures/shop-estate.ts"
import { expectSound, type Opened, openBrowser, openPage, picture, type Screen, serve } from "./browser.ts"

const HOME = "/engagements/e1/estate"
const scope = { engagement: "e1", by: program }
const fct = `${HOME}/statements/shop/${refOf("model.shop.fct_orders")}`
const lapsed = `${HOME}/statements/shop/${refOf("model.shop.dim_lapsed")}`
const folder = mkdtempSync(join(tmpdir(), "headwater-browser-"))
const sql = join(folder, "daily.sql")
writeFileSync(
  sql,
  [
    "-- the nightly load",
    "insert overwrite table mart.sales select d.day, sum(o.amount) as amount from raw.orders o join raw.days d on d.id = o.day_id group by d.day;",
    "create view mart.open_orders as select * from raw.orders o where not exists (select 1 from raw.shipments s where s.order_id = o.id);",
  ].join("\n"),
)

let browser: Browser
let site: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  browser = await openBrowser()
  const { questionnaire, engagement } = await sampleInput()
  site = await serve({ questionnaire, engagement })
})
afterAll(async () => {
  await browser.close()
  await site.close()
  rmSync(folder, { recursive: true })
})

const fill = async (): Promise<void> => {
  for (const { id } of await site.store.listEstates(scope)) await site.store.removeEstate(scope, id, 1)
  const alerts = shopEstate.consumers.map((one) => ({ ...one, name: "Store alerts" }))
  const circle = shopEstate.statements.map((one) =>
    one.name === "stg_customers" ? { ...one, dependsOn: [...one.dependsOn, "model.shop.dim_lapsed"] } : one,
  )
  const estate = { ...shopEstate, consumers: alerts, statements: circle }
  await site.store.saveEstate(scope, { id: "shop", domain: "supply", name: "shop", estate }, Date.UTC(2026, 10, 23))
  const byHand = { class: "P3", stateful: true, reason: "The scores are kept per customer for a day." } as const
  await site.store.decideStatement(scope, "shop", "model.shop.ml_scores", byHand, Date.UTC(2026, 10, 23))
}

const SCREENS: readonly Screen[] = [
  { width: 320 },
  { width: 390, scheme: "dark", script: false },
  { width: 1280 },
  { width: 1280, scheme: "dark" },
]

describe.each(SCREENS)("on $width px (%o)", (screen) => {
  let opened: Opened
  beforeAll(async () => {
    await fill()
    opened = await openPage(browser, { ...screen, as: "carla" })
  })
  afterAll(() => opened.page.context().close())

  const look = async (what: string): Promise<void> => {
    await picture(opened.page, `estate-${what}-${screen.width}-${screen.scheme ?? "light"}`)
    await expectSound(opened)
  }
  const go = (path: string) => opened.page.goto(`${site.url}${path}`)
  const text = (page: Page) => page.textContent("main")

  test("the estate, narrowed to what is hard", async () => {
    const { page } = opened
    await go(HOME)
    expect(await text(page)).toContain("7 statements")
    await look("page")
    await page.click("nav.pills a:has-text('P4')")
    expect(await page.locator(".statements tbody tr").count()).toBe(2)
    await page.fill("#find", "lapsed")
    await page.click("form.filters button")
    expect(await page.locator(".statements tbody tr").count()).toBe(1)
    await look("narrowed")
  })

  test("a statement with its constructs, classified by hand and taken back", async () => {
    const { page } = opened
    await go(fct)
    expect(await page.locator("mark").count()).toBeGreaterThan(1)
    await look("statement")
    await page.selectOption("#class", "P2")
    await page.click("label[for='stateful-2']")
    await page.fill("#reason", "One payment a day")
    await page.click("button[value='record']")
    expect(await text(page)).toContain("The class is set by hand")
    await look("decided")
    await page.click("button[value='take-back']")
    expect(await text(page)).toContain("Your class is taken back")
    await go(lapsed)
    await look("anti-join")
  })

  test("SQL files are sent, looked at, and taken", async () => {
    const { page } = opened
    for (const kind of ["dbt", "jobs", "sql"]) {
      await go(`${HOME}/import?kind=${kind}&domain=supply`)
      await look(`import-${kind}`)
    }
    await page.click("main form button")
    expect(await text(page)).toContain("Choose at least one file")
    await look("import-wrong")
    await page.setInputFiles("#sql", sql)
    await page.fill("#name", "Nightly")
    await page.click("main form button")
    expect(await text(page)).toContain("2 statements")
    await look("preview")
    await page.click("button[value='take']")
    expect(await text(page)).toContain("The import is taken")
    await go(`${HOME}/import?kind=jobs&domain=supply`)
    await page.fill("#name", "Cron")
    await page.fill("#table", "Job\tReads\tWrites\nload\traw.o\tdw.o\n")
    await page.click("main form button")
    await look("preview-jobs")
    await page.click("button[value='drop']")
    expect(await text(page)).toContain("Nothing was imported")
  })

  test("data products, and one with its picture", async () => {
    const { page } = opened
    await go(`${HOME}/products`)
    await look("products")
    await page.click("tbody th a:has-text('revenue')")
    expect(await page.locator("svg.drawing").count()).toBe(2)
    await look("product")
    await go("/engagements/e1/plan")
    await expectSound({ ...opened, screen: { ...screen, axe: false } })
  })

  test("rows of an inventory are offered", async () => {
    const { page } = opened
    await go(`${HOME}/inventories/supply/SQL-01`)
    expect(await text(page)).toContain("Nothing is changed yet")
    await look("inventory")
  })

  test("an import is removed after a question", async () => {
    const { page } = opened
    await go(HOME)
    await page.click("a:has-text('Remove') >> nth=0")
    await look("remove")
  })
})
