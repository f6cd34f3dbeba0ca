import { afterEach, expect, test } from "vitest"
import supertest from "supertest"
import { everybody } from "../fixtures/engagements.ts"
import { accountToken, openStage, type Stage, type StageOptions } from "./stage.ts"

let stage: Stage
afterEach(() => stage.close())

const few = { requestsPerMinute: 3, pdfsPerMinute: 2, pdfsAtOnce: 1, exportsPerHour: 2 }
const open = async (options: StageOptions = {}, limits = few) => {
  stage = await openStage({ ...options, config: { limits, ...options.config } })
}
const times = (count: number): readonly number[] => Array.from({ length: count }, (_, index) => index)
const statuses = async (ask: () => PromiseLike<{ status: number }>, count: number): Promise<readonly number[]> => {
  const got: number[] = []
  for (const _ of times(count)) got.push((await ask()).status)
  return got
}

test("an address without a session is asked to wait, and may go on a minute later", async () => {
  await open()
  const ask = () => stage.visitor().get("/sign-in")
  expect(await statuses(ask, 4)).toEqual([200, 200, 200, 429])
  const refused = await ask()
  expect(Number(refused.headers["retry-after"])).toBeGreaterThan(0)
  expect(refused.text).toContain("Wait")
  stage.wait(60_000)
  expect((await ask()).status).toBe(200)
})

test("a room behind one address: everybody opens their link and goes on, whatever the others do", async () => {
  await open()
  for (const { id } of everybody) await (await stage.respondent(id)).get("/respond").expect(200)
  const anil = await stage.respondent("anil")
  await anil.get("/respond").expect(200)
  expect(await statuses(() => stage.visitor().get("/sign-in"), 5)).toContain(429)
  await anil.get("/respond").expect(200)
  await stage.visitor().get("/sign-in").expect(429)
  await stage.respondent("marta")
})

test("guessing links or sessions counts against the address", async () => {
  await open()
  expect(await statuses(() => stage.visitor().get("/r/unknown"), 4)).toEqual([404, 404, 404, 429])
  const guess = supertest.agent(stage.app).set("Cookie", `headwater-account=${accountToken("carla")}x`)
  expect(await statuses(() => guess.get("/"), 4)).toEqual([303, 303, 303, 429])
})

test("one person's requests are limited by themselves, saves by their own limit", async () => {
  await open()
  const petra = await stage.respondent("petra")
  expect(await statuses(() => petra.get("/respond"), 4)).toEqual([200, 200, 200, 429])
  const saved = await petra.put("/respond/orders/answers/SRC-01").send({ seen: 0, key: "k1", fields: { "SRC-01": "2" } })
  expect(saved.status).toBe(200)
})

test("what is refused in a form stays on the page", async () => {
  await open()
  const petra = await stage.respondent("petra")
  await statuses(() => petra.get("/respond"), 3)
  const refused = await petra.post("/respond/orders/SRC").type("form").send({ "SRC-01.comment": "typed with care" }).expect(429)
  expect(refused.text).toContain("typed with care")
})

test("PDFs and exports are dear: some in a minute, one at once, some in an hour", async () => {
  const slow = Promise.withResolvers<Uint8Array>()
  const renders: Promise<Uint8Array>[] = [slow.promise]
  await open(
    { replace: { pdf: { render: () => renders.shift() ?? Promise.resolve(new Uint8Array([1])) } } },
    { ...few, requestsPerMinute: 100 },
  )
  const carla = stage.consultant()
  const pdf = () => carla.get("/engagements/e1/report.pdf").then(({ status }) => status)
  const first = pdf()
  await stage.consultant().get("/engagements/e1").expect(200)
  expect(await pdf()).toBe(429)
  slow.resolve(new Uint8Array([1]))
  expect(await first).toBe(200)
  expect([await pdf(), await pdf()]).toEqual([200, 429])
  expect(await statuses(() => carla.get("/engagements/e1/engagement.json"), 3)).toEqual([200, 200, 429])
  stage.wait(60_000)
  expect([await pdf(), (await carla.get("/engagements/e1/result.json")).status]).toEqual([200, 429])
  for (const _ of times(3)) {
    stage.wait(20 * 60_000)
    await carla.get("/engagements/e1").expect(200)
  }
  await carla.get("/engagements/e1/result.json").expect(200)
})

test("probes are never counted", async () => {
  await open()
  expect(new Set(await statuses(() => stage.visitor().get("/livez"), 10))).toEqual(new Set([200]))
})

test("where a request comes from is believed of trusted proxies alone", async () => {
  await open({ config: { trustedProxies: ["10.0.0.0/8"] } })
  const spoofed = (from: string) => stage.visitor().get("/sign-in").set("X-Forwarded-For", from)
  expect(await statuses(() => spoofed(`203.0.113.${Math.ceil(Math.random() * 200)}`), 4)).toEqual([200, 200, 200, 429])
  await stage.close()
  await open({ config: { trustedProxies: ["loopback"] } })
  expect(await statuses(() => spoofed("203.0.113.7"), 4)).toEqual([200, 200, 200, 429])
  // The last proxy adds the address it saw; what stood before it was the client's own claim.
  expect((await spoofed("203.0.113.8, 203.0.113.7")).status).toBe(429)
  expect((await spoofed("203.0.113.8")).status).toBe(200)
})

test("addresses of one IPv6 network are one source", async () => {
  await open({ config: { trustedProxies: ["loopback"] } })
  let host = 0
  const ask = () =>
    stage
      .visitor()
      .get("/sign-in")
      .set("X-Forwarded-For", `2001:db8:1:2::${(host += 1)}`)
  expect(await statuses(ask, 4)).toEqual([200, 200, 200, 429])
  expect((await stage.visitor().get("/sign-in").set("X-Forwarded-For", "2001:db8:1:3::1")).status).toBe(200)
})
