/** Follows every link in Chromium, as each kind of person, and listens for violations of the content policy. */
import { chromium, type Browser } from "playwright-core"
import { openSite } from "./site.ts"

/** Pages of one pattern that are looked at: one domain's page is like another's. */
const perPattern = 2

export interface Crawled {
  readonly pages: number
  readonly violations: readonly string[]
}

/** Looks at `most` pages of each kind of person at the most. */
export const crawl = async (most: number): Promise<Crawled> => {
  const site = await openSite()
  const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] })
  try {
    const violations: string[] = []
    let pages = 0
    for (const [cookie, start] of [
      [site.accountCookie("carla"), "/"],
      [site.accountCookie("ada"), "/accounts"],
      [await site.respondentCookie(site.respondents[0] ?? ""), "/respond"],
      ["", "/sign-in"],
    ] as const)
      pages += await follow(browser, site.address, cookie, start, violations, most)
    return { pages, violations }
  } finally {
    await browser.close()
    await site.close()
  }
}

const follow = async (
  browser: Browser,
  address: string,
  cookie: string,
  start: string,
  violations: string[],
  most: number,
): Promise<number> => {
  const context = await browser.newContext()
  const [name = "", value = ""] = cookie.split("=")
  if (cookie !== "") await context.addCookies([{ name, value, url: address }])
  const page = await context.newPage()
  page.on("console", (message) => {
    if (/Content Security Policy|Trusted ?Type/i.test(message.text()))
      violations.push(`${page.url()}: ${message.text().slice(0, 200)}`)
  })
  page.on("pageerror", (error) => violations.push(`${page.url()}: ${error.message}`))
  const queue = [start]
  const seen = new Map<string, number>()
  let pages = 0
  for (let path = queue.shift(); path !== undefined && pages < most; path = queue.shift()) {
    const pattern = patternOf(path)
    const times = seen.get(pattern) ?? 0
    if (times >= perPattern) continue
    seen.set(pattern, times + 1)
    const answer = await page.goto(address + path, { waitUntil: "load", timeout: 60_000 }).catch(() => null)
    if (answer === null) continue
    if (answer.status() >= 500) violations.push(`${path}: ${answer.status()}`)
    pages += 1
    const links = await page.evaluate<string[]>(
      "[...document.querySelectorAll('a[href^=\"/\"]:not([download])')].map((a) => a.getAttribute('href'))",
    )
    queue.push(...links.map((link) => link.split("#")[0] ?? "/").filter((link) => !/\.(pdf|json|csv)(\?|$)/.test(link)))
  }
  await context.close()
  return pages
}

/** The address with its ids taken out. */
const patternOf = (path: string): string =>
  path
    .replace(/\?.*/, (query) => [...new URLSearchParams(query).keys()].join())
    .replaceAll(/\/[^/]*\d[^/]*/g, "/*")
    .replaceAll(/(domains|people|answers|tables|plan|respond|accounts)\/(?!new|check|done|paste)[^/]+/g, "$1/*")
