/** A site whose accounts may sign in at a provider, real or played, and people who go there and come back. */
import { type Identity, type Provider, ProviderFailure } from "../../../src/web/accounts/provider.ts"
import { program } from "../../fixtures/program.ts"
import { CLIENT, type LocalProvider, openBrowserOf } from "../../fixtures/provider.ts"
import { type Browser, NOON, openStage, type Stage, type StageOptions } from "../stage.ts"

/** Where the provider sends people back to. */
export const CALLBACK = "http://127.0.0.1:3000/sign-on/callback"

/** The site, at the real time: providers date what they say. */
export const openSignOnStage = async (issuer: string, options: StageOptions = {}): Promise<Stage> => {
  const stage = await openStage({ ...options, config: { signOn: { issuer, name: "Acme", ...CLIENT }, ...options.config } })
  stage.wait(Date.now() - NOON)
  await stage.signInAgain()
  return stage
}

/** The site with a provider that is played: everybody who comes back is `who`. */
export const openPlayedStage = (who: Partial<Identity> | ProviderFailure): Promise<Stage> => {
  const provider: Provider = {
    addressFor: ({ state }, again) => Promise.resolve(new URL(`https://provider.example/?state=${state}&again=${again ?? "no"}`)),
    identityOf: async () => {
      if (who instanceof ProviderFailure) throw who
      const known = { issuer: "https://provider.example", subject: "s1", hasVerifiedEmail: true, isMultiFactor: false }
      return { ...known, email: "carla@example.com", ...who }
    },
  }
  return openSignOnStage("https://provider.example", { replace: { provider } })
}

/** Sets out, and gives the address of the provider. */
export const setOut = async (browser: Browser, path = "/sign-on"): Promise<URL> => {
  const { headers } = await browser.get(path).expect(303)
  return new URL(String(headers["location"]))
}

/** Sets out, logs in there as `name`, and gives the path with which the provider sends the browser back. */
export const logInThere = async (browser: Browser, name: string, path?: string): Promise<string> => {
  const back = await openBrowserOf(name).goTo((await setOut(browser, path)).href)
  return back.pathname + back.search
}

/** The whole way: out, logged in there, and back. */
export const signOn = async (browser: Browser, name: string, path?: string) => browser.get(await logInThere(browser, name, path))

/** Out and back with the played provider. */
export const playSignOn = async (browser: Browser, path?: string) => {
  const there = await setOut(browser, path)
  return browser.get(`/sign-on/callback?code=x&state=${there.searchParams.get("state") ?? ""}`)
}

/** The same provider once more, after it was closed. */
export const portOf = ({ issuer }: LocalProvider): number => Number(new URL(issuer).port)

/** What the audit log says of late, newest first. */
export const audited = async ({ store }: Stage, limit = 1) =>
  (await store.readAudit(program, { offset: 0, limit }))?.entries ?? []
