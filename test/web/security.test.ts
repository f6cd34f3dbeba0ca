import { afterAll, beforeAll, describe, expect, test } from "vitest"
import supertest from "supertest"
import { openStage, type Stage } from "./stage.ts"

let stage: Stage
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.close())

const HEADERS = {
  "x-content-type-options": "nosniff",
  "cross-origin-opener-policy": "same-origin",
  "cross-origin-resource-policy": "same-origin",
}

describe("headers", () => {
  const addresses = ["/livez", "/nowhere", "/r/unknown", "/respond", "/goodbye", "/%zz", "/r/%00"]
  test.each(addresses)("of %s are protective", async (address) => {
    const response = await supertest(stage.app).get(address)
    expect(response.headers).toMatchObject(HEADERS)
    expect(response.headers["content-security-policy"]).toMatch(/^default-src 'none'; script-src 'self'; style-src 'self'/)
    expect(response.headers["content-security-policy"]).toContain("require-trusted-types-for 'script'")
    expect(response.headers["cache-control"]).toBe("no-store")
    expect(response.headers["x-powered-by"]).toBeUndefined()
    expect(response.headers["content-type"]).toContain("charset=utf-8")
  })

  test("a loopback name over http is not told to use https; a public name is", async () => {
    const site = await openStage({ config: { publicUrl: "https://headwater.example" } })
    const local = await supertest(site.app).get("/livez").set("Host", "127.0.0.1:3000")
    const remote = await supertest(site.app).get("/livez").set("Host", "headwater.example")
    await site.close()
    expect(local.headers["strict-transport-security"]).toBeUndefined()
    expect(remote.headers["strict-transport-security"]).toContain("max-age=63072000")
    expect(remote.headers["content-security-policy"]).toContain("upgrade-insecure-requests")
  })

  test("static files may be kept for good, those of another release may not", async () => {
    const page = await supertest(stage.app).get("/goodbye")
    const address = /href="(\/assets\/[0-9a-f]{12}\/style\.css)"/.exec(page.text)?.[1] ?? ""
    const style = await supertest(stage.app).get(address).expect(200)
    expect(style.headers["cache-control"]).toBe("public, max-age=31536000, immutable")
    const other = await supertest(stage.app).get("/assets/000000000000/style.css").expect(200)
    expect(other.headers["cache-control"]).toBe("no-cache")
    await supertest(stage.app).get("/assets/x/../../package.json").expect(404)
    await supertest(stage.app).get("/assets/x/%2e%2e%2fpackage.json").expect(404)
  })
})

describe("names this server answers to", () => {
  test.each(["127.0.0.1:3000", "127.0.0.2:3000", "localhost", "localhost:8080", "[::1]:3000"])("%s", async (host) => {
    await supertest(stage.app).get("/livez").set("Host", host).expect(200)
    await supertest(stage.app).get("/goodbye").set("Host", host).expect(200)
  })
  test.each([
    "evil.example",
    "127.0.0.1.evil.example",
    "127.evil.example.1",
    "localhost.evil.example:80",
    "",
    "127.0.0.1:3000@evil",
  ])("not %s", async (host) => {
    const response = await supertest(stage.app).get("/").set("Host", host).expect(421)
    expect(response.text).toContain("This address is not served here")
  })
  test("a consultant's page asks who comes, by whatever name it is opened", async () => {
    const site = await openStage({ config: { publicUrl: "https://headwater.example" } })
    const asked = (headers: Record<string, string>) => supertest(site.app).get("/engagements/e1/plan").set(headers)
    const remote = await asked({ Host: "headwater.example" })
    const proxied = await asked({ Host: "127.0.0.1:3000", "X-Forwarded-For": "10.0.0.1" })
    await site.close()
    for (const { status, headers } of [remote, proxied]) {
      expect([status, headers["location"]]).toEqual([303, "/sign-in?to=%2Fengagements%2Fe1%2Fplan"])
    }
  })
})

describe("changes that another site asks for", () => {
  const sites = {
    "same-origin": 404,
    none: 404,
    "same-site": 403,
    "cross-site": 403,
    nonsense: 403,
    "same-origin, cross-site": 403,
  }
  test.each(Object.entries(sites))("Sec-Fetch-Site %s gives %i", async (site, status) => {
    await supertest(stage.app).post("/r/unknown").type("form").set("Sec-Fetch-Site", site).expect(status)
  })
  test("a session and Sec-Fetch-Site none do not go together", async () => {
    await supertest(stage.app)
      .post("/respond/submit")
      .type("form")
      .set({ "Sec-Fetch-Site": "none", Cookie: "headwater=x" })
      .expect(403)
  })
  test.each([
    ["http://127.0.0.1:3000", 404],
    ["https://127.0.0.1:3000", 403],
    ["http://127.0.0.1:3001", 403],
    ["http://evil.example", 403],
    ["null", 403],
  ])("without Sec-Fetch-Site, Origin %s gives %i", async (origin, status) => {
    await supertest(stage.app).post("/r/unknown").type("form").set({ Host: "127.0.0.1:3000", Origin: origin }).expect(status)
  })
  test("with neither header, a program without a session may, one with a session may not", async () => {
    await supertest(stage.app).post("/r/unknown").type("form").expect(404)
    await supertest(stage.app).post("/respond/submit").type("form").set("Cookie", "headwater=abc").expect(403)
  })
})

describe("requests that make no sense", () => {
  const cases: readonly [string, number][] = [
    ["/r/%00", 400],
    ["/r/%E0%A4%A", 400],
    ["/livez?a=1&a=2", 400],
    ["/livez/", 404],
    ["/LIVEZ", 404],
  ]
  test.each(cases)("%s gives %i", async (address, status) => {
    const response = await supertest(stage.app).get(address)
    expect(response.status).toBe(status)
    expect(response.text).not.toMatch(/node_modules|\.ts:|Error:/)
  })
  test("an address of over 2,048 signs is too long", async () => {
    await supertest(stage.app)
      .get(`/r/${"x".repeat(2100)}`)
      .expect(414)
  })
  test("a wrong method names the right ones", async () => {
    const response = await supertest(stage.app).delete("/r/abc").expect(405)
    expect(response.headers["allow"]).toBe("GET, HEAD, POST")
  })
  test("a wrong type of body is 415, too much of it 413, too many fields 413 or less", async () => {
    const agent = stage.visitor()
    await agent.post("/r/abc").type("json").send("{}").expect(415)
    await agent
      .post("/r/abc")
      .type("form")
      .send(`a=${"x".repeat(2_100_000)}`)
      .expect(413)
    await agent.post("/r/abc").type("form").send("a=1&".repeat(3000)).expect(413)
  })
  test("an error inside shows a reference and no detail, and is logged with that reference", async () => {
    const broken = { ...stage.store, readLink: () => Promise.reject(new Error("secret detail of the store")) }
    const site = await openStage({ replace: { store: broken } })
    const response = await supertest(site.app).get("/r/abc").expect(500)
    await site.close()
    const reference = /<code>([^<]+)<\/code>/.exec(response.text)?.[1] ?? "none"
    expect(response.text).not.toContain("secret detail")
    expect(site.logged.filter((line) => line.includes("secret detail") && line.includes(reference))).toHaveLength(1)
  })
})

test("the log has the pattern of an address, never the address, the cookie or an answer", async () => {
  const site = await openStage()
  const token = await site.issueLink("petra")
  const agent = site.visitor()
  await agent.get(`/r/${token}`).expect(200)
  const opened = await agent.post(`/r/${token}`).type("form").expect(303)
  await agent.post("/respond/orders/SRC").type("form").send({ "SRC-01": "2", "SRC-01.comment": "canary-comment" }).expect(303)
  const cookie = /headwater=([^;]+)/.exec(String(opened.headers["set-cookie"]))?.[1] ?? ""
  await site.close()
  const log = site.logged.join("")
  expect(log).toContain('"route":"/r/:token"')
  for (const secret of [token, cookie, "canary-comment", "petra"]) expect(log).not.toContain(secret)
})
