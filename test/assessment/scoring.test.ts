import { describe, expect, test } from "vitest"
import { formConsensus } from "../../src/assessment/consensus.ts"
import type { Answer, Questionnaire } from "../../src/assessment/model.ts"
import { scoreAxes } from "../../src/assessment/scoring.ts"
import { layOutSheet } from "../../src/assessment/sheet.ts"
import { anEngagement, cast, orders, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, gate, single } from "../fixtures/build-questionnaire.ts"
import { workedAnswers, workedQuestionnaire } from "../fixtures/worked-example.ts"

function score(questionnaire: Questionnaire, answers: readonly Answer[], axis = "DI") {
  const consensus = formConsensus(questionnaire, anEngagement(questionnaire, { answers }), orders.id)
  const found = scoreAxes(layOutSheet(questionnaire), consensus).find((each) => each.axis === axis)
  if (found === undefined) throw new Error(`no ${axis}`)
  return found
}

/** The platform engineer's answers, `levels` by question id. */
function answersOf(levels: Readonly<Record<string, number | "dont-know" | "not-applicable">>): Answer[] {
  return Object.entries(levels).map(([question, level]) => {
    if (typeof level === "number") return said(cast.platformEngineer, question, level)
    return { respondent: cast.platformEngineer.id, domain: orders.id, question, status: level, reason: "None." }
  })
}

describe("the worked example of C.11", () => {
  const integrity = score(workedQuestionnaire, workedAnswers)

  test("index 33.3, bounds 27.3 and 45.5, coverage 9/11", () => {
    expect(integrity.raw).toBeCloseTo(100 / 3, 10)
    expect(integrity.bounds?.low).toBeCloseTo(1200 / 44, 10)
    expect(integrity.bounds?.high).toBeCloseTo(2000 / 44, 10)
    expect(integrity.coverage).toBe(9 / 11)
    expect(integrity.unknown).toEqual(["CON-03"])
  })

  test("two gates at 1 or lower: the cap is named and has no effect", () => {
    expect(integrity.capped).toBe(integrity.raw)
    expect(integrity.gates).toEqual([
      {
        axis: "DI",
        cap: 49,
        questions: ["CLN-01", "DQC-05"],
        because: "capped at 49 because CLN-01 and DQC-05 are at level 1 or lower; no effect here, the index is not above it",
      },
    ])
    expect(integrity.standing).toBe("assessed")
  })

  test("contributions add up exactly, in any order", () => {
    const points = integrity.contributions.map((each) => each.points)
    expect(points.reduce((sum, each) => sum + each, 0)).toBe(integrity.raw)
    expect(points.reverse().reduce((sum, each) => sum + each, 0)).toBe(integrity.raw)
    expect(integrity.contributions).toMatchObject([
      { question: "CLN-01", anchor: 1, weight: 3 },
      { question: "DQC-03", anchor: 2, weight: 3 },
      { question: "DQC-05", anchor: 1, weight: 3 },
    ])
    expect(integrity.contributions[1]?.points).toBeCloseTo(600 / 36, 9)
    expect(integrity.contributions[1]?.missing).toBeCloseTo(600 / 36, 9)
  })

  test("an axis of which nothing is known has bounds and no index", () => {
    const speed = score(workedQuestionnaire, workedAnswers, "TTI")
    expect(speed).toMatchObject({ bounds: { low: 0, high: 100 }, coverage: 0, standing: "not assessable", contributions: [] })
    expect(speed.raw).toBeUndefined()
    expect(speed.capped).toBeUndefined()
  })
})

describe("gates", () => {
  const questionnaire = buildQuestionnaire(
    [
      [single("G-1"), { DI: 3 }],
      [single("G-2"), { DI: 3 }],
      [single("G-3", { skip: { when: { question: "F-0", atMost: 0 }, because: "no" } }), { DI: 3 }],
      [single("F-1"), { DI: 30 }],
    ],
    { gates: [gate("DI", ["G-1", "G-2", "G-3"], 2)] },
  )

  test("one at 0 caps", () => {
    const integrity = score(questionnaire, answersOf({ "G-1": 0, "G-2": 4, "F-1": 4 }))
    expect(integrity.capped).toBe(49)
    expect(integrity.raw).toBeGreaterThan(90)
    expect(integrity.gates.map((each) => each.because)).toEqual(["capped at 49 because G-1 is at level 0"])
  })

  test("one at 1 does not, two do", () => {
    expect(score(questionnaire, answersOf({ "G-1": 1, "G-2": 2, "F-1": 4 })).gates).toEqual([])
    expect(score(questionnaire, answersOf({ "G-1": 1, "G-2": 1, "F-1": 4 })).capped).toBe(49)
  })

  test("both reasons are named where both hold", () => {
    const { gates } = score(questionnaire, answersOf({ "G-1": 0, "G-2": 1, "F-1": 4 }))
    expect(gates.map((each) => each.questions)).toEqual([["G-1"], ["G-1", "G-2"]])
  })

  test("a gate question that is unknown or not applicable closes nothing", () => {
    const integrity = score(questionnaire, answersOf({ "G-1": "dont-know", "G-2": "not-applicable", "F-1": 4 }))
    expect(integrity.capped).toBe(100)
    expect(integrity.bounds?.low).toBeGreaterThan(80)
    // At its worst the unknown one would close the gate.
    expect(integrity.cappedBounds).toEqual({ low: 49, high: 100 })
  })
})

describe("standing", () => {
  const questionnaire = buildQuestionnaire(
    [
      [single("G-1"), { DI: 1 }],
      [single("G-2"), { DI: 1 }],
      [single("G-3"), { DI: 1 }],
      [single("F-1"), { DI: 7 }],
      [single("F-2"), { DI: 10 }],
    ],
    {
      gates: [
        gate("DI", ["G-1", "G-2"]),
        { axis: "DI", cap: 49, zero: [], low: { questions: ["G-2", "G-3"], atMost: 1, count: 2 } },
      ],
    },
  )
  const standing = (levels: Parameters<typeof answersOf>[0]) => score(questionnaire, answersOf(levels)).standing

  test("60 % and half of the gates: assessed", () => {
    expect(standing({ "G-1": 2, "G-2": 2, "F-2": 2 })).toBe("assessed")
  })

  test("enough coverage and too few gates: indicative", () => {
    expect(standing({ "G-1": 2, "F-1": 2, "F-2": 2 })).toBe("indicative")
  })

  test("gates that do not apply are not asked for, but too much not applicable blocks", () => {
    expect(standing({ "G-1": 2, "G-2": "not-applicable", "G-3": "not-applicable", "F-2": 2 })).toBe("assessed")
    expect(standing({ "G-1": 2, "G-2": 2, "F-1": "not-applicable", "F-2": 2 })).toBe("not assessable")
  })

  test("exactly 15 % not applicable is still placed", () => {
    const three = buildQuestionnaire([
      [single("A-1"), { DI: 17 }],
      [single("A-2"), { DI: 3 }],
    ])
    expect(score(three, answersOf({ "A-1": 2, "A-2": "not-applicable" }))).toMatchObject({
      notApplicable: 0.15,
      standing: "assessed",
    })
  })

  test("40 % is indicative, less is not assessable, and exactly 60 % counts", () => {
    const exact = buildQuestionnaire([
      [single("A-1"), { DI: 2 }],
      [single("A-2"), { DI: 1 }],
      [single("A-3"), { DI: 2 }],
    ])
    expect(score(exact, answersOf({ "A-1": 2 }))).toMatchObject({ coverage: 0.4, standing: "indicative" })
    expect(score(exact, answersOf({ "A-2": 2 }))).toMatchObject({ coverage: 0.2, standing: "not assessable" })
    expect(score(exact, answersOf({ "A-1": 2, "A-2": 2 }))).toMatchObject({ coverage: 0.6, standing: "assessed" })
  })
})

test("parts score their own questions", () => {
  const built = buildQuestionnaire([
    [single("A-1"), { DI: 1 }],
    [single("A-2"), { DI: 3 }],
    [single("A-3"), { DI: 1 }],
  ])
  const axes = built.scoring.axes.map((axis) =>
    axis.id === "DI"
      ? {
          ...axis,
          parts: [
            { id: "one", name: "One", questions: ["A-1", "A-2"] },
            { id: "two", name: "Two", questions: ["A-3"] },
          ],
        }
      : axis,
  )
  const { parts } = score({ ...built, scoring: { ...built.scoring, axes } }, answersOf({ "A-1": 4, "A-2": 2 }))
  expect(parts).toEqual([
    { id: "one", name: "One", score: 62.5, coverage: 1 },
    { id: "two", name: "Two", coverage: 0 },
  ])
})
