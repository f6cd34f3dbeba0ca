import { createHash } from "node:crypto"
import type { AccountSession, Store } from "../store/store.ts"
import type { RespondentVisit, Visit } from "./visit.ts"

/** Tokens are stored as sha-256, hex: whoever reads the database cannot open a link. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex")

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith("https:")

/** Browsers keep `__Host-` cookies over https only; on plain http at this machine the name is without it. */
const cookieName = (publicUrl: string, whose: Whose): string =>
  `${isSecure(publicUrl) ? "__Host-" : ""}${whose === "respondent" ? "headwater" : `headwater-${whose}`}`

/** The two kinds of session, and the way to a provider and back: one browser may have all. */
export type Whose = "respondent" | "account" | "sign-on"

/** A cookie for `session`, or one that ends it when `undefined`. Lax, because people arrive from e-mail. */
export const sessionCookie = (publicUrl: string, session: string | undefined, whose: Whose = "respondent"): string =>
  [
    `${cookieName(publicUrl, whose)}=${session ?? ""}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure(publicUrl) ? ["Secure"] : []),
    ...(session === undefined ? ["Max-Age=0"] : whose === "sign-on" ? [`Max-Age=${signOnLength / 1000}`] : []),
  ].join("; ")

/** The session token of a Cookie header, when it looks like one. */
export const readSessionCookie = (
  publicUrl: string,
  header: string | undefined,
  whose: Whose = "respondent",
): string | undefined => {
  const start = `${cookieName(publicUrl, whose)}=`
  const value = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length)
  return value !== undefined && /^[A-Za-z0-9_-]{20,100}$/.test(value) ? value : undefined
}

/** Longest that the way to a provider and back may take: 10 minutes. */
export const signOnLength = 10 * 60 * 1000

/** Longest that a respondent's session may lie idle: 8 hours. The link opens a new one. */
const respondentIdle = 8 * 60 * 60 * 1000
/** An account's session ends after 30 minutes without use, and after 8 hours in any case. */
export const accountIdle = 30 * 60 * 1000
export const accountSessionLength = 8 * 60 * 60 * 1000

/** The visit with its response, when its cookie is a session that is still valid. */
export const asRespondent = async (visit: Visit, store: Store): Promise<RespondentVisit | undefined> => {
  if (visit.cookie === undefined) return undefined
  const scope = await store.readSession(tokenHash(visit.cookie), visit.now, respondentIdle)
  const response = scope && (await store.loadResponse(scope))
  return scope && response && { ...visit, scope, response }
}

/** The account's session that the visit's cookie names, while it is in force. */
export const accountSessionOf = async (visit: Visit, store: Store): Promise<AccountSession | undefined> =>
  visit.accountCookie === undefined ? undefined : store.readAccountSession(tokenHash(visit.accountCookie), visit.now, accountIdle)
