import { describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Engagement, Override } from "../../src/assessment/model.ts"
import type { Plan } from "../../src/assessment/result.ts"
import { aRule, anInitiative, inNeed, levels, planQuestionnaire } from "../fixtures/build-plan.ts"
import { orders } from "../fixtures/engagements.ts"

const initiatives = [
  anInitiative("I01", { scope: "organisation" }),
  anInitiative("I03", { needs: ["I01"] }),
  anInitiative("I14", { effects: [{ question: "DI-01", level: 3 }] }),
  anInitiative("I41", { serves: ["cost"] }),
  anInitiative("I99", { needs: ["I03"], stage: 1 }),
]
const rules = [aRule("R1", { question: "DI-01", atMost: 1 }, ["I14", "I03"])]

function plan(overrides: readonly Partial<Override>[], parts: Partial<Engagement> = {}): Plan {
  const questionnaire = planQuestionnaire(rules, initiatives)
  const all = overrides.map((each) => ({ domain: orders.id, reason: "Because.", ...each }) as Override)
  return assess(questionnaire, inNeed(questionnaire, { overrides: all, ...parts }), { draws: 20 }).plan
}

const placed = (result: Plan) => result.waves.map((wave) => [wave.number, ...wave.items.map((item) => item.id)])

test("without overrides", () => {
  expect(placed(plan([]))).toEqual([[0, "I01", "I14", "I03"]])
})

describe("include", () => {
  test("takes in what no finding leads to, with what it needs, before what is only worth its score", () => {
    const result = plan([{ initiative: "I99", action: "include", reason: "The regulator asks." }])
    expect(placed(result)).toEqual([
      [0, "I01", "I03", "I14"],
      [1, "I99"],
    ])
    const item = result.waves[1]?.items[0]
    expect(item).toMatchObject({ overridden: "included: The regulator asks." })
    expect(item?.reasons[0]).toBe("taken in by the consultant")
    expect(result.ranked.find(({ id }) => id === "I99")?.reason).toBe("no finding leads to it: the consultant takes it in")
  })

  test("of something recommended changes nothing but the word", () => {
    const result = plan([{ initiative: "I03", action: "include" }])
    expect(result.ranked.find(({ id }) => id === "I03")?.overridden).toBe("included: Because.")
    expect(result.notices).toEqual([])
  })
})

describe("drop", () => {
  test("takes out, with the reason", () => {
    const result = plan([{ initiative: "I14", action: "drop", reason: "Runs already." }])
    expect(placed(result)).toEqual([[0, "I01", "I03"]])
    expect(result.dropped).toEqual([{ id: "I14", domain: "orders", reason: "Runs already." }])
    expect(result.notices).toEqual([])
  })

  test("of something needed lets the rest go ahead, and says so", () => {
    const result = plan([{ initiative: "I01", action: "drop" }])
    expect(placed(result)).toEqual([[0, "I03", "I14"]])
    const item = result.waves[0]?.items[0]
    expect(item).toMatchObject({ needs: [{ id: "I01", wave: "dropped" }] })
    expect(item?.reasons).toContain("I01 was dropped: make sure nobody misses it")
    expect(result.notices).toEqual(["I03 (orders) needs I01, which you dropped"])
  })

  test("of something that only a dropped one needed is not necessary", () => {
    const result = plan([{ initiative: "I03", action: "drop" }])
    expect(placed(result)).toEqual([[0, "I14"]])
  })

  test("the later word counts", () => {
    const drop = { initiative: "I14", action: "drop" } as const
    const include = { initiative: "I14", action: "include" } as const
    const both = "I14 (orders) is both included and dropped by override: it is"
    expect(plan([drop, include])).toMatchObject({ dropped: [], notices: [`${both} included; take one of the two back`] })
    const dropped = plan([include, drop])
    expect([dropped.dropped.length, dropped.notices]).toEqual([1, [`${both} dropped; take one of the two back`]])
  })
})

describe("move", () => {
  test("sets the wave, and what waits for it follows", () => {
    const result = plan([{ initiative: "I01", action: "move", wave: 1, reason: "Budget comes in spring." }])
    expect(placed(result)).toEqual([
      [0, "I14"],
      [1, "I01", "I03"],
    ])
    expect(result.waves[1]?.items[0]).toMatchObject({
      overridden: "set to wave 1: Budget comes in spring.",
      reasons: ["set to this wave by the consultant: Budget comes in spring."],
    })
    expect(result.notices).toEqual([])
  })

  test("comes forward where no work is left for the waves before, because waves have no gaps", () => {
    const result = plan([
      { initiative: "I01", action: "move", wave: 3, reason: "Budget comes in spring." },
      { initiative: "I14", action: "move", wave: 4 },
    ])
    expect(placed(result)).toEqual([
      [0, "I01", "I03"],
      [1, "I14"],
    ])
    expect(result.waves[0]?.items[0]?.reasons).toEqual([
      "set to wave 3 by the consultant, and there is no work for the waves before that: Budget comes in spring.",
    ])
    expect(result.notices).toEqual([
      "I01 is set to wave 3; it is wave 0 now, because no work is left for a wave between",
      "I14 (orders) is set to wave 4; it is wave 1 now, because no work is left for a wave between",
    ])
  })

  test("of more than a wave holds makes the wave longer, and says so", () => {
    const result = plan([
      { initiative: "I14", action: "effort", effort: [60, 60] },
      { initiative: "I03", action: "effort", effort: [60, 60] },
      { initiative: "I14", action: "move", wave: 0 },
      { initiative: "I03", action: "move", wave: 0 },
      { initiative: "I01", action: "move", wave: 0 },
    ])
    expect(result.waves[0]?.weeks).toBe(16)
    expect(result.notices).toEqual(["Wave 0 takes 16 weeks instead of 8 at most, because of what you set to it"])
  })

  test("against a need and a stage is honoured, with a notice", () => {
    const result = plan([
      { initiative: "I99", action: "include" },
      { initiative: "I99", action: "move", wave: 0 },
      { initiative: "I03", action: "move", wave: 1 },
    ])
    expect(placed(result)).toEqual([
      [0, "I99", "I01", "I14"],
      [1, "I03"],
    ])
    expect(result.waves[0]?.items[0]?.needs).toEqual([{ id: "I03", domain: "orders", wave: 1 }])
    expect(result.notices).toEqual([
      "I99 (orders) is set to wave 0 as you asked, although it is no groundwork and it needs I03, which is not done by then",
    ])
  })

  test("a need that comes into the same wave is done before it", () => {
    const result = plan([{ initiative: "I03", action: "move", wave: 0 }])
    expect(placed(result)).toEqual([[0, "I01", "I03", "I14"]])
    expect(result.notices).toEqual([])
  })

  test("beyond the horizon is later, with a notice", () => {
    const result = plan([{ initiative: "I14", action: "move", wave: 9 }])
    expect(result.later).toEqual([
      { id: "I14", domain: "orders", reason: "outside the 5 waves planned: the consultant sets it to wave 9" },
    ])
    expect(result.notices).toEqual(["I14 (orders) is set to wave 9, which is outside the 5 waves planned"])
  })
})

describe("effort", () => {
  test("replaces the range and keeps the computed one in the basis", () => {
    const result = plan([{ initiative: "I14", action: "effort", effort: [20, 30], reason: "The vendor quoted." }])
    const ranked = result.ranked.find(({ id }) => id === "I14")
    expect(ranked?.effort).toEqual({ low: 20, expected: 25, high: 30 })
    expect(ranked?.effortBasis).toBe("set by the consultant: The vendor quoted. (computed: 10 days)")
    expect(result.waves[0]?.items.find(({ id }) => id === "I14")).toMatchObject({
      effort: { low: 20, expected: 25, high: 30 },
      overridden: "effort set to 20–30 days: The vendor quoted.",
    })
  })
})

describe("scope", () => {
  test("a domain's initiative without a domain means every domain; an organisation's takes no notice of one", () => {
    const { domain: _, ...everywhere } = { domain: "", initiative: "I14", action: "drop", reason: "Runs already." } as const
    const questionnaire = planQuestionnaire(rules, initiatives)
    const result = assess(questionnaire, inNeed(questionnaire, { overrides: [everywhere] }), { draws: 20 }).plan
    expect(result.dropped).toEqual([{ id: "I14", domain: "orders", reason: "Runs already." }])
    expect(plan([{ initiative: "I01", action: "drop" }]).dropped).toEqual([{ id: "I01", reason: "Because." }])
  })
})

describe("overrides without an object leave a notice and nothing else", () => {
  test.each<[Partial<Override>, string]>([
    [{ initiative: "I77", action: "drop" }, "The override of I77 has no effect: the questionnaire has no such initiative"],
    [{ initiative: "I14", action: "drop", domain: "gone" }, "The override of I14 has no effect: there is no domain gone"],
    [
      { initiative: "I41", action: "drop" },
      "I41 (orders) is not part of the plan any more, so the override that drops it has no effect",
    ],
    [
      { initiative: "I41", action: "move", wave: 1 },
      "I41 (orders) is not part of the plan any more, so the override that sets it to wave 1 has no effect",
    ],
    [
      { initiative: "I41", action: "effort", effort: [1, 2] },
      "I41 (orders) is not part of the plan any more, so the override that changes its effort has no effect",
    ],
  ])("%j", (override, notice) => {
    const result = plan([override])
    expect(result.notices).toEqual([notice])
    expect(placed(result)).toEqual(placed(plan([])))
  })

  test("they stay quiet again as soon as the answers give them one", () => {
    const drop = { initiative: "I14", action: "drop" } as const
    const high = levels({ "TTI-01": 1, "DI-01": 3, "DI-02": 1, "RDY-01": 1 })
    expect(plan([drop], high).notices).toHaveLength(1)
    expect(plan([drop]).notices).toEqual([])
  })
})
