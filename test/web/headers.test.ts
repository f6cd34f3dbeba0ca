import { afterAll, beforeAll, expect, test } from "vitest"
import type supertest from "supertest"
import { openStage, type Stage } from "./stage.ts"

let stage: Stage
beforeAll(async () => {
  const readLink = (token: string) => (token === "" ? Promise.resolve(undefined) : Promise.reject(new Error("planted")))
  stage = await openStage({ config: { publicUrl: "https://headwater.example", limits: { requestsPerMinute: 12 } } })
  Object.assign(stage.store, { readLink })
})
afterAll(() => stage.close())

const own = { Host: "headwater.example", "Accept-Encoding": "identity" }
const get = (path: string) => stage.visitor().get(path).set(own)
const post = () => stage.visitor().post("/sign-in").set(own)
const style = async () => /href="(\/assets\/[^"]+style\.css)"/.exec((await get("/nowhere")).text)?.[1] ?? ""

/** Every kind of answer there is, with its status. */
const answers: readonly (readonly [string, number, () => PromiseLike<supertest.Response>])[] = [
  ["a page", 200, () => get("/goodbye")],
  ["data", 200, () => get("/livez")],
  ["a file", 200, async () => await get(await style())],
  ["a redirect", 303, () => get("/")],
  ["a refusal of another site", 403, () => post().set("Sec-Fetch-Site", "cross-site")],
  ["nothing there", 404, () => get("/nowhere")],
  ["a wrong method", 405, () => stage.visitor().delete("/sign-in").set(own)],
  ["TRACE", 405, () => stage.visitor().trace("/livez").set(own)],
  [
    "too much",
    413,
    () =>
      post()
        .type("form")
        .send(`a=${"x".repeat(2_100_000)}`),
  ],
  ["too long an address", 414, () => get(`/r/${"x".repeat(2_100)}`)],
  ["a wrong type", 415, () => post().type("json").send("{}")],
  ["a list where one text belongs", 400, () => get("/sign-in?to=a&to=b")],
  ["our own fault", 500, () => get("/r/some-token")],
]

test.each(answers)("%s has the protective headers", async (_, status, ask) => {
  const { headers, status: got } = await ask()
  expect(got).toBe(status)
  for (const rule of [
    "default-src 'none'",
    "script-src 'self'",
    "frame-ancestors 'none'",
    "base-uri 'none'",
    "form-action 'self'",
  ])
    expect(headers["content-security-policy"]).toContain(rule)
  expect(headers["content-security-policy"]).toContain("require-trusted-types-for 'script'; upgrade-insecure-requests")
  expect(headers["content-security-policy"]).not.toContain("unsafe")
  expect(headers).toMatchObject({
    "strict-transport-security": "max-age=63072000; includeSubDomains",
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
  })
  expect(headers["permissions-policy"]).toContain("camera=()")
  expect(headers["x-powered-by"]).toBeUndefined()
  if (headers["content-type"] !== undefined) expect(headers["content-type"]).toMatch(/charset=utf-8/)
  if (!(headers["cache-control"] ?? "").includes("immutable")) expect(headers["cache-control"]).toBe("no-store")
})

test("so has the answer to somebody who is to wait, and it says for how long", async () => {
  let last = await get("/sign-in")
  for (let turn = 0; last.status === 200 && turn < 20; turn += 1) last = await get("/sign-in")
  expect(last.status).toBe(429)
  expect(last.headers).toMatchObject({ "x-content-type-options": "nosniff", "cache-control": "no-store" })
  expect(Number(last.headers["retry-after"])).toBeGreaterThan(0)
})

test("no page says what it runs on, where its files are or what went wrong inside", async () => {
  for (const ask of answers.slice(5)) {
    const { text } = await ask[2]()
    expect(text).not.toMatch(/node_modules|\.ts\b|express|SELECT |Error:|planted/)
  }
})
