import { assess } from "../../src/assessment/assess.ts"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { scoreDomain } from "../../src/assessment/domain.ts"
import type { Answer, Condition, Engagement, Questionnaire, Rule, Severity } from "../../src/assessment/model.ts"
import { findOutNext } from "../../src/assessment/next.ts"
import { anEngagement, billing, cast, orders, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, common, gate, single } from "../fixtures/build-questionnaire.ts"
import { randomEngagement } from "../fixtures/random-engagement.ts"
import { scoringQuestionnaire } from "../fixtures/scoring-questionnaire.ts"

const { platformEngineer, sponsor } = cast

function next(questionnaire: Questionnaire, engagement: Engagement) {
  const domains = engagement.domains.map(({ id }) => scoreDomain(questionnaire, engagement, id, { seed: 1, draws: 10 }))
  return findOutNext(questionnaire, engagement, domains)
}

const rule = (id: string, severity: Severity, when: Condition): Rule => ({
  id,
  name: id,
  when,
  finding: "",
  severity,
  gate: false,
  theme: "movement",
  initiatives: [],
  seed: [],
})

const questionnaire = buildQuestionnaire(
  [
    [single("S-1"), { TTI: 4 }],
    [single("S-2"), { TTI: 1 }],
    [single("I-1", { minutes: 5, primary: ["GL", "DPE"] }), { DI: 2 }],
    [single("I-2"), { DI: 8 }],
    [single("R-1"), { RDY: 1 }],
    [{ ...common("M-1"), type: "multi", none: "None", options: [{ id: "x", text: "X" }] }, {}],
    [
      {
        ...common("T-1"),
        type: "table",
        item: "job",
        whenEmpty: "missing",
        columns: [{ id: "name", label: "Name", type: "text", required: true }],
      },
      {},
    ],
    [{ ...common("X-1"), type: "text" }, {}],
  ],
  {
    gates: [gate("DI", ["I-1"])],
    rules: [
      rule("R01", "critical", { question: "I-1", atMost: 1 }),
      rule("R02", "high", {
        all: [
          { question: "I-1", is: [2] },
          { question: "I-2", atLeast: 3 },
        ],
      }),
      rule("R03", "medium", { question: "M-1", includes: ["x"] }),
      rule("R04", "medium", { rows: "T-1", atLeast: 1 }),
      rule("R05", "information", { index: "DI", below: 50 }),
      rule("R06", "high", {
        all: [
          { question: "I-1", atMost: 1 },
          { question: "I-2", atMost: 1 },
        ],
      }),
    ],
  },
)

const known: readonly Answer[] = [
  said(platformEngineer, "S-1", 4),
  said(platformEngineer, "S-2", 4),
  said(platformEngineer, "I-2", 4),
  said(platformEngineer, "R-1", 2),
]
const engagement = anEngagement(questionnaire, { domains: [orders], answers: known })

describe("what to find out next", () => {
  const found = next(questionnaire, engagement)

  test("an unknown question is weighed over all its levels, gates included", () => {
    // I-1 at 0 caps the index at 49; at 4 it is 100.
    expect(found[0]).toEqual({
      question: "I-1",
      domain: "orders",
      why: "unknown",
      span: 51,
      couldChangeQuadrant: true,
      rules: ["R01", "R02", "R05"],
      minutes: 5,
      ask: ["GL", "DPE"],
      score: 51 + 10 + 4 + 3 + 0.5,
    })
  })

  test("choices and lists without a level are named where a rule waits for them, and nothing else is", () => {
    expect(found.slice(1).map((each) => [each.question, each.rules, each.score])).toEqual([
      ["M-1", ["R03"], 2],
      ["T-1", ["R04"], 2],
    ])
  })

  test("a rule that another answer already decides is not waiting", () => {
    expect(found.flatMap((each) => each.rules)).not.toContain("R06")
  })

  test("a disputed question is weighed between the lowest and highest answer; a decided one is settled", () => {
    const answers = [...known, said(platformEngineer, "I-1", 2), said(platformEngineer, "R-1", 0), said(sponsor, "S-1", 2)]
    const disputed = next(questionnaire, { ...engagement, answers })
    expect(disputed.find((each) => each.question === "S-1")).toMatchObject({
      why: "disputed",
      span: 40,
      couldChangeQuadrant: false,
      rules: [],
      minutes: 2 + 6,
    })
    const decisions = [{ domain: orders.id, question: "S-1", anchor: 3 as const, rationale: "Agreed." }]
    expect(next(questionnaire, { ...engagement, answers, decisions }).map((each) => each.question)).not.toContain("S-1")
  })

  test("an inventory whose blank cells keep a rule open is asked for, although it is answered", async () => {
    const shipped = await shippedQuestionnaire()
    const inventories = [
      { domain: orders.id, question: "PRD-06", rows: [{ id: "r1", name: "Shop" }] },
      { domain: orders.id, question: "LND-01", rows: [{ id: "r1", name: "Zone" }] },
    ]
    const asked = assess(
      shipped,
      anEngagement(shipped, { domains: [orders], answers: [said(platformEngineer, "GOV-04", 0)], inventories }),
    ).next
    expect(asked.find((each) => each.question === "LND-01")).toMatchObject({
      why: "unknown",
      span: 0,
      rules: expect.arrayContaining(["R43"]),
    })
  })

  test("axes outside the matrix count a quarter", () => {
    const open = next(questionnaire, {
      ...engagement,
      answers: [...known.filter((each) => each.question !== "R-1"), said(platformEngineer, "I-1", 4)],
    })
    expect(open.find((each) => each.question === "R-1")).toMatchObject({ span: 0, score: 25, couldChangeQuadrant: false })
  })

  test("all domains are ranked together", () => {
    const both = anEngagement(questionnaire, {
      domains: [billing, orders],
      answers: [...known, said(platformEngineer, "I-1", 3)],
    })
    const ranked = next(questionnaire, both)
    expect(new Set(ranked.map((each) => each.domain))).toEqual(new Set(["orders", "billing"]))
    expect(ranked.map((each) => each.score)).toEqual(ranked.map((each) => each.score).sort((a, b) => b - a))
    expect(ranked[0]?.domain).toBe("billing")
  })
})

test("every unknown and disputed question with weight is there once, the span is what answering it can do", () => {
  fc.assert(
    fc.property(randomEngagement(scoringQuestionnaire), (engagement) => {
      const scores = scoreDomain(scoringQuestionnaire, engagement, "d1", { seed: 1, draws: 10 })
      const found = findOutNext(scoringQuestionnaire, engagement, [scores])
      const ids = found.map((each) => each.question)
      expect(new Set(ids).size).toBe(ids.length)
      expect(ids).toEqual(expect.arrayContaining([...scores.unknown, ...scores.disputed]))
      const plain = found.find((each) => each.question === "USE-04")
      if (plain === undefined) return
      const solo =
        scores.consensus
          .find((each) => each.question === "USE-04")
          ?.solo.flatMap((each) => (each.hidden || each.anchor === undefined ? [] : [each.anchor])) ?? []
      const ends = plain.why === "unknown" ? [0, 4] : [Math.min(...solo), Math.max(...solo)]
      const speeds = ends.map((anchor) => {
        const decisions = [{ domain: "d1", question: "USE-04", anchor: anchor as 0 | 4, rationale: "What if." }]
        return (
          scoreDomain(scoringQuestionnaire, { ...engagement, decisions: [...engagement.decisions, ...decisions] }, "d1", {
            seed: 1,
            draws: 10,
          }).axes["TTI"]?.capped ?? 0
        )
      })
      expect(plain.span).toBe((speeds[1] ?? 0) - (speeds[0] ?? 0))
    }),
    { numRuns: 100 },
  )
})
