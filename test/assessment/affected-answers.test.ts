import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { affectedAnswers } from "../../src/assessment/affected-answers.ts"
import { assess } from "../../src/assessment/assess.ts"
import type { Answer, Engagement, Question, Questionnaire } from "../../src/assessment/model.ts"
import { writeReport } from "../../src/report/report.ts"
import { anEngagement, cast, everybody, orders, said } from "../fixtures/engagements.ts"
import { miniQuestionnaire } from "../fixtures/mini/mini-questionnaire.ts"
import { randomEngagement } from "../fixtures/random-engagement.ts"

const before = miniQuestionnaire()
const { platformEngineer, analyticsEngineer } = cast

/** The mini questionnaire with one question changed; `undefined` takes it out. */
const withQuestion = (id: string, change: (question: Question) => object | undefined): Questionnaire => ({
  ...before,
  questions: before.questions.flatMap((question) => {
    const now = question.id === id ? change(question) : question
    return now === undefined ? [] : [now as Question]
  }),
})

const effects = (after: Questionnaire, parts: Partial<Engagement>): readonly string[] =>
  affectedAnswers(before, after, anEngagement(before, parts)).map(
    ({ question = "", effect, text }) => `${question} ${effect}: ${text}`,
  )

const answers = [said(platformEngineer, "DQC-05", 2), said(analyticsEngineer, "DQC-05", 4), said(platformEngineer, "DQC-04", 200)]

describe("what a newer questionnaire does to what was said", () => {
  test("nothing when it asks the same", () => {
    expect(
      effects(before, { answers, respondents: everybody.filter(({ role }) => before.roles.some(({ id }) => id === role)) }),
    ).toEqual([])
  })

  test("answers to a question that is gone are kept, not counted", () => {
    const decisions = [{ domain: orders.id, question: "DQC-05", value: 2, rationale: "So it is." }]
    expect(
      effects(
        withQuestion("DQC-05", () => undefined),
        { answers, decisions, respondents: [] },
      ),
    ).toEqual(["DQC-05 lost: 3 answers are kept, not counted: the question is gone"])
  })

  test("an answer that is not offered any more, one with other words, one at another level", () => {
    const options = (change: (option: { anchor: number; text: string }) => object | undefined) =>
      withQuestion("DQC-05", (question) => ({
        ...question,
        options: (question.type === "single" ? question.options : []).flatMap((option) => change(option) ?? []),
      }))
    const given = { answers, respondents: [] }
    expect(
      effects(
        options((one) => (one.anchor === 2 ? undefined : one)),
        given,
      ),
    ).toEqual(["DQC-05 lost: 1 answer is kept, not counted: what was answered is not offered any more"])
    expect(
      effects(
        options((one) => ({ ...one, text: `${one.text} today` })),
        given,
      ),
    ).toEqual(["DQC-05 other: 2 answers are shown in other words"])
    const bands = withQuestion("DQC-04", (question) => ({ ...question, bands: [{ anchor: 0, from: 0, text: "Any" }] }))
    expect(effects(bands, given)).toEqual(["DQC-04 other: 1 answer is counted at another level"])
  })

  test("another kind of answer asks for a look at each", () => {
    const after = withQuestion("DQC-05", (question) => ({ ...question, type: "text" }))
    expect(effects(after, { answers, respondents: [] })[0]).toMatch(/^DQC-05 lost: 2 answers are read as another kind of answer/)
  })

  test("rows that do not fit, and lists at another level", () => {
    const inventories = [
      {
        domain: orders.id,
        question: "CON-01",
        rows: [{ id: "r1", name: "Board", required: 60, actual: 30, critical: "yes", use: "steer" }],
      },
    ]
    const narrower = withQuestion("CON-01", (question) => ({
      ...question,
      columns: question.type === "table" ? question.columns.filter(({ id }) => id !== "use") : [],
    }))
    expect(effects(narrower, { inventories, respondents: [] })).toEqual([
      "CON-01 other: 1 row has cells that do not fit any more, or lack new ones",
    ])
    const stricter = withQuestion("CON-01", (question) => ({
      ...question,
      score: {
        among: [],
        share: [{ column: "critical", is: ["no"] }],
        bands: question.type === "table" ? question.score?.bands : [],
      },
    }))
    expect(effects(stricter, { inventories, respondents: [] })).toEqual(["CON-01 other: 1 list is counted at another level"])
  })

  test("people whose role is gone, and changes to initiatives that are gone", () => {
    const after = { ...before, roles: before.roles.filter(({ id }) => id !== "DPE"), initiatives: [] }
    const overrides = [{ initiative: "I1", action: "drop" as const, reason: "No." }]
    const words = effects(after, { respondents: [platformEngineer], overrides })
    expect(words).toEqual([
      expect.stringMatching(/^ other: The role is gone/),
      expect.stringMatching(/^ lost: Your change to the plan/),
    ])
  })
})

describe("answers that do not fit the questionnaire", () => {
  const junk: fc.Arbitrary<NonNullable<Answer["value"]>> = fc.oneof(
    fc.constantFrom(
      5,
      -1,
      2.5,
      1e9,
      "gone",
      ["gone"],
      ["completeness", "gone"],
      ["completeness", "completeness"],
      "not-recorded-any-more",
    ),
  )

  test("are never counted, and nothing that is written from them fails", () => {
    const fits = (id: string, value: NonNullable<Answer["value"]>): boolean => {
      const question = before.questions.find((one) => one.id === id)
      return (
        question?.type === "text" || (question?.type === "number" && typeof value === "number" && value >= 0 && value <= 10_000)
      )
    }
    fc.assert(
      fc.property(randomEngagement(before), fc.array(fc.tuple(fc.nat(), junk), { maxLength: 8 }), (engagement, changes) => {
        const at = new Map(changes.map(([place, value]) => [place % Math.max(1, engagement.answers.length), value]))
        const isChanged = (answer: Answer, index: number): boolean =>
          answer.status === "answered" && at.has(index) && !fits(answer.question, at.get(index) ?? "")
        const spoilt = engagement.answers.map((answer, index) =>
          isChanged(answer, index) ? { ...answer, value: at.get(index) ?? 0 } : answer,
        )
        const without = engagement.answers.filter((answer, index) => !isChanged(answer, index))
        const [given, kept] = [spoilt, without].map((list) => assess(before, { ...engagement, answers: list }, { draws: 20 }))
        expect(given?.domains.map(({ axes }) => axes)).toEqual(kept?.domains.map(({ axes }) => axes))
        expect(given?.plan.waves).toEqual(kept?.plan.waves)
        const assessment = assess(before, { ...engagement, answers: spoilt }, { draws: 20 })
        expect(() =>
          writeReport({ questionnaire: before, engagement: { ...engagement, answers: spoilt }, assessment, date: "2027-01-04" }),
        ).not.toThrow()
      }),
      { numRuns: 60 },
    )
  })

  test("of people and questions that are gone do not fail either", () => {
    const answers: readonly Answer[] = [
      said(platformEngineer, "GONE-1", 2),
      { ...said(platformEngineer, "DQC-05", 2), respondent: "nobody" },
    ]
    const inventories = [{ domain: orders.id, question: "CON-01", rows: [{ id: "r1", gone: "x", required: ["a"], use: "gone" }] }]
    const engagement = anEngagement(before, { answers, inventories, respondents: [{ ...platformEngineer, role: "GONE" }] })
    const assessment = assess(before, engagement, { draws: 20 })
    expect(assessment.notices.join(" ")).toContain("GONE-1")
    expect(() => writeReport({ questionnaire: before, engagement, assessment, date: "2027-01-04" })).not.toThrow()
  })
})
