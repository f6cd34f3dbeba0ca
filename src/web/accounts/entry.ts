/** Opening a sign-in, and where it leads. */
import type { Account, SessionStep } from "../../store/store.ts"
import { redirect, type Reply } from "../respond.ts"
import { accountSessionLength, sessionCookie, tokenHash } from "../session.ts"
import type { Tools, Visit } from "../visit.ts"

const MINUTE = 60_000

/** Longest that somebody may take to prove a second factor. */
const forSecondFactor = 10 * MINUTE

/** What a sign-in may do once a password (or a provider) has proved who it is. */
export const stepAfterPassword = (account: Account): SessionStep => {
  if (account.secondFactorSince !== undefined) return "second-factor"
  return account.role === "administrator" ? "enrol" : "open"
}

/**
 * Opens a session of its own token in the place of the one before, and leads on; `undefined` when the account is disabled. `confirmedAt`
 * is when they proved who they are, where that was not just now.
 */
export const enter = async (
  account: Account,
  step: SessionStep,
  to: string,
  visit: Visit,
  { store, newToken, newId, config }: Tools,
  confirmedAt = visit.now,
): Promise<Reply | undefined> => {
  const token = newToken()
  const opened = await store.openAccountSession(
    {
      hash: tokenHash(token),
      id: newId(),
      account: account.id,
      step,
      confirmedAt,
      expiresAt: visit.now + (step === "second-factor" ? forSecondFactor : accountSessionLength),
      browser: visit.browser,
      address: visit.address,
    },
    visit.now,
    visit.accountCookie === undefined ? undefined : tokenHash(visit.accountCookie),
  )
  if (!opened) return undefined
  return { ...redirectTo(step, to), cookie: sessionCookie(config.publicUrl, token, "account") }
}

const redirectTo = (step: SessionStep, to: string): Extract<Reply, { reply: "redirect" }> => {
  const onward = to === "/" ? "" : `?to=${encodeURIComponent(to)}`
  if (step === "second-factor") return redirect(`/sign-in/code${onward}`)
  return redirect(step === "enrol" ? "/account/second-factor" : to)
}

/** A path of this site to go on to; the start page for anything else. */
export const onwardPath = (to: unknown): string =>
  typeof to === "string" && to.length <= 500 && /^\/(?![/\\])[\x21-\x7e]*$/.test(to) ? to : "/"
