/** The protective headers, on every kind of answer. */
import type { Answer, Question } from "./ask.ts"
import { form } from "./ask.ts"
import { openSite, type Site } from "./site.ts"

const host = "headwater.example.com"

const policy = [
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
  "upgrade-insecure-requests",
]

interface Kind {
  readonly name: string
  readonly path: string
  readonly status: number
  readonly ask?: Question
  readonly kept?: "asset"
  readonly secret?: true
}

const kinds = (asset: string, link: string, cookie: string): readonly Kind[] => [
  { name: "page", path: "/engagements/e1", status: 200, ask: { headers: { cookie } } },
  { name: "sign-in", path: "/sign-in", status: 200 },
  { name: "personal link", path: `/r/${link}`, status: 200, secret: true },
  { name: "JSON", path: "/engagements/e1/engagement.json", status: 200, ask: { headers: { cookie } } },
  { name: "static file", path: asset, status: 200, kept: "asset" },
  { name: "HEAD", path: "/sign-in", status: 200, ask: { method: "HEAD" } },
  { name: "redirect", path: "/", status: 303 },
  { name: "broken address", path: "/engagements/%E0%A4%A", status: 400 },
  { name: "refused origin", path: "/sign-in", status: 403, ask: { ...form({}), headers: { "sec-fetch-site": "cross-site" } } },
  { name: "missing page", path: "/nowhere", status: 404 },
  { name: "missing file", path: "/assets/x/none.css", status: 404 },
  { name: "wrong method", path: "/sign-in", status: 405, ask: { ...form({}), method: "DELETE" } },
  { name: "too much", path: "/sign-in", status: 413, ask: { ...form({}), body: `email=${"x".repeat(2_500_000)}` } },
  { name: "too long an address", path: `/${"x".repeat(3_000)}`, status: 414 },
  { name: "wrong type", path: "/sign-in", status: 415, ask: { ...form({}), headers: { "sec-fetch-site": "same-origin" } } },
  { name: "wrong host", path: "/", status: 421, ask: { headers: { host: "elsewhere.example" } } },
  { name: "failure", path: "/engagements/e1/report.pdf", status: 500, ask: { headers: { cookie } } },
]

/** Asks for each kind of answer as the public https site and names what is missing. */
export const checkHeaders = async (): Promise<{ readonly answers: number; readonly wrong: readonly string[] }> => {
  const render = (): Promise<Uint8Array> => Promise.reject(new Error("made to fail"))
  const site = await openSite({ config: { publicUrl: `https://${host}` }, replace: { pdf: { render } } })
  try {
    const wrong: string[] = []
    const all = kinds(await assetOf(site), await linkOf(site), site.accountCookie("carla").replace(/^/, "__Host-"))
    for (const kind of all) {
      const { headers, ...ask } = kind.ask ?? {}
      const answer = await site.ask(kind.path, { ...ask, headers: { host, ...headers } })
      wrong.push(...missingFrom(kind, answer).map((text) => `${kind.name}: ${text}`))
    }
    return { answers: all.length, wrong }
  } finally {
    await site.close()
  }
}

const assetOf = async ({ ask }: Site): Promise<string> => {
  const { text } = await ask("/sign-in", { headers: { host } })
  return /href="(\/assets\/[^"]+\.css)"/.exec(text)?.[1] ?? "/assets/none"
}

const linkOf = async ({ stage, respondents }: Site): Promise<string> => stage.issueLink(respondents[0] ?? "")

const missingFrom = (kind: Kind, { status, headers }: Answer): readonly string[] => {
  const one = (name: string): string => String(headers[name] ?? "")
  const given = new Set(one("content-security-policy").split("; "))
  const type = one("content-type")
  const checks: readonly (readonly [string, boolean])[] = [
    [`status ${status} instead of ${kind.status}`, status === kind.status],
    ["content policy", policy.every((part) => given.has(part)) && given.size === policy.length],
    ["HSTS of two years", one("strict-transport-security").startsWith("max-age=63072000; includeSubDomains")],
    ["nosniff", one("x-content-type-options") === "nosniff"],
    ["referrer policy", one("referrer-policy") === "no-referrer" || (!kind.secret && one("referrer-policy") === "same-origin")],
    ["opener policy", one("cross-origin-opener-policy") === "same-origin"],
    ["resource policy", one("cross-origin-resource-policy") === "same-origin"],
    ["permissions policy", one("permissions-policy").includes("camera=()")],
    ["no X-Powered-By", headers["x-powered-by"] === undefined],
    ["charset", !/^(text\/|application\/json)/.test(type) || /charset=utf-8/i.test(type)],
    ["caching", isCachedRightly(kind, one("cache-control"), one("etag"))],
  ]
  return checks.flatMap(([text, holds]) => (holds ? [] : [text]))
}

/** Nothing is kept but files that never change, and pages that a browser must ask about each time. */
const isCachedRightly = ({ kept }: Kind, control: string, tag: string): boolean =>
  kept === "asset" ? /immutable|no-cache/.test(control) : control === "no-store" || (tag !== "" && /no-cache/.test(control))
