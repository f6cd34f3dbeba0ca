import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest"
import { type Identity, ProviderFailure } from "../../../src/web/accounts/provider.ts"
import { newSecret } from "../../../src/web/accounts/second-factor-codes.ts"
import { program } from "../../fixtures/program.ts"
import { type LocalProvider, openBrowserOf, openProvider, type Person } from "../../fixtures/provider.ts"
import { openStage, type Stage } from "../stage.ts"
import {
  audited,
  CALLBACK,
  logInThere,
  openPlayedStage,
  openSignOnStage,
  playSignOn,
  portOf,
  setOut,
  signOn,
} from "./sign-on-stage.ts"

const people: Record<string, Person> = {
  carla: { sub: "carla-at-acme", email: "Carla@Example.com", verified: true },
  otto: { email: "otto@example.com", verified: false },
  "otto-in-words": { email: "otto@example.com", verified: "true" },
  stranger: { email: "stranger@elsewhere.example", verified: true },
  silent: {},
  ada: { email: "ada@example.com", verified: true },
  "ada-with-two": { email: "ada@example.com", verified: true, amr: ["pwd", "mfa"] },
}

let provider: LocalProvider
let stage: Stage
beforeAll(async () => {
  provider = await openProvider(CALLBACK, people)
})
afterAll(() => provider.close())

/** A site of its own for each test, or one for all tests that change nothing in it. */
const onStage = (before: typeof beforeEach | typeof beforeAll, after: typeof afterEach | typeof afterAll): void => {
  before(async () => {
    stage = await openSignOnStage(provider.issuer)
  })
  after(() => stage.close())
}

const without = (html: string): string => html.replaceAll(/\s+/g, " ")

describe("signing in", () => {
  onStage(beforeEach, afterEach)

  test("leads out to the provider, and back in to where one wanted to go", async () => {
    const browser = stage.visitor()
    const page = await browser.get("/sign-in?to=%2Fengagements%2Fe1").expect(200)
    const href = /href="(\/sign-on[^"]*)">Acme</.exec(page.text)?.[1] ?? ""
    const there = await setOut(browser, href.replaceAll("&amp;", "&"))
    expect(there.origin).toBe(provider.issuer)
    expect(Object.fromEntries(there.searchParams)).toMatchObject({
      response_type: "code",
      redirect_uri: CALLBACK,
      scope: "openid email",
      code_challenge_method: "S256",
      code_challenge: expect.stringMatching(/^[\w-]{43}$/),
      nonce: expect.stringMatching(/^[\w-]{43}$/),
      state: expect.stringMatching(/^[\w-]{43}$/),
    })
    expect(there.href).not.toContain("engagements")
    const back = await openBrowserOf("carla").goTo(there.href)
    const opened = await browser.get(back.pathname + back.search).expect(303)
    expect(opened.headers["location"]).toBe("/engagements/e1")
    await browser.get("/engagements/e1").expect(200)
    expect((await audited(stage, 2)).map(({ action, subject }) => [action, subject])).toEqual([
      ["session.opened", "carla"],
      ["account.identity-linked", "carla"],
    ])
  })

  test("goes by who somebody is at the provider, once that is linked, not by the address", async () => {
    await signOn(stage.visitor(), "carla")
    await stage.store.changeAccount(program, "carla", { name: "C.", email: "c@example.com", role: "consultant" }, Date.now())
    await stage.store.addAccount(program, { id: "new", name: "N", email: "carla@example.com", role: "consultant" }, Date.now())
    const browser = stage.visitor()
    await signOn(browser, "carla")
    expect((await browser.get("/account").expect(200)).text).toContain("c@example.com")
  })

  test("keeps the way in cookies as they should be, and drops them", async () => {
    const secure = await openSignOnStage(provider.issuer, { config: { publicUrl: "https://headwater.example" } })
    const { headers } = await secure.visitor().get("/sign-on").expect(303)
    await secure.close()
    expect(headers["set-cookie"]).toEqual([
      expect.stringMatching(/^__Host-headwater-sign-on=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax; Secure; Max-Age=600$/),
    ])
    expect(headers).toMatchObject({ "referrer-policy": "no-referrer", "cache-control": "no-store" })
    const back = await signOn(stage.visitor(), "carla")
    expect(back.headers["set-cookie"]).toEqual([
      expect.stringMatching(/^headwater-account=[\w-]{43}; Path=\/; HttpOnly; SameSite=Lax$/),
      "headwater-sign-on=; Path=/; HttpOnly; SameSite=Lax; Max-Age=0",
    ])
  })

  test("is not asked of somebody who is signed in, and ends with the sign-out", async () => {
    const browser = stage.visitor()
    await signOn(browser, "carla")
    expect((await browser.get("/sign-on?to=%2Faccount").expect(303)).headers["location"]).toBe("/account")
    await browser.post("/sign-out").type("form").expect(303)
    await browser.get("/account").expect(303)
  })

  test("does not lead to another site", async () => {
    for (const to of ["//evil.example", "/\\evil.example", "https://evil.example", "javascript:alert(1)", "/ö"]) {
      const { headers } = await signOn(stage.visitor(), "carla", `/sign-on?to=${encodeURIComponent(to)}`)
      expect(headers["location"], to).toBe("/")
    }
    await stage.visitor().get("/sign-on?to=%2F%0d%0aSet-Cookie:a=b").expect(400)
  })

  test("writes nothing of it into the log", async () => {
    const browser = stage.visitor()
    const back = await logInThere(browser, "carla")
    await browser.get(back).expect(303)
    await browser.get(back).expect(403)
    const log = stage.logged.join("")
    expect(log).toContain('"route":"/sign-on/callback"')
    const { code = "none", state = "none" } = Object.fromEntries(new URLSearchParams(back.split("?")[1]))
    for (const secret of [code, state, "carla", "Carla"]) expect(log).not.toContain(secret)
  })

  test("is not there where no provider is set", async () => {
    const plain = await openStage()
    await plain.visitor().get("/sign-on").expect(404)
    await plain.visitor().get("/sign-on/callback?state=a&code=b").expect(404)
    await plain.consultant().get("/account/sign-on").expect(404)
    expect((await plain.consultant().get("/account").expect(200)).text).not.toContain("Single sign-on")
    await plain.close()
  })

  test("sets out 300 times from one address, then asks to wait", async () => {
    for (let time = 0; time < 300; time++) await stage.store.countAttempt("sign-on from 127.0.0.1", 300, 900_000, Date.now())
    const { headers } = await stage.visitor().get("/sign-on").expect(429)
    expect(Number(headers["retry-after"])).toBeGreaterThan(60)
  })
})

describe("the way back", () => {
  onStage(beforeAll, afterAll)

  const over = "This sign-in cannot go on"

  test("is open once", async () => {
    const browser = stage.visitor()
    const back = await logInThere(browser, "carla")
    await browser.get(back).expect(303)
    await browser.post("/sign-out").type("form").expect(303)
    expect((await browser.get(back).expect(403)).text).toContain(over)
    await browser.get("/account").expect(303)
  })

  test("is open to the browser that set out alone, which nobody can keep from it", async () => {
    const [victim, attacker] = [stage.visitor(), stage.visitor()]
    const back = await logInThere(attacker, "carla")
    expect((await victim.get(back).expect(403)).text).toContain(over)
    await logInThere(victim, "otto")
    expect((await victim.get(back).expect(403)).text).toContain(over)
    await victim.get("/account").expect(303)
    await attacker.get(back).expect(303)
  })

  test("is open for ten minutes", async () => {
    const browser = stage.visitor()
    const back = await logInThere(browser, "carla")
    stage.wait(10 * 60_000)
    expect((await browser.get(back).expect(403)).text).toContain(over)
    stage.wait(-10 * 60_000)
  })

  test.each(["", "?code=a", "?state=", `?code=a&state=${"s".repeat(43)}`, "?error=access_denied&error_description=<b>hello</b>"])(
    "is not open with %j",
    async (query) => {
      const browser = stage.visitor()
      await setOut(browser)
      const { text } = await browser.get(`/sign-on/callback${query}`).expect(403)
      expect(text).toContain(over)
      expect(text).not.toContain("hello")
    },
  )

  test("may have a long code, which other addresses may not", async () => {
    const browser = stage.visitor()
    await browser.get(`/sign-on/callback?state=s&code=${"c".repeat(5000)}`).expect(403)
    await browser.get(`/sign-on/callback?state=s&code=${"c".repeat(9000)}`).expect(414)
    await browser.get(`/sign-on?to=${"c".repeat(5000)}`).expect(414)
  })

  test("with a code that is not the provider's leads nowhere", async () => {
    const browser = stage.visitor()
    const there = await setOut(browser)
    const state = there.searchParams.get("state") ?? ""
    const back = `/sign-on/callback?code=invented&state=${state}&iss=${encodeURIComponent(provider.issuer)}`
    expect((await browser.get(back).expect(403)).text).toContain("could not be verified")
    expect(stage.logged.join("")).toContain('"kind":"wrong","code":"invalid_grant"')
  })

  test("after a refusal there says so, in our words", async () => {
    const browser = stage.visitor()
    const there = await setOut(browser)
    const back = await openBrowserOf("carla").goTo(there.href, { cancel: "1" })
    expect(back.search).toContain("error=access_denied")
    const { text } = await browser.get(back.pathname + back.search).expect(403)
    expect(text).toContain("was refused or broken off")
    expect(text).not.toContain("thank you")
    expect(stage.logged.join("")).toContain('"kind":"refused","code":"access_denied"')
    expect(stage.logged.join("")).not.toContain("thank you")
  })
})

describe("who has no way in", () => {
  onStage(beforeEach, afterEach)

  const cases: readonly [string, string, string][] = [
    ["otto", "does not vouch for it that this address is yours", "unverified-address"],
    ["otto-in-words", "does not vouch for it that this address is yours", "unverified-address"],
    ["stranger", "knows you as stranger@elsewhere.example, but nobody has made an account", "no-account"],
    ["silent", "gave no e-mail address to find it by", "no-address"],
  ]
  test.each(cases)("%s", async (name, says, because) => {
    const browser = stage.visitor()
    const { status, text } = await signOn(browser, name)
    expect(status).toBe(403)
    expect(without(text)).toContain(says)
    const [entry] = await audited(stage)
    expect(entry).toMatchObject({ actor: "nobody", action: "sign-in.failed", detail: { because } })
    expect(JSON.stringify(entry)).not.toMatch(/otto|stranger/)
    expect(await stage.store.listIdentities()).toEqual([])
    expect((await stage.store.listAccounts()).length).toBe(4)
    await browser.get("/account").expect(303)
  })

  test("somebody whose account is disabled, linked already or not", async () => {
    await signOn(stage.visitor(), "carla")
    for (const id of ["carla", "ada"]) await stage.store.disableAccount(program, id, true, Date.now())
    await stage.store.addAccount(program, { id: "root", name: "R", email: "r@example.com", role: "administrator" }, Date.now())
    await stage.store.disableAccount(program, "ada", true, Date.now())
    for (const name of ["carla", "ada"]) {
      const { status, text } = await signOn(stage.visitor(), name)
      expect([status, without(text)]).toEqual([403, expect.stringContaining("your account here is disabled")])
    }
  })

  test("somebody who has got the address of a linked account", async () => {
    await signOn(stage.visitor(), "ada")
    const { status, text } = await signOn(stage.visitor(), "ada-with-two")
    expect([status, text]).toEqual([403, expect.stringContaining("This account is linked to somebody else")])
    expect(await stage.store.accountOfIdentity(provider.issuer, "ada-with-two")).toBeUndefined()
  })

  test("somebody whose address only looks alike", async () => {
    await stage.store.addAccount(program, { id: "kim", name: "K", email: "kim@example.com", role: "consultant" }, Date.now())
    people["kelvin"] = { email: "\u212Aim@example.com", verified: true }
    const { status, text } = await signOn(stage.visitor(), "kelvin")
    expect([status, text]).toEqual([403, expect.stringContaining("gave no e-mail address")])
  })
})

describe("the second factor", () => {
  onStage(beforeEach, afterEach)

  const step = async (name: string) => (await signOn(stage.visitor(), name, "/sign-on?to=%2Faccounts")).headers["location"]
  const enrol = async (account: string): Promise<void> => {
    await stage.store.proposeTotp(account, newSecret())
    await stage.store.confirmTotp(account, 1, [], Date.now())
  }

  test("is asked for where there is one, whatever the provider asked for", async () => {
    await enrol("carla")
    await enrol("ada")
    expect(await step("carla")).toBe("/sign-in/code?to=%2Faccounts")
    expect(await step("ada-with-two")).toBe("/sign-in/code?to=%2Faccounts")
  })
  test("has to be set up by an administrator", async () => {
    expect(await step("ada")).toBe("/account/second-factor")
  })
  test("need not be, where the provider asked for one", async () => {
    expect(await step("ada-with-two")).toBe("/accounts")
  })
  test("is none of a consultant's duties", async () => {
    expect(await step("carla")).toBe("/accounts")
  })
})

describe("a provider that does not answer", () => {
  test("leaves the password, and is asked again", async () => {
    const gone = await openProvider(CALLBACK, people)
    const port = portOf(gone)
    const site = await openSignOnStage(gone.issuer)
    await gone.close()
    const browser = site.visitor()
    const page = await browser.get("/sign-on").expect(503)
    expect(without(page.text)).toContain("“Acme” cannot be reached. Try again in a few minutes.")
    expect(page.headers["retry-after"]).toBe("60")
    expect(site.logged.join("")).toContain('"kind":"down","code":"ECONNREFUSED"')
    await browser.get("/sign-in").expect(200)
    const back = await openProvider(CALLBACK, people, {}, port)
    expect((await signOn(browser, "carla")).headers["location"]).toBe("/")
    await browser.post("/sign-out").type("form").expect(303)
    const late = await logInThere(browser, "carla")
    await back.close()
    await browser.get(late).expect(503)
    await site.close()
  })
})

describe("whatever the provider is", () => {
  const open = async (who: Partial<Identity> | ProviderFailure) => {
    const site = await openPlayedStage(who)
    const browser = site.visitor()
    const reply = await playSignOn(browser)
    return { site, browser, reply }
  }

  test("one that does not say when it asked last is no fresh proof", async () => {
    const cases: readonly [Partial<Identity>, number][] = [
      [{}, 303],
      [{ provedAt: Date.now() - 11 * 60_000 }, 303],
      [{ provedAt: Date.now() }, 200],
      [{ provedAt: Date.now() + 86_400_000 }, 200],
    ]
    for (const [who, status] of cases) {
      const { site, browser, reply } = await open(who)
      expect(reply.headers["location"]).toBe("/")
      await browser.get("/account/second-factor/change").expect(status)
      site.wait(11 * 60_000)
      await browser.get("/account/second-factor/change").expect(303)
      await site.close()
    }
  })

  test.each([
    ["down", 503],
    ["refused", 403],
    ["wrong", 403],
  ] as const)("%s is a page, not an error", async (kind, status) => {
    const { site, reply } = await open(new ProviderFailure(kind, "some_code"))
    await site.close()
    expect(reply.status).toBe(status)
    expect(reply.text).not.toContain("some_code")
  })
})
