import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { connectProvider, type Trip } from "../../../src/web/accounts/provider.ts"
import { CLIENT, type LocalProvider, openBrowserOf, openProvider } from "../../fixtures/provider.ts"

const SITE = "http://127.0.0.1:3000"
const people = {
  carla: { email: "carla@example.com", verified: true, acr: "https://refeds.org/profile/mfa" },
  otto: { email: "no address", verified: true, amr: ["pwd"] },
}
let local: LocalProvider
beforeAll(async () => {
  local = await openProvider(`${SITE}/sign-on/callback`, people)
})
afterAll(() => local.close())

const trip = (letter: string): Trip => ({ state: letter.repeat(43), nonce: "n".repeat(43), verifier: "v".repeat(43) })
const settings = () => ({ issuer: local.issuer, name: "Acme", ...CLIENT })

const logIn = async (provider: ReturnType<typeof connectProvider>, on: Trip, name = "carla") => {
  const back = await openBrowserOf(name).goTo((await provider.addressFor(on)).href)
  return Object.fromEntries(back.searchParams)
}

describe("the provider", () => {
  test("says who it is, and how they proved it", async () => {
    const provider = connectProvider(settings(), SITE)
    const identity = await provider.identityOf(await logIn(provider, trip("a")), trip("a"))
    expect(identity).toEqual({
      issuer: local.issuer,
      subject: "carla",
      email: "carla@example.com",
      hasVerifiedEmail: true,
      provedAt: expect.any(Number),
      isMultiFactor: true,
    })
    expect(Math.abs((identity.provedAt ?? 0) - Date.now())).toBeLessThan(60_000)
    const other = await provider.identityOf(await logIn(provider, trip("b"), "otto"), trip("b"))
    expect(other).toMatchObject({ subject: "otto", isMultiFactor: false })
    expect(other.email).toBeUndefined()
  })

  const changes: readonly [string, (query: Record<string, string>, on: Trip) => [Record<string, string>, Trip], object][] = [
    ["another nonce", (query, on) => [query, { ...on, nonce: "m".repeat(43) }], { code: "OAUTH_JWT_CLAIM_COMPARISON_FAILED" }],
    ["another verifier", (query, on) => [query, { ...on, verifier: "w".repeat(43) }], { code: "invalid_grant" }],
    ["another state", (query, on) => [query, { ...on, state: "z".repeat(43) }], { code: "OAUTH_INVALID_RESPONSE" }],
    ["another issuer", (query, on) => [{ ...query, iss: "https://evil.example" }, on], { code: "OAUTH_INVALID_RESPONSE" }],
    ["no issuer", ({ iss: _, ...query }, on) => [query, on], { code: "OAUTH_INVALID_RESPONSE" }],
    ["another code", (query, on) => [{ ...query, code: "c".repeat(43) }, on], { code: "invalid_grant" }],
    ["no code", ({ code: _, ...query }, on) => [query, on], { code: "OAUTH_INVALID_RESPONSE" }],
  ]
  test.each(changes)("is not believed with %s", async (_, change, failure) => {
    const provider = connectProvider(settings(), SITE)
    const given = change(await logIn(provider, trip("a")), trip("a"))
    await expect(provider.identityOf(...given)).rejects.toMatchObject({ kind: "wrong", ...failure })
  })

  test("gives each code once", async () => {
    const provider = connectProvider(settings(), SITE)
    const query = await logIn(provider, trip("a"))
    await provider.identityOf(query, trip("a"))
    await expect(provider.identityOf(query, trip("a"))).rejects.toMatchObject({ kind: "wrong", code: "invalid_grant" })
  })

  test("has to name itself as the settings do", async () => {
    const other = connectProvider({ ...settings(), issuer: local.issuer.replace("127.0.0.1", "localhost") }, SITE)
    await expect(other.addressFor(trip("a"))).rejects.toMatchObject({ kind: "down" })
  })

  test("refuses a wrong secret, and the log can say so", async () => {
    const provider = connectProvider({ ...settings(), clientSecret: "another" }, SITE)
    const query = await logIn(provider, trip("a"))
    await expect(provider.identityOf(query, trip("a"))).rejects.toMatchObject({ kind: "wrong", code: "invalid_client" })
  })

  test("may take the secret in the body, or none, and tell the address at once", async () => {
    const callback = `${SITE}/sign-on/callback`
    const client = { client_id: CLIENT.clientId, redirect_uris: [callback] }
    const kinds = [
      { token_endpoint_auth_method: "client_secret_post", client_secret: CLIENT.clientSecret },
      { token_endpoint_auth_method: "none" },
    ] as const
    for (const kind of kinds) {
      const one = await openProvider(callback, people, {
        clients: [{ ...client, ...kind }],
        clientAuthMethods: [kind.token_endpoint_auth_method],
        conformIdTokenClaims: false,
      })
      const { clientId, clientSecret } = CLIENT
      const secret = "client_secret" in kind ? { clientSecret } : {}
      const provider = connectProvider({ issuer: one.issuer, clientId, name: "One", ...secret }, SITE)
      const identity = await provider.identityOf(await logIn(provider, trip("a")), trip("a"))
      expect(identity).toMatchObject({ email: "carla@example.com", hasVerifiedEmail: true })
      await one.close()
    }
  })
})
