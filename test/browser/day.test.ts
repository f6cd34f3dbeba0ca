/** The consultant's day: what is looked at with a handful of people, and with hundreds over twenty domains. */
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { manyPeople } from "../fixtures/many-people.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { expectSound, openBrowser, openPage, picture, serve, type Screen } from "./browser.ts"

type Site = Awaited<ReturnType<typeof serve>>

let browser: Browser
let few: Site
let many: Site
beforeAll(async () => {
  const { questionnaire, engagement } = await sampleInput()
  browser = await openBrowser()
  few = await serve({ questionnaire, engagement })
  many = await serve({ questionnaire, engagement: manyPeople(questionnaire, { domains: 20 }) })
})
afterAll(async () => {
  await browser.close()
  await few.close()
  await many.close()
})

const pagesOf = (domain: string) => ({
  engagements: "/",
  "engagements-none": "/?find=nowhere",
  overview: "/engagements/e1",
  agenda: "/engagements/e1/next",
  answers: `/engagements/e1/answers/${domain}?show=heavy&sort=weight`,
  disputed: `/engagements/e1/answers/${domain}?show=disputed&sort=spread&role=DPO`,
  question: `/engagements/e1/answers/${domain}/DQC-03?show=disputed`,
  print: `/engagements/e1/answers/${domain}/print?show=disputed`,
})

/** Each page is looked over by axe narrow and light, and wide and dark: what is on the others, and in which colours, is the same. */
const SCREENS: readonly Screen[] = [
  { width: 320, as: "carla" },
  { width: 1280, as: "carla", axe: false },
  { width: 320, as: "carla", scheme: "dark", axe: false },
  { width: 1280, as: "carla", scheme: "dark" },
]

describe.each(SCREENS)("on $width px (%o)", (screen) => {
  test.each(Object.entries(pagesOf("online")))("%s is sound", async (name, path) => {
    const opened = await openPage(browser, screen)
    await opened.page.goto(few.url + path)
    await picture(opened.page, `day-few-${name}-${screen.width}-${screen.scheme ?? "light"}`)
    await expectSound(opened)
    await opened.page.context().close()
  })
})

/** Hundreds of people make pages longer, not other ones: axe looks at those that have tables of their own for them. */
describe.each([
  { width: 320, as: "carla", axe: false },
  { width: 1280, as: "carla" },
] as const)("with 300 people in 20 domains, on $width px", (screen) => {
  test.each(["overview", "question", "agenda"] as const)("%s is sound", async (name) => {
    const opened = await openPage(browser, screen)
    await opened.page.goto(many.url + pagesOf("d1")[name])
    await picture(opened.page, `day-many-${name}-${screen.width}`)
    await expectSound(opened)
    await opened.page.context().close()
  })
})

test("by keyboard: from a cell of the heat map to the answers behind it, and on to the next question", async () => {
  const opened = await openPage(browser, { width: 1280, axe: false, as: "carla" })
  const { page } = opened
  await page.goto(`${many.url}/engagements/e1`)
  await page.locator(".heat a[href$='/answers/d2#GOV']").focus()
  await page.keyboard.press("Enter")
  await page.waitForURL("**/answers/d2#GOV")
  await page.locator("#GOV").waitFor()
  await page.goto(`${many.url}/engagements/e1/answers/d2?show=disputed&sort=spread`)
  const [first, second] = await page.locator("table.answers tbody th a").allTextContents()
  await page.locator("table.answers tbody th a").first().focus()
  await page.keyboard.press("Enter")
  await page.waitForURL(`**/${first}?**`)
  await page.getByRole("link", { name: "Next ›" }).focus()
  await page.keyboard.press("Enter")
  await page.waitForURL(`**/${second}?show=disputed&sort=spread`)
  expect(opened.wrong).toEqual([])
})

test("without script: the answers to a question are narrowed by a form, within the listing", async () => {
  const { page } = await openPage(browser, { width: 390, script: false, as: "carla" })
  await page.goto(`${many.url}/engagements/e1/answers/d1/DQC-03?show=disputed`)
  await page.selectOption("#by", "DPO")
  await page.locator("form[aria-label=Answers] button").click()
  expect(new URL(page.url()).search).toBe("?show=disputed&by=DPO&at=")
  for (const role of await page.locator(".voices strong").allTextContents()) expect(role).toBe("Data product owner")
})

test("on paper: a question stands on one page without forms or links of the site", async () => {
  const { page } = await openPage(browser, { width: 1280, as: "carla" })
  await page.goto(`${few.url}/engagements/e1/answers/online/DQC-03`)
  const pdf = await page.pdf({ format: "A4" })
  expect(pdf.toString("latin1").match(/\/Type \/Page\b/g)).toHaveLength(1)
  await page.emulateMedia({ media: "print" })
  await picture(page, "day-few-question-on-paper")
  for (const hidden of ["form", ".masthead nav", ".between"]) expect(await page.locator(hidden).first().isVisible()).toBe(false)
  expect(await page.locator(".voices").isVisible()).toBe(true)
})

test("a reader's pages are sound and have no form to change anything", async () => {
  await few.store.saveMember({ engagement: "e1", by: { account: "carla" } }, "rita", "reader", 1)
  const opened = await openPage(browser, { width: 1280, as: "rita" })
  for (const path of ["", "/answers/online/DQC-03", "/plan/I17?domain=online"]) {
    await opened.page.goto(`${few.url}/engagements/e1${path}`)
    expect(await opened.page.locator("main form[method=post]").count()).toBe(0)
    await expectSound(opened)
  }
  await picture(opened.page, "day-reader-1280")
})
