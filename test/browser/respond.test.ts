import type { Browser, Page } from "playwright-core"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import { expectSound, type Opened, openBrowser, openPage, picture, serve, type Screen } from "./browser.ts"
import { program } from "../fixtures/program.ts"
import { NOON } from "../web/stage.ts"

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

const open = async (screen: Screen, respondent = "petra"): Promise<Opened> => {
  const opened = await openPage(browser, screen)
  await opened.page.goto(`${site.url}/r/${await site.issueLink(respondent)}`)
  return opened
}

const SCREENS: readonly Screen[] = [
  { width: 320 },
  { width: 320, scheme: "dark" },
  { width: 1280 },
  { width: 1280, scheme: "dark" },
  { width: 390, axe: false },
  { width: 1280, scheme: "dark", script: false },
  { width: 390, forcedColors: true, axe: false },
]

describe.each(SCREENS)("on $width px (%o)", (screen) => {
  test("every page of the journey is sound", async () => {
    const opened = await open(screen)
    const { page } = opened
    const name = `${screen.width}-${screen.scheme ?? "light"}${screen.forcedColors ? "-forced" : ""}`
    const look = async (what: string): Promise<void> => {
      await picture(page, `${what}-${name}`)
      await expectSound(opened)
    }
    await look("welcome")
    await page.click("main button")
    await look("tasks")
    await page.goto(`${site.url}/respond/orders/PRD`)
    await look("section")
    await page.goto(`${site.url}/respond/orders/PRD?one=next`)
    await look("one")
    await page.goto(`${site.url}/respond/orders/tables/PRD-06`)
    await look("list-empty")
    await page.click("button[value=add]")
    await page.fill("#replay", "soon")
    await page.click("button[value=save]")
    await look("row-wrong")
    await page.fill("#name", `System ${name}`)
    await page.fill("#replay", "7 d")
    await page.click("button[value=save]")
    await look("list")
    await page.click("text=Remove")
    await look("removed")
    await page.goto(`${site.url}/respond/instead`)
    await look("instead")
    await page.goto(`${site.url}/respond/orders/GOV/leave`)
    await look("leave-section")
    await page.fill("#name", "Ana Silva")
    await page.click("main button")
    await look("tasks-left")
    await page.goto(`${site.url}/respond/check`)
    await look("check")
    await page.click("text=Submit your answers")
    await look("receipt")
    await page.click("text=Change my answers")
    await page.waitForURL("**/respond?done=reopened")
    await page.click("text=Leave on this device")
    await look("goodbye")
    await page.goto(`${site.url}/respond`)
    // Chromium notes a refused page as an error; here the refusal is the page.
    expect(opened.wrong.splice(0).filter((text) => !text.includes("status of 403"))).toEqual([])
    await look("session-ended")
    await page.goto(`${site.url}/nowhere`).catch(() => undefined)
    await picture(page, `missing-${name}`)
  })
})

test("without script: answers are typed, mistakes are shown and kept, and the receipt has them", async () => {
  const opened = await open({ width: 390, script: false }, "anil")
  const { page } = opened
  await page.click("main button")
  await page.waitForURL("**/respond")
  await page.goto(`${site.url}/respond/orders/LEA`)
  await page.fill("#LEA-01", "a while")
  await page.click("button[value=continue]")
  expect(await page.title()).toMatch(/^Error: /)
  expect(await page.inputValue("#LEA-01")).toBe("a while")
  await picture(page, "section-wrong-390")
  await expectSound(opened)
  await page.click(".error-summary a")
  await page.fill("#LEA-01", "20")
  await page.click("button[value=later]")
  await page.waitForURL("**/respond")
  await page.goto(`${site.url}/respond/check`)
  await page.click("text=Submit your answers")
  expect(await page.textContent("h1")).toBe("Your answers are submitted")
  expect(await page.textContent("main")).toContain("20 days")
  await picture(page, "receipt-390")
  await expectSound(opened)
  await page.emulateMedia({ media: "print" })
  await picture(page, "receipt-print")
})

test("with script: the error summary takes the focus and leads to the question", async () => {
  const { page } = await open({ width: 390 }, "marta")
  await page.click("main button")
  await page.waitForURL("**/respond")
  await page.goto(`${site.url}/respond/orders/PRD`)
  await page.check("#PRD-04 >> nth=0")
  await page.evaluate("document.querySelector('.more textarea').closest('details').open = true")
  await page.fill("[id='PRD-04.comment']", "x".repeat(10_001))
  await page.click("button[value=continue]")
  expect(await page.evaluate("document.activeElement.id")).toBe("error-summary")
  await page.click(".error-summary a")
  expect(await page.evaluate("document.activeElement.id")).toBe("PRD-04.comment")
})

describe("autosave", () => {
  const section = async (respondent: string, screen: Screen = { width: 1280 }) => {
    const opened = await open(screen, respondent)
    await opened.page.click("main button")
    await opened.page.locator(".tasks a").first().click()
    return opened
  }
  const state = (page: Page, id: string) => page.locator(`[data-question="${id}"] [data-state]`)
  const stored = async (respondent: string, id: string) =>
    (await site.store.loadResponse({ engagement: "e1", respondent, by: program }))?.answers.find(
      (answer) => answer.question === id && answer.domain === "orders",
    )

  test("an answer says Saved only when the server has it", async () => {
    const { page, wrong } = await section("david")
    let release = (): void => undefined
    const held = new Promise<void>((resolve) => (release = resolve))
    await page.route("**/answers/PRD-01", async (route) => {
      await held
      await route.continue()
    })
    await page.check("input[name='PRD-01'][value='3']")
    await state(page, "PRD-01").getByText("Saving", { exact: true }).waitFor()
    expect(await stored("david", "PRD-01")).toBeUndefined()
    release()
    await state(page, "PRD-01")
      .getByText(/^Saved \d/)
      .waitFor()
    expect(await stored("david", "PRD-01")).toMatchObject({ value: 3, revision: 1 })
    await page.check("input[name='PRD-01'][value='4']")
    await expect.poll(async () => (await stored("david", "PRD-01"))?.value).toBe(4)
    await page.click("button[value=continue]")
    expect((await stored("david", "PRD-01"))?.revision).toBe(2)
    expect(wrong).toEqual([])
  })

  test("what cannot be saved says so and is tried again until it is", async () => {
    const { page } = await section("paula")
    let tries = 0
    await page.route("**/answers/**", async (route) => {
      tries += 1
      await (tries <= 2 ? route.abort() : route.continue())
    })
    const [first] = await page.locator("input[type=radio]").all()
    const name = (await first?.getAttribute("name")) ?? ""
    await first?.check()
    await state(page, name).getByText("Not saved – retrying").waitFor()
    await state(page, name)
      .getByText(/^Saved \d/)
      .waitFor()
    expect(tries).toBe(3)
    expect((await stored("paula", name))?.revision).toBe(1)
  })

  test("an answer lost on the way back is not stored twice", async () => {
    const { page } = await section("greta")
    let tries = 0
    await page.route("**/answers/**", async (route) => {
      tries += 1
      if (tries > 1) return route.continue()
      await route.fetch()
      await route.abort()
    })
    const [first] = await page.locator("input[type=radio]").all()
    const name = (await first?.getAttribute("name")) ?? ""
    await first?.check()
    await state(page, name)
      .getByText(/^Saved \d/)
      .waitFor()
    expect(tries).toBe(2)
    expect(await site.store.answerHistory({ engagement: "e1", by: program }, "greta", "orders", name)).toHaveLength(1)
  })

  test("a form that is sent while its own answer is on its way is no conflict", async () => {
    const { page, wrong } = await section("greta")
    await page.route("**/answers/**", async (route) => {
      await route.fetch()
      await route.abort()
    })
    const name = (await page.locator("input[type=radio]").last().getAttribute("name")) ?? ""
    const group = page.locator(`input[name="${name}"]`)
    await group.nth(0).check()
    await expect.poll(() => stored("greta", name)).toBeDefined()
    const value = await group.nth(1).getAttribute("value")
    await group.nth(1).check()
    await page.click("button[value=later]")
    await page.waitForURL("**/respond")
    expect(String((await stored("greta", name))?.value)).toBe(value)
    expect(wrong.filter((text) => !text.includes("ERR_FAILED"))).toEqual([])
  })

  test("two tabs: the second shows both answers and saves what is chosen", async () => {
    const one = await section("petra")
    const two = await one.page.context().newPage()
    await two.goto(one.page.url())
    await one.page.check("input[name='PRD-01'][value='1']")
    await state(one.page, "PRD-01")
      .getByText(/^Saved \d/)
      .waitFor()
    await two.check("input[name='PRD-01'][value='2']")
    await two.getByRole("button", { name: "Keep mine" }).waitFor()
    await picture(two, "conflict-1280")
    await expectSound({ ...one, page: two })
    await two.getByRole("button", { name: "Keep the saved answer" }).click()
    expect(await two.isChecked("input[name='PRD-01'][value='1']")).toBe(true)
    await two.check("input[name='PRD-01'][value='3']")
    await expect.poll(async () => (await stored("petra", "PRD-01"))?.value).toBe(3)
    await one.page.check("input[name='PRD-01'][value='4']")
    await one.page.getByRole("button", { name: "Keep mine" }).click()
    await expect.poll(async () => (await stored("petra", "PRD-01"))?.value).toBe(4)
  })

  test("leaving within ten milliseconds of a click loses nothing", async () => {
    const { page } = await section("edward")
    const radios = page.locator("input[type=radio]")
    const name = (await radios.first().getAttribute("name")) ?? ""
    const value = (await radios.nth(1).getAttribute("value")) ?? ""
    await page.evaluate(
      `document.querySelectorAll("input[type=radio]")[1].click(); setTimeout(() => location.assign("/goodbye"), 5)`,
    )
    await page.waitForURL("**/goodbye")
    await expect.poll(async () => String((await stored("edward", name))?.value)).toBe(value)
  })

  test("a session that ended is said, and once the link is opened again the page saves by itself", async () => {
    const { page } = await section("paula")
    const context = page.context()
    await context.clearCookies()
    const radio = page.locator("input[type=radio]").nth(1)
    const name = (await radio.getAttribute("name")) ?? ""
    await radio.check()
    await state(page, name).getByText("Open your personal link again").waitFor()
    const again = await context.newPage()
    await again.goto(`${site.url}/r/${await site.issueLink("paula")}`)
    await again.click("main button")
    await again.waitForURL("**/respond")
    await again.close()
    await state(page, name)
      .getByText(/^Saved \d/)
      .waitFor()
  })

  test("a page of one person saves nothing for another whose link was opened since", async () => {
    const { page } = await section("greta")
    const other = await page.context().newPage()
    await other.goto(`${site.url}/r/${await site.issueLink("anil")}`)
    await other.click("main button")
    // Who has submitted comes to the receipt.
    await other.waitForURL(/\/respond(\/|$)/)
    const before = (await site.store.loadResponse({ engagement: "e1", respondent: "anil", by: program }))?.answers
    const radio = page.locator("input[type=radio]").last()
    await radio.check()
    await page.getByText("Not saved: This page was opened with another personal link").first().waitFor()
    expect((await site.store.loadResponse({ engagement: "e1", respondent: "anil", by: program }))?.answers).toEqual(before)
  })

  test("a first answer taken back while its own request is late stays taken back", async () => {
    const { page } = await section("david")
    await page.goto(`${site.url}/respond/billing/PRD`)
    const box = page.locator("[data-question='PRD-02'] input[value='dont-know']")
    const late: (() => Promise<void>)[] = []
    await page.route("**/answers/PRD-02", async (route) => {
      if (late.length > 0) return route.continue()
      const request = route.request()
      late.push(
        async () =>
          void (await page.request.put(request.url(), {
            data: request.postDataJSON(),
            headers: { "Sec-Fetch-Site": "same-origin" },
          })),
      )
      return route.abort()
    })
    await box.check()
    await state(page, "PRD-02").getByText("Not saved – retrying").waitFor()
    await box.uncheck()
    await state(page, "PRD-02")
      .getByText(/^Saved \d/)
      .waitFor()
    await expect.poll(async () => await page.locator("[data-question='PRD-02'] input[name='PRD-02.seen']").inputValue()).toBe("2")
    await late[0]?.()
    const { answers = [] } = (await site.store.loadResponse({ engagement: "e1", respondent: "david", by: program })) ?? {}
    expect(answers.filter(({ domain, question }) => domain === "billing" && question === "PRD-02")).toEqual([])
  })

  test("an answer put back to what it was while another of its requests is late stays as it was", async () => {
    const { page } = await section("david")
    await page.goto(`${site.url}/respond/billing/PRD`)
    const option = (value: number) => page.locator(`input[name='PRD-01'][value='${value}']`)
    const saved = state(page, "PRD-01").getByText(/^Saved \d/)
    await option(3).check()
    await saved.waitFor()
    const late: { url: string; data: unknown }[] = []
    await page.route("**/answers/PRD-01", async (route) => {
      if (late.length > 0) return route.continue()
      late.push({ url: route.request().url(), data: route.request().postDataJSON() })
      return route.abort()
    })
    await option(4).check()
    await state(page, "PRD-01").getByText("Not saved – retrying").waitFor()
    await option(3).check()
    await saved.waitFor()
    await expect.poll(() => page.locator("input[name='PRD-01.seen']").inputValue()).toBe("3")
    for (const { url, data } of late) await page.request.put(url, { data, headers: { "Sec-Fetch-Site": "same-origin" } })
    const { answers = [] } = (await site.store.loadResponse({ engagement: "e1", respondent: "david", by: program })) ?? {}
    expect(answers.find(({ domain, question }) => domain === "billing" && question === "PRD-01")?.value).toBe(3)
  })

  test("a question that falls away says so while others are answered", async () => {
    const { page } = await section("david")
    await page.check("input[name='PRD-01'][value='0']")
    await page.locator("[data-question='PRD-03'] .falls-away").waitFor()
    await page.check("input[name='PRD-01'][value='3']")
    await page.locator("[data-question='PRD-03'] .falls-away").waitFor({ state: "detached" })
  })
})

describe("once the time is over", () => {
  test.each([{ width: 320 }, { width: 1280, scheme: "dark" }] as const)(
    "on %o the page keeps what was typed and says so",
    async (screen) => {
      const closing = await serve({ questionnaire: await shippedQuestionnaire() })
      const opened = await openPage(browser, screen)
      const { page } = opened
      const name = `${screen.width}`
      await page.goto(`${closing.url}/r/${await closing.issueLink("petra")}`)
      await page.click("main button")
      await page.waitForURL("**/respond")
      await page.goto(`${closing.url}/respond/orders/PRD`)
      const terms = { confidentiality: "named", closesAt: NOON + 1, remindOn: [] } as const
      await closing.store.changeTerms({ engagement: "e1", by: program }, terms, NOON)
      closing.wait(60_000)
      await page.check("input[name='PRD-01'][value='3']")
      await page.getByText("Not saved: The time to answer is over").first().waitFor()
      expect(await page.isChecked("input[name='PRD-01'][value='3']")).toBe(true)
      expect(await page.inputValue("#not-taken textarea")).toContain("For the systems of record")
      await picture(page, `closed-section-${name}`)
      await expectSound(opened)
      await page.goto(`${closing.url}/respond`)
      await picture(page, `closed-${name}`)
      await expectSound(opened)
      await page.goto(`${closing.url}/r/${await closing.issueLink("petra")}`)
      await picture(page, `closed-welcome-${name}`)
      await expectSound(opened)
      await closing.close()
    },
  )
})

test("number keys choose options of the question at hand, not while typing, and can be switched off", async () => {
  const { page } = await open({ width: 1280 }, "marta")
  await page.click("main button")
  await page.waitForURL("**/respond")
  await page.goto(`${site.url}/respond/billing/PRD`)
  const chosen = (question: string) => page.locator(`[data-question="${question}"] > .choices input:checked`).count()
  const first = page.locator("[data-question='PRD-04'] > .choices input")
  await first.first().focus()
  await page.keyboard.press("2")
  expect(await first.nth(1).isChecked()).toBe(true)
  await page.keyboard.press("0")
  expect(await page.isChecked("[data-question='PRD-04'] input[value='dont-know']")).toBe(true)
  await page.fill("[id='PRD-04.reason']", "")
  await page.locator("[id='PRD-04.reason']").press("3")
  expect(await page.inputValue("[id='PRD-04.reason']")).toBe("3")
  expect(await chosen("PRD-04")).toBe(1)
  await page.click("#keys summary")
  await page.uncheck("#number-keys")
  await first.first().focus()
  await page.keyboard.press("1")
  expect(await page.isChecked("[data-question='PRD-04'] input[value='dont-know']")).toBe(true)
})

test("the whole form can be filled in by keyboard", async () => {
  const { page } = await open({ width: 1280 }, "marta")
  await page.focus("main button")
  await page.keyboard.press("Enter")
  await page.waitForURL("**/respond")
  await page.keyboard.press("Tab")
  expect(await page.evaluate("document.activeElement.textContent")).toBe("Skip to the content")
  await page.keyboard.press("Enter")
  await page.keyboard.press("Tab")
  expect(await page.evaluate("document.activeElement.href")).toContain("/respond/orders/")
  await page.keyboard.press("Enter")
  await page.locator("input[type=radio]").first().focus()
  await page.keyboard.press("ArrowDown")
  expect(await page.locator("input[type=radio]").nth(1).isChecked()).toBe(true)
})
