import { describe, expect, test } from "vitest"
import { formConsensus } from "../../src/assessment/consensus.ts"
import type { Engagement, Questionnaire } from "../../src/assessment/model.ts"
import { layOutSheet } from "../../src/assessment/sheet.ts"
import { simulate, type Simulation } from "../../src/assessment/simulation.ts"
import { anEngagement, cast, orders, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, gate, single } from "../fixtures/build-questionnaire.ts"

function run(
  questionnaire: Questionnaire,
  parts: Partial<Engagement>,
  more: { seed?: number; draws?: number; domain?: string } = {},
): Simulation {
  const consensus = formConsensus(questionnaire, anEngagement(questionnaire, parts), orders.id)
  return simulate(layOutSheet(questionnaire), consensus, { domain: orders.id, seed: 1, draws: 4000, ...more })
}

const measured = { evidence: "measured" as const }
const { platformEngineer, analyticsEngineer, sponsor } = cast
const questionnaire = buildQuestionnaire([
  [single("A-1"), { TTI: 1 }],
  [single("A-2"), { DI: 1 }],
])
const both = [said(platformEngineer, "A-1", 3, measured), said(platformEngineer, "A-2", 1, measured)]

describe("what is drawn", () => {
  test("one answer with evidence is a point", () => {
    expect(run(questionnaire, { answers: both })).toEqual({
      intervals: [{ low: 75, high: 75 }, { low: 25, high: 25 }, undefined],
      shares: { "hand-coding": 0, etl: 0, lakehouse: 1, streaming: 0 },
    })
  })

  test("solo answers are drawn by role weight", () => {
    // Level 3 by a primary role (1.0), level 1 by a secondary (0.6): fast in 1.0 / 1.6 of the draws.
    const answers = [...both, said(analyticsEngineer, "A-1", 1, measured)]
    expect(run(questionnaire, { answers }).shares["lakehouse"]).toBeCloseTo(1 / 1.6, 1)
    expect(run(questionnaire, { answers }).intervals[0]).toEqual({ low: 25, high: 75 })
  })

  test("a decision is certain, whatever was said before", () => {
    const answers = [...both, said(analyticsEngineer, "A-1", 0, measured)]
    const decisions = [{ domain: orders.id, question: "A-1", anchor: 2 as const, rationale: "Agreed.", ...measured }]
    expect(run(questionnaire, { answers, decisions }).intervals[0]).toEqual({ low: 50, high: 50 })
  })

  test("an unknown question is anything from 0 to 4, and nothing at all is no interval", () => {
    const three = buildQuestionnaire([
      [single("A-1"), { TTI: 1 }],
      [single("A-2"), { DI: 1 }],
      [single("A-3"), { DI: 1 }],
    ])
    const { intervals, shares } = run(three, { answers: both })
    expect(intervals[1]).toEqual({ low: 12.5, high: 62.5 })
    // (1 + level) / 8 reaches 50 % from level 3 on: two of five levels.
    expect(shares["streaming"]).toBeCloseTo(0.4, 1)
    expect(run(three, { answers: [] })).toEqual({ intervals: [undefined, undefined, undefined], shares: {} })
  })

  test("claims alone add half a level of noise to either side, within 0–4", () => {
    const answers = [said(platformEngineer, "A-1", 2), said(platformEngineer, "A-2", 4)]
    const [speed, integrity] = run(questionnaire, { answers }).intervals
    expect(speed?.low).toBeCloseTo(50 - 11.25, 0)
    expect(speed?.high).toBeCloseTo(50 + 11.25, 0)
    expect(integrity?.low).toBeCloseTo(100 - 11.25, 0)
    expect(integrity?.high).toBe(100)
  })

  test("one document among the answers silences the noise", () => {
    const answers = [said(platformEngineer, "A-1", 2), said(sponsor, "A-1", 2, { evidence: "document" })]
    expect(run(questionnaire, { answers }).intervals[0]).toEqual({ low: 50, high: 50 })
  })
})

describe("gates in the draws", () => {
  const gated = buildQuestionnaire(
    [
      [single("A-1"), { TTI: 1 }],
      [single("A-2"), { DI: 1 }],
      [single("A-3"), { DI: 9 }],
    ],
    { gates: [gate("DI", ["A-2"])] },
  )

  test("look at the drawn level, before noise", () => {
    const answers = [...both, said(platformEngineer, "A-3", 4, measured), said(analyticsEngineer, "A-2", 0)]
    // Level 0 weighs 0.6 of 1.6: there the index of 90 is capped at 49.
    const { intervals, shares } = run(gated, { answers })
    expect(intervals[1]?.low).toBe(49)
    expect(intervals[1]?.high).toBeGreaterThan(90)
    expect(shares["lakehouse"]).toBeCloseTo(0.6 / 1.6, 1)
  })

  test("an unknown gate question closes in the draws at 0 and never gates the index itself", () => {
    const answers = [said(platformEngineer, "A-1", 3, measured), said(platformEngineer, "A-3", 4, measured)]
    expect(run(gated, { answers }).shares["lakehouse"]).toBeCloseTo(0.2, 1)
  })
})

describe("repeatability", () => {
  const answers = [said(platformEngineer, "A-1", 2), said(analyticsEngineer, "A-1", 3), said(platformEngineer, "A-2", 2)]

  test("same seed, same bytes; another seed or domain, other draws", () => {
    expect(run(questionnaire, { answers })).toEqual(run(questionnaire, { answers }))
    expect(run(questionnaire, { answers }, { seed: 2 }).intervals).not.toEqual(run(questionnaire, { answers }).intervals)
    expect(run(questionnaire, { answers }, { domain: "billing" }).intervals).not.toEqual(
      run(questionnaire, { answers }).intervals,
    )
  })

  test("an answer to another question changes nothing in this axis", () => {
    const more = [...answers, said(sponsor, "A-2", 4)]
    expect(run(questionnaire, { answers: more }).intervals[0]).toEqual(run(questionnaire, { answers }).intervals[0])
  })

  test("few draws still have an interval", () => {
    const [speed] = run(questionnaire, { answers }, { draws: 1 }).intervals
    expect(speed?.low).toBe(speed?.high)
  })
})
