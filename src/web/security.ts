import type { Request, RequestHandler, Response } from "express"
import type { Problem } from "./respond.ts"

/** Every name of this machine's own interface that a server may be told to listen on. */
const LOOPBACK = /^(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::\d{1,5})?$/

const CONTENT = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
  "object-src 'none'",
  "frame-ancestors 'none'",
  "require-trusted-types-for 'script'",
].join("; ")

const FEATURES = ["accelerometer", "camera", "display-capture", "geolocation", "gyroscope", "magnetometer", "microphone"]
  .concat(["midi", "payment", "publickey-credentials-get", "screen-wake-lock", "serial", "usb", "xr-spatial-tracking"])
  .map((feature) => `${feature}=()`)
  .join(", ")

/**
 * Headers of every response, errors and files included; pages and assets may loosen the caching only. Browsers are held to
 * https where the site is reached by its public https name, not on this machine.
 */
export const protectiveHeaders = (publicUrl: string): RequestHandler => {
  const { protocol } = new URL(publicUrl)
  return (request, response, next) => {
    const secure = protocol === "https:" && !isLoopback(request.headers.host)
    response.set({
      "Content-Security-Policy": secure ? `${CONTENT}; upgrade-insecure-requests` : CONTENT,
      "X-Content-Type-Options": "nosniff",
      "Referrer-Policy": "same-origin",
      "Cross-Origin-Opener-Policy": "same-origin",
      "Cross-Origin-Resource-Policy": "same-origin",
      "Permissions-Policy": FEATURES,
      "Cache-Control": "no-store",
    })
    if (secure) response.set("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
    next()
  }
}

const isLoopback = (host: string | undefined): boolean => host !== undefined && LOOPBACK.test(host)

/** Refuses names this server does not answer to, so that no foreign name can be pointed at it (DNS rebinding). */
export const checkHost =
  (publicUrl: string, refuse: (response: Response, problem: Problem) => void): RequestHandler =>
  (request, response, next) => {
    const host = request.headers.host
    if (isLoopback(host) || host === new URL(publicUrl).host) return next()
    refuse(response, {
      reply: "problem",
      status: 421,
      heading: "This address is not served here",
      text: ["Open Headwater by the address it printed when it started. Its name is set by PUBLIC_URL."],
    })
  }

/**
 * Refuses changes that another site asked the browser for. Browsers say so themselves (Sec-Fetch-Site); older ones
 * name the origin. A request with neither is a program, and may not carry a session.
 */
export const checkOrigin =
  (publicUrl: string, refuse: (response: Response, problem: Problem) => void): RequestHandler =>
  (request, response, next) => {
    if (["GET", "HEAD", "OPTIONS"].includes(request.method) || isOwn(request, new URL(publicUrl).origin)) return next()
    refuse(response, {
      reply: "problem",
      status: 403,
      heading: "This came from another site",
      text: ["Nothing was changed. Open the page in Headwater itself and send it again."],
    })
  }

const isOwn = (request: Request, publicOrigin: string): boolean => {
  const { host, origin, cookie } = request.headers
  const site = request.headers["sec-fetch-site"]
  if (site !== undefined) return site === "same-origin" || (site === "none" && cookie === undefined)
  if (origin === undefined) return cookie === undefined
  return origin === publicOrigin || (isLoopback(host) && origin === `http://${host}`)
}
