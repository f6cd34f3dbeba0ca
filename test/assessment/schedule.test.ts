import { describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Engagement, Initiative, Questionnaire } from "../../src/assessment/model.ts"
import type { Plan } from "../../src/assessment/result.ts"
import { aRule, anInitiative, inNeed, levels, planQuestionnaire } from "../fixtures/build-plan.ts"
import { plan as settings } from "../fixtures/engagements.ts"

const low = { question: "DI-01", atMost: 1 } as const
const effort = (from: number, to = from) => ({ effort: { base: [from, to], multipliers: "none", drivers: "" } }) as const

/** 8.4 person-days a week in waves 0 and 1: 4 people, a quarter of toil, the usual share of focus and reserve. */
function plan(
  initiatives: readonly Initiative[],
  parts: Partial<Engagement> = {},
  change: (built: Questionnaire) => Questionnaire = (built) => built,
): Plan {
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
  return assess(questionnaire, inNeed(questionnaire, parts), { draws: 20 }).plan
}

const dates = ({ waves }: Plan) => waves.flatMap((wave) => wave.items.map(({ id, start, finish }) => [id, start, finish]))
const daysLate = ({ waves }: Plan, at: number): number =>
  (Date.parse(waves[at]?.finishLate ?? "") - Date.parse(waves[at]?.finish ?? "")) / 86_400_000

describe("inside a wave", () => {
  test("the team works on what is at hand together; what is small is done first", () => {
    expect(dates(plan([anInitiative("I1", effort(8.4)), anInitiative("I2", effort(33.6))]))).toEqual([
      ["I1", "2027-01-04", "2027-01-15"],
      ["I2", "2027-01-04", "2027-02-05"],
    ])
  })

  test("no more at once than there are people", () => {
    const alone = { plan: { ...settings, people: 1, toil: 0.25 } }
    expect(dates(plan([anInitiative("I1", effort(2.1)), anInitiative("I2", effort(2.1))], alone))).toEqual([
      ["I1", "2027-01-04", "2027-01-08"],
      ["I2", "2027-01-11", "2027-01-15"],
    ])
  })

  test("what is needed is done before, and a start on a weekend is a Monday", () => {
    const later = { plan: { ...settings, start: "2027-01-09", toil: 0.25 } }
    expect(dates(plan([anInitiative("I1", effort(8.4)), anInitiative("I2", { ...effort(8.4), needs: ["I1"] })], later))).toEqual([
      ["I1", "2027-01-11", "2027-01-15"],
      ["I2", "2027-01-18", "2027-01-22"],
    ])
  })
})

describe("late dates", () => {
  const wide = [anInitiative("I1", effort(30, 90)), anInitiative("I2", { ...effort(30, 90), stage: 1, serves: ["cost"] })]

  test("a certain effort still has the spread of an estimate, a wide one more", () => {
    const certain = daysLate(plan([anInitiative("I1", effort(60))]), 0)
    const uncertain = daysLate(plan(wide), 0)
    expect(certain).toBeGreaterThan(7)
    expect(uncertain).toBeGreaterThan(certain - 1)
  })

  test("the plan ends half of the time by its finish, which is never before the planned end nor after the late one", () => {
    const { waves, finish = "", finishLate = "" } = plan(wide)
    expect(finish >= (waves.at(-1)?.finish ?? "9") && finishLate > finish).toBe(true)
    // Every wave full to its last day: what one draw is late is not made up for.
    const brim = [67.2, 84, 96, 96, 96, 96].map((days, at) => anInitiative(`I${at}`, effort(0.5 * days, 1.5 * days)))
    const full = plan(brim, { plan: { ...settings, toil: 0.25, horizon: 9 } })
    expect(full.finish! > full.waves.at(-1)!.finish).toBe(true)
  })

  test("a late wave delays the next", () => {
    const result = plan(wide)
    expect(result.waves.map(({ number }) => number)).toEqual([0, 1])
    expect(daysLate(result, 1)).toBeGreaterThan(1.5 * daysLate(result, 0))
  })

  test("what nobody knows about ease widens the effort of a wave and its late date", () => {
    const withEase = (built: Questionnaire): Questionnaire => ({
      ...built,
      scoring: {
        ...built.scoring,
        axes: [...built.scoring.axes, { id: "EASE", name: "Ease", meaning: "", parts: [] }],
        weights: { ...built.scoring.weights, "RDY-01": { RDY: 1, EASE: 1 }, "DI-02": { DI: 1, EASE: 1 } },
      },
    })
    const one = [anInitiative("I1", effort(60))]
    const known = plan(one, {}, withEase)
    const half = plan(one, levels({ "TTI-01": 1, "DI-01": 1, "RDY-01": 1 }), withEase)
    expect(known.waves[0]?.effort).toEqual({ low: 45, expected: 60, high: 90 })
    expect(half.waves[0]?.effort).toEqual({ low: 45, expected: 60, high: 135 })
    expect(daysLate(half, 0)).toBeGreaterThan(daysLate(known, 0))
  })
})

test("the reserve is 30 % in waves 0 and 1, and 20 % later", () => {
  const initiatives = [0, 1, 2].map((stage) => anInitiative(`I${stage}`, { stage: stage as 0 | 1 | 2, ...effort(60) }))
  expect(plan(initiatives).waves.map(({ capacity, weeks }) => [weeks, capacity])).toEqual([
    [8, 67.2],
    [8, 67.2],
    [7, 67.2],
  ])
})
