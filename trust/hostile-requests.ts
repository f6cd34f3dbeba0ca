/** Requests as no browser of good will sends them, made from the site's own routes and form fields. */
import { gzipSync } from "node:zlib"
import { routes } from "../src/web/routes.ts"
import type { Route } from "../src/web/visit.ts"
import type { Question } from "./ask.ts"
import { between, type Chance, oneOf } from "./experiment.ts"
import type { HostileSite } from "./hostile-site.ts"

export interface HostileRequest {
  readonly path: string
  readonly question: Question
}

/** Values for any field: near misses, and what breaks parsers, databases, templates and sheets. */
const texts: readonly string[] = [
  "",
  " ",
  "0",
  "-1",
  "1e309",
  "NaN",
  "00000000000000001",
  "999999999999999999999",
  "true",
  "null",
  "undefined",
  "[]",
  "{}",
  "a\u0000b",
  "\ud800",
  "\udfff\ud800",
  "\u202e\u2066",
  "\ufeff",
  "\r\nSet-Cookie: x=1",
  "x\n\ty",
  "é\u0301".repeat(50),
  "' OR 1=1 --",
  "'; DROP TABLE answer; --",
  "<script>alert(1)</script>",
  '"><img src=x onerror=alert(1)>',
  "{{7*7}}",
  "<%= 7*7 %>",
  "${7*7}",
  "=1+1",
  "@SUM(A1)",
  "../../../../etc/passwd",
  "..\\..\\x",
  "file:///etc/passwd",
  "javascript:alert(1)",
  "//evil.example",
  "__proto__",
  "constructor",
  "toString",
  "hasOwnProperty",
  "2026-02-30",
  "2026-13-45T99:99",
  "9999999-01-01",
  "12:99",
  "1 parsec",
  "x".repeat(10_001),
  "😀".repeat(6_000),
  "a,b;c\td|e",
  "%00",
  "%",
  "%E0%A4%A",
  "orders",
  "SRC-01",
  "petra",
  "answered",
  "yes",
  "on",
]

/** Parts of an address, as sent: some are no valid encoding. */
const parts = [
  "%00",
  "%ff",
  "%ED%A0%80",
  "%E0%A4%A",
  "..%2f..%2fetc",
  "%2e%2e",
  "a%20b",
  "%0d%0aX:1",
  "x".repeat(1_500),
  "'%20OR%201",
  "__proto__",
  "-1",
]

const strangeMethods = ["HEAD", "OPTIONS", "DELETE", "PATCH", "PROPFIND", "TRACE", "PUT", "POST", "GET", "MKCOL"]

const bomb = gzipSync(Buffer.alloc(50_000_000))

/** The next request; `fields` are the names of form fields that the site's pages have. */
export const hostileRequest = (chance: Chance, site: HostileSite, fields: readonly string[]): HostileRequest => {
  const route = oneOf(chance, routes)
  const method = chance() < 0.92 ? route.method.toUpperCase() : oneOf(chance, strangeMethods)
  const { body, type, encoding } = method === "GET" || method === "HEAD" ? noBody : bodyFor(chance, route, fields)
  const headers = {
    "sec-fetch-site": "same-origin",
    ...(chance() < 0.9 && { cookie: oneOf(chance, site.cookies) }),
    ...(type !== undefined && { "content-type": type }),
    ...(encoding !== undefined && { "content-encoding": encoding }),
    ...(chance() < 0.1 && {
      "accept-encoding": "br, gzip;q=x, \u00ff",
      "if-none-match": 'W/"a", "\u00e9"',
      "x-forwarded-for": "1.2.3.4, x",
    }),
  }
  return { path: addressFor(chance, route, site), question: { method, headers, ...(body !== undefined && { body }) } }
}

interface Sent {
  readonly body?: string | Uint8Array
  readonly type?: string
  readonly encoding?: string
}

const noBody: Sent = {}

const addressFor = (chance: Chance, route: Route, { engagements, people }: HostileSite): string => {
  const known: Readonly<Record<string, readonly string[]>> = {
    engagement: engagements,
    person: people,
    domain: ["orders", "billing"],
    question: ["SRC-01", "SRC-02", "SRC-03", "SRC-04", "USE-01"],
    section: ["SRC", "USE"],
    account: ["victim"],
    row: ["3c3f6a4e-8a5c-4f0e-9a53-6f2b1f0f7a11"],
    initiative: ["I1", "I2"],
  }
  const path = route.path.replaceAll(/:(\w+)/g, (_, name: string) =>
    chance() < 0.85 ? oneOf(chance, known[name] ?? ["x"]) : chance() < 0.5 ? oneOf(chance, parts) : encoded(oneOf(chance, texts)),
  )
  if (chance() < 0.7) return path
  const name = oneOf(chance, [
    "to",
    "done",
    "one",
    "more",
    "from",
    "sort",
    "filter",
    "page",
    "role",
    "return",
    "domain",
    "__proto__",
  ])
  const value = encoded(oneOf(chance, texts).slice(0, 300))
  return `${path}?${name}=${value}${chance() < 0.4 ? `&${name}=${value}` : ""}`
}

/** Percent-encoded without refusing what is not well formed. */
const encoded = (text: string): string =>
  [...Buffer.from(text.slice(0, 400))].map((byte) => `%${byte.toString(16).padStart(2, "0")}`).join("")

const bodyFor = (chance: Chance, route: Route, fields: readonly string[]): Sent => {
  const odd = chance()
  if (odd < 0.02) return { body: bomb, type: typeOf(route), encoding: "gzip" }
  if (odd < 0.03) return { body: "x".repeat(3_000_000), type: typeOf(route) }
  if (odd < 0.06) return { body: Buffer.from([0xff, 0xfe, 0x61, 0x3d, 0xc3, 0x28]), type: typeOf(route) }
  if (odd < 0.08) return { body: "a=b", type: `${typeOf(route)}; charset=${oneOf(chance, ["utf-7", "x", "utf-16le", "\u00e9"])}` }
  if (odd < 0.1) return { body: "a=b", type: typeOf(route), encoding: oneOf(chance, ["gzip", "br", "deflate", "x"]) }
  if (odd < 0.12) return { body: "a=b", type: oneOf(chance, ["text/plain", "application/xml", "", "application/json", "*/*"]) }
  if (route.body === "json") return { body: jsonFor(chance), type: typeOf(route) }
  if (route.body === "upload" || route.body === "files") return { body: uploadFor(chance), type: typeOf(route) }
  return { body: formFor(chance, fields), type: typeOf(route) }
}

const typeOf = ({ body }: Route): string =>
  body === "json"
    ? "application/json"
    : body === "upload" || body === "files"
      ? "multipart/form-data; boundary=b"
      : "application/x-www-form-urlencoded"

const formFor = (chance: Chance, fields: readonly string[]): string => {
  const pairs = Array.from({ length: between(chance, 0, 14) }, () => {
    const name = chance() < 0.93 ? oneOf(chance, fields) : oneOf(chance, texts)
    return `${encoded(name)}=${encodedWhole(oneOf(chance, texts))}`
  })
  if (chance() < 0.03) pairs.push(...Array.from({ length: 3_000 }, (_, at) => `f${at}=1`))
  return pairs.join("&")
}

const encodedWhole = (text: string): string => (text.isWellFormed() ? encodeURIComponent(text) : "%ED%A0%80%ff")

const jsonFor = (chance: Chance): string => {
  const text = (): string => JSON.stringify(oneOf(chance, texts))
  const odd = chance()
  if (odd < 0.1) return "[".repeat(20_000) + "]".repeat(20_000)
  if (odd < 0.2) return `{"__proto__":{"x":1},"seen":0,"key":"k","fields":{"constructor":${text()}}}`
  if (odd < 0.3) return oneOf(chance, ["", "{", "null", "1", '"x"', "[]", '{"seen":1e400}', '{"a":1,"a":2}', "\u0000"])
  const seen = chance() < 0.6 ? between(chance, 0, 3) : text()
  const key = chance() < 0.7 ? JSON.stringify(`k${between(chance, 0, 50)}`) : text()
  const value = chance() < 0.7 ? text() : oneOf(chance, ["[]", '["0","4"]', "3", "null", "{}", `[${text()},${text()}]`])
  const name = JSON.stringify(
    oneOf(chance, ["SRC-01", "SRC-03", "USE-01", "SRC-01.comment", "SRC-01.reason", "SRC-01.grade", "x"]),
  )
  return `{"seen":${seen},"key":${key},"fields":{${name}:${value}}}`
}

const uploadFor = (chance: Chance): string | Buffer => {
  const odd = chance()
  if (odd < 0.3) return oneOf(chance, ["", "--b", "--b\r\n\r\n--b--", "--c\r\n\r\nx\r\n--c--\r\n", "\u0000"])
  const name = oneOf(chance, ["file", "text", "x", 'a"b'])
  const content = oneOf(chance, [...texts, "{".repeat(50_000), '{"format":"headwater-engagement/1"}', "name;age\n=1+1;2"])
  return `--b\r\ncontent-disposition: form-data; name="${name}"; filename="${oneOf(chance, ["a.json", "../x", "\u00e9.csv"])}"\r\n\r\n${content}\r\n--b--\r\n`
}
