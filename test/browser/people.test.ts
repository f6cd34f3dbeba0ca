import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { invitedPeople } from "../fixtures/invited-people.ts"
import { sampleInput } from "../fixtures/sample.ts"
import { program } from "../fixtures/program.ts"
import { accountToken, NOON } from "../web/stage.ts"
import { expectSound, type Opened, openBrowser, openPage, picture, type Screen, serve } from "./browser.ts"

const people = "/engagements/e1/people"
const scope = { engagement: "e1", by: program }
const MONTH = 30 * 86_400_000

let browser: Browser
let site: Awaited<ReturnType<typeof serve>>
beforeAll(async () => {
  const { questionnaire, engagement } = await sampleInput()
  browser = await openBrowser()
  const domains = engagement.domains.map(({ id }) => id)
  const respondents = [...engagement.respondents, ...invitedPeople(300, domains)]
  site = await serve({ questionnaire, engagement: { ...engagement, respondents }, config: { mail: true } })
  const ids = respondents.slice(0, 60).map(({ id }) => id)
  const messages = ids.map((respondent) => ({ id: `m-${respondent}`, respondent }))
  await site.store.putOutMessages(scope, "invitation", messages, NOON + MONTH, NOON)
  await settleSome()
  await site.store.revokeLink({ ...scope, respondent: "person-3" }, NOON)
  await site.store.submit({ ...scope, respondent: "person-4" }, NOON)
  await site.store.changeTerms(scope, { confidentiality: "named", remindOn: ["2026-11-20", "2026-12-07"] }, NOON)
})
afterAll(async () => {
  await browser.close()
  await site.close()
})

/** Twenty invitations are sent, and one of them refused. */
const settleSome = async (): Promise<void> => {
  for (let turn = 0; turn < 20; turn += 1) {
    const claimed = await site.store.claimMessage(program, { tokenHash: `hash-${turn}`, expiresAt: NOON + MONTH }, 1_000, NOON)
    if (claimed === undefined || claimed === "again") continue
    const refused = { outcome: "undeliverable", problem: "550 5.1.1 No such user here" } as const
    await site.store.settleMessage(program, claimed, turn === 7 ? refused : { outcome: "sent" }, NOON)
  }
}

const signedIn = async (screen: Screen): Promise<Opened> => {
  const opened = await openPage(browser, screen)
  await opened.page.context().addCookies([{ name: "headwater-account", value: accountToken("carla"), url: site.url }])
  return opened
}

const shown = async (page: Page): Promise<number> => page.locator("table.people tbody tr").count()

const list = [
  "Name;E-mail;Role;Domains;Phone",
  "Anna Berg;anna.berg@example.org;DPE;Online shop;1",
  "Ben Okri;ben@example.org;data platfrom engineer;Finance;2",
  "Cleo;cleo(at)example.org;AE;;3",
  ";dora@example.org;DM;Moon;4",
  "Emil;anna.berg@example.org;GL;all;5",
].join("\n")

describe.each<Screen>([
  { width: 320 },
  { width: 1280 },
  { width: 390, scheme: "dark", axe: false },
  { width: 1280, scheme: "dark", axe: false },
])("on $width px (%o)", (screen) => {
  const name = (what: string): string => `people-${what}-${screen.width}-${screen.scheme ?? "light"}`

  test("the list of three hundred, filtered, sorted and turned, is sound", async () => {
    const opened = await signedIn(screen)
    const { page } = opened
    await page.goto(site.url + people)
    expect(await shown(page)).toBe(50)
    await picture(page, name("list"))
    await expectSound(opened)
    await page.getByRole("link", { name: "Next page" }).click()
    expect(await page.textContent("nav[aria-label=Pages]")).toContain("Page 2 of 7")
    await page.selectOption("#state", "invited")
    await page.getByRole("button", { name: "Show" }).click()
    expect(await page.textContent("p[role=status]")).toMatch(/^\d+ people of 3\d\d/)
    await page.goto(`${site.url}${people}?text=nobody+at+all`)
    await expectSound(opened)
  })

  test("what is about to happen is said first, with those left out", async () => {
    const opened = await signedIn(screen)
    const { page } = opened
    await page.goto(`${site.url}${people}?sort=-name`)
    await page.getByLabel("All 50 on this page").check()
    await page.getByRole("button", { name: "Invite by e-mail" }).click()
    await page.getByText("What the first of them will read").click()
    await picture(page, name("selection"))
    await expectSound(opened)
    expect(await page.textContent("main")).toContain("Left out")
  })

  test("a person's page says what was sent and until when the link works", async () => {
    const opened = await signedIn(screen)
    await opened.page.goto(`${site.url}${people}/petra`)
    await picture(opened.page, name("person"))
    await expectSound(opened)
  })

  test("a pasted list shows every bad row and why", async () => {
    const opened = await signedIn(screen)
    const { page } = opened
    await page.goto(`${site.url}${people}/paste`)
    await picture(page, name("paste"))
    await expectSound(opened)
    await page.fill("#list", list)
    await page.getByRole("button", { name: "Check the list" }).click()
    await page.getByRole("heading", { name: "Check the list" }).waitFor()
    expect(await page.locator("tr.bad").count()).toBe(4)
    await picture(page, name("preview"))
    await expectSound(opened)
  })

  test("sheets are sound on the screen and on paper, three on a page, none cut", async () => {
    const opened = await signedIn(screen)
    const { page } = opened
    await page.goto(`${site.url}${people}?text=Person+10`)
    await page.getByLabel(/on this page/).check()
    await page.getByRole("button", { name: "Sheets to print" }).click()
    await page.getByRole("button", { name: /Make \d+ sheets/ }).click()
    await page.locator(".handout").first().waitFor()
    await picture(page, name("sheets"))
    await expectSound(opened)
    await page.emulateMedia({ media: "print" })
    // A4 between its margins, in CSS pixels.
    await page.setViewportSize({ width: Math.floor((178 * 96) / 25.4), height: Math.floor((261 * 96) / 25.4) })
    expect(await page.locator("header.masthead").isVisible()).toBe(false)
    const heights = await page.evaluate<number[]>("[...document.querySelectorAll('.handout')].map((sheet) => sheet.offsetHeight)")
    // 261 mm of an A4 page in CSS pixels, for three sheets and the space between.
    expect(Math.max(...heights)).toBeLessThan(((261 - 12) / 3) * (96 / 25.4))
  })
})

test("without script: select all that fit, invite, and see it on the list", async () => {
  const opened = await signedIn({ width: 1280, script: false })
  const { page } = opened
  await page.goto(`${site.url}${people}?text=Person+20`)
  await page.getByLabel(/that the list has/).check()
  await page.click("text=Invite by e-mail")
  await page.click("button:has-text('Send')")
  expect(await page.textContent(".notice")).toMatch(/invitations are on the way/)
  await page.goto(`${site.url}${people}?text=Person+20`)
  expect(await page.textContent("table.people")).toContain("Invitation on its way")
  expect(opened.wrong).toEqual([])
})

test("the end of reminders is one button away, on a phone", async () => {
  const token = await site.issueLink("anil")
  const { tokenHash } = await import("../../src/web/session.ts")
  const opened = await openPage(browser, { width: 320 })
  await opened.page.goto(`${site.url}/u/${tokenHash(token)}`)
  await expectSound(opened)
  await opened.page.getByRole("button", { name: "Send me no reminders" }).click()
  await opened.page.getByRole("heading", { name: "You get no reminders any more" }).waitFor()
  await picture(opened.page, "people-unsubscribe-320-light")
  await expectSound(opened)
})
