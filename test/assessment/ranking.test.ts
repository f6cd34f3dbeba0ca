import { describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Anchor, Engagement, Initiative, Rule } from "../../src/assessment/model.ts"
import type { RankedInitiative } from "../../src/assessment/result.ts"
import { aRule, anInitiative, consumer, inNeed, levels, planQuestionnaire } from "../fixtures/build-plan.ts"
import { billing, cast, orders, said } from "../fixtures/engagements.ts"

const low = { question: "DI-01", atMost: 1 } as const

function plan(rules: readonly Rule[], initiatives: readonly Initiative[], parts: Partial<Engagement> = {}) {
  const questionnaire = planQuestionnaire(rules, initiatives)
  return assess(questionnaire, inNeed(questionnaire, parts), { draws: 20 }).plan
}

const ids = (ranked: readonly RankedInitiative[]): string[] =>
  ranked.map(({ id, domain }) => (domain === undefined ? id : `${id}@${domain}`))
/** Effort that divides by exactly 2: 32 ** 0.2. */
const halving = { base: [32, 32], multipliers: "none", drivers: "" } as const

describe("the score of E.5", () => {
  test("strongest rule + half of the second + a quarter of the third, times gap, over effort to the power of 0.2", () => {
    const rules = [
      aRule("R1", low, ["I1"], { severity: "medium" }),
      aRule("R2", low, ["I1"], { severity: "critical" }),
      aRule("R3", low, ["I1"], { severity: "high" }),
    ]
    const [first] = plan(rules, [anInitiative("I1", { effort: halving })]).ranked
    // DI is at 25, the consumer asks for 80: (4 + 3/2 + 2/4) × 0.55 / 2.
    expect(first?.score).toBe(1.65)
    expect(first?.findings.map(({ rule }) => rule)).toEqual(["R2", "R3", "R1"])
    expect(first?.reason).toBe(
      "R2 (critical), R3 (high), R1 (medium); Data integrity in Orders is 55 points below what is needed",
    )
  })

  test.each<["cost" | "focus" | "confidence", number]>([
    ["cost", 0.3],
    ["focus", 0.3],
    ["confidence", 0.375],
  ])("what serves %s has a constant gap", (serves, score) => {
    const [first] = plan([aRule("R1", low, ["I1"])], [anInitiative("I1", { serves: [serves], effort: halving })]).ranked
    expect([first?.score, first?.reason]).toEqual([score, `R1 (high); serves ${serves}`])
  })

  test("readiness counts as far as it falls short of what a move takes", () => {
    const [first] = plan([aRule("R1", low, ["I1"])], [anInitiative("I1", { serves: ["RDY"], effort: halving })]).ranked
    expect(first?.score).toBe(0.525)
  })

  test("the widest gap of several axes counts", () => {
    const initiatives = [anInitiative("I1", { serves: ["RDY", "TTI", "DI"], effort: halving })]
    expect(plan([aRule("R1", low, ["I1"])], initiatives).ranked[0]?.score).toBe(0.825)
  })

  test("a smaller initiative with the same worth comes first", () => {
    const initiatives = [anInitiative("I1", { effort: halving }), anInitiative("I2")]
    expect(ids(plan([aRule("R1", low, ["I1", "I2"])], initiatives).ranked)).toEqual(["I2@orders", "I1@orders"])
  })

  test("disputed answers take confidence away, and say so", () => {
    const answers = [
      ...levels({ "TTI-01": 1, "DI-02": 1, "RDY-01": 1 }).answers,
      said(cast.platformEngineer, "DI-01", 1),
      said(cast.analyticsEngineer, "DI-01", 4),
    ]
    const when = { all: [low, { question: "DI-02", atMost: 1 }] }
    const [first] = plan([aRule("R1", when, ["I1"])], [anInitiative("I1", { effort: halving })], { answers }).ranked
    expect([first?.score, first?.reason]).toEqual([0.413, expect.stringContaining("50 % of the answers behind it are agreed")])
    const [all] = plan([aRule("R1", low, ["I1"])], [anInitiative("I1", { effort: halving })], { answers }).ranked
    expect(all?.score).toBe(0.165)
  })

  test("while nobody knows whether the need is met, readiness has a cautious gap too", () => {
    const { actualAge: _, ...row } = consumer(0)
    const inventories = [{ domain: orders.id, question: "CON-01", rows: [row] }]
    const [first] = plan([aRule("R1", low, ["I1"])], [anInitiative("I1", { serves: ["RDY"], effort: halving })], {
      inventories,
    }).ranked
    expect([first?.score, first?.reason]).toEqual([0.225, expect.stringContaining("target unknown in Orders")])
  })

  test("while a critical consumer leaves the required age blank, nobody knows how fast it has to be", () => {
    const { requiredAge: _, ...row } = consumer(600)
    const inventories = [{ domain: orders.id, question: "CON-01", rows: [row] }]
    const { ranked } = plan([aRule("R1", low, ["I1"])], [anInitiative("I1", { serves: ["TTI"], effort: halving })], {
      inventories,
    })
    expect([ranked[0]?.score, ranked[0]?.reason]).toEqual([0.225, expect.stringContaining("target unknown in Orders")])
  })

  test("without a critical consumer the target is unknown: a cautious gap, and the reason says so", () => {
    const [first] = plan([aRule("R1", low, ["I1"])], [anInitiative("I1", { effort: halving })], { inventories: [] }).ranked
    expect(first?.score).toBe(0.225)
    expect(first?.reason).toContain("target unknown in Orders: list its critical consumers")
  })
})

describe("scope", () => {
  const answers = [orders, billing].flatMap((domain) =>
    levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 1, "RDY-01": 1 }).answers.map((each) =>
      Object.assign({}, each, { domain: domain.id }),
    ),
  )
  const two = { domains: [orders, billing], answers }

  test("what is done once adds up the findings of all domains, the rest stands per domain", () => {
    const rules = [aRule("R1", low, ["I1", "I2"])]
    const { ranked } = plan(rules, [anInitiative("I1", { scope: "organisation" }), anInitiative("I2")], two)
    expect(ids(ranked)).toEqual(["I1", "I2@orders", "I2@billing"])
    expect(ranked[0]?.findings).toEqual([
      { rule: "R1", domain: "orders" },
      { rule: "R1", domain: "billing" },
    ])
    expect(ranked[0]?.reason).toContain("R1 (high in Orders), R1 (high in Billing)")
  })
})

describe("what is not recommended", () => {
  const rules = [aRule("R1", low, ["I1"])]
  const reaching = (level: Anchor) => [
    anInitiative("I1", {
      effects: [
        { question: "DI-01", level },
        { question: "DI-02", level },
      ],
    }),
  ]

  test("what is in place: every effect reached", () => {
    expect(plan(rules, reaching(1)).ranked).toEqual([])
    expect(ids(plan(rules, reaching(2)).ranked)).toEqual(["I1@orders"])
  })

  test("what does not apply proves nothing, what is skipped has nothing to raise", () => {
    const answers = (status: "answered" | "not-applicable") =>
      levels({ "TTI-01": 1, "DI-02": 1, "RDY-01": 1 }).answers.concat({
        respondent: cast.platformEngineer.id,
        domain: orders.id,
        question: "DI-01",
        status,
        ...(status === "answered" ? { value: 3 } : { reason: "We have none." }),
      })
    const slow = [aRule("R1", { question: "TTI-01", atMost: 1 }, ["I1"])]
    const raising = (...questions: string[]) => [
      anInitiative("I1", { serves: ["TTI"], effects: questions.map((question) => ({ question, level: 1 as const })) }),
    ]
    expect(plan(slow, raising("DI-01"), { answers: answers("answered") }).ranked).toEqual([])
    expect(ids(plan(slow, raising("DI-01"), { answers: answers("not-applicable") }).ranked)).toEqual(["I1@orders"])
    expect(plan(slow, raising("DI-01", "DI-02"), { answers: answers("not-applicable") }).ranked).toEqual([])
  })

  test("what is known to have nothing to do, and nothing waits for it", () => {
    const perUnit = { days: [1, 1], unit: "late consumer", rows: "CON-01", reference: 3 } as const
    const late = anInitiative("I1", {
      serves: ["cost"],
      effort: {
        base: [0, 0],
        perUnit: { ...perUnit, where: [{ column: "actualAge", aboveColumn: "requiredAge" }] },
        multipliers: "none",
        drivers: "",
      },
    })
    const both = [late, anInitiative("I2", { serves: ["cost"], needs: ["I1"] })]
    const inventories = [{ domain: orders.id, question: "CON-01", rows: [consumer(10)] }]
    const result = plan([aRule("R1", low, ["I1", "I2"])], both, { inventories })
    expect(ids(result.ranked)).toEqual(["I2@orders"])
    expect(result.notRecommended).toEqual([
      { id: "I1", domain: "orders", reason: "nothing to do: CON-01 lists no late consumer" },
    ])
    expect(result.waves[0]?.items[0]?.needs).toEqual([{ id: "I1", domain: "orders", wave: "in place" }])
    const overrides = [{ initiative: "I1", domain: "orders", action: "include", reason: "They asked." } as const]
    const included = plan([aRule("R1", low, ["I1", "I2"])], both, { inventories, overrides })
    expect([included.notRecommended, ids(included.ranked).toSorted()]).toEqual([[], ["I1@orders", "I2@orders"]])
  })

  test("is listed with the reason, so that every finding can be followed", () => {
    const high = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 4, "RDY-01": 1 })
    expect(plan(rules, reaching(1)).notRecommended).toEqual([
      { id: "I1", domain: "orders", reason: "in place already: DI-01 is at 1 or higher, DI-02 is at 1 or higher" },
    ])
    const questionnaire = planQuestionnaire(rules, [anInitiative("I1")])
    const needs = { ...questionnaire.scoring.needs, classes: { ...questionnaire.scoring.needs.classes, DI: [] } }
    const lenient = { ...questionnaire, scoring: { ...questionnaire.scoring, needs } }
    expect(assess(lenient, inNeed(lenient, high), { draws: 20 }).plan.notRecommended).toEqual([
      { id: "I1", domain: "orders", reason: "Data integrity in Orders is already what is needed" },
    ])
    const met = { inventories: [{ domain: orders.id, question: "CON-01", rows: [consumer(10)] }] }
    expect(plan(rules, [anInitiative("I1", { takes: { products: 1 } })], met).notRecommended).toEqual([
      { id: "I1", domain: "orders", reason: "nothing has to move here: the consumers get what they need" },
    ])
  })

  test("what has a bar of its own to count as done", () => {
    const bar = (level: Anchor) => reaching(1).map((each) => ({ ...each, inPlaceAt: [{ question: "DI-01", level }] }))
    expect(plan(rules, bar(1)).ranked).toEqual([])
    expect(ids(plan(rules, bar(2)).ranked)).toEqual(["I1@orders"])
    expect(ids(plan(rules, [{ ...reaching(1)[0]!, inPlaceAt: [] }]).ranked)).toEqual(["I1@orders"])
  })

  test("what serves an axis whose need is met", () => {
    const high = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 4, "RDY-01": 1 })
    const questionnaire = planQuestionnaire(rules, [anInitiative("I1")])
    const needs = { ...questionnaire.scoring.needs, classes: { ...questionnaire.scoring.needs.classes, DI: [] } }
    const lenient = { ...questionnaire, scoring: { ...questionnaire.scoring, needs } }
    expect(assess(lenient, inNeed(lenient, high), { draws: 20 }).plan.ranked).toEqual([])
  })
})

describe("leave it in batch", () => {
  const met = { inventories: [{ domain: orders.id, question: "CON-01", rows: [consumer(10)] }] }
  const rules = [
    aRule("R46", { question: "RDY-01", atMost: 1 }, ["I10"], { gate: true }),
    aRule("R43", low, ["I42"], { gate: true, severity: "critical" }),
    aRule("R02", { question: "TTI-01", atMost: 1 }, ["I15", "I13", "I07"]),
    aRule("R47", { rows: "CON-01", every: [{ column: "actualAge", atMostColumn: "requiredAge" }] }, ["I44"], {
      severity: "positive",
    }),
    aRule("R39", low, ["I41", "I33"]),
  ]
  const initiatives = [
    anInitiative("I10", { serves: ["RDY"], scope: "organisation" }),
    anInitiative("I42"),
    anInitiative("I15", { serves: ["TTI"] }),
    anInitiative("I13", { serves: ["TTI", "DI"] }),
    anInitiative("I07", { needs: ["I10"], scope: "organisation" }),
    anInitiative("I44", { serves: ["focus"] }),
    anInitiative("I41", { serves: ["cost"] }),
    anInitiative("I33", { takes: { products: 1 } }),
  ]

  test("nothing is recommended but gates, the register, cost, and what integrity still needs", () => {
    expect(new Set(ids(plan(rules, initiatives, met).ranked))).toEqual(
      new Set(["I42@orders", "I44@orders", "I41@orders", "I13@orders"]),
    )
  })

  test("the runway, movement and products come back when a consumer waits", () => {
    const all = ["I10", "I42@orders", "I15@orders", "I13@orders", "I07", "I41@orders", "I33@orders"]
    expect(new Set(ids(plan(rules, initiatives).ranked))).toEqual(new Set(all))
  })

  test("a gate that only prepares a move is none where nothing moves, even while another domain moves", () => {
    const answersOf = (domain: string, ready: Anchor) =>
      levels({ "TTI-01": 1, "DI-01": 3, "DI-02": 1, "RDY-01": ready }).answers.map((each) => Object.assign({}, each, { domain }))
    const parts = {
      domains: [orders, billing],
      answers: [...answersOf("orders", 3), ...answersOf("billing", 1)],
      inventories: [
        { domain: orders.id, question: "CON-01", rows: [consumer(600)] },
        { domain: billing.id, question: "CON-01", rows: [consumer(10)] },
      ],
    }
    expect(ids(plan([rules[0]!], initiatives, parts).ranked)).toEqual([])
    const waiting = [{ domain: billing.id, question: "CON-01", rows: [consumer(600)] }]
    expect(plan([rules[0]!], initiatives, { ...parts, inventories: waiting }).ranked).toMatchObject([{ id: "I10", gate: true }])
  })

  test("the products whose need is met are listed with their consumers", () => {
    expect(plan(rules, initiatives, met).keepInBatch).toEqual([
      { domain: "orders", product: "Pricing", reason: "every critical consumer gets it within the age it needs (Pricing)" },
    ])
    expect(plan(rules, initiatives).keepInBatch).toEqual([])
  })
})
