import { parseEngagement } from "../../src/assessment/engagement.ts"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import type { Question, Questionnaire } from "../../src/assessment/model.ts"
import { openSampleStage, wordsOf } from "./sample-stage.ts"
import { type Browser, hidden, type Stage } from "./stage.ts"
import { program } from "../fixtures/program.ts"

const home = "/engagements/e1"
const question = `${home}/answers/online/DQC-03`

/** Half of the options, ticks and columns gone, figures up to one only: what fits a question afterwards is little. */
const harsher = (question: Question): Question => {
  if (question.type === "single") return { ...question, options: question.options.filter(({ anchor }) => anchor > 1) }
  if (question.type === "multi") return { ...question, options: question.options.slice(2) }
  if (question.type === "number") return { ...question, max: 1, special: [] }
  return question.type === "table" ? { ...question, columns: question.columns.slice(0, 2) } : question
}

const open = (stage: Stage) => ({
  stage,
  post: (visitor: Browser, path: string, form: object) => visitor.post(path).type("form").send(form),
  engagement: async () => (await stage.store.loadEngagement({ engagement: "e1", by: program }))?.engagement,
})

describe("two tabs", () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openSampleStage()
  })
  afterAll(() => stage.close())

  const mine = { "DQC-03": "3", rationale: "The log shows it.", action: "record" }
  const theirs = { "DQC-03": "1", rationale: "The desk says so.", dissent: "The governance lead.", action: "record" }

  test("the second agreed answer is shown beside the first, and counts only when it is sent again", async () => {
    const { post, engagement } = open(stage)
    const visitor = stage.consultant()
    const seen = hidden((await visitor.get(question).expect(200)).text, "seen")
    await post(visitor, question, { ...theirs, seen }).expect(303)
    const { text } = await post(visitor, question, { ...mine, seen }).expect(409)
    for (const said of ["was changed while this page was open", "The desk says so.", "The governance lead.", "The log shows it."])
      expect(wordsOf(text)).toContain(said)
    expect(text).toMatch(/value="3"\s+checked/)
    expect((await engagement())?.decisions).toContainEqual(expect.objectContaining({ question: "DQC-03", value: 1 }))
    await post(visitor, question, { ...mine, seen: hidden(text, "seen") }).expect(303)
    expect((await engagement())?.decisions).toContainEqual(expect.objectContaining({ question: "DQC-03", value: 3 }))
  })

  test("the same answer from both is no conflict, and one that was changed is not taken back unseen", async () => {
    const { post, engagement } = open(stage)
    const visitor = stage.consultant()
    await post(visitor, question, { ...mine, seen: "none" }).expect(303)
    await post(visitor, question, { action: "take-back", seen: "none" }).expect(409)
    expect((await engagement())?.decisions.some((one) => one.question === "DQC-03" && one.domain === "online")).toBe(true)
  })

  test("two posts at the very same time: one counts, the other is told", async () => {
    const { post } = open(stage)
    const visitor = stage.consultant()
    const path = `${home}/answers/online/DQC-01`
    const seen = hidden((await visitor.get(path).expect(200)).text, "seen")
    const send = (value: string) => post(visitor, path, { "DQC-01": value, rationale: `Level ${value}.`, action: "record", seen })
    const statuses = (await Promise.all([send("0"), send("1"), send("2")])).map(({ status }) => status)
    expect(statuses.toSorted((a, b) => a - b)).toEqual([303, 409, 409])
  })

  test("a plan changed elsewhere is shown before another change is recorded", async () => {
    const { post } = open(stage)
    const visitor = stage.consultant()
    const path = `${home}/plan/I10`
    const seen = hidden((await visitor.get(path).expect(200)).text, "seen")
    await post(visitor, path, { change: "move", wave: "2", reason: "After the audit.", action: "record", seen }).expect(303)
    const drop = { change: "drop", reason: "The group runs one.", action: "record", seen }
    const { text } = await post(visitor, path, drop).expect(409)
    for (const said of ["After the audit.", "moved to wave 2", "The group runs one."]) expect(wordsOf(text)).toContain(said)
    const now = /novalidate>\s*<input type="hidden" name="seen" value="(\w+)"/.exec(text)?.[1]
    await post(visitor, path, { ...drop, seen: now }).expect(303)
  })
})

describe("a newer questionnaire", () => {
  let stage: Stage
  let newer: Questionnaire
  beforeAll(async () => {
    stage = await openSampleStage()
    const frozen = (await stage.store.loadEngagement({ engagement: "e1", by: program }))?.questionnaire
    if (frozen === undefined) throw new Error("no engagement")
    newer = {
      ...frozen,
      version: "9.9.9",
      hash: "f".repeat(64),
      questions: frozen.questions
        .filter(({ id }) => id !== "SQL-06")
        .map((one) => (one.id === "DQC-03" ? { ...one, text: "Who sees it first?" } : harsher(one))),
    }
    await stage.close()
    stage = await openSampleStage({ replace: { questionnaire: newer } })
  })
  afterAll(() => stage.close())

  const path = `${home}/questionnaire`

  test("is announced, compared in words with what it does to the answers, and taken only on purpose", async () => {
    const { post, engagement } = open(stage)
    const visitor = stage.consultant()
    expect(wordsOf((await visitor.get(home).expect(200)).text)).toContain("moved on to version 9.9.9")
    const { text } = await visitor.get(path).expect(200)
    for (const said of [
      "Move to version 9.9.9",
      "Asked as: “Who sees it first?”, before “",
      "Questions removed: 1",
      "kept, not counted: the question is gone",
      "kept, not counted: what was answered is not offered any more",
      "No column “",
    ])
      expect(wordsOf(text)).toContain(said)
    const before = await engagement()
    await post(visitor, path, { from: hidden(text, "from"), to: "0".repeat(64) }).expect(422)
    expect((await engagement())?.questionnaire).toEqual(before?.questionnaire)
    await post(visitor, path, { from: hidden(text, "from"), to: hidden(text, "to") }).expect(303)
    expect((await engagement())?.questionnaire).toMatchObject({ version: "9.9.9" })
    const exported = JSON.stringify((await visitor.get(`${home}/engagement.json`).expect(200)).body)
    expect(parseEngagement(exported, newer).problems).toEqual([])
    for (const page of [
      "",
      "/answers/online",
      "/assessment",
      "/findings",
      "/plan",
      "/report",
      "/people",
      "/settings",
      "/questionnaire",
    ])
      await visitor.get(`${home}${page}`).expect(200)
    for (const { id } of newer.questions) await visitor.get(`${home}/answers/online/${id}`).expect(200)
    await visitor.get(`${home}/answers/online/SQL-06`).expect(404)
    const respondent = await stage.respondent("petra")
    const tasks = await respondent.get("/respond").expect(200)
    const sections = [...tasks.text.matchAll(/href="(\/respond\/online\/[^"]+)"/g)].map(([, section]) => section ?? "")
    expect(sections.length).toBeGreaterThan(3)
    for (const section of [...sections, "/respond/check"]) await respondent.get(section).expect(200)
    expect(wordsOf((await visitor.get(path).expect(200)).text)).toContain("There is no other one to compare it with.")
    expect(wordsOf((await visitor.get(home).expect(200)).text)).not.toContain("moved on")
  })
})

describe("version tags", () => {
  let stage: Stage
  beforeAll(async () => {
    stage = await openSampleStage()
  })
  afterAll(() => stage.close())

  const computed = ["", "/answers/online", "/answers/online/DQC-03", "/assessment", "/findings", "/plan", "/plan/I10", "/report"]

  test.each(computed)("%s is sent again only after a change", async (page) => {
    const { post } = open(stage)
    const visitor = stage.consultant()
    const first = await visitor.get(`${home}${page}`).expect(200)
    const tag = first.headers["etag"] ?? ""
    expect(tag).toMatch(/^"[\w.-]+"$/)
    expect(first.headers["cache-control"]).toBe("private, no-cache")
    const again = await visitor.get(`${home}${page}`).set("If-None-Match", tag).expect(304)
    expect(again.text).toBe("")
    await post(visitor, `${home}/domains/supply`, { name: `Stores and supply ${page}` }).expect(303)
    await visitor.get(`${home}${page}`).set("If-None-Match", tag).expect(200)
  })

  test("a page that says what was just done is not kept", async () => {
    const { headers } = await stage.consultant().get(`${home}?done=imported`).expect(200)
    expect(headers["etag"]).toBeUndefined()
    expect(headers["cache-control"]).toBe("no-store")
  })

  test("the report's tag changes with its date", async () => {
    const visitor = stage.consultant()
    const tag = (await visitor.get(`${home}/report`).expect(200)).headers["etag"] ?? ""
    stage.wait(86_400_000)
    await stage.signInAgain()
    await visitor.get(`${home}/report`).set("If-None-Match", tag).expect(200)
  })

  test("a page that is not there has no tag", async () => {
    expect((await stage.consultant().get("/engagements/nowhere/plan").expect(404)).headers["etag"]).toBeUndefined()
    expect((await stage.consultant().get(`${home}/answers/nowhere`).expect(404)).headers["etag"]).toBeUndefined()
  })
})
