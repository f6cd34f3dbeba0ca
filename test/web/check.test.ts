import { afterEach, beforeEach, expect, test } from "vitest"
import { type Browser, NOON, openStage, type Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

let stage: Stage
let petra: Browser
beforeEach(async () => {
  stage = await openStage()
  petra = await stage.respondent("petra")
})
afterEach(() => stage.close())

const send = (fields: Record<string, string>) => petra.post("/respond/orders/SRC").type("form").send(fields)
const submit = () => petra.post("/respond/submit").type("form").expect(303)

test("all answers are there once more, each with a way back that returns here", async () => {
  await send({ "SRC-01": "4", "SRC-01.comment": "<b>since</b>", "SRC-02": "dont-know" }).expect(303)
  const { text } = await petra.get("/respond/check").expect(200)
  expect(text).toContain("By events")
  expect(text).toContain("&lt;b&gt;since&lt;/b&gt;")
  expect(text).toContain("I don&#39;t know")
  expect(text).toContain('href="/respond/orders/SRC?return=check#SRC-01"')
  expect(text).toContain("questions have no answer yet")
  const form = await petra.get("/respond/orders/SRC?return=check").expect(200)
  expect(form.text).toContain('name="return" value="check"')
})

test("submitting twice ends on the same receipt, with the time of each answer", async () => {
  await send({ "SRC-01": "4" }).expect(303)
  stage.wait(90 * 60_000)
  await submit()
  stage.wait(60_000)
  await submit()
  const { text } = await petra.get("/respond/done").expect(200)
  expect(text).toContain(`<time datetime="${new Date(NOON).toISOString()}">23 November 2026, 12:00 UTC</time>`)
  expect(text).toContain(`<time datetime="${new Date(NOON + 90 * 60_000).toISOString()}">23 November 2026, 13:30 UTC</time>`)
  expect(text).toContain("Petra Vogel, data platform engineer")
})

test("what cannot be read must be repaired before", async () => {
  await send({ "SRC-01": "4", "SRC-01.comment": "x".repeat(10_001) }).expect(422)
  const { text } = await petra.post("/respond/submit").type("form").expect(422)
  expect(text).toContain('<a href="#orders-SRC-01">Repair SRC-01 before you submit</a>')
  await petra.get("/respond/done").expect(303)
})

test("a submitted response is closed, and what was typed stays on the page", async () => {
  await submit()
  const { text } = await send({ "SRC-01": "2", "SRC-01.comment": "one more thing" }).expect(409)
  expect(text).toContain("Your answers are already submitted")
  expect(text).toContain("one more thing")
  for (const address of ["/respond", "/respond/check", "/respond/orders/SRC", "/respond/orders/tables/SRC-04"]) {
    expect((await petra.get(address).expect(303)).headers["location"]).toBe("/respond/done")
  }
  await petra.post("/respond/orders/tables/SRC-04").type("form").send({ none: "yes" }).expect(409)
})

test("a response submitted between opening and saving is closed too", async () => {
  const late = await openStage({
    replace: {
      store: {
        ...stage.store,
        saveAnswers: async (scope, changes, now) => {
          await stage.store.submit(scope, now)
          return stage.store.saveAnswers(scope, changes, now)
        },
      },
    },
  })
  const agent = late.visitor()
  await agent
    .post(`/r/${await stage.issueLink("petra")}`)
    .type("form")
    .expect(303)
  const { text } = await agent
    .post("/respond/orders/SRC")
    .type("form")
    .send({ "SRC-01": "2", "SRC-01.comment": "kept" })
    .expect(409)
  expect(text).toContain("kept")
  await late.close()
})

test("reopened answers can be changed again", async () => {
  await submit()
  await stage.store.reopen({ engagement: "e1", respondent: "petra", by: program }, NOON)
  await petra.get("/respond/done").expect(303)
  await send({ "SRC-01": "2" }).expect(303)
})
