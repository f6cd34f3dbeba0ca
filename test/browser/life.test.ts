import type { Browser } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { anEngagement } from "../fixtures/engagements.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { type AccountName, accountToken, NOON } from "../web/stage.ts"
import { expectSound, openBrowser, openPage, picture, serve, type Opened, type Screen } from "./browser.ts"

let browser: Browser
let site: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  browser = await openBrowser()
  site = await serve()
  const scope = { engagement: "e1", by: { account: "carla" } }
  await site.store.saveMember(scope, "otto", "editor", NOON)
  await site.store.saveMember(scope, "rita", "reader", NOON)
  await site.store.changeTerms(scope, { confidentiality: "role", closesAt: NOON + 30 * 86_400_000, remindOn: [] }, NOON)
  const said = { domain: "orders", question: "SRC-01", seen: 0, key: "k", content: { status: "answered", value: 2 } } as const
  await site.store.saveAnswers({ ...scope, respondent: "petra" }, [said], NOON)
  const put = { engagement: "e2", by: { account: "carla" } }
  await site.store.addEngagement(put, anEngagement(smallQuestionnaire, { title: "Put away" }), smallQuestionnaire, NOON)
  await site.store.archive(put, true, NOON)
  for (let at = 0; at < 60; at += 1)
    await site.store.noteAudit(program, { action: "mail.sent", engagement: "e1", subject: "person-1" }, NOON)
  await site.store.addLinks(scope, [{ respondent: "petra", tokenHash: "h" }], NOON + 1, NOON)
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

const PAGES: Readonly<Record<string, readonly [AccountName, string]>> = {
  overview: ["carla", "/engagements/e1"],
  settings: ["carla", "/engagements/e1/settings"],
  terms: ["carla", "/engagements/e1/terms"],
  members: ["carla", "/engagements/e1/members"],
  "members-of-editor": ["otto", "/engagements/e1/members"],
  member: ["carla", "/engagements/e1/members/otto"],
  duplicate: ["carla", "/engagements/e1/duplicate"],
  "erase-person": ["carla", "/engagements/e1/people/petra/remove"],
  "erase-engagement": ["carla", "/engagements/e1/remove"],
  archived: ["carla", "/engagements/e2"],
  "archived-settings": ["carla", "/engagements/e2/settings"],
  audit: ["ada", "/audit"],
  "audit-filtered": ["ada", "/audit?action=member.saved&account=carla"],
}

const as = async (opened: Opened, account: AccountName): Promise<void> => {
  const cookie = { name: "headwater-account", value: accountToken(account), url: site.url }
  await opened.page.context().addCookies([cookie])
}

const SCREENS: readonly Screen[] = [
  { width: 320 },
  { width: 1280 },
  { width: 390, scheme: "dark", axe: false },
  { width: 1280, scheme: "dark", axe: false },
]

describe.each(SCREENS)("on $width px (%o)", (screen) => {
  let opened: Opened
  beforeAll(async () => {
    opened = await openPage(browser, screen)
  })
  afterAll(() => opened.page.context().close())

  test.each(Object.entries(PAGES))("%s is sound", async (name, [account, path]) => {
    await as(opened, account)
    await opened.page.goto(site.url + path)
    await picture(opened.page, `life-${name}-${screen.width}-${screen.scheme ?? "light"}`)
    await expectSound(opened)
  })
})

test("by keyboard alone and without scripts: share, promise, archive, restore", async () => {
  const opened = await openPage(browser, { width: 1280, script: false })
  const { page } = opened
  await as(opened, "carla")
  await page.goto(`${site.url}/engagements/e1/members`)
  await page.focus("#email")
  await page.keyboard.type("nobody@example.com")
  await page.keyboard.press("Enter")
  await page.waitForSelector(".error-summary")
  await expectSound(opened)
  expect(await page.textContent(".error-summary")).toContain("nobody signs in with this one")
  await page.fill("#email", "ada@example.com")
  await page.keyboard.press("Enter")
  expect(await page.textContent(".notice")).toContain("The member is saved")
  await page.goto(`${site.url}/engagements/e1/terms`)
  await page.check("input[value=named]")
  await page.click("text=Save")
  await picture(page, "life-terms-refused-1280-light")
  expect(await page.textContent(".error-summary")).toContain("people have answered under this promise")
  await page.goto(`${site.url}/engagements/e1/settings`)
  await page.click("text=Archive the engagement")
  expect(await page.textContent(".archived")).toContain("It can be read and erased, not changed")
  await page.goto(`${site.url}/engagements/e1/settings`)
  await page.click("text=Restore the engagement")
  expect(await page.locator(".archived").count()).toBe(0)
  await expectSound(opened)
})
