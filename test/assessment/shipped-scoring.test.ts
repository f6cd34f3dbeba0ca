/** The shipped questionnaire under random engagements: it scores, its totals are those of the method, and properties hold. */
import * as fc from "fast-check"
import { expect, test } from "vitest"
import { scoreDomain } from "../../src/assessment/domain.ts"
import type { Engagement } from "../../src/assessment/model.ts"
import { findOutNext } from "../../src/assessment/next.ts"
import { scoreOrganisation } from "../../src/assessment/organisation.ts"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import { anEngagement } from "../fixtures/engagements.ts"
import { randomEngagement } from "../fixtures/random-engagement.ts"

const questionnaire = await shippedQuestionnaire()
const score = (engagement: Engagement, domain = "d1") => scoreDomain(questionnaire, engagement, domain, { seed: 3, draws: 100 })

test("total weights per axis are those of C.1", () => {
  const totals = questionnaire.scoring.axes.map(({ id }) => [
    id,
    Object.values(questionnaire.scoring.weights).reduce((sum, own) => sum + (own[id] ?? 0), 0),
  ])
  expect(Object.fromEntries(totals)).toEqual({ TTI: 34, DI: 57, RDY: 41, EASE: 24 })
})

test("all at one level is that level's index on every axis; a gate at 0 caps", () => {
  const decisions = (anchor: 0 | 1 | 3 | 4) =>
    questionnaire.questions
      .filter((each) => each.type !== "text")
      .map((each) => ({ domain: "orders", question: each.id, anchor, rationale: "All the same." }))
  for (const anchor of [0, 1, 3, 4] as const) {
    const { axes } = scoreDomain(questionnaire, anEngagement(questionnaire, { decisions: decisions(anchor) }), "orders", {
      seed: 1,
      draws: 50,
    })
    expect(Object.values(axes).map((axis) => axis.raw)).toEqual([25, 25, 25, 25].map((each) => each * anchor))
  }
  const one = decisions(4).map((each) => (each.question === "DQC-05" ? Object.assign({}, each, { anchor: 0 as const }) : each))
  const { axes } = scoreDomain(questionnaire, anEngagement(questionnaire, { decisions: one }), "orders", { seed: 1, draws: 50 })
  expect(axes["DI"]).toMatchObject({ capped: 49, gates: [{ because: "capped at 49 because DQC-05 is at level 0" }] })
  expect(axes["TTI"]?.capped).toBe(100)
})

test("sums, ranges, order and repetition hold for any engagement", () => {
  const shuffled = randomEngagement(questionnaire, { people: 4 }).chain((engagement) =>
    fc
      .shuffledSubarray([...engagement.answers], { minLength: engagement.answers.length })
      .map((answers) => ({ engagement, other: { ...engagement, answers, respondents: engagement.respondents.toReversed() } })),
  )
  fc.assert(
    fc.property(shuffled, ({ engagement, other }) => {
      const scores = score(engagement)
      expect(JSON.stringify(score(other))).toBe(JSON.stringify(scores))
      for (const { raw, capped, bounds, contributions } of Object.values(scores.axes)) {
        expect(contributions.reduce((sum, each) => sum + each.points, 0)).toBe(raw ?? 0)
        if (raw === undefined || capped === undefined || bounds === undefined) continue
        expect(capped).toBeLessThanOrEqual(raw)
        expect(raw).toBeGreaterThanOrEqual(bounds.low)
        expect(raw).toBeLessThanOrEqual(bounds.high)
      }
    }),
    { numRuns: 30 },
  )
})

test("domains are scored, spread and searched together", () => {
  fc.assert(
    fc.property(randomEngagement(questionnaire, { domains: 2, people: 2, said: 40 }), (engagement) => {
      const domains = engagement.domains.map(({ id }) => score(engagement, id))
      const { axes, quadrants } = scoreOrganisation(questionnaire, domains)
      expect(Object.values(quadrants).flat()).toHaveLength(domains.filter((each) => each.position.quadrant !== undefined).length)
      for (const spread of Object.values(axes)) if (spread !== undefined) expect(spread.low).toBeLessThanOrEqual(spread.high)
      const next = findOutNext(questionnaire, engagement, domains)
      for (const scores of domains) {
        const ids = next.filter((each) => each.domain === scores.domain).map((each) => each.question)
        expect(ids).toEqual(expect.arrayContaining([...scores.unknown, ...scores.disputed]))
      }
    }),
    { numRuns: 20 },
  )
})
