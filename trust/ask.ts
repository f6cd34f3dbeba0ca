/** Plain HTTP to a server of this machine: what was read in full, or that the connection broke before. */
import { Agent, request } from "node:http"
import type { OutgoingHttpHeaders } from "node:http"

export interface Answer {
  readonly status: number
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>
  readonly text: string
}

export interface Question {
  readonly method?: string
  readonly headers?: OutgoingHttpHeaders
  readonly body?: string | Uint8Array
  /** Milliseconds to wait for the whole answer, 30,000 when absent. */
  readonly patience?: number
}

/** Asks over connections that are kept open. */
export const asker = (address: string, connections = 64) => {
  const agent = new Agent({ keepAlive: true, maxSockets: connections })
  const { hostname, port } = new URL(address)
  const ask = (path: string, { method = "GET", headers = {}, body, patience = 30_000 }: Question = {}): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const length = body === undefined ? {} : { "content-length": Buffer.byteLength(body) }
      const asked = request({ agent, hostname, port, path, method, headers: { ...length, ...headers } }, (reply) => {
        const parts: Buffer[] = []
        reply.on("data", (part: Buffer) => parts.push(part))
        reply.on("error", reject)
        reply.on("close", () => {
          if (!reply.complete) return reject(new Error("the answer broke off"))
          resolve({ status: reply.statusCode ?? 0, headers: reply.headers, text: Buffer.concat(parts).toString() })
        })
      })
      asked.setTimeout(patience, () => asked.destroy(new Error("no answer in time")))
      asked.on("error", reject)
      asked.end(body)
    })
  return { ask, close: () => agent.destroy() }
}

export type Ask = ReturnType<typeof asker>["ask"]

/** A form as browsers send it from a page of the site itself. */
export const form = (fields: Readonly<Record<string, string>>, cookie?: string): Question => ({
  method: "POST",
  headers: {
    "content-type": "application/x-www-form-urlencoded",
    "sec-fetch-site": "same-origin",
    ...(cookie !== undefined && { cookie }),
  },
  body: new URLSearchParams(fields).toString(),
})

/** One answer as the page's script sends it. */
export const autosave = (body: object, cookie: string): Question => ({
  method: "PUT",
  headers: { "content-type": "application/json", "sec-fetch-site": "same-origin", cookie },
  body: JSON.stringify(body),
})

/** Opens a personal link as its owner does; gives the session's cookie. */
export const openLink = async (ask: Ask, token: string): Promise<string> => {
  const { status, headers } = await ask(`/r/${token}`, form({}))
  const cookie = [headers["set-cookie"] ?? []].flat()[0]?.split(";")[0]
  if (status !== 303 || cookie === undefined) throw new Error(`The link answered ${status}.`)
  return cookie
}
