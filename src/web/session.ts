import { createHash } from "node:crypto"
import type { Store } from "../store/store.ts"
import type { RespondentVisit, Visit } from "./visit.ts"

/** Tokens are stored as sha-256, hex: whoever reads the database cannot open a link. */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("hex")

const isSecure = (publicUrl: string): boolean => publicUrl.startsWith("https:")

/** Browsers keep `__Host-` cookies over https only; on plain http at this machine the name is without it. */
const cookieName = (publicUrl: string): string => (isSecure(publicUrl) ? "__Host-headwater" : "headwater")

/** A cookie for `session`, or one that ends it when `undefined`. Lax, because people arrive from e-mail. */
export const sessionCookie = (publicUrl: string, session: string | undefined): string =>
  [
    `${cookieName(publicUrl)}=${session ?? ""}`,
    "Path=/",
    "HttpOnly",
    "SameSite=Lax",
    ...(isSecure(publicUrl) ? ["Secure"] : []),
    ...(session === undefined ? ["Max-Age=0"] : []),
  ].join("; ")

/** The session token of a Cookie header, when it looks like one. */
export const readSessionCookie = (publicUrl: string, header: string | undefined): string | undefined => {
  const start = `${cookieName(publicUrl)}=`
  const value = (header ?? "")
    .split(";")
    .map((pair) => pair.trim())
    .find((pair) => pair.startsWith(start))
    ?.slice(start.length)
  return value !== undefined && /^[A-Za-z0-9_-]{20,100}$/.test(value) ? value : undefined
}

/** The visit with its response, when its cookie is a session that is still valid. */
export const asRespondent = async (visit: Visit, store: Store): Promise<RespondentVisit | undefined> => {
  if (visit.cookie === undefined) return undefined
  const scope = await store.readSession(tokenHash(visit.cookie), visit.now)
  const response = scope && (await store.loadResponse(scope))
  return scope && response && { ...visit, scope, response }
}
