import type { Frame } from "../pages.ts"
import type { AccountVisit } from "../visit.ts"

/** What a change to accounts says once, after the redirect. */
const DONE: Readonly<Record<string, string>> = {
  password: "Your password is changed. Everywhere else you are signed out.",
  "sessions-ended": "Those sign-ins have ended.",
  "no-session-ended": "There was no other sign-in to end.",
  "second-factor": "The second factor is in force. Everywhere else you are signed out.",
  "second-factor-off": "The second factor is switched off. Everywhere else you are signed out.",
  saved: "The account is saved.",
  disabled: "The account is disabled and signed out everywhere.",
  enabled: "The account can sign in again.",
  linked: "Your account is linked. You can sign in with your provider from now on.",
  "without-sign-on": "The link to the provider is taken off, and the account is signed out everywhere.",
  "without-factor": "The account's second factor is taken off, and it is signed out everywhere.",
}

/** The frame of a page about accounts. */
export const accountFrame = (visit: AccountVisit, title: string, more: Partial<Frame> = {}): Frame => {
  const done = visit.query["done"]
  const notice = done !== undefined && Object.hasOwn(DONE, done) ? DONE[done] : undefined
  return { title: [title], area: "consultant", width: "form", ...(notice !== undefined && { notice }), ...more }
}
