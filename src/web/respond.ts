import type { Response } from "express"
import { brotliCompressSync, constants, gzipSync } from "node:zlib"
import type { Frame, Locals, Pages } from "./pages.ts"

/** What a handler answers with; `send` is the only place that writes it out. */
export type Reply =
  | {
      readonly reply: "page"
      readonly name: string
      readonly frame: Frame
      readonly locals: Locals
      readonly status?: number
      /** Version tag: the browser may keep the page and ask whether it is still current. */
      readonly tag?: string
      /** For pages whose address is a secret. */
      readonly secret?: true
      readonly cookie?: Cookies
    }
  | { readonly reply: "redirect"; readonly to: string; readonly cookie?: Cookies; readonly forget?: true }
  /** To the OpenID provider of the settings: the one address outside that a browser is sent to. */
  | { readonly reply: "provider"; readonly to: URL; readonly cookie: Cookies }
  | { readonly reply: "json"; readonly status: number; readonly body: unknown; readonly retryAfter?: number }
  | { readonly reply: "file"; readonly bytes: Uint8Array; readonly type: string; readonly name: string; readonly tag?: string }
  | { readonly reply: "unchanged"; readonly tag: string }
  | Problem

/** What goes into `Set-Cookie`. */
type Cookies = string | string[]

/** A page that says what went wrong and what to do. `kept` is what was typed, so that it can be copied. */
export interface Problem {
  readonly reply: "problem"
  readonly status: number
  readonly heading: string
  readonly text: readonly string[]
  readonly kept?: readonly { readonly name: string; readonly value: string }[]
  readonly allow?: string
  /** Seconds. */
  readonly retryAfter?: number
  readonly link?: { readonly href: string; readonly text: string }
}

/** Shows the template `name` inside the frame. */
export const page = (
  name: string,
  frame: Frame,
  locals: Locals,
  options: { status?: number; tag?: string; secret?: true } = {},
): Reply => ({ reply: "page", name, frame, locals, ...options })

/** 303 to a path of this site. */
export const redirect = (to: string): Extract<Reply, { reply: "redirect" }> => ({ reply: "redirect", to })

export const notFound = (): Problem => ({
  reply: "problem",
  status: 404,
  heading: "This page does not exist",
  text: ["Check the address, or go back to the page you came from."],
})

/** Writes a reply. `asJson` turns problem pages into JSON for scripts. */
export const send = (response: Response, reply: Reply, pages: Pages, requestId: string, asJson = false): void => {
  switch (reply.reply) {
    case "page":
      if (reply.secret) response.set("Referrer-Policy", "no-referrer")
      if (reply.cookie !== undefined) response.set("Set-Cookie", reply.cookie)
      if (reply.tag !== undefined) mayBeKept(response, reply.tag)
      return sendText(
        response,
        reply.status ?? 200,
        "text/html; charset=utf-8",
        pages.page(reply.name, reply.frame, reply.locals),
      )
    case "redirect":
      return sendRedirect(response, reply)
    case "provider":
      return sendToProvider(response, reply)
    case "json":
      if (reply.retryAfter !== undefined) response.set("Retry-After", String(reply.retryAfter))
      return sendText(response, reply.status, "application/json; charset=utf-8", JSON.stringify(reply.body))
    case "file":
      if (reply.tag !== undefined) mayBeKept(response, reply.tag)
      response.status(200).attachment(fileName(reply.name)).set("Content-Type", reply.type)
      response.end(Buffer.from(reply.bytes))
      return
    case "unchanged":
      mayBeKept(response, reply.tag)
      response.status(304).end()
      return
    case "problem":
      return sendProblem(response, reply, pages, requestId, asJson)
  }
}

const mayBeKept = (response: Response, tag: string): void => {
  response.set({ "Cache-Control": "private, no-cache", ETag: `"${tag}"` })
}

const sendRedirect = (response: Response, reply: Extract<Reply, { reply: "redirect" }>): void => {
  if (!/^\/(?![/\\])[\x21-\x7e]*$/.test(reply.to)) throw new Error(`Not a path of this site: ${JSON.stringify(reply.to)}`)
  if (reply.cookie !== undefined) response.set("Set-Cookie", reply.cookie)
  if (reply.forget) response.set("Clear-Site-Data", '"cache", "storage"')
  response.status(303).set("Location", reply.to).end()
}

/** Over https, or to this machine: the settings take no other provider. */
const sendToProvider = (response: Response, { to, cookie }: Extract<Reply, { reply: "provider" }>): void => {
  if (!/^(?:https:|http:\/\/(?:localhost|127(?:\.\d{1,3}){3}|\[::1\])(?::|\/))/.test(to.href))
    throw new Error("Not a provider's address")
  response.set("Set-Cookie", cookie)
  response.status(303).set({ Location: to.href, "Referrer-Policy": "no-referrer" }).end()
}

const sendProblem = (response: Response, problem: Problem, pages: Pages, requestId: string, asJson: boolean): void => {
  if (problem.allow !== undefined) response.set("Allow", problem.allow)
  if (problem.retryAfter !== undefined) response.set("Retry-After", String(problem.retryAfter))
  if (asJson) {
    const message = [problem.heading, ...problem.text].join(". ")
    return sendText(response, problem.status, "application/json; charset=utf-8", JSON.stringify({ message, requestId }))
  }
  const frame: Frame = { title: [problem.heading], area: "respondent", width: "form" }
  const locals = { problem, requestId: problem.status >= 500 ? requestId : undefined }
  sendText(response, problem.status, "text/html; charset=utf-8", pages.page("error", frame, locals))
}

const sendText = (response: Response, status: number, type: string, text: string): void => {
  const bytes = Buffer.from(text)
  response.status(status).set({ "Content-Type": type, Vary: "Accept-Encoding" })
  if (response.req.method === "HEAD") return void response.set("Content-Length", String(bytes.length)).end()
  const [encoding, body] = compressed(response.req.headers["accept-encoding"] ?? "", bytes)
  if (encoding !== undefined) response.set("Content-Encoding", encoding)
  response.set("Content-Length", String(body.length)).end(body)
}

/** Brotli 1 costs less time than gzip 1 and gives less; small bodies are not worth it. */
const compressed = (accepts: string, bytes: Buffer): readonly [string | undefined, Buffer] => {
  if (bytes.length < 1400) return [undefined, bytes]
  if (/\bbr\b/.test(accepts)) {
    return ["br", brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_QUALITY]: 1 } })]
  }
  return /\bgzip\b/.test(accepts) ? ["gzip", gzipSync(bytes, { level: 1 })] : [undefined, bytes]
}

/** Letters, digits, dots and dashes only, so that no title can break a header; the ending stays also when nothing else does. */
const fileName = (name: string): string => {
  const end = /[.][a-z]{1,5}$/.exec(name)?.[0] ?? ""
  const plain = name
    .slice(0, name.length - end.length)
    .normalize("NFKD")
    .replaceAll(/\p{M}/gu, "")
    .replaceAll(/[^A-Za-z0-9._-]+/g, "-")
    .slice(0, 100)
    .replaceAll(/^[-.]+|[-.]+$/g, "")
  return `${plain || "headwater"}${end}`
}
