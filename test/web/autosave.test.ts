import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { createLimiter } from "../../src/web/limiter.ts"
import { tokenHash } from "../../src/web/session.ts"
import { anEngagement } from "../fixtures/engagements.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { type Browser, NOON, openStage, type Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

let stage: Stage
let petra: Browser
beforeEach(async () => {
  stage = await openStage()
  petra = await stage.respondent("petra")
})
afterEach(() => stage.close())

const put = (question: string, body: object) => petra.put(`/respond/orders/answers/${question}`).send(body)
const answer = (value: unknown, seen = 0, key = "k1") => ({ seen, key, fields: { "SRC-01": value } })

test("an answer is saved once, however often it is sent, and the time comes from the server", async () => {
  const first = await put("SRC-01", answer("4")).expect(200)
  expect(first.body).toEqual({
    outcome: "saved",
    revision: 1,
    savedAt: new Date(NOON).toISOString(),
    problems: [],
    skipped: {},
    left: "9 questions left in all, about 20 minutes.",
  })
  stage.wait(1000)
  expect((await put("SRC-01", answer("4")).expect(200)).body).toMatchObject({
    revision: 1,
    savedAt: new Date(NOON).toISOString(),
  })
  const history = await stage.store.answerHistory({ engagement: "e1", by: program }, "petra", "orders", "SRC-01")
  expect(history).toHaveLength(1)
})

test("an answer that cannot be read is kept as typed, and the reply says what to do", async () => {
  const reply = await put("SRC-03", { seen: 0, key: "k", fields: { "SRC-03": ["kafka", "none"] } }).expect(200)
  expect(reply.body.problems).toEqual([
    { field: "SRC-03", message: 'Select "None of these" or the answers that apply, not both' },
  ])
  expect((await petra.get("/respond/orders/SRC")).text).toMatch(/value="kafka" checked/)
})

test("an answer that takes others away names them", async () => {
  const reply = await put("SRC-01", answer("0")).expect(200)
  expect(reply.body.skipped).toMatchObject({ "SRC-02": "There are no events." })
})

test("two tabs: the second gets both answers; the same answer is no conflict", async () => {
  await put("SRC-01", answer("4", 0, "tab-1")).expect(200)
  const reply = await put("SRC-01", answer("2", 0, "tab-2")).expect(409)
  expect(reply.body).toEqual({
    outcome: "conflict",
    revision: 1,
    savedAt: new Date(NOON).toISOString(),
    text: "By events",
    fields: { "SRC-01": "4" },
    mine: "By capture",
  })
  await put("SRC-01", answer("4", 0, "tab-3")).expect(200)
  await put("SRC-01", answer("2", 1, "tab-4")).expect(200)
})

test("a page whose reply was lost goes on from what it stored, also back to what it showed, and by its form too", async () => {
  await put("SRC-01", answer("4", 0, "k1")).expect(200)
  await put("SRC-01", answer("2", 1, "lost")).expect(200)
  const back = await put("SRC-01", { ...answer("4", 1, "k3"), unheard: ["lost"] }).expect(200)
  expect(back.body).toMatchObject({ outcome: "saved", revision: 3 })
  await put("SRC-01", answer("2", 3, "on-its-way")).expect(200)
  const form = { "SRC-01": "0", "SRC-01.seen": "3", "SRC-01.key": "k4", "SRC-01.unheard": "k3 on-its-way", action: "later" }
  await petra.post("/respond/orders/SRC").type("form").send(form).expect(303)
  const last = await stage.store.loadResponse({ engagement: "e1", respondent: "petra", by: program })
  expect(last?.answers).toMatchObject([{ question: "SRC-01", value: 0, revision: 5 }])
})

test.each(["constructor", "__proto__", "toString"])("a field called %s is refused, not failed at", async (name) => {
  await petra.put("/respond/orders/answers/SRC-01").type("json").send(`{"seen":0,"key":"k","fields":{"${name}":"x"}}`).expect(400)
})

test("an empty answer clears", async () => {
  await put("SRC-03", { seen: 0, key: "a", fields: { "SRC-03": "kafka" } }).expect(200)
  await put("SRC-03", { seen: 1, key: "b", fields: {} }).expect(200)
  expect((await petra.get("/respond/orders/SRC")).text).not.toContain(" checked")
})

describe("is refused", () => {
  const cases: readonly [string, string, object, number][] = [
    ["a question that does not exist", "ZZZ-99", answer("4"), 404],
    ["a question that is not asked of the role", "USE-02", answer("4"), 404],
    ["no key", "SRC-01", { seen: 0, fields: {} }, 400],
    ["an unknown key", "SRC-01", { ...answer("4"), admin: true }, 400],
    ["a negative revision", "SRC-01", answer("4", -1), 400],
    ["a number where text is expected", "SRC-01", answer(4), 400],
    ["a list of lists", "SRC-01", answer([["4"]]), 400],
    ["fields of another question", "SRC-01", { seen: 0, key: "k", fields: { "SRC-03": "kafka" } }, 400],
    ["a list instead of an object", "SRC-01", [1], 400],
    ["too much", "SRC-01", answer("x".repeat(1_100_000)), 413],
  ]
  test.each(cases)("%s", async (_name, question, body, status) => {
    const reply = await put(question, body).expect(status)
    expect(reply.body.message).toMatch(/\w/)
  })

  test("JSON nested deeper than anything we send, and JSON that is none", async () => {
    const send = (text: string) => petra.put("/respond/orders/answers/SRC-01").type("json").send(text)
    await send(`{"a":${"[".repeat(20_000)}${"]".repeat(20_000)}}`).expect(400)
    await send("{").expect(400)
    await petra.put("/respond/orders/answers/SRC-01").type("form").send("a=1").expect(415)
  })

  test("without a session", async () => {
    const reply = await stage.visitor().put("/respond/orders/answers/SRC-01").send(answer("4")).expect(403)
    expect(reply.body.message).toContain("Open your personal link again")
  })

  test("after the answers are submitted", async () => {
    await petra.post("/respond/submit").type("form").expect(303)
    expect((await put("SRC-01", answer("4")).expect(409)).body).toEqual({
      outcome: "closed",
      message: "Your answers are already submitted. To change one, open your answers again first.",
    })
  })

  test("when it comes too often, until the minute is over", async () => {
    const site = await openStage({ config: { savesPerMinute: 2 } })
    const agent = await site.respondent("petra")
    const save = (key: string) => agent.put("/respond/orders/answers/SRC-01").send(answer("4", 0, key))
    await save("a").expect(200)
    await save("b").expect(200)
    const refused = await save("c").expect(429)
    expect(refused.headers["retry-after"]).toBe("60")
    site.wait(60_000)
    await save("c").expect(200)
    await site.close()
  })
})

test("who has the same id in another engagement is somebody else to the limiter", async () => {
  const site = await openStage({ config: { savesPerMinute: 1 } })
  await site.store.addEngagement({ engagement: "e2", by: program }, anEngagement(smallQuestionnaire), smallQuestionnaire, NOON)
  const namesake = site.visitor()
  const other = "a".repeat(43)
  await site.store.issueLink({ engagement: "e2", respondent: "petra", by: program }, tokenHash(other), NOON + 60_000, NOON)
  await namesake.post(`/r/${other}`).type("form").expect(303)
  await (await site.respondent("petra")).put("/respond/orders/answers/SRC-01").send(answer("4")).expect(200)
  await namesake.put("/respond/orders/answers/SRC-01").send(answer("4")).expect(200)
  await namesake
    .put("/respond/orders/answers/SRC-01")
    .send(answer("2", 1, "k2"))
    .expect(429)
  await site.close()
})

test("the limiter counts for each person and forgets the oldest beyond ten thousand", () => {
  let now = 0
  const limit = createLimiter(1, () => now)
  expect([limit("a"), limit("b")]).toEqual([0, 0])
  now = 1500
  expect([limit("a", "look"), limit("a"), limit("c", "look"), limit("c")]).toEqual([59, 59, 0, 0])
  for (let i = 0; i < 10_000; i += 1) limit(`x${i}`)
  expect(limit("a")).toBe(0)
})
