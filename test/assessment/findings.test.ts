import { describe, expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Engagement, Questionnaire, Rule } from "../../src/assessment/model.ts"
import { single } from "../fixtures/build-questionnaire.ts"
import { aRule, anInitiative, consumer, inNeed, levels, planQuestionnaire } from "../fixtures/build-plan.ts"
import { billing, cast, orders, said } from "../fixtures/engagements.ts"

const draws = { draws: 20 }

function judged(
  rules: readonly Rule[],
  parts: Partial<Engagement> = {},
  change: (built: Questionnaire) => Questionnaire = (built) => built,
) {
  const questionnaire = change(planQuestionnaire(rules, [anInitiative("I14"), anInitiative("I00", { scope: "organisation" })]))
  return assess(questionnaire, inNeed(questionnaire, parts), draws)
}

describe("a finding", () => {
  test("carries the rule, the domain and the answers that fired it", () => {
    const [domain] = judged([
      aRule("R14", { question: "DI-01", atMost: 1 }, ["I14"], { severity: "critical", gate: true }),
    ]).domains
    expect(domain?.findings).toEqual([
      {
        rule: "R14",
        name: "Name of R14",
        finding: "Finding of R14",
        severity: "critical",
        gate: true,
        theme: "movement",
        initiatives: ["I14"],
        domain: "orders",
        evidence: [{ question: "DI-01", anchor: 1, comments: [] }],
      },
    ])
  })

  test("quotes those whose answers count, by role and never by name", () => {
    const answers = [
      said(cast.platformEngineer, "DI-01", 0, { comment: "We find out when finance calls." }),
      said(cast.sponsor, "DI-01", 1, { comment: "  " }),
      said(cast.analyticsEngineer, "DI-01", 1),
    ]
    const { findings } = judged([aRule("R14", { question: "DI-01", atMost: 1 }, ["I14"])], { answers }).domains[0]!
    expect(findings[0]?.evidence).toEqual([
      { question: "DI-01", anchor: 0, comments: [{ role: "DPE", text: "We find out when finance calls." }] },
    ])
    expect(JSON.stringify(findings)).not.toContain(cast.platformEngineer.name)
  })

  test("leaves out the comment on an answer that its author's own path skips", () => {
    const skip = { when: { question: "TTI-01", atMost: 1 }, because: "Nothing streams." }
    const answers = [
      said(cast.platformEngineer, "TTI-01", 3),
      said(cast.platformEngineer, "DI-02", 0, { comment: "Nobody compares." }),
      said(cast.sponsor, "TTI-01", 0),
      said(cast.sponsor, "DI-02", 0, { comment: "I would not know." }),
    ]
    const { findings } = judged([aRule("R14", { question: "DI-02", atMost: 1 }, ["I14"])], { answers }, (built) => ({
      ...built,
      questions: built.questions.map((question) => (question.id === "DI-02" ? single("DI-02", { skip }) : question)),
    })).domains[0]!
    expect(findings[0]?.evidence[0]?.comments).toEqual([{ role: "DPE", text: "Nobody compares." }])
  })

  test("names rows, and one question once", () => {
    const when = {
      all: [
        { rows: "CON-01", where: [{ column: "actualAge", aboveColumn: "requiredAge" }], atLeast: 1 },
        { question: "DI-01", atMost: 1 },
        { question: "DI-01", atLeast: 1 },
      ],
    }
    const { findings } = judged([aRule("R02", when, ["I14"])]).domains[0]!
    expect(findings[0]?.evidence).toEqual([
      { question: "CON-01", rows: ["Pricing"], comments: [] },
      { question: "DI-01", anchor: 1, comments: [] },
    ])
  })

  test("a rule that holds nowhere is no finding", () => {
    expect(judged([aRule("R14", { question: "DI-01", atLeast: 3 }, ["I14"])]).domains[0]?.findings).toEqual([])
  })
})

describe("what cannot be judged", () => {
  test("names the questions to ask", () => {
    const when = {
      all: [
        { question: "DI-01", atMost: 1 },
        {
          any: [
            { question: "DI-02", atMost: 1 },
            { question: "TTI-01", atMost: 0 },
          ],
        },
      ],
    }
    const [domain] = judged([aRule("R08", when, ["I14"])], levels({ "DI-01": 1, "RDY-01": 1 })).domains
    expect(domain?.findings).toEqual([])
    expect(domain?.cannotBeJudged).toEqual([{ rule: "R08", name: "Name of R08", domain: "orders", ask: ["DI-02", "TTI-01"] }])
  })

  test("an index without answers asks for its questions", () => {
    const [domain] = judged([aRule("R48", { index: "TTI", atLeast: 50 }, ["I14"])], levels({ "DI-01": 1 })).domains
    expect(domain?.cannotBeJudged.map(({ ask }) => ask)).toEqual([["TTI-01"]])
  })
})

describe("domains apart", () => {
  const rule = aRule("R52", { domainsApart: true }, ["I00"], { severity: "information" })
  const inBilling = (level: 0 | 4) =>
    ["TTI-01", "DI-01", "DI-02", "RDY-01"].map((question) =>
      Object.assign(said(cast.platformEngineer, question, level), { domain: billing.id }),
    )

  test("is a finding of the organisation, not of a domain", () => {
    const { answers } = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 1, "RDY-01": 1 })
    const result = judged([rule], { domains: [orders, billing], answers: [...answers, ...inBilling(4)] })
    expect(result.organisation.findings).toEqual([
      expect.objectContaining({
        rule: "R52",
        evidence: [{ fact: "domains stand in 2 different quadrants: hand-coding, streaming", comments: [] }],
      }),
    ])
    expect(result.organisation.findings[0]).not.toHaveProperty("domain")
    expect(result.domains.flatMap((domain) => domain.findings)).toEqual([])
    expect(result.plan.ranked.map((each) => each.id)).toEqual(["I00"])
  })

  test("cannot be judged while a domain has no place, and asks for what is missing there", () => {
    const result = judged([rule], { domains: [orders, billing] })
    expect(result.organisation.cannotBeJudged).toEqual([{ rule: "R52", name: "Name of R52", ask: ["TTI-01", "DI-01", "DI-02"] }])
  })

  test("domains in one quadrant are not apart", () => {
    const { answers } = levels({ "TTI-01": 1, "DI-01": 1, "DI-02": 1 })
    const result = judged([rule], { domains: [orders, billing], answers: [...answers, ...inBilling(0)] })
    expect([result.organisation.findings, result.organisation.cannotBeJudged]).toEqual([[], []])
  })
})

describe("blind spots", () => {
  const unknown = (question: string) => ({
    respondent: cast.platformEngineer.id,
    domain: orders.id,
    question,
    status: "dont-know" as const,
  })
  const parts = {
    answers: [said(cast.platformEngineer, "TTI-01", 1), { ...unknown("DI-01"), comment: "Ask the vendor." }, unknown("DI-02")],
  }

  test("are one finding per domain that leads to a workshop", () => {
    const { findings } = judged([], parts).domains[0]!
    expect(findings).toHaveLength(1)
    expect(findings[0]).toMatchObject({
      rule: "BLIND-SPOT",
      severity: "medium",
      domain: "orders",
      initiatives: ["I00"],
      evidence: [
        { question: "DI-01", fact: "nobody knows: DI-01", comments: [{ role: "DPE", text: "Ask the vendor." }] },
        { question: "DI-02", fact: "nobody knows: DI-02", comments: [] },
      ],
    })
  })

  test("without the workshop in the questionnaire lead nowhere, and a rule of that id replaces them", () => {
    const without = judged([], parts, (built) => ({ ...built, initiatives: [] })).domains[0]!
    expect(without.findings.map(({ initiatives }) => initiatives)).toEqual([[]])
    const own = judged([aRule("BLIND-SPOT", { question: "TTI-01", atMost: 1 }, ["I14"])], parts).domains[0]!
    expect(own.findings.map(({ name }) => name)).toEqual(["Name of BLIND-SPOT"])
  })

  test("need somebody close to the question to say so", () => {
    const answers = [{ ...unknown("DI-01"), respondent: cast.sponsor.id }]
    expect(judged([], { answers }).domains[0]?.findings).toEqual([])
  })
})

test("a consumer who waits is evidence only where rows say so", () => {
  const met = aRule("R47", { rows: "CON-01", every: [{ column: "actualAge", atMostColumn: "requiredAge" }] }, ["I14"])
  const at = (age: number) =>
    judged([met], { inventories: [{ domain: orders.id, question: "CON-01", rows: [consumer(age)] }] }).domains[0]?.findings.map(
      ({ rule }) => rule,
    )
  expect([at(10), at(600)]).toEqual([["R47"], []])
})
