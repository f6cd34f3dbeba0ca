import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { newSecret } from "../../../src/web/accounts/second-factor-codes.ts"
import { program } from "../../fixtures/program.ts"
import { type LocalProvider, openBrowserOf, openProvider } from "../../fixtures/provider.ts"
import { accountToken, type Stage } from "../stage.ts"
import { audited, CALLBACK, openPlayedStage, openSignOnStage, playSignOn, setOut, signOn } from "./sign-on-stage.ts"

const MINUTE = 60_000
const people = {
  carla: { email: "carla@example.com", verified: true },
  otto: { email: "otto@example.com", verified: true },
  "ada-elsewhere": { email: "ada@elsewhere.example", verified: false },
}
let provider: LocalProvider
let stage: Stage
beforeAll(async () => {
  provider = await openProvider(CALLBACK, people)
})
afterAll(() => provider.close())
beforeEach(async () => {
  stage = await openSignOnStage(provider.issuer)
})
afterEach(() => stage.close())

/** A sign-in that began eleven minutes ago, while the provider's clock and ours agree. */
const signedInEarlier = async (site: Stage): Promise<void> => {
  site.wait(-11 * MINUTE)
  await site.signInAgain()
  site.wait(11 * MINUTE)
}

describe("proving it once more", () => {
  const again = "/sign-on?again=1&to=%2Faccount%2Fsecond-factor%2Fchange"

  test("takes a new login there, and then opens what was asked for", async () => {
    await signedInEarlier(stage)
    const browser = stage.consultant("carla")
    const asked = await browser.get("/account/second-factor/change").expect(303)
    const page = await browser.get(String(asked.headers["location"])).expect(200)
    expect(page.text).toContain(`href="${again.replaceAll("&", "&amp;")}"`)
    const there = await setOut(browser, again)
    expect(Object.fromEntries(there.searchParams)).toMatchObject({
      prompt: "login",
      max_age: "0",
      login_hint: "carla@example.com",
    })
    const back = await openBrowserOf("carla").goTo(there.href)
    const { headers } = await browser.get(back.pathname + back.search).expect(303)
    expect(headers["location"]).toBe("/account/second-factor/change")
    await browser.get("/account/second-factor/change").expect(200)
  })

  test("is refused to anybody else, and signs nobody in as them", async () => {
    await signedInEarlier(stage)
    const browser = stage.consultant("carla")
    const { status, text } = await signOn(browser, "otto", again)
    expect([status, text]).toEqual([403, expect.stringContaining("This was somebody else")])
    expect(await audited(stage)).toMatchObject([{ action: "sign-in.confirm-failed", subject: "carla" }])
    await browser.get("/account/second-factor/change").expect(303)
    expect((await browser.get("/account").expect(200)).text).toContain("carla@example.com")
  })

  test("is refused when somebody else has signed in here meanwhile", async () => {
    const site = await openPlayedStage({ email: "otto@example.com", provedAt: Date.now() })
    await signedInEarlier(site)
    const { headers } = await site.consultant("carla").get(again).expect(303)
    const state = new URL(String(headers["location"])).searchParams.get("state") ?? ""
    const trip = /headwater-sign-on=[^;]+/.exec(String(headers["set-cookie"]))?.[0] ?? ""
    const otto = `headwater-account=${accountToken("otto")}`
    const back = await site.visitor().get(`/sign-on/callback?code=x&state=${state}`).set("Cookie", `${trip}; ${otto}`).expect(303)
    expect(back.headers["location"]).toBe("/sign-in")
    await site.consultant("otto").get("/account/second-factor/change").expect(303)
    await site.close()
  })

  test("is no use without a sign-in here", async () => {
    expect((await stage.visitor().get(again).expect(303)).headers["location"]).toBe("/sign-in")
  })

  test.each([undefined, Date.now() - 10 * MINUTE])("does not hold when the provider last asked at %j", async (provedAt) => {
    const site = await openPlayedStage(provedAt === undefined ? {} : { provedAt })
    await signedInEarlier(site)
    const browser = site.consultant("carla")
    const { status, text } = await playSignOn(browser, again)
    expect([status, text]).toEqual([403, expect.stringContaining("This was no fresh proof")])
    await browser.get("/account/second-factor/change").expect(303)
    await site.close()
  })

  test("stands in for the password only: the code is asked for as well", async () => {
    await stage.store.proposeTotp("carla", newSecret())
    await stage.store.confirmTotp("carla", 1, [], Date.now())
    await signedInEarlier(stage)
    const browser = stage.consultant("carla")
    const { headers } = await signOn(browser, "carla", again)
    expect(headers["location"]).toBe("/sign-in/code?to=%2Faccount%2Fsecond-factor%2Fchange")
  })
})

describe("linking one's own account", () => {
  const linkFor = async (browser: ReturnType<Stage["consultant"]>): Promise<string> => {
    const { text, headers } = await browser.get("/account/sign-on").expect(200)
    expect(headers["referrer-policy"]).toBe("no-referrer")
    return (/href="(http[^"]+)">Continue to “Acme”/.exec(text)?.[1] ?? "").replaceAll("&amp;", "&")
  }

  test("takes the person's own click and a login there, and no address", async () => {
    const browser = stage.consultant("ada")
    expect((await browser.get("/account").expect(200)).text).toContain('href="/account/sign-on">Link')
    const back = await openBrowserOf("ada-elsewhere").goTo(await linkFor(browser))
    const { headers } = await browser.get(back.pathname + back.search).expect(303)
    expect(headers["location"]).toBe("/account?done=linked")
    const page = await browser.get("/account?done=linked").expect(200)
    expect(page.text).toContain("Your account is linked.")
    expect(page.text).toContain("With “Acme”. Signing out here does not sign you out there.")
    expect(await audited(stage)).toMatchObject([{ action: "account.identity-linked", subject: "ada", actor: "account ada" }])
    expect((await signOn(stage.visitor(), "ada-elsewhere")).headers["location"]).toBe("/account/second-factor")
  })

  test("takes a fresh proof", async () => {
    await signedInEarlier(stage)
    expect((await stage.consultant("ada").get("/account/sign-on").expect(303)).headers["location"]).toContain("/account/confirm")
  })

  test("does not move an identity from one account to another, nor add a second one", async () => {
    await signOn(stage.visitor(), "carla")
    for (const [account, name] of [
      ["ada", "carla"],
      ["carla", "otto"],
    ] as const) {
      const browser = stage.consultant(account)
      const back = await openBrowserOf(name).goTo(await linkFor(browser))
      expect((await browser.get(back.pathname + back.search).expect(403)).text).toContain("Nothing was linked")
    }
    expect((await stage.store.accountOfIdentity(provider.issuer, "carla"))?.id).toBe("carla")
    expect(await stage.store.accountOfIdentity(provider.issuer, "otto")).toBeUndefined()
  })
})

describe("what an administrator sees and can do", () => {
  test("who signs in with the provider; taking the link off ends their sessions and is audited", async () => {
    const carla = stage.visitor()
    await signOn(carla, "carla")
    const ada = stage.consultant("ada")
    expect((await ada.get("/accounts").expect(200)).text).toContain("Signs in with single sign-on")
    expect((await ada.get("/accounts/carla").expect(200)).text).toContain("Signs in with “Acme”")
    expect((await ada.get("/accounts/otto").expect(200)).text).not.toContain("Take the link off")
    const { headers } = await ada.post("/accounts/carla/sign-on").type("form").expect(303)
    expect(headers["location"]).toBe("/accounts?done=without-sign-on")
    expect(await audited(stage)).toMatchObject([{ action: "account.identity-unlinked", subject: "carla", actor: "account ada" }])
    await carla.get("/account").expect(303)
    await ada.post("/accounts/carla/sign-on").type("form").expect(404)
  })

  test("nobody else can take a link off", async () => {
    await signOn(stage.visitor(), "carla")
    await stage.consultant("carla").post("/accounts/carla/sign-on").type("form").expect(403)
    expect(await stage.store.listIdentities("carla")).toEqual([{ account: "carla", issuer: provider.issuer }])
  })

  test("a provider of earlier settings by its host", async () => {
    await stage.store.linkIdentity("carla", "https://login.earlier.example/realm", "s", Date.now())
    expect((await stage.consultant("ada").get("/accounts/carla").expect(200)).text).toContain("“login.earlier.example”")
    await stage.store.disableAccount(program, "carla", true, Date.now())
    expect(await stage.store.linkIdentity("carla", provider.issuer, "s2", Date.now())).toBe(false)
  })
})
