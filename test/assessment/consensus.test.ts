import { describe, expect, test } from "vitest"
import { formConsensus } from "../../src/assessment/consensus.ts"
import type { Decision, Engagement, Inventory, Questionnaire } from "../../src/assessment/model.ts"
import type { Consensus } from "../../src/assessment/result.ts"
import { anEngagement, cast, orders, said } from "../fixtures/engagements.ts"
import { buildQuestionnaire, common, single } from "../fixtures/build-questionnaire.ts"
import { workedAnswers, workedQuestionnaire } from "../fixtures/worked-example.ts"

const { platformEngineer, analyticsEngineer, sponsor, modeler } = cast

function consensusOn(questionnaire: Questionnaire, id: string, parts: Partial<Engagement>): Consensus {
  const found = formConsensus(questionnaire, anEngagement(questionnaire, parts), orders.id).find((each) => each.question === id)
  if (found === undefined) throw new Error(`no ${id}`)
  return found
}

const decided = (question: string, more: Partial<Decision>): Decision => ({
  domain: orders.id,
  question,
  rationale: "Agreed.",
  ...more,
})
const listed = (question: string, rows: Inventory["rows"], more: Partial<Inventory> = {}): Inventory => ({
  domain: orders.id,
  question,
  rows,
  ...more,
})
const dontKnow = (who: { id: string }, question: string) => ({
  respondent: who.id,
  domain: orders.id,
  question,
  status: "dont-know" as const,
})
const notApplicable = (who: { id: string }, question: string) => ({
  ...dontKnow(who, question),
  status: "not-applicable" as const,
  reason: "There is none.",
})

const worked = (id: string): Consensus => consensusOn(workedQuestionnaire, id, { answers: workedAnswers })

describe("the worked example of C.11", () => {
  test("DQC-05: consensus 1, range 3, disputed, deviation 2.1 / 1.9", () => {
    const consensus = worked("DQC-05")
    expect(consensus).toMatchObject({ state: "answered", anchor: 1, median: 1, range: 3, disputed: true })
    expect(consensus.solo.map((solo) => [solo.role, solo.weight])).toEqual([
      ["DPE", 1],
      ["AE", 0.6],
      ["ES", 0.3],
    ])
    expect(consensus.deviation).toBeCloseTo(1.105, 3)
    expect(consensus.weightByAnchor).toEqual([0, 1, 0, 0.6, 0.3])
  })

  test("CLN-01: the primary role is the analytics engineer, so 1 holds", () => {
    expect(worked("CLN-01")).toMatchObject({ anchor: 1, range: 1, disputed: false, deviation: 0.375 })
  })

  test("DQC-03: consensus 2, deviation 0.3 / 1.3", () => {
    expect(worked("DQC-03")).toMatchObject({ anchor: 2, range: 1 })
    expect(worked("DQC-03").deviation).toBeCloseTo(0.23, 2)
  })

  test("CON-03: nobody knows, and a primary role says so", () => {
    const consensus = worked("CON-03")
    expect(consensus).toMatchObject({ state: "dont-know", dontKnow: 2, answered: 0, blindSpot: true, range: 0, deviation: 0 })
    expect(consensus.anchor).toBeUndefined()
  })
})

describe("the role-weighted lower median", () => {
  const questionnaire = buildQuestionnaire([[single("A-1", { primary: ["DPE"], secondary: ["AE", "DM"] }), { DI: 1 }]])

  test("exactly half of the weight is enough, so a tie falls to the lower value", () => {
    // 0.3 + 0.3 = 0.6 against 0.6: in floating point 0.3 + 0.6 + 0.3 and its half must still agree.
    const answers = [said(cast.productOwner, "A-1", 0), said(sponsor, "A-1", 0), said(analyticsEngineer, "A-1", 4)]
    expect(consensusOn(questionnaire, "A-1", { answers }).anchor).toBe(0)
  })

  test("0.1 steps add up exactly: 0.6 + 0.6 + 0.3 + 0.3 + 1.0 splits where it should", () => {
    const answers = [
      said(analyticsEngineer, "A-1", 1),
      said(cast.productOwner, "A-1", 2),
      said(sponsor, "A-1", 2),
      said(modeler, "A-1", 3),
      said(platformEngineer, "A-1", 4),
    ]
    // Total 2.8: 0.6, then 1.2, then 1.8 at level 3.
    expect(consensusOn(questionnaire, "A-1", { answers }).anchor).toBe(3)
  })

  test("don't know from some is recorded and ignored", () => {
    const answers = [said(analyticsEngineer, "A-1", 3), dontKnow(platformEngineer, "A-1")]
    expect(consensusOn(questionnaire, "A-1", { answers })).toMatchObject({
      state: "answered",
      anchor: 3,
      dontKnow: 1,
      blindSpot: false,
    })
  })
})

describe("states", () => {
  const questionnaire = buildQuestionnaire([
    [single("A-1"), { DI: 1 }],
    [single("A-2", { skip: { when: { question: "A-1", atMost: 1 }, because: "There is no feed." } }), { DI: 1 }],
    [single("A-3", { skip: { when: { question: "A-2", atLeast: 3 }, because: "All is well." } }), { DI: 1 }],
  ])
  const state = (id: string, parts: Partial<Engagement>) => consensusOn(questionnaire, id, parts).state

  test("nobody asked: unanswered", () => expect(state("A-1", {})).toBe("unanswered"))

  test("all say not applicable: not applicable", () => {
    expect(state("A-1", { answers: [notApplicable(platformEngineer, "A-1"), notApplicable(sponsor, "A-1")] })).toBe(
      "not-applicable",
    )
  })

  test("one answer beside not applicable counts", () => {
    const answers = [notApplicable(platformEngineer, "A-1"), said(sponsor, "A-1", 2)]
    expect(consensusOn(questionnaire, "A-1", { answers })).toMatchObject({ state: "answered", anchor: 2, notApplicable: 1 })
  })

  test("don't know beside not applicable is don't know", () => {
    expect(state("A-1", { answers: [notApplicable(platformEngineer, "A-1"), dontKnow(sponsor, "A-1")] })).toBe("dont-know")
  })

  test("a blind spot takes a primary role", () => {
    expect(consensusOn(questionnaire, "A-1", { answers: [dontKnow(sponsor, "A-1")] }).blindSpot).toBe(false)
    expect(consensusOn(questionnaire, "A-1", { answers: [dontKnow(platformEngineer, "A-1")] }).blindSpot).toBe(true)
  })

  test("skipped by the domain: what was said is kept, hidden, and not counted", () => {
    const consensus = consensusOn(questionnaire, "A-2", {
      answers: [said(platformEngineer, "A-1", 0), said(sponsor, "A-1", 3), said(sponsor, "A-2", 4)],
      decisions: [decided("A-2", { anchor: 4 })],
    })
    expect(consensus).toMatchObject({
      state: "skipped",
      skippedBecause: "There is no feed.",
      answered: 0,
      weightByAnchor: [0, 0, 0, 0, 0],
    })
    expect(consensus.solo).toMatchObject([{ role: "ES", anchor: 4, hidden: true }])
    expect(consensus.anchor).toBeUndefined()
    expect(consensus.rationale).toBeUndefined()
  })

  test("a skipped question decides no later skip rule", () => {
    expect(state("A-3", { answers: [said(platformEngineer, "A-1", 0), said(platformEngineer, "A-2", 4)] })).toBe("unanswered")
  })

  test("hidden by the own path: kept and not counted, although the domain asks the question", () => {
    const consensus = consensusOn(questionnaire, "A-2", {
      answers: [
        said(platformEngineer, "A-1", 3),
        said(sponsor, "A-1", 1),
        said(sponsor, "A-2", 4),
        said(platformEngineer, "A-2", 2),
      ],
    })
    expect(consensus).toMatchObject({ state: "answered", anchor: 2, answered: 1, range: 0 })
    expect(consensus.solo.map((solo) => solo.hidden)).toEqual([false, true])
  })

  test("answers by people who are not listed are left out", () => {
    expect(state("A-1", { answers: [said({ id: "ghost", name: "Nobody", role: "DPE" }, "A-1", 4)] })).toBe("unanswered")
  })
})

describe("decisions", () => {
  const questionnaire = buildQuestionnaire([
    [single("A-1"), { DI: 1 }],
    [{ ...common("A-2"), type: "text" }, {}],
  ])
  const answers = [
    said(platformEngineer, "A-1", 1, { evidence: "document" }),
    said(sponsor, "A-1", 4, { comment: "It is fine." }),
  ]

  test("a decision sets the level and settles the dispute; the median stays visible", () => {
    const consensus = consensusOn(questionnaire, "A-1", {
      answers,
      decisions: [decided("A-1", { value: 3, dissent: "Petra disagrees." })],
    })
    expect(consensus).toMatchObject({
      state: "decided",
      anchor: 3,
      median: 1,
      range: 3,
      disputed: false,
      rationale: "Agreed.",
      dissent: "Petra disagrees.",
      evidence: "document",
    })
  })

  test("an explicit level wins over the value", () => {
    expect(consensusOn(questionnaire, "A-1", { decisions: [decided("A-1", { value: 3, anchor: 2 })] }).anchor).toBe(2)
  })

  test("the decision's own evidence counts where it has some", () => {
    expect(
      consensusOn(questionnaire, "A-1", { answers, decisions: [decided("A-1", { anchor: 2, evidence: "measured" })] }).evidence,
    ).toBe("measured")
  })

  test("a decision with neither value nor level decides nothing", () => {
    expect(consensusOn(questionnaire, "A-1", { answers, decisions: [decided("A-1", {})] })).toMatchObject({
      state: "answered",
      anchor: 1,
      disputed: true,
    })
  })

  test("text is decided by a value and never has a level", () => {
    const consensus = consensusOn(questionnaire, "A-2", { decisions: [decided("A-2", { value: "as it is" })] })
    expect(consensus.state).toBe("decided")
    expect(consensus.anchor).toBeUndefined()
  })
})

describe("inventories", () => {
  const columns = [{ id: "name", label: "Name", type: "text" as const, required: true }]
  const score = {
    among: [{ column: "name", filled: true as const }],
    share: [{ column: "name", is: ["good"] }],
    bands: [
      { anchor: 1 as const, below: 50, text: "under half" },
      { anchor: 4 as const, from: 50, text: "half" },
    ],
  }
  const questionnaire = buildQuestionnaire([
    [{ ...common("T-1"), type: "table", item: "job", columns, score, whenEmpty: "skip" }, { DI: 1 }],
    [{ ...common("T-2"), type: "table", item: "zone", columns, score, whenEmpty: "missing" }, { DI: 1 }],
    [{ ...common("T-3"), type: "table", item: "product", columns, whenEmpty: "missing" }, {}],
  ])
  const on = (id: string, parts: Partial<Engagement>) => consensusOn(questionnaire, id, parts)

  test("rows become a level by their rule, with the inventory's evidence", () => {
    const rows = [
      { id: "1", name: "good" },
      { id: "2", name: "bad" },
    ]
    expect(on("T-1", { inventories: [listed("T-1", rows, { evidence: "measured" })] })).toMatchObject({
      state: "answered",
      anchor: 4,
      evidence: "measured",
      range: 0,
    })
  })

  test("there are none: skipped, or missing, as the question says", () => {
    expect(on("T-1", { inventories: [listed("T-1", [])] })).toMatchObject({
      state: "skipped",
      skippedBecause: "There is no job in this domain.",
    })
    expect(on("T-2", { inventories: [listed("T-2", [])] }).state).toBe("unanswered")
  })

  test("rows of which none can be looked at leave the question open", () => {
    expect(on("T-2", { inventories: [listed("T-2", [{ id: "1" }])] }).state).toBe("unanswered")
  })

  test("no list, but a word about it", () => {
    expect(on("T-1", { answers: [dontKnow(platformEngineer, "T-1")] })).toMatchObject({ state: "dont-know", blindSpot: true })
    expect(on("T-1", { answers: [notApplicable(platformEngineer, "T-1")] }).state).toBe("not-applicable")
  })

  test("rows win over don't know, a decision over rows", () => {
    const inventories = [listed("T-1", [{ id: "1", name: "bad" }])]
    expect(on("T-1", { inventories, answers: [dontKnow(platformEngineer, "T-1")] })).toMatchObject({
      state: "answered",
      anchor: 1,
    })
    expect(on("T-1", { inventories, decisions: [decided("T-1", { anchor: 3 })] })).toMatchObject({
      state: "decided",
      anchor: 3,
      median: 1,
    })
  })

  test("an inventory without a rule is answered without a level", () => {
    const consensus = on("T-3", { inventories: [listed("T-3", [{ id: "1", name: "a" }])] })
    expect(consensus.state).toBe("answered")
    expect(consensus.anchor).toBeUndefined()
  })
})

describe("several choices and numbers", () => {
  const questionnaire = buildQuestionnaire([
    [
      {
        ...common("M-1"),
        type: "multi",
        none: "None",
        options: ["x", "y", "z"].map((id) => ({ id, text: id })),
        bands: [
          { anchor: 4, from: 2, text: "two or more" },
          { anchor: 0, from: 0, to: 1, text: "fewer" },
        ],
      },
      { DI: 1 },
    ],
    [
      {
        ...common("N-1"),
        type: "number",
        unit: "copies",
        min: 0,
        max: 100,
        whole: false,
        companion: { id: "streaming", label: "Streaming" },
        bands: [
          { anchor: 0, from: 8, text: "many" },
          { anchor: 2, from: 3, below: 8, text: "some" },
          { anchor: 4, below: 3, text: "few" },
        ],
        special: [{ id: "uncounted", text: "Nobody counted", anchor: 0 }],
      },
      { DI: 1 },
    ],
  ])

  test("ticks are those of anybody, in the order of the question; each answer has its own level", () => {
    const answers = [said(platformEngineer, "M-1", ["z", "x"]), said(sponsor, "M-1", ["y"])]
    expect(consensusOn(questionnaire, "M-1", { answers })).toMatchObject({ ticks: ["x", "y", "z"], anchor: 4, disputed: true })
    expect(consensusOn(questionnaire, "M-1", { answers, decisions: [decided("M-1", { value: ["y"] })] })).toMatchObject({
      ticks: ["y"],
      anchor: 0,
    })
  })

  test("nothing ticked is an answer", () => {
    expect(consensusOn(questionnaire, "M-1", { answers: [said(sponsor, "M-1", [])] })).toMatchObject({
      state: "answered",
      ticks: [],
      anchor: 0,
    })
  })

  test("the figure comes from those whose level is the consensus, so that both agree", () => {
    const answers = [
      said(platformEngineer, "N-1", 9, { companion: 4 }),
      said(analyticsEngineer, "N-1", 12),
      said(sponsor, "N-1", 1, { companion: 2 }),
    ]
    expect(consensusOn(questionnaire, "N-1", { answers })).toMatchObject({ anchor: 0, number: 9, companion: 4 })
    expect(consensusOn(questionnaire, "N-1", { answers, decisions: [decided("N-1", { value: 5 })] })).toMatchObject({
      anchor: 2,
      number: 5,
    })
  })

  test("an answer in words has a level and no figure", () => {
    const consensus = consensusOn(questionnaire, "N-1", { answers: [said(platformEngineer, "N-1", "uncounted")] })
    expect(consensus.anchor).toBe(0)
    expect(consensus.number).toBeUndefined()
  })

  test("a value that fits no band is kept and not counted", () => {
    const consensus = consensusOn(questionnaire, "M-1", { answers: [said(sponsor, "M-1", "x")] })
    expect(consensus.state).toBe("unanswered")
    expect(consensus.solo).toMatchObject([{ hidden: true, value: "x" }])
  })
})
