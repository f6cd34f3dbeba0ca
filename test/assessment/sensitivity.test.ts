import { describe, expect, test } from "vitest"
import { formConsensus } from "../../src/assessment/consensus.ts"
import type { Engagement, Gate, Questionnaire } from "../../src/assessment/model.ts"
import { type LeftOut, testSensitivity } from "../../src/assessment/sensitivity.ts"
import { layOutSheet } from "../../src/assessment/sheet.ts"
import { anEngagement, cast, orders, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, gate, single } from "../fixtures/build-questionnaire.ts"

const { platformEngineer, analyticsEngineer } = cast

function run(questionnaire: Questionnaire, parts: Partial<Engagement>, leftOut: readonly LeftOut[] = [], seed = 1) {
  const consensus = formConsensus(questionnaire, anEngagement(questionnaire, parts), orders.id)
  return testSensitivity(questionnaire, layOutSheet(questionnaire), consensus, leftOut, { domain: orders.id, seed })
}

/** Speed by S-…, integrity by I-…, a gate where given. */
function questionnaireOf(weights: Record<string, number>, gates: readonly Gate[] = [], core: readonly string[] = []) {
  return buildQuestionnaire(
    Object.entries(weights).map(
      ([id, weight]) => [single(id, { core: core.includes(id) }), { [id.startsWith("S") ? "TTI" : "DI"]: weight }] as const,
    ),
    { gates },
  )
}

const answersOf = (levels: Record<string, number>) =>
  Object.entries(levels).map(([id, level]) => said(platformEngineer, id, level))
const changed = (result: ReturnType<typeof run>) => result.variants.filter((each) => !each.same).map((each) => each.name)

describe("variants", () => {
  test("far from every limit nothing changes", () => {
    const result = run(questionnaireOf({ "S-1": 1, "I-1": 1 }), { answers: answersOf({ "S-1": 4, "I-1": 0 }) })
    // Two limits, fifty weights, order; leaving a dimension out leaves an axis without an index.
    expect(result.variants).toHaveLength(2 + 50 + 2 + 1)
    expect(changed(result)).toEqual(["without Dimension S", "without Dimension I"])
    expect(result.unchanged).toBeCloseTo(53 / 55, 12)
  })

  test("an index of 52 falls with the limit at 55, one of 47 rises with the limit at 45", () => {
    const questionnaire = questionnaireOf({ "S-1": 13, "S-2": 12, "I-1": 12, "I-2": 13 })
    const result = run(questionnaire, { answers: answersOf({ "S-1": 4, "S-2": 0, "I-1": 4, "I-2": 0 }) })
    expect(result.variants.slice(0, 2)).toEqual([
      { name: "limit at 45 instead of 50", quadrant: "streaming", same: false },
      { name: "limit at 55 instead of 50", quadrant: "hand-coding", same: false },
    ])
  })

  test("a closed gate keeps the axis low at any limit", () => {
    const questionnaire = questionnaireOf({ "S-1": 1, "I-1": 1, "I-2": 20 }, [gate("DI", ["I-1"])])
    const result = run(questionnaire, { answers: answersOf({ "S-1": 4, "I-1": 0, "I-2": 4 }) })
    expect(result.variants[0]).toMatchObject({ quadrant: "lakehouse", same: true })
  })

  test("other weights are seeded, within a quarter, and matter only near the limit", () => {
    const questionnaire = questionnaireOf({ "S-1": 1, "S-2": 1, "I-1": 1, "I-2": 1 })
    const near = { answers: answersOf({ "S-1": 4, "S-2": 0, "I-1": 4, "I-2": 4 }) }
    const flips = (seed: number) =>
      run(questionnaire, near, [], seed).variants.filter((each) => each.name.startsWith("other") && !each.same)
    expect(flips(1).length).toBeGreaterThan(10)
    expect(flips(1).length).toBeLessThan(40)
    expect(flips(1)).toEqual(flips(1))
    expect(flips(1)).not.toEqual(flips(2))
    // Weights of more than 5 to 3 stay above half whatever the draw, for 5 · 0.75 = 3 · 1.25.
    const far = run(questionnaireOf({ "S-1": 5.01, "S-2": 3, "I-1": 1 }), {
      answers: answersOf({ "S-1": 4, "S-2": 0, "I-1": 4 }),
    })
    expect(changed(far).filter((name) => name.startsWith("other"))).toEqual([])
  })

  test("order only counts the questions at 3 or higher, whatever they weigh, with gates", () => {
    const questionnaire = questionnaireOf({ "S-1": 1, "S-2": 1, "S-3": 10, "I-1": 1 })
    const result = run(questionnaire, { answers: answersOf({ "S-1": 3, "S-2": 3, "S-3": 1, "I-1": 4 }) })
    expect(result.variants.at(-1)).toEqual({
      name: "share of questions at level 3 or higher",
      quadrant: "streaming",
      same: false,
    })
    const gated = questionnaireOf({ "S-1": 1, "S-2": 1, "S-3": 10, "I-1": 1 }, [gate("TTI", ["S-3"], 1)])
    expect(run(gated, { answers: answersOf({ "S-1": 3, "S-2": 3, "S-3": 1, "I-1": 4 }) }).variants.at(-1)).toMatchObject({
      same: true,
    })
  })

  test("those without one respondent are among them", () => {
    const leftOut = [{ name: "without one data modeler (1 of 1)", indices: [80, 80, undefined] }]
    const result = run(questionnaireOf({ "S-1": 1, "I-1": 1 }), { answers: answersOf({ "S-1": 0, "I-1": 4 }) }, leftOut)
    expect(result.variants).toContainEqual({ name: "without one data modeler (1 of 1)", quadrant: "streaming", same: false })
  })
})

describe("decisive questions", () => {
  const questionnaire = questionnaireOf({ "S-1": 3, "S-2": 1, "S-3": 2, "S-4": 2, "I-1": 1, "I-2": 9 })

  test("are those whose answer alone changes the quadrant: unknown first, then disputed, then one level away, then by weight", () => {
    const answers = [...answersOf({ "S-1": 2, "S-2": 1, "S-3": 1, "I-1": 0, "I-2": 4 }), said(analyticsEngineer, "S-3", 4)]
    expect(run(questionnaire, { answers }).decisive).toEqual(["S-4", "S-3", "S-1"])
  })

  test("a decided question is the least plausible to change", () => {
    const answers = answersOf({ "S-1": 2, "S-2": 2, "S-3": 2, "S-4": 1, "I-2": 4 })
    const decisions = [{ domain: orders.id, question: "S-1", anchor: 2 as const, rationale: "Agreed." }]
    expect(run(questionnaire, { answers, decisions }).decisive).toEqual(["S-3", "S-4", "I-2"])
  })

  test("are none far from every limit, and none without a quadrant", () => {
    expect(
      run(questionnaireOf({ "S-1": 1, "S-2": 1, "S-3": 1, "I-1": 1, "I-2": 1, "I-3": 1 }), {
        answers: answersOf({ "S-1": 0, "S-2": 0, "S-3": 0, "I-1": 4, "I-2": 4, "I-3": 4 }),
      }).decisive,
    ).toEqual([])
    expect(run(questionnaire, { answers: answersOf({ "S-1": 2 }) }).decisive).toEqual([])
  })
})

describe("the quick pass", () => {
  const questionnaire = questionnaireOf({ "S-1": 1, "S-2": 3, "I-1": 1 }, [], ["S-1", "I-1"])

  test("is the core alone, shown once more than the core is answered", () => {
    expect(run(questionnaire, { answers: answersOf({ "S-1": 4, "S-2": 0, "I-1": 3 }) }).quickPass).toEqual({
      quadrant: "streaming",
      values: { TTI: 100, DI: 75 },
    })
    expect(run(questionnaire, { answers: answersOf({ "S-1": 4, "I-1": 3 }) }).quickPass).toBeUndefined()
    expect(run(questionnaire, { answers: answersOf({ "S-2": 4 }) }).quickPass).toBeUndefined()
    expect(run(questionnaire, { answers: answersOf({ "S-1": 4, "S-2": 0 }) }).quickPass).toEqual({ values: { TTI: 100 } })
  })
})
