import { readFileSync } from "node:fs"
import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { createPdfWorker } from "../../src/report/pdf/worker-pool.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { expectSound, openBrowser, openPage, picture, serve, type Screen } from "./browser.ts"

const pdf = createPdfWorker()
let browser: Browser
let site: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  const { questionnaire, engagement } = await sampleInput()
  browser = await openBrowser()
  site = await serve({ questionnaire, engagement, replace: { pdf } })
})
afterAll(async () => {
  await browser.close()
  await site.close()
  await pdf.close()
})

/** Every page of the consultant, by a name for its picture. */
const PAGES = {
  list: "/",
  new: "/engagements/new",
  overview: "/engagements/e1",
  settings: "/engagements/e1/settings",
  remove: "/engagements/e1/remove",
  domain: "/engagements/e1/domains/online",
  people: "/engagements/e1/people",
  person: "/engagements/e1/people/petra",
  "add-person": "/engagements/e1/people/new",
  "remove-person": "/engagements/e1/people/petra/remove",
  answers: "/engagements/e1/answers/online?show=disputed",
  question: "/engagements/e1/answers/online/DQC-03",
  inventory: "/engagements/e1/answers/online/CON-01",
  assessment: "/engagements/e1/assessment",
  findings: "/engagements/e1/findings?severity=critical",
  plan: "/engagements/e1/plan",
  initiative: "/engagements/e1/plan/I17?domain=online",
  questionnaire: "/engagements/e1/questionnaire",
  missing: "/engagements/nowhere",
}

/** What is on a page, and in which colours, is the same at 320 px in the dark as elsewhere: axe need not look a fourth time. */
const SCREENS: readonly Screen[] = [
  { width: 320 },
  { width: 1280 },
  { width: 320, scheme: "dark", axe: false },
  { width: 1280, scheme: "dark" },
]

describe.each(SCREENS)("on $width px (%o)", (screen) => {
  test.each(Object.entries(PAGES))("the page %s is sound", async (name, path) => {
    const opened = await openPage(browser, { ...screen, as: "carla" })
    await opened.page.goto(site.url + path)
    await picture(opened.page, `${name}-${screen.width}-${screen.scheme ?? "light"}`)
    if (name === "missing") opened.wrong.length = 0
    await expectSound(opened)
    await opened.page.context().close()
  })
})

test("the long lists are sound with everything open", async () => {
  const opened = await openPage(browser, { as: "carla", width: 1280 })
  for (const path of ["assessment?domain=supply", "findings?domain=supply", "answers/finance"]) {
    await opened.page.goto(`${site.url}/engagements/e1/${path}`)
    await opened.page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
    await expectSound(opened)
  }
})

/** The engagement's figure for data integrity, as the assessment page shows it. */
const integrity = async (page: Page, home: string): Promise<string | null> => {
  await page.goto(`${site.url}${home}/assessment`)
  return page.locator("section[aria-labelledby='axis-DI'] .figure b").textContent()
}

test("the main path: from a new engagement to its PDF, with a respondent in between", async () => {
  const opened = await openPage(browser, { as: "carla", width: 1280, axe: false })
  const { page } = opened
  await page.goto(`${site.url}/`)

  // By keyboard alone: a new engagement.
  await page.getByRole("link", { name: "New engagement" }).focus()
  await page.keyboard.press("Enter")
  await page.waitForURL("**/engagements/new")
  await page.focus("#title")
  for (const text of ["Streaming 2027", "Northwind", "Payments"]) {
    await page.keyboard.type(text)
    await page.keyboard.press("Tab")
  }
  await page.keyboard.press("Enter")
  await page.waitForURL("**?done=created")
  const home = new URL(page.url()).pathname
  await expectSound(opened)

  // A person and a link.
  await page.getByRole("link", { name: "Add the people who know" }).click()
  await page.fill("#name", "Anna Berg")
  await page.selectOption("#role", "DPE")
  await page.click("text=Save")
  await page.getByRole("link", { name: "Anna Berg" }).click()
  await page.click("text=Make a personal link")
  const link = new URL((await page.textContent("#link"))?.trim() ?? "")
  await expectSound(opened)

  // The respondent, elsewhere, answers one section.
  const respondent = await openPage(browser, { as: "carla", width: 390, axe: false })
  await respondent.page.goto(site.url + link.pathname)
  await respondent.page.click("main button")
  await respondent.page.locator(".tasks a").first().click()
  for (const name of await respondent.page.locator("fieldset:has(input[type=radio])").all())
    await name.locator("input[type=radio]").nth(1).check()
  await respondent.page.click("button[value=continue], button[value=later]")
  expect(respondent.wrong).toEqual([])

  // The consultant sees it, and agrees on another answer.
  await page.goto(`${site.url}${home}/answers/payments`)
  await page.locator("tr", { hasText: "PRD-01" }).getByText("Answered").waitFor()
  const before = await integrity(page, home)
  await page.goto(`${site.url}${home}/answers/payments/DQC-05`)
  await page.locator("input[name='DQC-05'][value='4']").check()
  await page.fill("#rationale", "Anna showed us the comparison of both ends.")
  await page.getByRole("button", { name: "Record the agreed answer" }).click()
  await page.getByText("The agreed answer is recorded.").waitFor()
  expect(await integrity(page, home)).not.toBe(before)

  // The report of so little is short enough for axe to read in full.
  await page.goto(`${site.url}${home}/report`)
  await expectSound({ ...opened, screen: { width: 1280 } })
})

test("an override changes the plan, and the report with it is a page and a PDF", async () => {
  const opened = await openPage(browser, { as: "carla", width: 1280, axe: false })
  const { page } = opened
  await page.goto(`${site.url}/engagements/e1/plan/I17?domain=online`)
  await page.locator("input[name=change][value=drop]").check()
  await page.fill("#reason", "The group sets this standard.")
  await page.getByRole("button", { name: "Record the change" }).click()
  await page.getByText("Your change to the plan is recorded.").waitFor()
  await page.locator("li.card", { hasText: "The group sets this standard." }).waitFor()
  await page.getByRole("link", { name: "Report", exact: true }).click()
  await page.getByText("The group sets this standard.").first().waitFor()
  await expectSound(opened)
  const [download] = await Promise.all([page.waitForEvent("download"), page.getByText("Download the PDF (A4)").click()])
  expect(download.suggestedFilename()).toMatch(/\.pdf$/)
  expect(
    readFileSync(await download.path())
      .subarray(0, 5)
      .toString(),
  ).toBe("%PDF-")
  expect(opened.wrong).toEqual([])
})

test("two tabs agree on different answers: the second shows both", async () => {
  const one = await openPage(browser, { as: "carla", width: 1280 })
  const address = `${site.url}/engagements/e1/answers/supply/DQC-01`
  await one.page.goto(address)
  const two = await one.page.context().newPage()
  await two.goto(address)
  for (const [page, level, why] of [
    [one.page, "1", "First tab."],
    [two, "3", "Second tab."],
  ] as const) {
    await page.locator(`input[name='DQC-01'][value='${level}']`).check()
    await page.fill("#rationale", why)
    await page.getByRole("button", { name: "Record the agreed answer" }).click()
  }
  await two.getByText("was changed while this page was open").first().waitFor()
  expect(await two.textContent(".conflict")).toContain("First tab.")
  expect(await two.inputValue("#rationale")).toBe("Second tab.")
  await picture(two, "decision-conflict-1280")
  await expectSound({ ...one, page: two })
  await two.getByRole("button", { name: "Record mine instead" }).click()
  await two.getByText("The agreed answer is recorded.").waitFor()
})

test("without script: create, agree and override", async () => {
  const opened = await openPage(browser, { as: "carla", width: 390, script: false })
  const { page } = opened
  await page.goto(`${site.url}/engagements/new`)
  await page.click("text=Set up the engagement")
  expect(await page.title()).toMatch(/^Error: /)
  await page.fill("#title", "No script")
  await page.fill("#client", "Northwind")
  await page.fill("#domains", "Cards")
  await page.click("text=Set up the engagement")
  const home = new URL(page.url()).pathname
  await page.goto(`${site.url}${home}/answers/cards/DQC-05`)
  await page.locator("input[name='DQC-05'][value='2']").check()
  await page.click("text=Record the agreed answer")
  expect(await page.locator(".error-summary").textContent()).toContain("Say why this answer was agreed")
  await page.fill("#rationale", "Counted each load.")
  await page.click("text=Record the agreed answer")
  expect(await page.textContent("main")).toContain("The agreed answer is recorded.")
  await page.goto(`${site.url}${home}/plan/I10`)
  await page.locator("input[name=change][value=include]").check()
  await page.fill("#reason", "It is bought already.")
  await page.click("text=Record the change")
  expect(await page.textContent("main")).toContain("It is bought already.")
  await page.goto(`${site.url}${home}/answers/cards`)
  await page.selectOption("#role", "DPE")
  await page.click("text=Show")
  expect(new URL(page.url()).searchParams.get("role")).toBe("DPE")
  await expectSound(opened)
})
