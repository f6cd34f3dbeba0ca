/** How often somebody may try to prove who they are. Counted in the database, so that several processes count together. */
import { createHash } from "node:crypto"
import type { Store } from "../../store/store.ts"
import type { Problem } from "../respond.ts"
import type { Visit } from "../visit.ts"
import { count } from "../words.ts"

const WINDOW = 15 * 60_000
const perAccount = 10
const perAddress = 50

export interface Throttle {
  /** Minutes to wait; 0 when it may be tried. */
  readonly minutes: number
  /** Takes back what counts against the account, once it was right. */
  forget(): Promise<void>
}

/**
 * Counts one attempt against the account (by what was typed as its name, whether there is one or not) and against the address it comes
 * from. Whoever has a session already goes on working: an attacker locks nobody out of it.
 */
export const tryOnce = async (what: string, name: string, visit: Visit, store: Store): Promise<Throttle> => {
  const account = `${what} ${createHash("sha256").update(name.toLowerCase()).digest("hex")}`
  const waits = [
    await store.countAttempt(`from ${visit.address}`.slice(0, 200), perAddress, WINDOW, visit.now),
    await store.countAttempt(account, perAccount, WINDOW, visit.now),
  ]
  return { minutes: Math.ceil(Math.max(...waits) / 60_000), forget: () => store.forgetAttempts(account) }
}

/** The page for somebody who has tried too often. */
export const tooOften = (minutes: number): Problem => ({
  reply: "problem",
  status: 429,
  heading: "Too many attempts",
  text: [`Wait ${count(minutes, "minute")}, then try again. Where you are signed in already, you can go on working.`],
  retryAfter: minutes * 60,
  link: { href: "/sign-in", text: "Back to the sign-in" },
})
