/** What must hold for any engagement: monotony, order, what never counts, sums, bounds, and an independent calculation. */
import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type DomainScores, scoreDomain } from "../../src/assessment/domain.ts"
import type { Answer, Condition, Engagement, Questionnaire } from "../../src/assessment/model.ts"
import { randomEngagement } from "../fixtures/random-engagement.ts"
import { scoringQuestionnaire } from "../fixtures/scoring-questionnaire.ts"

const questionnaire = scoringQuestionnaire
const engagements = randomEngagement(questionnaire)
const runs = { numRuns: 200 }

const score = (engagement: Engagement): DomainScores => scoreDomain(questionnaire, engagement, "d1", { seed: 7, draws: 200 })

/**
 * Questions that no skip rule looks at. Only for these can raising an answer be promised to help: a higher SRC-01 may
 * bring SRC-02 back into the index, and a low answer there then lowers it, as it should.
 */
const watched = new Set(
  questionnaire.questions.flatMap((question) => (question.skip === undefined ? [] : questionsIn(question.skip.when))),
)

function questionsIn(condition: Condition): string[] {
  if ("all" in condition) return condition.all.flatMap(questionsIn)
  if ("any" in condition) return condition.any.flatMap(questionsIn)
  if ("not" in condition) return questionsIn(condition.not)
  return "question" in condition ? [condition.question] : []
}

/** An engagement and the place of one of its answers for which `fits` holds. */
function withAnswer(fits: (answer: Answer) => boolean): fc.Arbitrary<{ engagement: Engagement; at: number }> {
  return engagements
    .map((engagement) => ({ engagement, places: engagement.answers.flatMap((answer, at) => (fits(answer) ? [at] : [])) }))
    .filter(({ places }) => places.length > 0)
    .chain(({ engagement, places }) => fc.constantFrom(...places).map((at) => ({ engagement, at })))
}

/** The answer is a level by itself, and no skip rule looks at it. */
function isLevel({ question, value }: Answer): boolean {
  return typeof value === "number" && question !== "USE-03" && !watched.has(question)
}

function replaced(engagement: Engagement, at: number, more: Partial<Answer>): Engagement {
  return {
    ...engagement,
    answers: engagement.answers.map((answer, each) => (each === at ? Object.assign({}, answer, more) : answer)),
  }
}

describe("raising one answer", () => {
  test("never lowers an index, a bound, an interval or the range without one respondent", () => {
    fc.assert(
      fc.property(
        withAnswer((answer) => isLevel(answer) && Number(answer.value) < 4),
        fc.integer({ min: 1, max: 4 }),
        ({ engagement, at }, by) => {
          const value = Math.min(4, Number(engagement.answers[at]?.value) + by)
          const before = score(engagement)
          const after = score(replaced(engagement, at, { value }))
          for (const [id, axis] of Object.entries(before.axes)) {
            const raised = after.axes[id]
            for (const figure of [
              (of: typeof axis) => of.raw,
              (of: typeof axis) => of.capped,
              (of: typeof axis) => of.bounds?.low,
              (of: typeof axis) => of.bounds?.high,
              (of: typeof axis) => of.interval?.low,
              (of: typeof axis) => of.interval?.high,
              (of: typeof axis) => of.leaveOneOut?.low,
              (of: typeof axis) => of.leaveOneOut?.high,
            ]) {
              if (raised === undefined) throw new Error(`no ${id}`)
              expect(figure(raised) ?? 0).toBeGreaterThanOrEqual(figure(axis) ?? 0)
            }
          }
        },
      ),
      runs,
    )
  })
})

describe("order and repetition", () => {
  test("the order of answers, respondents, inventories and decisions changes no byte", () => {
    const shuffled = engagements.chain((engagement) =>
      fc
        .record({
          answers: fc.shuffledSubarray([...engagement.answers], { minLength: engagement.answers.length }),
          respondents: fc.shuffledSubarray([...engagement.respondents], { minLength: engagement.respondents.length }),
          inventories: fc.shuffledSubarray([...engagement.inventories], { minLength: engagement.inventories.length }),
          decisions: fc.shuffledSubarray([...engagement.decisions], { minLength: engagement.decisions.length }),
        })
        .map((parts) => ({ engagement, other: { ...engagement, ...parts } })),
    )
    fc.assert(
      fc.property(shuffled, ({ engagement, other }) => {
        expect(JSON.stringify(score(other))).toBe(JSON.stringify(score(engagement)))
      }),
      runs,
    )
  })

  test("the same input gives the same bytes and is left as it was", () => {
    fc.assert(
      fc.property(engagements, (engagement) => {
        const before = JSON.stringify(engagement)
        expect(JSON.stringify(score(engagement))).toBe(JSON.stringify(score(engagement)))
        expect(JSON.stringify(engagement)).toBe(before)
      }),
      { numRuns: 50 },
    )
  })

  test("other domains change no byte", () => {
    fc.assert(
      fc.property(randomEngagement(questionnaire, { domains: 2, people: 3 }), (engagement) => {
        const alone = {
          ...engagement,
          answers: engagement.answers.filter((each) => each.domain === "d1"),
          inventories: engagement.inventories.filter((each) => each.domain === "d1"),
          decisions: engagement.decisions.filter((each) => each.domain === "d1"),
        }
        expect(JSON.stringify(score(engagement))).toBe(JSON.stringify(score(alone)))
      }),
      { numRuns: 50 },
    )
  })
})

/**
 * What the answers that count say. The range without one respondent is left out on purpose: without the person whose
 * answer skips a question, the question is asked, and then answers to it count.
 */
function figures({ axes, position, profile, perceptionGaps }: DomainScores): string {
  const kept = { axes, position, profile, perceptionGaps }
  return JSON.stringify(kept, (key, value: unknown) => (key === "leaveOneOut" ? undefined : value))
}

describe("what never counts", () => {
  test("another value in a skipped or hidden answer changes no figure", () => {
    const hidden = withAnswer(isLevel).map(({ engagement }) => engagement)
    let seen = 0
    fc.assert(
      fc.property(hidden, fc.integer({ min: 0, max: 4 }), (engagement, value) => {
        const before = score(engagement)
        const out = new Set(
          before.consensus.flatMap((each) =>
            each.solo
              .filter((solo) => solo.hidden && solo.status === "answered")
              .map((solo) => `${each.question} ${solo.respondent}`),
          ),
        )
        const changed = engagement.answers.map((answer) =>
          out.has(`${answer.question} ${answer.respondent}`) && isLevel(answer) ? Object.assign({}, answer, { value }) : answer,
        )
        seen += out.size
        expect(figures(score({ ...engagement, answers: changed }))).toBe(figures(before))
      }),
      runs,
    )
    expect(seen).toBeGreaterThan(20)
  })

  test("a question that all call not applicable is as good as not in the questionnaire", () => {
    fc.assert(
      fc.property(engagements, (engagement) => {
        const before = score(engagement)
        const out = new Set(before.consensus.filter((each) => each.state === "not-applicable").map((each) => each.question))
        const weights = Object.fromEntries(
          Object.entries(questionnaire.scoring.weights).map(([id, own]) => [id, out.has(id) ? {} : own]),
        )
        const without: Questionnaire = { ...questionnaire, scoring: { ...questionnaire.scoring, weights } }
        const after = scoreDomain(without, engagement, "d1", { seed: 7, draws: 200 })
        for (const [id, axis] of Object.entries(before.axes)) {
          expect(after.axes[id]?.raw).toBe(axis.raw)
          expect(after.axes[id]?.bounds).toEqual(axis.bounds)
          expect(after.axes[id]?.coverage).toBe(axis.coverage)
        }
      }),
      runs,
    )
  })

  test("a question that becomes unknown never improves the lower bound, nor adds to coverage", () => {
    const known = questionnaire.questions.filter((each) => each.type !== "table" && !watched.has(each.id)).map((each) => each.id)
    fc.assert(
      fc.property(engagements, fc.constantFrom(...known), (engagement, question) => {
        const answers = engagement.answers.map((answer): Answer =>
          answer.question === question
            ? { respondent: answer.respondent, domain: answer.domain, question, status: "dont-know" }
            : answer,
        )
        const before = score(engagement)
        const after = score({
          ...engagement,
          answers,
          decisions: engagement.decisions.filter((each) => each.question !== question),
        })
        for (const [id, axis] of Object.entries(before.axes)) {
          expect(after.axes[id]?.bounds?.low ?? 0).toBeLessThanOrEqual(axis.bounds?.low ?? 0)
          expect(after.axes[id]?.coverage).toBeLessThanOrEqual(axis.coverage)
        }
      }),
      runs,
    )
  })
})

describe("figures", () => {
  test("contributions add up to the raw index to the last bit, in any order, and with what is missing to 100", () => {
    fc.assert(
      fc.property(engagements, fc.infiniteStream(fc.double({ min: 0, max: 1, noNaN: true })), (engagement, chance) => {
        for (const { raw, contributions } of Object.values(score(engagement).axes)) {
          const shuffled = contributions.map((each) => ({ ...each, key: chance.next().value ?? 0 })).sort((a, b) => a.key - b.key)
          expect(shuffled.reduce((sum, each) => sum + each.points, 0)).toBe(raw ?? 0)
          if (raw !== undefined)
            expect(contributions.reduce((sum, each) => sum + each.points + each.missing, 0)).toBeCloseTo(100, 9)
          expect(contributions.every((each) => each.points >= 0 && each.missing >= 0)).toBe(true)
        }
      }),
      runs,
    )
  })

  test("everything stays within 0–100, low below high, and shares sum to 1", () => {
    fc.assert(
      fc.property(engagements, (engagement) => {
        const { axes, position } = score(engagement)
        for (const { raw, capped, bounds, cappedBounds, interval, leaveOneOut } of Object.values(axes)) {
          for (const range of [bounds, interval, leaveOneOut].filter((each) => each !== undefined)) {
            expect(range.low).toBeGreaterThanOrEqual(0)
            expect(range.high).toBeLessThanOrEqual(100)
            expect(range.low).toBeLessThanOrEqual(range.high)
          }
          if (raw === undefined) continue
          expect(capped).toBeLessThanOrEqual(raw)
          expect(raw).toBeGreaterThanOrEqual(bounds?.low ?? 0)
          expect(raw).toBeLessThanOrEqual(bounds?.high ?? 0)
          expect(capped).toBeGreaterThanOrEqual(cappedBounds?.low ?? 0)
          expect(capped).toBeLessThanOrEqual(cappedBounds?.high ?? 0)
        }
        const shares = Object.values(position.shares)
        if (position.quadrant !== undefined) expect(shares.reduce((sum, each) => sum + each, 0)).toBeCloseTo(1, 12)
      }),
      runs,
    )
  })

  test("the range with one respondent left out is that of scoring without each of them", () => {
    fc.assert(
      fc.property(engagements, (engagement) => {
        const { axes, respondents, consensus } = score(engagement)
        const people = new Set(
          consensus.flatMap((each) => each.solo.filter((solo) => !solo.hidden).map((solo) => solo.respondent)),
        )
        expect(people.size).toBe(respondents)
        const without = [...people].map((id) =>
          score({ ...engagement, answers: engagement.answers.filter((each) => each.respondent !== id) }),
        )
        for (const [id, { leaveOneOut }] of Object.entries(axes)) {
          const values = people.size < 2 ? [] : without.map((each) => each.axes[id]?.capped).filter((each) => each !== undefined)
          expect(leaveOneOut).toEqual(values.length === 0 ? undefined : { low: Math.min(...values), high: Math.max(...values) })
        }
      }),
      { numRuns: 100 },
    )
  })

  test("an independent calculation by the letter of C.2–C.4 agrees", () => {
    fc.assert(
      fc.property(engagements, (engagement) => {
        const scores = score(engagement)
        for (const { id } of questionnaire.scoring.axes) expect(scores.axes[id]).toMatchObject(byTheLetter(scores, id))
      }),
      runs,
    )
  })
})

/** C.2–C.4 written down naively: medians over weights in tenths, one by one; sums over the questions of the axis. */
function byTheLetter({ consensus }: DomainScores, axis: string): object {
  const { weights, gates } = questionnaire.scoring
  const onAxis = consensus.map((each) => ({ ...each, w: weights[each.question]?.[axis] ?? 0 })).filter((each) => each.w > 0)
  for (const { solo, state, anchor, question } of onAxis) {
    const votes = solo
      .flatMap((one) =>
        one.hidden || one.anchor === undefined ? [] : Array.from({ length: Math.round(one.weight * 10) }, () => one.anchor),
      )
      .sort((a = 0, b = 0) => a - b)
    const isTable = questionnaire.questions.find((each) => each.id === question)?.type === "table"
    if (state === "answered" && !isTable) expect(anchor).toBe(votes[Math.ceil(votes.length / 2) - 1])
  }
  const applicable = onAxis.filter((each) => !["skipped", "not-applicable"].includes(each.state))
  const answered = applicable.filter((each) => each.anchor !== undefined)
  const sum = (list: typeof onAxis, of: (each: (typeof onAxis)[number]) => number) =>
    list.reduce((total, each) => total + of(each), 0)
  const possible = sum(answered, (each) => 4 * each.w)
  const raw = possible === 0 ? undefined : (100 * sum(answered, (each) => each.w * (each.anchor ?? 0))) / possible
  const level = new Map(consensus.map((each) => [each.question, each.anchor]))
  const closed = gates.filter(
    (gate) =>
      gate.axis === axis &&
      (gate.zero.some((id) => level.get(id) === 0) ||
        (gate.low?.questions.filter((id) => (level.get(id) ?? 4) <= 1).length ?? 0) >= (gate.low?.count ?? Infinity)),
  )
  const coverage = applicable.length === 0 ? 0 : sum(answered, (each) => each.w) / sum(applicable, (each) => each.w)
  return {
    coverage: expect.closeTo(coverage, 12),
    notApplicable: expect.closeTo(
      sum(
        onAxis.filter((each) => each.state === "not-applicable"),
        (each) => each.w,
      ) / sum(onAxis, (each) => each.w),
      12,
    ),
    ...(raw === undefined
      ? {}
      : { raw: expect.closeTo(raw, 9), capped: expect.closeTo(closed.length > 0 ? Math.min(raw, 49) : raw, 9) }),
    unknown: applicable.filter((each) => each.anchor === undefined).map((each) => each.question),
  }
}
