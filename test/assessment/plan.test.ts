import { describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Engagement, Initiative, Rule } from "../../src/assessment/model.ts"
import type { Plan } from "../../src/assessment/result.ts"
import { aRule, anInitiative, inNeed, levels, planQuestionnaire } from "../fixtures/build-plan.ts"
import { billing, orders, plan as settings } from "../fixtures/engagements.ts"

const low = { question: "DI-01", atMost: 1 } as const
const days = (count: number) => ({ base: [count, count], multipliers: "none", drivers: "" }) as const

/** Capacity with 4 people and a quarter of toil: 12 a week, 8.4 after the reserve of waves 0 and 1, 9.6 later. */
function plan(rules: readonly Rule[], initiatives: readonly Initiative[], parts: Partial<Engagement> = {}, horizon = 4): Plan {
  const questionnaire = planQuestionnaire(rules, initiatives)
  const own = { ...settings, toil: 0.25, horizon }
  return assess(questionnaire, inNeed(questionnaire, { plan: own, ...parts }), { draws: 20 }).plan
}

const placed = (result: Plan) => result.waves.map((wave) => [wave.number, ...wave.items.map((item) => item.id)])
const item = (result: Plan, id: string) => result.waves.flatMap((wave) => wave.items).find((each) => each.id === id)

describe("prerequisites", () => {
  const chain = [
    anInitiative("I01", { scope: "organisation", serves: ["RDY"] }),
    anInitiative("I10", { scope: "organisation", serves: ["RDY"], needs: ["I01"] }),
    anInitiative("I15", { needs: ["I10"] }),
  ]
  const result = plan([aRule("R1", low, ["I15"])], chain)

  test("are put in, transitively, and say for whom", () => {
    expect(result.ranked.map(({ id, neededBy }) => [id, neededBy])).toEqual([
      ["I01", ["I10"]],
      ["I10", ["I15"]],
      ["I15", []],
    ])
    expect(result.ranked[0]?.reason).toBe("put in because I10 needs it")
    expect(new Set(result.ranked.map(({ score }) => score)).size).toBe(1)
  })

  test("come first, and each item says after what it stands", () => {
    expect(placed(result)).toEqual([[0, "I01", "I10", "I15"]])
    expect(item(result, "I15")?.reasons).toEqual(["starts once I10 is done earlier in this wave"])
    expect(item(result, "I15")?.needs).toEqual([{ id: "I10", wave: 0 }])
    expect((item(result, "I10")?.start ?? "") >= (item(result, "I01")?.finish ?? "9")).toBe(true)
  })

  test("that are in place are not planned again", () => {
    const inPlace = [chain[0]!, { ...chain[1]!, effects: [{ question: "RDY-01", level: 1 as const }] }, chain[2]!]
    const again = plan([aRule("R1", low, ["I15"])], inPlace)
    expect(placed(again)).toEqual([[0, "I15"]])
    expect(item(again, "I15")).toMatchObject({
      needs: [{ id: "I10", wave: "in place" }],
      reasons: ["I10 is in place"],
    })
  })

  test("of something done once are looked for in one domain", () => {
    const initiatives = [anInitiative("I03"), anInitiative("I41", { scope: "organisation", needs: ["I03"] })]
    const answers = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 1, "RDY-01": 1 }).answers
    const both = [...answers, ...answers.map((each) => Object.assign({}, each, { domain: billing.id, value: 3 }))]
    const { ranked } = plan([aRule("R1", low, ["I41"])], initiatives, { domains: [billing, orders], answers: both })
    expect(ranked.map(({ id, domain }) => [id, domain])).toEqual([
      ["I03", "orders"],
      ["I41", undefined],
    ])
  })
})

describe("capacity", () => {
  const rules = [aRule("R1", low, ["I1", "I2", "I3"])]

  test("a wave grows to its longest, then the next one starts", () => {
    const result = plan(rules, [
      anInitiative("I1", { effort: days(30) }),
      anInitiative("I2", { effort: days(31) }),
      anInitiative("I3", { effort: days(40) }),
    ])
    expect(placed(result)).toEqual([
      [0, "I1", "I2"],
      [1, "I3"],
    ])
    expect(result.waves.map(({ weeks, capacity }) => [weeks, capacity])).toEqual([
      [8, 67.2],
      [6, 50.4],
    ])
    expect(item(result, "I3")?.reasons).toEqual(["the first wave with 40 free person-days"])
    expect(result.waves[0]?.capacityBasis).toBe(
      "4 people × 40 working days × (1 − 25 % toil, as set for the plan) × 0.8, less a reserve of 30 %: 67 person-days",
    )
    expect(result.waves.map(({ start, finish }) => [start, finish])).toEqual([
      ["2027-01-04", "2027-02-26"],
      ["2027-03-01", "2027-04-09"],
    ])
  })

  test("what fits into no wave gets one to itself, and is told to split", () => {
    const result = plan(rules, [anInitiative("I1", { effort: days(200) }), anInitiative("I2")])
    expect(placed(result)).toEqual([
      [0, "I2"],
      [1, "I1"],
    ])
    expect(result.waves[1]?.weeks).toBe(24)
    expect(item(result, "I1")?.reasons).toContain(
      "needs 200 person-days where a whole wave holds 84, so it gets one of its own, as long as it takes: split it or add people",
    )
  })

  test("what does not fit beside what repeats gets a wave to itself, no longer than it needs", () => {
    const kit = anInitiative("I39", { everyWave: true, scope: "organisation", serves: ["cost"], effort: days(30) })
    const sinks = { days: [30, 30], unit: "sink", reference: 1 } as const
    const repeated = { ...kit, effort: { ...days(0), perUnit: sinks } }
    const result = plan(
      [aRule("R1", low, ["I39", "I1", "I2"])],
      [repeated, anInitiative("I1", { effort: days(65) }), anInitiative("I2", { effort: days(10), needs: ["I1"] })],
    )
    expect(placed(result)).toEqual([
      [0, "I1"],
      [1, "I2", "I39"],
    ])
    const late = plan(
      [aRule("R1", low, ["I39", "I1"])],
      [repeated, anInitiative("I1", { effort: days(65), stage: 1, serves: ["cost"] })],
    )
    expect(placed(late)).toEqual([
      [0, "I39"],
      [1, "I1"],
    ])
    expect(late.waves[1]?.weeks).toBe(8)
    expect(item(late, "I1")?.reasons).toContain(
      "needs 65 of the 84 person-days of a whole wave, so it gets one of its own and what repeats in every wave pauses",
    )
  })

  test("what is left over at the horizon says why", () => {
    const initiatives = [
      anInitiative("I1", { effort: days(60) }),
      anInitiative("I2", { effort: days(61) }),
      anInitiative("I3", { needs: ["I2"] }),
    ]
    const own = [aRule("R1", low, ["I1", "I2"]), aRule("R2", low, ["I3"], { severity: "medium" })]
    const result = plan(own, initiatives, {}, 1)
    expect(result.later).toEqual([
      { id: "I2", domain: "orders", reason: "outside the one wave planned: needs 61 person-days where wave 0 had 7 left" },
      { id: "I3", domain: "orders", reason: "waits for I2" },
    ])
    expect(plan(rules, [anInitiative("I1")], {}, 0)).toMatchObject({
      waves: [],
      later: [{ id: "I1", reason: "outside the 0 waves planned: no wave is planned" }],
    })
  })

  test("the whole time lost is not planned with: some is left, and said", () => {
    const questionnaire = planQuestionnaire(rules, [anInitiative("I1")])
    const own = { plan: { ...settings, toil: 1 } }
    expect(assess(questionnaire, inNeed(questionnaire, own), { draws: 20 }).plan.waves[0]?.capacityBasis).toContain(
      "(1 − 95 % toil, 100 % as set for the plan, counted as this so that some time is left)",
    )
  })

  test("toil comes from the answers when it is not set, and is assumed when nobody answered", () => {
    const questionnaire = planQuestionnaire(rules, [anInitiative("I1")])
    const { toil: _, ...unset } = { ...settings, toil: 0 }
    expect(assess(questionnaire, inNeed(questionnaire, { plan: unset }), { draws: 20 }).plan.waves[0]?.capacityBasis).toContain(
      "50 % toil, assumed, because OPS-03 is not answered",
    )
  })
})

describe("stages and sizes", () => {
  const rules = [aRule("R1", low, ["I1", "I2", "I3", "I4"])]

  test("nothing is earlier than its kind of wave; a wave with nothing in it is left out", () => {
    const result = plan(rules, [anInitiative("I1", { stage: 2 }), anInitiative("I2", { stage: 0 })])
    expect(placed(result)).toEqual([
      [0, "I2"],
      [1, "I1"],
    ])
    expect(result.waves[1]).toMatchObject({ start: "2027-02-01", weeks: 6 })
    expect(item(result, "I1")?.reasons).toEqual(["comes after the groundwork"])
  })

  test("no more than three new sources, one heavy product and two products per team", () => {
    const sources = ["I1", "I2"].map((id) => anInitiative(id, { stage: 2, takes: { sources: 2 } }))
    const heavy = ["I3", "I4"].map((id) => anInitiative(id, { stage: 2, takes: { heavyProducts: 1 } }))
    const result = plan(rules, [...sources, ...heavy])
    expect(placed(result)).toEqual([
      [0, "I1", "I3"],
      [1, "I2", "I4"],
    ])
    expect(item(result, "I2")?.reasons).toContain("wave 0 takes at most 3 new sources")
    const products = ["I1", "I2", "I3"].map((id) => anInitiative(id, { stage: 2, takes: { products: 1 } }))
    expect(placed(plan(rules, products))).toEqual([
      [0, "I1", "I2"],
      [1, "I3"],
    ])
  })

  test("what exceeds a size by itself may still come, as the only one of its kind", () => {
    const result = plan(rules, [
      anInitiative("I1", { stage: 1, takes: { sources: 5 } }),
      anInitiative("I2", { stage: 1, takes: { sources: 1 } }),
    ])
    expect(placed(result)).toEqual([
      [0, "I1"],
      [1, "I2"],
    ])
  })

  test("sources count as they are listed, up to what is stated", () => {
    const perUnit = { days: [1, 1], unit: "source", rows: "CON-01", reference: 5 } as const
    const capture = anInitiative("I1", {
      stage: 1,
      takes: { sources: 3 },
      effort: { base: [0, 0], perUnit, multipliers: "none", drivers: "" },
    })
    const other = anInitiative("I2", { stage: 1, takes: { sources: 2 } })
    expect(placed(plan(rules, [capture, other]))).toEqual([[0, "I1", "I2"]])
  })
})

describe("the pilot", () => {
  const pilot = anInitiative("I45", {
    stage: 1,
    serves: ["RDY"],
    takes: { products: 1 },
    effects: [{ question: "RDY-01", level: 3 }],
  })
  const move = anInitiative("I23", { stage: 2, serves: ["TTI"], takes: { products: 1 } })
  const rules = [aRule("R1", low, ["I23"])]

  test("goes before a broad move, in the wave before at the latest", () => {
    const result = plan(rules, [pilot, move])
    expect(placed(result)).toEqual([
      [0, "I45"],
      [1, "I23"],
    ])
    expect(result.waves[0]?.name).toBe("Wave 0: pilot in Orders")
    expect(item(result, "I23")?.reasons).toEqual(["waits for the pilot's lessons: I45 is done in wave 0"])
    expect(result.ranked.find(({ id }) => id === "I45")?.neededBy).toEqual(["I23"])
  })

  test("has to be done a wave earlier, wherever it is put", () => {
    const overrides = [
      { initiative: "I45", domain: "orders", action: "move", wave: 2, reason: "The team is back then." } as const,
    ]
    const ground = ["I1", "I2"].map((id) => anInitiative(id, { effort: days(60) }))
    expect(placed(plan([...rules, aRule("R2", low, ["I1", "I2"])], [pilot, move, ...ground], { overrides }))).toEqual([
      [0, "I1"],
      [1, "I2"],
      [2, "I45"],
      [3, "I23"],
    ])
  })

  test("has its own ground done first, then its gates, then itself, then the kit, then the gates elsewhere", () => {
    const answers = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 1, "RDY-01": 1 }).answers
    const ready = answers.map((each) =>
      Object.assign({}, each, { domain: billing.id }, each.question === "RDY-01" ? { value: 2 } : {}),
    )
    const inventories = [orders, billing].map(({ id }) => ({
      domain: id,
      question: "CON-01",
      rows: inNeed(planQuestionnaire([], [])).inventories[0]!.rows,
    }))
    const effects = [{ question: "DI-01", level: 3 as const }]
    const result = plan(
      [aRule("R14", low, ["I14"], { gate: true, severity: "critical" }), aRule("R1", low, ["I23", "I1"])],
      [
        anInitiative("I14", { effects, needs: ["I02"], effort: days(12) }),
        anInitiative("I02"),
        anInitiative("I03", { effort: days(12) }),
        { ...pilot, needs: ["I03"], effort: days(30) },
        move,
        anInitiative("I39", { scope: "organisation", stage: 1, everyWave: true, effort: days(10) }),
        anInitiative("I1", { effort: days(1) }),
      ],
      { domains: [orders, billing], answers: [...answers, ...ready], inventories },
    )
    expect(result.ranked.map(({ id, domain }) => (domain === undefined ? id : `${id} ${domain}`))).toEqual([
      "I03 billing",
      "I02 billing",
      "I14 billing",
      "I45 billing",
      "I39",
      "I02 orders",
      "I14 orders",
      "I1 billing",
      "I1 orders",
      "I23 billing",
      "I23 orders",
    ])
    expect(item(result, "I45")?.needs.map(({ id }) => id)).toEqual(["I03", "I14"])
    expect(item(result, "I45")?.reasons).toEqual([
      "the pilot comes before anything is built more widely",
      "starts once I03 is done in wave 0",
      "moves nothing before the gates of its domain are open: I14 is done in wave 0",
      "comes after the groundwork",
    ])
    expect(item(result, "I39")?.reasons[0]).toBe("it has to be there when the pilot changes over")
  })

  test("reads the sources that are captured in its domain: they count once", () => {
    const capture = (sources: number) => anInitiative("I15", { stage: 1, serves: ["TTI"], takes: { sources }, effort: days(1) })
    const both = [aRule("R1", low, ["I23", "I15"])]
    const reading = { ...pilot, takes: { products: 1, sources: 2 } }
    expect(placed(plan(both, [reading, move, capture(2)]))).toEqual([
      [0, "I45", "I15"],
      [1, "I23"],
    ])
    expect(placed(plan(both, [reading, move, capture(3)]))[0]).toEqual([0, "I45"])
  })

  test("goes ahead without the kit where room is short, with a notice", () => {
    const kit = anInitiative("I39", { scope: "organisation", stage: 1, everyWave: true, effort: days(50) })
    const result = plan(rules, [{ ...pilot, effort: days(60) }, move, kit])
    expect(placed(result)).toEqual([
      [0, "I45"],
      [1, "I39", "I23"],
    ])
    expect(result.notices).toEqual([
      "I39 comes in wave 1, after the pilot in wave 0, which leaves no room: until then that is done by hand",
    ])
  })

  test("is not repeated where its lessons are in place", () => {
    const done = { ...pilot, effects: [{ question: "RDY-01", level: 1 as const }] }
    expect(placed(plan(rules, [done, move]))).toEqual([[0, "I23"]])
  })

  test("keeps nobody waiting who has such lessons already", () => {
    const experienced = { ...pilot, effects: [{ question: "RDY-01", level: 2 as const }] }
    const answers = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 1, "RDY-01": 1 }).answers
    const ready = answers.map((each) =>
      Object.assign({}, each, { domain: billing.id }, each.question === "RDY-01" ? { value: 3 } : {}),
    )
    const overrides = [
      { initiative: "I45", domain: "orders", action: "move", wave: 3, reason: "The team is back then." } as const,
    ]
    const result = plan(rules, [experienced, move], { domains: [orders, billing], answers: [...answers, ...ready], overrides }, 5)
    expect(result.waves.map(({ number, items }) => [number, ...items.map(({ id, domain }) => `${id} ${domain}`)])).toEqual([
      [0, "I23 billing"],
      [1, "I45 orders"],
      [2, "I23 orders"],
    ])
  })

  test("is one: where readiness is highest, unless the consultant wants it elsewhere", () => {
    const answers = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 1, "RDY-01": 1 }).answers
    const ready = answers.map((each) =>
      Object.assign({}, each, { domain: billing.id }, each.question === "RDY-01" ? { value: 2 } : {}),
    )
    const inventories = [orders, billing].map(({ id }) => ({
      domain: id,
      question: "CON-01",
      rows: inNeed(planQuestionnaire([], [])).inventories[0]!.rows,
    }))
    const two = { domains: [orders, billing], answers: [...answers, ...ready], inventories }
    const both = [...rules, aRule("R2", low, ["I45"])]
    const result = plan(both, [pilot, move], two)
    expect(item(result, "I45")?.domain).toBe("billing")
    expect(result.later).toContainEqual({
      id: "I45",
      domain: "orders",
      reason: "one pilot is enough to begin with: Billing goes first",
    })
    const override = { initiative: "I45", domain: "orders", action: "include", reason: "The team is keen." } as const
    const wished = plan(both, [pilot, move], { ...two, overrides: [override] })
    expect(item(wished, "I45")).toMatchObject({ domain: "orders", overridden: "included: The team is keen." })
  })
})

describe("what repeats in every wave", () => {
  test("comes with the first product, pays its base once and its units each time", () => {
    const kit = anInitiative("I39", {
      everyWave: true,
      stage: 1,
      scope: "organisation",
      effort: { base: [20, 20], perUnit: { days: [2, 2], unit: "sink", reference: 4 }, multipliers: "none", drivers: "" },
    })
    const moves = ["I1", "I2", "I3"].map((id) => anInitiative(id, { stage: 2, takes: { products: 1 } }))
    const result = plan([aRule("R1", low, ["I1", "I2", "I3"])], [kit, ...moves])
    expect(placed(result)).toEqual([
      [0, "I39", "I1", "I2"],
      [1, "I39", "I3"],
    ])
    expect(result.waves.map((wave) => wave.items.find(({ id }) => id === "I39")?.effort.expected)).toEqual([28, 8])
    expect(result.ranked.find(({ id }) => id === "I39")?.neededBy).toEqual(["I1", "I2", "I3"])
  })
})

describe("gates", () => {
  const gate = aRule("R46", { question: "RDY-01", atMost: 1 }, ["I10"], { gate: true })
  const open = anInitiative("I10", { serves: ["cost"], effort: days(60), effects: [{ question: "RDY-01", level: 2 }] })

  test("come first whatever the score, and stop the next wave while they hold", () => {
    const result = plan([gate, aRule("R1", low, ["I1"], { severity: "critical" })], [open, anInitiative("I1")])
    expect(result.ranked.map(({ id, gate }) => [id, gate])).toEqual([
      ["I10", true],
      ["I1", false],
    ])
    expect(item(result, "I10")?.reasons[0]).toBe("opens the gate R46, so it comes early")
    expect(result.waves[0]?.stop).toEqual([
      "R46 (name of R46) still holds in Orders",
      "What the next wave needs from this one is not done when it ends",
    ])
  })

  const closed = aRule("R37", { question: "TTI-01", atMost: 1 }, ["I44"], { gate: true })
  const later = [
    anInitiative("I44", { serves: ["focus"] }),
    anInitiative("I23", { stage: 2, needs: ["I22"] }),
    anInitiative("I22"),
    anInitiative("I1", { stage: 1 }),
  ]

  test("that no work opens hold back everything after the pilot, and what only that needs", () => {
    const result = plan([closed, aRule("R1", low, ["I23", "I1"])], later)
    expect(placed(result)).toEqual([
      [0, "I44"],
      [1, "I1"],
    ])
    expect(result.later).toEqual([
      { id: "I23", domain: "orders", reason: "held back by R37 (Name of R37): nothing beyond a pilot until that is settled" },
    ])
  })

  test("that no work opens let a pilot stand, and no source move", () => {
    const moving = [
      anInitiative("I44", { serves: ["focus"] }),
      anInitiative("I15", { stage: 1, takes: { sources: 1 } }),
      anInitiative("I45", { stage: 1, takes: { products: 1 } }),
    ]
    const result = plan([closed, aRule("R1", low, ["I15", "I45"])], moving)
    expect(placed(result)).toEqual([
      [0, "I44"],
      [1, "I45"],
    ])
    expect(result.later.map(({ id }) => id)).toEqual(["I15"])
  })

  test("are opened before anything moves in their domain, but for what opens them", () => {
    const shut = aRule("R14", low, ["I14"], { gate: true, severity: "critical" })
    const opener = anInitiative("I14", { effects: [{ question: "DI-01", level: 3 }], effort: days(60), needs: ["I15"], stage: 1 })
    const moving = [
      anInitiative("I15", { takes: { sources: 1 }, stage: 1 }),
      anInitiative("I30", { takes: { sources: 1 }, stage: 1 }),
    ]
    const result = plan([shut, aRule("R1", low, ["I30"])], [opener, ...moving])
    expect(placed(result)).toEqual([[0, "I15", "I14", "I30"]])
    expect(item(result, "I30")?.reasons[0]).toBe(
      "moves nothing before the gates of its domain are open: I14 is done earlier in this wave",
    )
    expect((item(result, "I30")?.start ?? "") >= (item(result, "I14")?.finish ?? "9")).toBe(true)
  })

  test("hold back what is done once for all only where every domain is closed", () => {
    const answers = levels({ "TTI-01": 1, "DI-01": 1 }).answers
    const open = answers.map((each) =>
      Object.assign({}, each, { domain: billing.id }, each.question === "TTI-01" ? { value: 3 } : {}),
    )
    const both = [closed, aRule("R1", low, ["I26"])]
    const once = [anInitiative("I44", { serves: ["focus"] }), anInitiative("I26", { stage: 2, scope: "organisation" })]
    const two = { domains: [orders, billing] }
    expect(item(plan(both, once, { ...two, answers: [...answers, ...open] }), "I26")?.id).toBe("I26")
    const shut = open.map((each) => Object.assign({}, each, { value: 1 }))
    expect(item(plan(both, once, { ...two, answers: [...answers, ...shut] }), "I26")).toBeUndefined()
  })

  test("the consultant's word goes above, with a notice", () => {
    const overrides = [{ initiative: "I23", domain: "orders", action: "include", reason: "The board decided." } as const]
    const result = plan([closed, aRule("R1", low, ["I23", "I1"])], later, { overrides })
    expect(placed(result)).toEqual([
      [0, "I22", "I44"],
      [1, "I23", "I1"],
    ])
    expect(result.notices).toEqual([
      "I23 (orders) is planned as you asked, although it is held back by R37 (Name of R37): nothing beyond a pilot until that is settled",
    ])
  })
})

describe("moves and themes", () => {
  test("five next moves, one per initiative, with the outcome that proves them", () => {
    const initiatives = ["I1", "I2", "I3", "I4", "I5", "I6"].map((id) => anInitiative(id))
    const { moves } = plan(
      [
        aRule(
          "R1",
          low,
          initiatives.map(({ id }) => id),
        ),
      ],
      initiatives,
    )
    expect(moves.map(({ id }) => id)).toEqual(["I1", "I2", "I3", "I4", "I5"])
    expect(moves[0]).toEqual({ id: "I1", domain: "orders", wave: 0, outcome: "Done when: exit of I1 reached." })
  })

  test("what can start now goes before what waits", () => {
    const chain = [anInitiative("I1"), anInitiative("I2", { needs: ["I1"] }), anInitiative("I3", { needs: ["I2"] })]
    const rest = ["I4", "I5", "I6", "I7"].map((id) => anInitiative(id, { serves: ["cost"], effort: days(1) }))
    const { ranked, moves } = plan([aRule("R1", low, ["I3", "I4", "I5", "I6", "I7"])], [...chain, ...rest])
    expect(ranked.slice(0, 3).map(({ id }) => id)).toEqual(["I1", "I2", "I3"])
    expect(moves.map(({ id }) => id)).toEqual(["I1", "I4", "I5", "I6", "I7"])
  })

  test("at most seven themes, in the order of their best initiative", () => {
    const initiatives = ["a", "b", "c", "d", "e", "f", "g", "h"].map((theme, at) =>
      anInitiative(`I${at}`, { theme, effort: days(40 - at) }),
    )
    const { themes } = plan(
      [
        aRule(
          "R1",
          low,
          initiatives.map(({ id }) => id),
        ),
      ],
      initiatives,
    )
    expect(themes.map(({ id }) => id)).toEqual(["h", "g", "f", "e", "d", "c", "b"])
  })
})
