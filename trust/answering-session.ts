/** One person who answers forty questions over a bad network, in tabs and on devices, in a hurry. */
import { setTimeout as pause } from "node:timers/promises"
import type { Browser, BrowserContext, Page, Response } from "playwright-core"
import { asker, openLink } from "./ask.ts"
import { between, type Chance, oneOf } from "./experiment.ts"
import type { Look } from "./answering-truth.ts"
import type { FaultProxy, Weather } from "./fault-proxy.ts"

export interface Person {
  readonly id: string
  readonly token: string
}

export interface Section {
  readonly path: string
  readonly questions: readonly string[]
}

export interface Stage {
  readonly browser: Browser
  readonly proxy: FaultProxy
  readonly sections: readonly Section[]
  readonly answers: number
  /** Told of everything that a page of this person shows. */
  readonly saw: (person: string, looks: readonly Look[]) => void
}

/** Words that a page was left with: they must be stored, unless the browser warned or showed an error. */
export interface Left {
  readonly question: string
  readonly comment: string
  readonly how: string
  warned: boolean
}

export interface Told {
  readonly left: readonly Left[]
  /** What the pages said when everything had come to rest. */
  readonly last: readonly Look[]
}

const ways = [
  ...Array.from({ length: 12 }, () => "plain" as const),
  ...(["tab", "tab", "device", "reload", "link", "continue", "continue", "offline", "close"] as const),
] as const

/** Answers, leaves pages in every way there is, and ends in good weather with everything settled. */
export const answerForty = async (stage: Stage, person: Person, chance: Chance): Promise<Told> => {
  const weather: Weather = { mode: "calm" }
  const contexts: BrowserContext[] = []
  const left: Left[] = []
  const open = async (): Promise<BrowserContext> => {
    const context = await signIn(stage, person, weather)
    contexts.push(context)
    return context
  }
  try {
    const here = await open()
    let page = await openPage(stage, person, here)
    let section = oneOf(chance, stage.sections)
    let tab: Page | undefined
    let device: Page | undefined
    weather.mode = "storm"
    for (let number = 0; number < stage.answers; number += 1) {
      const turn = between(chance, 0, 99)
      const comment = chance() < 0.5 ? `${person.id} words ${number}` : ""
      const way = oneOf(chance, ways)
      if (page.isClosed()) page = await openPage(stage, person, here)
      // Saving leads on, section by section; the other windows follow, so that they get into each other's way.
      section = sectionOn(page, stage) ?? section
      const question = oneOf(chance, section.questions)
      if (way === "tab") {
        tab = await on(stage, (tab ??= await openPage(stage, person, here)), section)
        await answer(tab, question, turn, comment)
      } else if (way === "device") {
        device = await on(stage, (device ??= await openPage(stage, person, await open())), section)
        await answer(device, question, turn, comment)
      } else {
        await on(stage, page, section)
        if (way === "offline") weather.mode = "offline"
        if (way === "plain" || way === "offline") await answer(page, question, turn, comment)
        else left.push(await leave(page, question, turn, `${person.id} left ${number}`, way))
        if (way === "offline") await pause(between(chance, 200, 1_200))
        weather.mode = "storm"
      }
      if (chance() < 0.1) await settle(page, chance() < 0.5)
      await pause(between(chance, 0, 120))
    }
    weather.mode = "calm"
    const pages = [page, tab, device].flatMap((one) => (one === undefined || one.isClosed() ? [] : [one]))
    const last = await Promise.all(pages.map((one) => comeToRest(one, chance() < 0.5)))
    return { left, last: last.flat() }
  } finally {
    for (const context of contexts) await context.close()
  }
}

/** Opens the personal link without a page: pages are what costs, and it is answering that is tried here. */
const signIn = async ({ browser, proxy }: Stage, { token }: Person, weather: Weather): Promise<BrowserContext> => {
  const { ask, close } = asker(proxy.url, 1)
  const cookie = await openLink(ask, token)
  close()
  const [name = "", value = ""] = cookie.split("=")
  proxy.setWeather(value, weather)
  const context = await browser.newContext({ viewport: { width: 400, height: 400 } })
  context.setDefaultTimeout(20_000)
  await context.addCookies([{ name, value, url: proxy.url, httpOnly: true, sameSite: "Lax" }])
  return context
}

const openPage = async ({ saw }: Stage, person: Person, context: BrowserContext): Promise<Page> => {
  const page = await context.newPage()
  await page.exposeFunction("saw", (looks: readonly Look[]) => saw(person.id, looks))
  await page.addInitScript({ path: new URL("page-watch.js", import.meta.url).pathname })
  page.on("dialog", (dialog) => void dialog.accept().catch(() => undefined))
  return page
}

const sectionOn = (page: Page, { sections }: Stage): Section | undefined => sections.find(({ path }) => path === pathOf(page))

const pathOf = (page: Page): string => new URL(page.url(), "http://x").pathname

/** The page, on the section; after an error page or a detour it goes there again. */
const on = async ({ proxy }: Stage, page: Page, { path }: Section): Promise<Page> => {
  for (let tries = 0; tries < 8 && !(await isReady(page, path)); tries += 1)
    await page.goto(proxy.url + path, { waitUntil: "domcontentloaded" }).catch(() => pause(200))
  return page
}

const isReady = async (page: Page, path: string): Promise<boolean> =>
  pathOf(page) === path && page.evaluate<boolean>("Boolean(window.trust?.look().length)").catch(() => false)

const answer = async (page: Page, question: string, turn: number, comment: string): Promise<void> => {
  await page
    .evaluate(`window.trust?.answer(${JSON.stringify(question)}, ${turn}, ${JSON.stringify(comment)})`)
    .catch(() => undefined)
}

/** Answers and leaves the page at once, this way. */
const leave = async (
  page: Page,
  question: string,
  turn: number,
  comment: string,
  how: "reload" | "link" | "continue" | "close",
) => {
  const left: Left = { question, comment, how, warned: false }
  const warn = (): void => void (left.warned = true)
  const refused = (response: Response): void => {
    if (response.request().isNavigationRequest() && response.status() >= 400) warn()
  }
  page.once("dialog", warn).on("response", refused)
  // Browsers warn only people who have touched the page.
  await page.mouse.click(5, 5).catch(() => undefined)
  const away = how === "link" ? 'a[href^="/respond"]' : 'button[name="action"]'
  const words = [question, turn, comment].map((one) => JSON.stringify(one)).join(", ")
  const goes = how === "link" || how === "continue"
  const gone = goes ? page.waitForEvent("framenavigated", { timeout: 10_000 }).catch(warn) : undefined
  const call = goes ? `answerAndGo(${words}, ${JSON.stringify(away)})` : `answer(${words})`
  const done = await page.evaluate<Look | null>(`window.trust?.${call} ?? null`).catch(() => null)
  if (how === "reload") await page.reload({ waitUntil: "domcontentloaded", timeout: 10_000 }).catch(warn)
  if (how === "close") await page.close({ runBeforeUnload: true })
  if (how === "close") await closed(page)
  await gone
  page.off("dialog", warn).off("response", refused)
  if (!page.isClosed() && page.url().startsWith("chrome-error")) left.warned = true
  // A page that did not have the question any more was not answered.
  return { ...left, ...(done === null && { warned: true }) }
}

const closed = async (page: Page): Promise<void> => {
  for (let wait = 0; wait < 50 && !page.isClosed(); wait += 1) await pause(40)
}

/** Chooses in every conflict; true when the form has to be sent for it. */
const settle = (page: Page, mine: boolean): Promise<boolean> =>
  page.evaluate<boolean>(`window.trust?.settle(${mine}) ?? false`).catch(() => false)

/** Waits until nothing is on its way and nothing is asked any more; gives what then stands there. */
const comeToRest = async (page: Page, mine: boolean): Promise<readonly Look[]> => {
  for (let wait = 0; wait < 120; wait += 1) {
    if (await settle(page, mine)) await page.click('button[name="action"]').catch(() => undefined)
    const looks = await page.evaluate<readonly Look[] | null>("window.trust?.look() ?? null").catch(() => null)
    if (looks === null) return []
    if (looks.every(({ says }) => !/^(Not saved yet|Saving|Not saved – retrying|Conflict)/.test(says))) return looks
    await pause(250)
  }
  return page.evaluate<readonly Look[]>("window.trust.look()")
}
