import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { readSection, sectionsFor, usualDepth } from "../../src/assessment/answers.ts"
import type { Inventory, Questionnaire } from "../../src/assessment/model.ts"
import { type KeptAnswer, skippedQuestions } from "../../src/assessment/path.ts"
import { answersToCheck, progressOf } from "../../src/assessment/progress.ts"
import { questionType } from "../../src/assessment/question-types/register.ts"
import { gatherTestimony } from "../../src/assessment/testimony.ts"
import { anEngagement, cast } from "../fixtures/engagements.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"

const questions = smallQuestionnaire.questions
const sources: Inventory = { domain: "orders", question: "SRC-04", rows: [{ id: "row-1", name: "shop" }] }
const idsIn = (sections: readonly { readonly questions: readonly { readonly id: string }[] }[]) =>
  sections.map((section) => section.questions.map((question) => question.id))
const given = (question: string, value: KeptAnswer["value"]): KeptAnswer => ({
  question,
  status: "answered",
  ...(value !== undefined && { value }),
})

describe("what is asked of whom", () => {
  test("is what the role is primary or secondary for, by section", () => {
    expect(idsIn(sectionsFor(smallQuestionnaire, "DPE"))).toEqual([["SRC-01", "SRC-02", "SRC-03", "SRC-04"], ["USE-01"]])
    expect(idsIn(sectionsFor(smallQuestionnaire, "ES"))).toEqual([["USE-02"]])
    expect(sectionsFor(smallQuestionnaire, "GL")).toEqual([])
  })

  test("is, in the short form, what the role is primary for and the core", () => {
    expect(idsIn(sectionsFor(smallQuestionnaire, "AE", "short"))).toEqual([["USE-01"]])
    expect(idsIn(sectionsFor(smallQuestionnaire, "AE", "full"))).toEqual([["USE-01", "USE-02"]])
    expect(idsIn(sectionsFor(smallQuestionnaire, "AD", "short"))).toEqual([["SRC-01", "SRC-02"]])
  })

  test("starts short for a role that would get more than forty questions", () => {
    const [first] = questions
    const many: Questionnaire = {
      ...smallQuestionnaire,
      questions: Array.from({ length: 41 }, (_, at) => Object.assign({}, first, { id: `SRC-${at}`, core: at < 5 })),
    }
    expect(usualDepth(smallQuestionnaire, "DPE")).toBe("full")
    expect(usualDepth(many, "DPE")).toBe("short")
    expect(sectionsFor(many, "DPE")[0]?.questions).toHaveLength(5)
    expect(sectionsFor(many, "AD")[0]?.questions).toHaveLength(41)
  })
})

describe("the path", () => {
  test("skips by the respondent's own answer, and takes it back with the answer", () => {
    expect([...skippedQuestions(smallQuestionnaire, { answers: [given("SRC-01", 0)], inventories: [sources] })]).toEqual([
      ["SRC-02", "There are no events."],
    ])
    expect(skippedQuestions(smallQuestionnaire, { answers: [given("SRC-01", 2)], inventories: [sources] }).size).toBe(0)
  })

  test("does not listen to a draft or a don't know", () => {
    const draft: KeptAnswer = { question: "SRC-01", status: "draft", raw: { "SRC-01": "0" } }
    const unknown: KeptAnswer = { question: "SRC-01", status: "dont-know" }
    for (const answer of [draft, unknown]) {
      expect(skippedQuestions(smallQuestionnaire, { answers: [answer], inventories: [sources] }).size).toBe(0)
    }
  })

  test("hides the same answers as the assessment does", () => {
    const answers = fc.uniqueArray(
      fc.constantFrom(
        given("SRC-01", 0),
        given("SRC-01", 2),
        given("SRC-01", 4),
        given("SRC-02", 4),
        given("SRC-03", ["kafka"]),
        given("USE-01", 3),
        given("USE-02", "x"),
      ),
      { selector: (answer) => answer.question },
    )
    const inventories = fc.constantFrom([], [sources], [{ ...sources, rows: [] }])
    fc.assert(
      fc.property(answers, inventories, (said, listed) => {
        const skipped = skippedQuestions(smallQuestionnaire, { answers: said, inventories: listed })
        const whole = said.map((answer) =>
          Object.assign({ respondent: "david", domain: "orders" }, answer, { status: "answered" as const }),
        )
        const engagement = anEngagement(smallQuestionnaire, {
          respondents: [cast.applicationDeveloper],
          answers: whole,
          inventories: listed,
        })
        const solo = gatherTestimony(smallQuestionnaire, engagement, "orders").questions.flatMap((testimony) =>
          testimony.solo.map((each) => ({ id: testimony.question.id, hidden: each.hidden })),
        )
        expect(solo.filter(({ hidden }) => hidden).map(({ id }) => id)).toEqual(
          said
            .map(({ question }) => question)
            .filter((id) => skipped.has(id))
            .sort(),
        )
      }),
    )
  })
})

describe("a submitted section", () => {
  const section = sectionsFor(smallQuestionnaire, "DPE")[0]?.questions ?? []
  const readForm = (form: Readonly<Record<string, unknown>>, answers: readonly KeptAnswer[] = []) =>
    readSection(smallQuestionnaire, section, form, { answers, inventories: [sources] })

  test("gives what each question it carries says", () => {
    const reading = readForm({
      "SRC-01": "2",
      "SRC-01.comment": "Since spring.",
      "SRC-01.seen": "3",
      "SRC-01.key": "0b5e-1",
      "SRC-02": "dont-know",
      "SRC-03": ["flink", "kafka"],
    })
    expect(reading.problems).toEqual([])
    expect(reading.answers).toEqual([
      { question: "SRC-01", content: { status: "answered", value: 2, comment: "Since spring." }, seen: 3, key: "0b5e-1" },
      { question: "SRC-02", content: { status: "dont-know" }, seen: 0 },
      { question: "SRC-03", content: { status: "answered", value: ["kafka", "flink"] }, seen: 0 },
    ])
  })

  test("leaves alone the questions it does not carry, and clears those it carries empty", () => {
    expect(readForm({ "SRC-03.comment": "", "SRC-03.seen": "2" }).answers).toEqual([{ question: "SRC-03", seen: 2 }])
  })

  test("keeps what cannot be read, word for word, and says what to do", () => {
    const reading = readForm({ "SRC-01": "7", "SRC-01.comment": "see below", "SRC-02": "not-applicable" })
    expect(reading.answers).toEqual([
      { question: "SRC-01", content: { status: "draft", raw: { "SRC-01": "7", "SRC-01.comment": "see below" } }, seen: 0 },
      { question: "SRC-02", content: { status: "draft", raw: { "SRC-02": "not-applicable" } }, seen: 0 },
    ])
    expect(reading.problems).toEqual([
      { question: "SRC-01", field: "SRC-01", message: "Select one of the answers shown" },
      { question: "SRC-02", field: "SRC-02.reason", message: "Enter why the question is not applicable" },
    ])
  })

  test("keeps a comment of 100,000 characters, and characters no database takes in a form it does", () => {
    const long = "x".repeat(100_000)
    const reading = readForm({ "SRC-01": "2", "SRC-01.comment": long, "SRC-02": "4", "SRC-02.comment": "a\0b\uD800" })
    expect(reading.answers.map((answer) => answer.content?.raw)).toEqual([
      { "SRC-01": "2", "SRC-01.comment": long },
      { "SRC-02": "4", "SRC-02.comment": "a\uFFFDb\uFFFD" },
    ])
    expect(reading.problems.map((problem) => problem.field)).toEqual(["SRC-01.comment", "SRC-02.comment"])
  })

  test("leaves an earlier answer alone when what came is not even text", () => {
    const reading = readForm({ "SRC-01": { a: 1 } })
    expect(reading.answers).toEqual([])
    expect(reading.problems).toHaveLength(1)
  })

  test("raises no problem for what its own answers skip, and keeps it all the same", () => {
    const reading = readForm({ "SRC-01": "0", "SRC-02": "9" })
    expect(reading.problems).toEqual([])
    expect(reading.answers[1]?.content?.status).toBe("draft")
    expect(readForm({ "SRC-02": "9" }, [given("SRC-01", 0)]).problems).toEqual([])
    expect(readForm({ "SRC-02": "9" }, [given("SRC-01", 4)]).problems).toHaveLength(1)
  })

  test("names the fields that belong to none of its questions", () => {
    expect(readForm({ "SRC-01": "2", action: "continue", "USE-01": "3", "SRC-011": "2", "SRC-01.a.b": "x" }).strangers).toEqual([
      "action",
      "USE-01",
      "SRC-011",
      "SRC-01.a.b",
    ])
  })

  test("leaves the rows of an inventory alone, and takes its status", () => {
    expect(readForm({ "SRC-04.status": "dont-know" }).answers).toEqual([
      { question: "SRC-04", content: { status: "dont-know" }, seen: 0 },
    ])
    expect(readForm({ "SRC-04.seen": "1" }).answers).toEqual([{ question: "SRC-04", seen: 1 }])
  })

  test("never throws, and keeps or clears every question it carries as text", () => {
    const names = section.flatMap(({ id }) => [
      id,
      `${id}.status`,
      `${id}.reason`,
      `${id}.comment`,
      `${id}.evidence`,
      `${id}.seen`,
    ])
    const sent = fc.oneof(
      fc.string({ unit: "binary" }),
      fc.constantFrom("0", "2", "4", "kafka", "none", "dont-know", "not-applicable"),
      fc.array(fc.string(), { maxLength: 3 }),
    )
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...names), sent), (form) => {
        const reading = readForm(form)
        for (const { question: id, content } of reading.answers) {
          if (content?.status === "draft") expect(Object.keys(content.raw ?? {}).length).toBeGreaterThan(0)
          else if (content?.status === "answered") {
            const asked = section.find((question) => question.id === id)
            expect(asked && questionType(asked).problemWith(asked, content.value), id).toBeUndefined()
            expect(asked?.id).toBe(id)
          }
        }
      }),
    )
  })
})

describe("progress", () => {
  const sections = sectionsFor(smallQuestionnaire, "DPE")
  const of = (answers: readonly KeptAnswer[], inventories: readonly Inventory[] = []) =>
    progressOf(smallQuestionnaire, sections, { answers, inventories })

  const statuses = (answers: readonly KeptAnswer[], inventories?: readonly Inventory[]) =>
    of(answers, inventories).sections.map((section) => section.status)

  test("counts the path that applies", () => {
    expect(of([])).toMatchObject({ answered: 0, total: 5 })
    expect(of([given("SRC-01", 0)])).toMatchObject({ answered: 1, total: 4 })
    expect(of([given("SRC-01", 2), given("SRC-02", 4)])).toMatchObject({ answered: 2, total: 5 })
  })

  test("says of each section how far it is", () => {
    expect(statuses([])).toEqual(["not started", "not started"])
    expect(statuses([given("SRC-01", 2)])).toEqual(["in progress", "not started"])
    expect(statuses([{ question: "USE-01", status: "draft" }])).toEqual(["not started", "in progress"])
    expect(statuses([given("SRC-01", 0), { question: "SRC-03", status: "not-applicable", reason: "x" }], [sources])).toEqual([
      "completed",
      "not started",
    ])
  })

  test("takes don't know and an empty inventory for answers, a draft for none", () => {
    expect(of([{ question: "SRC-04", status: "dont-know" }]).answered).toBe(1)
    expect(of([], [{ ...sources, rows: [] }]).answered).toBe(1)
    const drafted = of([{ question: "USE-01", status: "draft", raw: { "USE-01": "many" } }])
    expect(drafted.answered).toBe(0)
    expect(drafted.sections[1]?.unreadable).toEqual(["USE-01"])
  })

  test("estimates the minutes that are left, down to none", () => {
    const all = [given("SRC-01", 2), given("SRC-02", 4), given("SRC-03", []), given("USE-01", 12)]
    expect(of([]).minutesLeft).toBeGreaterThan(of(all).minutesLeft)
    expect(of(all, [sources]).minutesLeft).toBe(0)
  })

  test("leaves out a section of which nothing applies", () => {
    const sponsor = sectionsFor(smallQuestionnaire, "ES")
    expect(progressOf(smallQuestionnaire, sponsor, { answers: [], inventories: [{ ...sources, rows: [] }] }).sections).toEqual([])
    expect(progressOf(smallQuestionnaire, sponsor, { answers: [], inventories: [sources] }).sections).toHaveLength(1)
  })

  test("tells why a question does not apply", () => {
    expect(of([given("SRC-01", 0)]).sections[0]?.skipped.map(({ question, because }) => [question.id, because])).toEqual([
      ["SRC-02", "There are no events."],
    ])
  })
})

test("answers can be read over in words", () => {
  const answers: KeptAnswer[] = [
    { question: "SRC-01", status: "answered", value: 2, comment: "Since spring.", evidence: "observed" },
    { question: "SRC-02", status: "dont-know" },
    { question: "USE-01", status: "answered", value: 12, companion: 4 },
  ]
  const record = { answers, inventories: [sources] }
  const [first, second] = progressOf(smallQuestionnaire, sectionsFor(smallQuestionnaire, "DPE"), record).sections
  const lines = [first, second].flatMap((section) => (section === undefined ? [] : answersToCheck(section, record)))
  expect(lines.map(({ question, state, text }) => [question.id, state, text])).toEqual([
    ["SRC-01", "answered", "By capture"],
    ["SRC-02", "dont-know", ""],
    ["SRC-03", "unanswered", ""],
    ["SRC-04", "answered", "1 listed"],
    ["USE-01", "answered", "12 days; Streaming: 4"],
  ])
  expect(lines[0]).toMatchObject({ comment: "Since spring.", evidence: "observed" })
})
