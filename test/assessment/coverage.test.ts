import * as fc from "fast-check"
import { expect, test } from "vitest"
import { formConsensus } from "../../src/assessment/consensus.ts"
import { coverDimensions } from "../../src/assessment/coverage.ts"
import type { Answer } from "../../src/assessment/model.ts"
import { heavyFrom, questionWeight } from "../../src/assessment/weight.ts"
import { buildQuestionnaire, common, single } from "../fixtures/build-questionnaire.ts"
import { anEngagement, cast, orders, said } from "../fixtures/engagements.ts"
import { randomEngagement } from "../fixtures/random-engagement.ts"

const { platformEngineer, analyticsEngineer } = cast
const questionnaire = buildQuestionnaire([
  [single("A-1"), { DI: 3 }],
  [single("A-2"), { DI: 1, TTI: 1 }],
  [single("A-3", { skip: { when: { question: "A-1", atLeast: 3 }, because: "All is well." } }), { DI: 2 }],
  [single("B-1"), { TTI: 4 }],
  [{ ...common("C-1"), type: "text" }, {}],
])
const cover = (answers: readonly Answer[]) =>
  coverDimensions(questionnaire, formConsensus(questionnaire, anEngagement(questionnaire, { answers }), orders.id))

test("a dimension is covered by the weight of what has a level; what falls away does not count, nor what is not scored", () => {
  const [a, b, c] = cover([
    said(platformEngineer, "A-1", 3),
    { respondent: analyticsEngineer.id, domain: orders.id, question: "A-2", status: "dont-know" },
  ])
  expect(a).toEqual({ dimension: "A", name: "Dimension A", share: 3 / 5, answered: 1, asked: 2 })
  expect(b).toEqual({ dimension: "B", name: "Dimension B", share: 0, answered: 0, asked: 1 })
  expect(c).toEqual({ dimension: "C", name: "Dimension C", answered: 0, asked: 0 })
})

test("a dimension of which nothing applies has no share", () => {
  const none = { respondent: platformEngineer.id, domain: orders.id, status: "not-applicable", reason: "None." } as const
  expect(cover([{ ...none, question: "B-1" }])[1]).not.toHaveProperty("share")
})

test("shares lie between nothing and everything, whatever was said, and agree with the counts", () => {
  fc.assert(
    fc.property(randomEngagement(questionnaire), (engagement) => {
      for (const one of coverDimensions(questionnaire, formConsensus(questionnaire, engagement, "d1"))) {
        expect(one.answered).toBeLessThanOrEqual(one.asked)
        if (one.share === undefined) expect(one.asked).toBe(0)
        else {
          expect(one.share === 1).toBe(one.answered === one.asked)
          expect(one.share === 0).toBe(one.answered === 0)
        }
      }
    }),
  )
})

test("a question weighs what it adds to all axes; heavy ones weigh three quarters of the heaviest or more", () => {
  expect(questionWeight(questionnaire, "A-2")).toBe(2)
  expect(questionWeight(questionnaire, "C-1")).toBe(0)
  expect(heavyFrom(questionnaire)).toEqual({ largest: 4, heavy: 3 })
})
