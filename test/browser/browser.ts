/** Debian's Chromium over the real site. Console errors, page errors and violations of the content policy fail the test. */
import { AxeBuilder } from "@axe-core/playwright"
import { once } from "node:events"
import { mkdirSync } from "node:fs"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import { join } from "node:path"
import { chromium, type Browser, type Page } from "playwright-core"
import { expect } from "vitest"
import { type AccountName, accountToken, openStage, type Stage, type StageOptions } from "../web/stage.ts"

const QUIET = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking"]

/** Chromium, headless, and asking nothing of the network by itself. */
export const openBrowser = (): Promise<Browser> =>
  chromium.launch({
    executablePath: "/usr/bin/chromium",
    args: [...QUIET, "--disable-component-update", "--disable-sync"],
  })

/** The site of `openStage` on a port of this machine. */
export const serve = async (options: StageOptions = {}): Promise<Stage & { readonly url: string }> => {
  const stage = await openStage(options)
  const server = createServer(stage.app).listen(0, "127.0.0.1")
  await once(server, "listening")
  const { port } = server.address() as AddressInfo
  const close = async (): Promise<void> => {
    server.closeAllConnections()
    server.close()
    await stage.close()
  }
  return { ...stage, close, url: `http://127.0.0.1:${port}` }
}

export interface Screen {
  readonly width: number
  readonly scheme?: "light" | "dark"
  readonly script?: boolean
  readonly forcedColors?: boolean
  /** `false` where another screen of the same test has already been looked over: axe takes seconds for a long page. */
  readonly axe?: false
  /** Signed in as this account of the stage. */
  readonly as?: AccountName
}

/** A page of its own, without cookies but for a sign-in, with what went wrong on it. */
export interface Opened {
  readonly page: Page
  readonly wrong: string[]
  readonly screen: Screen
}

export const openPage = async (browser: Browser, screen: Screen): Promise<Opened> => {
  const context = await browser.newContext({
    viewport: { width: screen.width, height: 900 },
    colorScheme: screen.scheme ?? "light",
    forcedColors: screen.forcedColors ? "active" : "none",
    javaScriptEnabled: screen.script ?? true,
  })
  context.setDefaultTimeout(8000)
  if (screen.as !== undefined) {
    const cookie = { name: "headwater-account", value: accountToken(screen.as), domain: "127.0.0.1", path: "/" }
    await context.addCookies([{ ...cookie, httpOnly: true, sameSite: "Lax" }])
  }
  const page = await context.newPage()
  const wrong: string[] = []
  page.on("pageerror", (error) => wrong.push(`error: ${error.message}`))
  page.on("console", (message) => {
    // A refused request (409, 422) is an answer the page deals with; Chromium notes it as an error all the same.
    if (message.type() === "error" && !/status of (409|422|429|503)/.test(message.text())) wrong.push(message.text())
  })
  return { page, wrong, screen }
}

/**
 * The page is as WCAG 2.2 AA asks (as far as axe can see, which needs script), does not scroll sideways, has one main
 * heading, and nothing went wrong on it.
 */
export const expectSound = async ({ page, wrong, screen }: Opened): Promise<void> => {
  if (screen.script !== false && screen.axe !== false) expect(await violationsOn(page)).toEqual([])
  const [inside, outside] = await page.evaluate<[number, number]>("[document.documentElement.scrollWidth, window.innerWidth]")
  expect(inside, `${page.url()} scrolls sideways`).toBeLessThanOrEqual(outside)
  expect(await page.locator("h1").count(), "main headings").toBe(1)
  expect(wrong).toEqual([])
}

const violationsOn = async (page: Page): Promise<readonly string[]> => {
  const tags = ["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa", "best-practice"]
  const { violations } = await new AxeBuilder({ page }).withTags(tags).analyze()
  return violations.map(({ id, nodes }) => `${page.url()} ${id}: ${nodes.map((node) => node.html).join(" | ")}`)
}

/** Keeps a picture for the eye when `PICTURES` names a folder. */
export const picture = async (page: Page, name: string): Promise<void> => {
  const folder = process.env["PICTURES"]
  if (folder === undefined) return
  mkdirSync(folder, { recursive: true })
  await page.screenshot({ path: join(folder, `${name}.png`), fullPage: true })
}
