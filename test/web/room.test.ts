import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { accountToken, openStage, type Stage } from "./stage.ts"

let free = 10e9
let stage: Stage
beforeEach(async () => {
  free = 10e9
  stage = await openStage({ replace: { freeBytes: () => free } })
})
afterEach(() => stage.close())

const fillTo = (bytes: number) => {
  free = bytes
  stage.wait(1_000)
}
const save = (agent: Awaited<ReturnType<Stage["respondent"]>>, key: string) =>
  agent.put("/respond/orders/answers/SRC-01").send({ seen: 0, key, fields: { "SRC-01": "2" } })
const ready = async () => {
  const { status, body } = await stage.visitor().get("/readyz")
  return [status, (body as { status: string }).status]
}

describe("below 500 MB", () => {
  test("answers are saved, consultants are told on every page, PDFs and imports wait", async () => {
    const petra = await stage.respondent("petra")
    const carla = stage.consultant()
    const before = await carla.get("/engagements/e1/plan").expect(200)
    fillTo(499e6)
    await save(petra, "k1").expect(200)
    const held = await carla.get("/engagements/e1/plan").set("If-None-Match", String(before.headers["etag"])).expect(200)
    expect(held.text).toContain("The disk of this server is nearly full")
    expect((await petra.get("/respond")).text).not.toContain("The disk of this server")
    await carla.get("/engagements/e1/report.pdf").expect(507)
    await carla.post("/engagements/import").attach("file", Buffer.from("{}"), "e.json").expect(507)
    await carla.post("/engagements/e1/domains/new").type("form").send({ name: "Returns" }).expect(303)
    expect(await ready()).toEqual([200, "degraded"])
    fillTo(501e6)
    expect((await carla.get("/engagements/e1/plan")).text).not.toContain("The disk of this server")
    expect(await ready()).toEqual([200, "ok"])
  })
})

describe("below 100 MB", () => {
  test("no change is taken and what was typed stays; reading, exporting and signing in go on; room brings it all back", async () => {
    const petra = await stage.respondent("petra")
    fillTo(99e6)
    const refused = await save(petra, "k1").expect(507)
    expect((refused.body as { message: string }).message).toContain("nearly full")
    const form = await petra.post("/respond/orders/SRC").type("form").send({ "SRC-01.comment": "typed with care" }).expect(507)
    expect(form.text).toContain("typed with care")
    await stage.consultant().post("/engagements").type("form").send({ title: "T", client: "C", domains: "D" }).expect(507)
    await petra.get("/respond").expect(200)
    await stage.respondent("anil")
    expect((await stage.consultant().get("/engagements/e1")).text).toContain("Nothing can be saved until there is room")
    await stage.consultant().get("/engagements/e1/engagement.json").expect(200)
    await stage.visitor().get("/sign-in").expect(200)
    fillTo(600e6)
    await save(petra, "k1").expect(200)
  })
})

test("only administrators see at /readyz what there is to see", async () => {
  const ask = async (name: "carla" | "ada") => (await stage.consultant(name).get("/readyz")).body as Record<string, unknown>
  expect(Object.keys(await ask("carla"))).toEqual(["status"])
  expect((await stage.visitor().get("/readyz")).body).toEqual({ status: "ok" })
  expect(await ask("ada")).toMatchObject({
    details: { store: "sqlite", storeAnswers: true, room: "enough", freeMegabytes: 10_000 },
  })
  expect(stage.logged.join("")).not.toContain(accountToken("ada"))
})
