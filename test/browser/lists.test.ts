import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import { program } from "../fixtures/program.ts"
import { accountToken } from "../web/stage.ts"
import { expectSound, type Opened, openBrowser, openPage, picture, serve, type Screen } from "./browser.ts"

let browser: Browser
let site: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  browser = await openBrowser()
  site = await serve({ questionnaire: await shippedQuestionnaire() })
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const scope = { engagement: "e1", by: program }
const LIST = "/respond/orders/tables/PRD-06"
const OURS = "/engagements/e1/tables/orders/PRD-06"

const SHEET = [
  "System\tTeam\tKind\tRecords per day\tPlanned retirement\tRemarks",
  "Order desk\tSales IT\tPackaged application\t12000\t2028-12-31\tthe big one",
  "Shop\tWeb\tfridge\tmany\t31/12/2027\t",
  "Warehouse\tLogistics\tMainframe\t900000\t\t",
].join("\n")

const fill = async (): Promise<void> => {
  const systems = [
    "Billing core",
    "Customer master",
    "Order desk (a name so long that it needs several lines on a phone)",
    "Pricing",
  ]
  const common = { owner: "Team North", kind: "relational", capture: "query" }
  const rows = systems.map((name, at) => ({ id: `row-${at}`, name, ...common, volumePerDay: 1200 * at }))
  await site.store.replaceInventory(scope, { domain: "orders", question: "PRD-06", rows }, 1)
  await site.store.giveRows(scope, "orders", "PRD-06", ["row-1", "row-2"], "petra", 2)
}

const asRespondent = async (page: Page): Promise<string> => {
  await page.goto(`${site.url}/r/${await site.issueLink("petra")}`)
  await page.click("main button")
  return `${site.url}${LIST}`
}
const asConsultant = async (page: Page): Promise<string> => {
  await page.context().addCookies([{ name: "headwater-account", value: accountToken("carla"), url: site.url }])
  return `${site.url}${OURS}`
}

const SCREENS: readonly (Screen & { readonly who: "respondent" | "consultant" })[] = [
  { width: 320, who: "respondent" },
  { width: 390, scheme: "dark", script: false, who: "respondent" },
  { width: 1280, scheme: "dark", who: "consultant" },
  { width: 1280, script: false, who: "respondent" },
]

describe.each(SCREENS)("on $width px for a $who (%o)", (screen) => {
  let opened: Opened
  let list: string
  beforeAll(async () => {
    await fill()
    opened = await openPage(browser, screen)
    list = await (screen.who === "respondent" ? asRespondent : asConsultant)(opened.page)
  })
  afterAll(() => opened.page.context().close())

  const look = async (what: string): Promise<void> => {
    await picture(opened.page, `lists-${what}-${screen.who}-${screen.width}-${screen.scheme ?? "light"}`)
    await expectSound(opened)
  }

  test("the list: removed and undone, moved, given to somebody", async () => {
    const { page } = opened
    if (screen.who === "respondent") {
      expect(await page.textContent("main")).toContain("2 source systems are waiting for you")
      await picture(page, `lists-tasks-${screen.width}`)
    }
    await page.goto(list)
    await look("list")
    await page.click("text=Remove Billing core")
    expect(await page.textContent(".notice")).toContain("Removed Billing core.")
    await look("removed")
    await page.click("text=Undo")
    expect(await page.textContent("tbody th")).toBe("Billing core")
    await page.click("text=Down: move Billing core")
    expect(await page.textContent("tbody th")).toBe("Customer master")
    await page.check("input[value=row-3]")
    await page.selectOption("#owner", { label: screen.who === "respondent" ? "Petra Vogel (you)" : "Petra Vogel" })
    await page.click("button[value=give]")
    expect(await page.textContent(".notice")).toContain("is given to the person")
  })

  test("a pasted table: its columns, its problems, its rows", async () => {
    await opened.page.goto(list)
    await paste(opened.page, look)
  })

  test("the list downloaded, changed and uploaded: what is different", async () => {
    await fill()
    await upload(opened.page, list, look)
  })
})

const paste = async (page: Page, look: (what: string) => Promise<void>): Promise<void> => {
  await page.click("text=Paste or upload a table")
  await look("paste")
  await page.click("button[value=read]")
  expect(await page.textContent(".error-summary")).toContain("Paste the rows of your spreadsheet, or choose a file")
  await page.fill("#text", SHEET)
  await page.click("button[value=read]")
  expect(await page.inputValue("#column-0")).toBe("name")
  await look("columns")
  await page.click("button[value=check]")
  await look("preview")
  await page.click("button[value=save]")
  await page.click(".error-summary a")
  await page.check("#leave-3")
  await page.click("button[value=save]")
  expect(await page.textContent(".notice")).toContain("From your table: 2 added.")
}

const upload = async (page: Page, list: string, look: (what: string) => Promise<void>): Promise<void> => {
  const reply = await page.context().request.get(`${list}/list.csv`)
  const text = (await reply.text()).replaceAll("Team North", "Team South").replace("Customer master", "=Customer")
  const seen = (await site.store.loadRow(scope, "orders", "PRD-06", "row-0"))?.revision ?? 0
  await site.store.saveRow(scope, "orders", "PRD-06", { id: "row-0", name: "Billing core", owner: "Team West" }, seen, 9)
  await page.goto(`${list}/paste`)
  const without = text.split("\r\n").filter((line) => !line.startsWith("Pricing"))
  await page.setInputFiles("#file", { name: "list.csv", mimeType: "text/csv", buffer: Buffer.from(without.join("\r\n")) })
  await page.click("button[value=read]")
  expect(await page.textContent("main")).toContain("1 source system changed by somebody else meanwhile")
  await look("differences")
  await page.check("#remove")
  await page.click("button[value=save]")
  expect(await page.textContent(".notice")).toContain("From your table: 2 changed and 1 removed.")
  expect(await page.textContent("table")).toContain("Team West")
  expect(await page.textContent("table")).toContain("=Customer")
}
