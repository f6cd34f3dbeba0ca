import { describe, expect, test } from "vitest"
import { formConsensus } from "../../src/assessment/consensus.ts"
import type { Answer } from "../../src/assessment/model.ts"
import { findPerceptionGaps, profileDimensions } from "../../src/assessment/profile.ts"
import { anEngagement, cast, orders, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, common, gate, single } from "../fixtures/build-questionnaire.ts"

const { platformEngineer, analyticsEngineer, sponsor, governanceLead } = cast
const questionnaire = buildQuestionnaire(
  [
    [single("A-1"), { DI: 1 }],
    [single("A-2"), { DI: 1 }],
    [single("A-3"), { DI: 1 }],
    [single("A-4", { skip: { when: { question: "A-1", atLeast: 3 }, because: "All is well." } }), { TTI: 1 }],
    [{ ...common("A-5"), type: "text" }, {}],
    [single("B-1"), { TTI: 1 }],
  ],
  { gates: [gate("DI", ["A-2", "A-3"], 2)] },
)
const consensus = (answers: readonly Answer[]) =>
  formConsensus(questionnaire, anEngagement(questionnaire, { answers }), orders.id)

test("a profile counts levels, what is open and what fell away, and names the lowest gate answer", () => {
  const [a, b] = profileDimensions(
    questionnaire,
    consensus([
      said(platformEngineer, "A-1", 3),
      said(platformEngineer, "A-2", 3),
      said(analyticsEngineer, "A-2", 0),
      said(platformEngineer, "A-3", 1),
      said(platformEngineer, "A-4", 0),
      { respondent: platformEngineer.id, domain: orders.id, question: "B-1", status: "not-applicable", reason: "None." },
    ]),
  )
  expect(a).toEqual({
    dimension: "A",
    name: "Dimension A",
    counts: [0, 1, 0, 2, 0],
    unknown: 0,
    notApplicable: 0,
    skipped: 1,
    disputed: 1,
    lowestGate: { question: "A-3", anchor: 1 },
  })
  expect(b).toMatchObject({ counts: [0, 0, 0, 0, 0], notApplicable: 1, unknown: 0 })
  expect(b).not.toHaveProperty("lowestGate")
})

describe("perception gaps", () => {
  test("executives minus practitioners over the questions both answered; other roles stand on neither side", () => {
    const gaps = findPerceptionGaps(
      questionnaire,
      consensus([
        said(sponsor, "A-1", 2),
        said(platformEngineer, "A-1", 1),
        said(sponsor, "A-2", 4),
        said(platformEngineer, "A-2", 1),
        said(analyticsEngineer, "A-2", 2),
        said(governanceLead, "A-2", 0),
        said(platformEngineer, "A-3", 0),
        said(sponsor, "B-1", 0),
      ]),
    )
    expect(gaps).toEqual([
      { dimension: "A", executives: 3, practitioners: 1.25, difference: 1.75, sharedQuestions: ["A-1", "A-2"] },
    ])
  })

  test("a difference of exactly one is one, also from thirds", () => {
    const three = [platformEngineer, analyticsEngineer, cast.applicationDeveloper]
    const executives = [sponsor, { ...sponsor, id: "second" }, { ...sponsor, id: "third" }]
    const answers = [
      ...[2, 2, 3].map((level, at) => said(executives[at] ?? sponsor, "A-1", level)),
      ...[1, 1, 2].map((level, at) => said(three[at] ?? platformEngineer, "A-1", level)),
      ...[2, 2, 3].map((level, at) => said(executives[at] ?? sponsor, "A-2", level)),
      ...[1, 1, 2].map((level, at) => said(three[at] ?? platformEngineer, "A-2", level)),
    ]
    const engagement = anEngagement(questionnaire, { answers, respondents: [...three, ...executives] })
    expect(findPerceptionGaps(questionnaire, formConsensus(questionnaire, engagement, orders.id))[0]?.difference).toBe(1)
  })

  test("hidden answers stand on neither side", () => {
    const answers = [said(sponsor, "A-1", 4), said(sponsor, "A-4", 4), said(platformEngineer, "A-4", 0)]
    expect(findPerceptionGaps(questionnaire, consensus(answers))).toEqual([])
  })
})
