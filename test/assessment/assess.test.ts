import { describe, expect, test } from "vitest"
import { ENGINE, assess } from "../../src/assessment/assess.ts"
import type { Engagement } from "../../src/assessment/model.ts"
import { aRule, anInitiative, inNeed, levels, planQuestionnaire } from "../fixtures/build-plan.ts"
import { single } from "../fixtures/build-questionnaire.ts"
import { cast, orders, said } from "../fixtures/engagements.ts"

const built = planQuestionnaire(
  [aRule("R1", { question: "DI-01", atMost: 1 }, ["I1", "I2"])],
  [anInitiative("I1"), anInitiative("I2", { scope: "organisation" })],
)
const skipping = {
  ...built,
  questions: built.questions.map((question) =>
    question.id === "DI-02"
      ? single("DI-02", { skip: { when: { question: "TTI-01", atMost: 1 }, because: "Nothing streams." } })
      : question,
  ),
}

function notices(parts: Partial<Engagement>, questionnaire = built): readonly string[] {
  return assess(questionnaire, inNeed(questionnaire, parts), { draws: 20 }).notices
}

test("the result names what it was computed with", () => {
  const result = assess(built, inNeed(built), { seed: 5, draws: 20 })
  expect(result).toMatchObject({
    engine: ENGINE,
    questionnaire: { id: "built", version: "1.2.0", hash: "abc123" },
    seed: 5,
    draws: 20,
  })
  expect(assess(built, inNeed(built))).toMatchObject({ draws: 4000 })
})

test("a domain lists the initiatives that concern it, in order of rank", () => {
  const [domain] = assess(built, inNeed(built), { draws: 20 }).domains
  expect(domain?.initiatives).toEqual(["I2", "I1"].toSorted())
})

test("an engagement in which nothing is said is assessed too", () => {
  const nothing = inNeed(built, { answers: [], inventories: [] })
  const { domains, plan } = assess(built, nothing, { draws: 20 })
  expect(domains[0]?.cannotBeJudged).toEqual([{ rule: "R1", name: "Name of R1", domain: "orders", ask: ["DI-01"] }])
  expect(plan).toMatchObject({
    ranked: [],
    waves: [],
    moves: [],
    trajectory: [{ domain: "orders", stops: [{ after: "today", indices: {}, because: [] }] }],
  })
  expect(plan).not.toHaveProperty("finish")
  expect(assess(built, { ...nothing, domains: [] }, { draws: 20 }).plan.ranked).toEqual([])
})

describe("notices", () => {
  test("nothing to say", () => {
    expect(notices({})).toEqual([])
  })

  test.each<[Engagement["questionnaire"], string]>([
    [{ id: "other", version: "1" }, "The engagement was begun with the questionnaire other; it is assessed with built 1.2.0"],
    [
      { id: "built", version: "1.1.0" },
      "The engagement was begun with built 1.1.0; it is assessed with built 1.2.0. Compare only questions that both have",
    ],
    [
      { id: "built", version: "1.2.0", hash: "older" },
      "built 1.2.0 has changed since the engagement began, although its version is the same",
    ],
  ])("a questionnaire that is not the same: %j", (questionnaire, notice) => {
    expect(notices({ questionnaire })).toEqual([notice])
  })

  test("the same content is no change", () => {
    expect(notices({ questionnaire: { id: "built", version: "1.2.0", hash: "abc123" } })).toEqual([])
  })

  test("answers to skipped questions are kept, not counted", () => {
    expect(notices({}, skipping)).toEqual([
      "1 answer to DI-02 in Orders is kept, not counted, because the question is skipped: Nothing streams.",
    ])
  })

  test("an answer that its own author's path skips says so", () => {
    const answers = [
      said(cast.platformEngineer, "TTI-01", 3),
      said(cast.platformEngineer, "DI-02", 3),
      said(cast.sponsor, "TTI-01", 0),
      said(cast.sponsor, "DI-02", 3),
    ]
    expect(notices({ answers }, skipping)).toEqual([
      "1 answer to DI-02 in Orders is kept, not counted, because its author's own earlier answers skip the question, or the value gives no level",
    ])
  })

  test("what the questionnaire does not ask any more is kept, not counted", () => {
    const answers = [...levels({ "TTI-01": 1 }).answers, said(cast.sponsor, "OLD-01", 3), said(cast.productOwner, "OLD-01", 2)]
    const decisions = [{ domain: orders.id, question: "OLD-02", anchor: 2 as const, rationale: "Agreed." }]
    expect(notices({ answers, decisions })).toEqual([
      "What was said about OLD-01 is kept, not counted: the questionnaire has no such question",
      "What was said about OLD-02 is kept, not counted: the questionnaire has no such question",
    ])
  })
})
