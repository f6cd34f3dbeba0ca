import { once } from "node:events"
import { createServer } from "node:http"
import type { AddressInfo } from "node:net"
import type { Browser } from "playwright-core"
import { afterAll, beforeAll, expect, test } from "vitest"
import { program } from "../fixtures/program.ts"
import { type LocalProvider, openProvider } from "../fixtures/provider.ts"
import { openSignOnStage } from "../web/accounts/sign-on-stage.ts"
import type { Stage } from "../web/stage.ts"
import { expectSound, openBrowser, openPage, picture } from "./browser.ts"

const people = {
  carla: { email: "carla@example.com", verified: true },
  stranger: { email: "stranger@elsewhere.example", verified: true },
}
let browser: Browser
let provider: LocalProvider
let stage: Stage
let url: string
const server = createServer()
beforeAll(async () => {
  browser = await openBrowser()
  server.listen(0, "127.0.0.1")
  await once(server, "listening")
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`
  provider = await openProvider(`${url}/sign-on/callback`, people)
  stage = await openSignOnStage(provider.issuer, { config: { publicUrl: url } })
  server.on("request", stage.app)
})
afterAll(async () => {
  await browser.close()
  server.closeAllConnections()
  server.close()
  await stage.close()
  await provider.close()
})

test.each([{ width: 390 }, { width: 1280, scheme: "dark" as const }])(
  "the button leads to the provider and back, signed in (%o)",
  async (screen) => {
    const opened = await openPage(browser, screen)
    const { page } = opened
    const shot = (name: string) => picture(page, `sign-on-${name}-${screen.width}`)
    await page.goto(`${url}/engagements/e1/plan`)
    await shot("sign-in")
    await expectSound(opened)
    await page.getByRole("link", { name: "Acme" }).click()
    await page.getByLabel("Name").fill("carla")
    await page.getByRole("button", { name: "Log in" }).click()
    await page.waitForURL(`${url}/engagements/e1/plan`)
    // The provider's own page has no icon, which Chromium notes as an error.
    opened.wrong.length = 0
    await page.goto(`${url}/account`)
    await shot("own")
    await expectSound(opened)
    expect(await page.textContent("main")).toContain("With “Acme”. Signing out here does not sign you out there.")
    await page.goto(`${url}/account/second-factor/change`)
    await expectSound(opened)
  },
)

test("whoever has no account is told so, and whoever breaks off, too", async () => {
  const opened = await openPage(browser, { width: 390 })
  const { page } = opened
  await page.goto(`${url}/sign-on`)
  await page.getByRole("button", { name: "Cancel" }).click()
  await page.waitForURL(/\/sign-on\/callback/)
  await picture(page, "sign-on-cancelled-390")
  expect(await page.textContent("h1")).toBe("You were not signed in")
  await page.goto(`${url}/sign-on`)
  await page.getByLabel("Name").fill("stranger")
  await page.getByRole("button", { name: "Log in" }).click()
  await page.waitForURL(/\/sign-on\/callback/)
  await picture(page, "sign-on-unknown-390")
  opened.wrong.length = 0
  await expectSound(opened)
  expect(await page.textContent("main")).toContain("nobody has made an account for this address")
})

test("one's own account is linked by a click, and taken off by an administrator", async () => {
  const carla = (await stage.store.accountOfIdentity(provider.issuer, "carla"))?.id ?? ""
  await stage.store.unlinkIdentities(program, carla, Date.now())
  await stage.signInAgain()
  const opened = await openPage(browser, { width: 1280 })
  const { page } = opened
  const be = (account: string) =>
    page.context().addCookies([{ name: "headwater-account", value: `${account}-session-token-of-the-stage`, url }])
  await be("carla")
  await page.goto(`${url}/account/sign-on`)
  await picture(page, "sign-on-link-1280")
  await expectSound(opened)
  await page.getByRole("link", { name: "Continue to “Acme”" }).click()
  await page.getByLabel("Name").fill("carla")
  await page.getByRole("button", { name: "Log in" }).click()
  await page.waitForURL(`${url}/account?done=linked`)
  opened.wrong.length = 0
  await expectSound(opened)
  await be("ada")
  await page.goto(`${url}/accounts`)
  await picture(page, "sign-on-accounts-1280")
  await page.goto(`${url}/accounts/carla`)
  await picture(page, "sign-on-account-1280")
  await expectSound(opened)
  await page.getByRole("button", { name: "Take the link off" }).click()
  await page.waitForURL(`${url}/accounts?done=without-sign-on`)
})
