import { describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Anchor, Engagement, Initiative, Questionnaire } from "../../src/assessment/model.ts"
import type { TrajectoryStop } from "../../src/assessment/result.ts"
import { aRule, anInitiative, inNeed, levels, planQuestionnaire } from "../fixtures/build-plan.ts"
import { billing, orders } from "../fixtures/engagements.ts"
import { gate, single } from "../fixtures/build-questionnaire.ts"

const low = { question: "TTI-01", atMost: 1 } as const

function stops(
  initiatives: readonly Initiative[],
  parts: Partial<Engagement> = {},
  change: (built: Questionnaire) => Questionnaire = (built) => built,
): readonly TrajectoryStop[] {
  const questionnaire = change(
    planQuestionnaire(
      [
        aRule(
          "R1",
          low,
          initiatives.map(({ id }) => id),
        ),
      ],
      initiatives,
    ),
  )
  return assess(questionnaire, inNeed(questionnaire, parts), { draws: 20 }).plan.trajectory[0]?.stops ?? []
}

const raising = (id: string, effects: Readonly<Record<string, Anchor>>, more: Partial<Initiative> = {}) =>
  anInitiative(id, { effects: Object.entries(effects).map(([question, level]) => ({ question, level })), ...more })

test("today, then after each wave, with what moved it", () => {
  const found = stops([raising("I1", { "DI-01": 3 }), raising("I2", { "TTI-01": 4, "DI-02": 3 }, { stage: 1 })])
  expect(found).toEqual([
    { after: "today", indices: { TTI: 25, DI: 25, RDY: 25 }, quadrant: "hand-coding", because: [] },
    { after: 0, indices: { TTI: 25, DI: 50, RDY: 25 }, quadrant: "etl", because: ["I1"] },
    { after: 1, indices: { TTI: 100, DI: 75, RDY: 25 }, quadrant: "streaming", because: ["I2"] },
  ])
})

test("effects raise and never lower; what reaches nothing new moved nothing", () => {
  const parts = levels({ "TTI-01": 1, "DI-01": 4, "DI-02": 1 })
  const found = stops(
    [raising("I1", { "DI-01": 2, "DI-02": 2 }), raising("I2", { "DI-02": 2, "DI-01": 3 }, { stage: 1, serves: ["cost"] })],
    parts,
  )
  expect(found.map(({ indices, because }) => [indices["DI"], because])).toEqual([
    [62.5, []],
    [75, ["I1"]],
    [75, []],
  ])
})

describe("unknown and skipped", () => {
  test("an unknown answer counts with the effect's level, and an index never falls for becoming known", () => {
    const parts = levels({ "TTI-01": 1, "DI-01": 3 })
    expect(stops([raising("I1", { "DI-02": 1 })], parts).map(({ indices }) => indices["DI"])).toEqual([75, 75])
    expect(stops([raising("I1", { "DI-02": 4 })], parts).map(({ indices }) => indices["DI"])).toEqual([75, 87.5])
    expect(stops([raising("I1", { "DI-01": 2 })], levels({ "TTI-01": 1 })).map(({ indices }) => indices["DI"])).toEqual([
      undefined,
      50,
    ])
  })

  test("a skipped question stays skipped", () => {
    const skip = { when: low, because: "Nothing streams." }
    const found = stops([raising("I1", { "DI-02": 4, "RDY-01": 2 })], {}, (built) => ({
      ...built,
      questions: built.questions.map((question) => (question.id === "DI-02" ? single("DI-02", { skip }) : question)),
    }))
    expect(found.map(({ indices }) => indices["DI"])).toEqual([25, 25])
  })
})

test("a cap is lifted with the answer that set it", () => {
  const found = stops([raising("I1", { "DI-01": 2 })], levels({ "TTI-01": 1, "DI-01": 0, "DI-02": 4 }), (built) => ({
    ...built,
    scoring: { ...built.scoring, gates: [gate("DI", ["DI-01"])] },
  }))
  expect(found.map(({ indices }) => indices["DI"])).toEqual([49, 75])
})

test("what is done once for the organisation moves every domain, the rest its own", () => {
  const initiatives = [raising("I1", { "DI-01": 3 }, { scope: "organisation" }), raising("I2", { "TTI-01": 3 })]
  const questionnaire = planQuestionnaire([aRule("R1", low, ["I1", "I2"])], initiatives)
  const { answers } = levels({ "TTI-01": 1, "DI-01": 1 })
  const high = levels({ "TTI-01": 2, "DI-01": 1 }).answers.map((each) => Object.assign({}, each, { domain: billing.id }))
  const engagement = inNeed(questionnaire, { domains: [orders, billing], answers: [...answers, ...high] })
  const { trajectory } = assess(questionnaire, engagement, { draws: 20 }).plan
  expect(trajectory.map(({ domain, stops }) => [domain, stops.at(-1)?.indices, stops.at(-1)?.because])).toEqual([
    ["orders", { TTI: 75, DI: 75 }, ["I1", "I2"]],
    ["billing", { TTI: 50, DI: 75 }, ["I1"]],
  ])
})

test("what repeats counts once it repeats no more", () => {
  const kit = raising("I39", { "DI-01": 4 }, { everyWave: true })
  const found = stops([kit, raising("I1", { "TTI-01": 2 }, { stage: 1 })])
  expect(found.map(({ after, because }) => [after, because])).toEqual([
    ["today", []],
    [0, []],
    [1, ["I39", "I1"]],
  ])
})
