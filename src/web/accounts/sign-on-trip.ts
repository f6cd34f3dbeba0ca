/** A trip to the OpenID provider and back: what is kept here meanwhile, under a state that works once, in one browser. */
import { z } from "zod"
import type { Account } from "../../store/store.ts"
import { sessionCookie, signOnLength, tokenHash } from "../session.ts"
import type { Tools, Visit } from "../visit.ts"
import type { Provider, Trip } from "./provider.ts"

const kept = z.object({
  nonce: z.string(),
  verifier: z.string(),
  /** To sign in, to prove once more who is signed in here, or to link that account. */
  purpose: z.enum(["sign-in", "confirm", "link"]),
  /** Whose it is, where somebody is signed in. */
  account: z.string().optional(),
  to: z.string(),
  begunAt: z.number(),
})
type Kept = z.infer<typeof kept>

/** Where the browser goes, and the cookie without which it cannot come back. Throws a `ProviderFailure`. */
export const beginTrip = async (
  plan: { readonly purpose: Kept["purpose"]; readonly account?: Account | undefined; readonly to: string },
  visit: Visit,
  provider: Provider,
  { store, config, newToken }: Tools,
): Promise<{ readonly address: URL; readonly cookie: string }> => {
  const trip: Trip = { state: newToken(), nonce: newToken(), verifier: newToken() }
  const { purpose, account, to } = plan
  const address = await provider.addressFor(trip, account?.email)
  const browser = newToken()
  const { nonce, verifier } = trip
  const content: Kept = { nonce, verifier, purpose, to, begunAt: visit.now, ...(account && { account: account.id }) }
  await store.beginSignOn(keyOf(trip.state, browser), JSON.stringify(content), visit.now + signOnLength, visit.now)
  return { address, cookie: sessionCookie(config.publicUrl, browser, "sign-on") }
}

/** State and browser together: nobody else's browser can go on with a trip, nor use it up. */
const keyOf = (state: string, browser: string): string => tokenHash(`${state} ${browser}`)

/** The trip that the visit comes back from; it is used up then. `undefined` when it is over, or another browser's. */
export const endTrip = async ({ query, signOnCookie, now }: Visit, { store }: Tools): Promise<(Kept & Trip) | undefined> => {
  const { state } = query
  if (state === undefined || signOnCookie === undefined) return undefined
  const content = await store.finishSignOn(keyOf(state, signOnCookie), now)
  return content === undefined ? undefined : { ...kept.parse(JSON.parse(content)), state }
}
