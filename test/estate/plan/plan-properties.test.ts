/** What must hold of the plan of any estate, beside any engagement with the shipped questionnaire. */
import * as fc from "fast-check"
import { expect, test } from "vitest"
import { assess } from "../../../src/assessment/assess.ts"
import type { Engagement, Row } from "../../../src/assessment/model.ts"
import type { ConstructId } from "../../../src/estate/construct-table.ts"
import type { DomainEstate } from "../../../src/estate/merge.ts"
import { mergeEstates } from "../../../src/estate/merge.ts"
import type { Estate, EstatePlan } from "../../../src/estate/model.ts"
import { planEstate } from "../../../src/estate/plan/plan-estate.ts"
import { randomEngagement } from "../../fixtures/random-engagement.ts"
import { estate, exposure, found, source, statement, unread } from "../build-estate.ts"
import { questionnaire } from "../planned-estate.ts"

const constructs: fc.Arbitrary<readonly ConstructId[]> = fc.subarray(
  ["filter", "keep-last", "group-by", "join-outer", "join-chain", "run-time", "year-on-year", "not-exists"],
  { maxLength: 3 },
)

/** Statements that mostly read earlier ones, now and then a later one: circles happen. */
const randomEstate: fc.Arbitrary<Estate> = fc
  .array(
    fc.record({
      reads: fc.array(fc.nat(40), { maxLength: 3 }),
      constructs,
      isUnread: fc.boolean(),
      owner: fc.option(fc.constantFrom("Ann", "Bob"), { nil: undefined }),
      isEphemeral: fc.integer({ min: 0, max: 9 }),
      writes: fc.nat(60),
    }),
    { minLength: 1, maxLength: 40 },
  )
  .chain((rows) =>
    fc.array(fc.nat(rows.length - 1), { maxLength: 6 }).map((read) =>
      estate({
        sources: [0, 1, 2, 3, 4].map((at) => source(`s${at}`, { system: `sys${at % 4}`, ...(at === 4 ? { kind: "seed" } : {}) })),
        statements: rows.map(({ reads, constructs: own, isUnread, owner, isEphemeral, writes }, at) =>
          statement(
            `m${at}`,
            reads.map((to) =>
              to >= rows.length ? `s${to % 5}` : to === at ? "s0" : to > at && to % 7 > 0 ? `s${to % 5}` : `m${to}`,
            ),
            {
              verdict: isUnread && isEphemeral < 2 ? unread : found(...own),
              textSource: at % 2 === 0 ? "raw" : "compiled",
              writes: [`db.t${writes}`],
              ...(owner === undefined ? {} : { owner }),
              ...(isEphemeral === 0 ? { materialized: "ephemeral" } : {}),
            },
          ),
        ),
        consumers: read.map((to, at) => exposure(`e${at}`, [`m${to}`])),
      }),
    ),
  )

const consumers: fc.Arbitrary<readonly Row[]> = fc.array(
  fc.record({
    id: fc.uuid(),
    name: fc.constantFrom("e0", "e1", "e2", "Night shift"),
    kind: fc.constant("application"),
    criticality: fc.constantFrom("critical", "important", "minor"),
    requiredAge: fc.constantFrom(0.5, 15, 240, 2880),
    actualAge: fc.constantFrom(1, 60, 1440),
  }),
  { maxLength: 4 },
)

const cases = fc
  .sample(
    fc.tuple(
      randomEngagement(questionnaire, { domains: 2, people: 2, said: 60 }),
      randomEstate,
      randomEstate,
      consumers,
      fc.integer({ min: 0, max: 12 }),
      fc.integer({ min: 1, max: 3 }),
    ),
    { numRuns: 60, seed: 20270104 },
  )
  .map(([random, one, other, rows, people, teams]) => {
    const inventories = [
      ...random.inventories.filter(({ domain, question }) => domain !== "d1" || question !== "CON-01"),
      { domain: "d1", question: "CON-01", rows },
    ]
    const engagement: Engagement = { ...random, inventories, plan: { ...random.plan, people, teams } }
    const parts = [
      { domain: "d1", estate: one },
      { domain: "d2", estate: other },
    ]
    const assessment = assess(questionnaire, engagement, { draws: 10 })
    return { engagement, assessment, parts, plan: planEstate(questionnaire, engagement, assessment, parts) }
  })

function holds(
  check: (plan: EstatePlan, given: { readonly parts: readonly DomainEstate[]; readonly engagement: Engagement }) => void,
): void {
  for (const { plan, parts, engagement } of cases) check(plan, { parts, engagement })
}

test("every statement of a product that moves is planned exactly once, and no other", () => {
  holds(({ products, planned }) => {
    const moving = products.filter(({ fate }) => fate === "migrate").flatMap(({ cone }) => cone)
    const statements = planned.flatMap((each) => each.statements)
    expect(new Set(statements)).toEqual(new Set(moving))
    expect(statements).toHaveLength(new Set(statements).size)
  })
})

test("every statement that is not part of another belongs to a product, and cones are what own and shared make up", () => {
  holds(({ products }, { parts }) => {
    const merged = mergeEstates(parts)
    expect(new Set(products.flatMap(({ cone }) => cone))).toEqual(new Set(merged.statements.map(({ id }) => id)))
    for (const { cone, own, shared } of products) expect([...own, ...shared].toSorted()).toEqual(cone.toSorted())
  })
})

test("nothing is built before what it reads, but where a circle is cut", () => {
  holds(({ planned, cycles }, { parts }) => {
    const merged = mergeEstates(parts)
    const circular = new Set(cycles.flatMap(({ nodes }) => nodes))
    const place = new Map(planned.flatMap(({ statements }) => statements).map((id, at) => [id, at]))
    for (const { id, dependsOn } of merged.statements) {
      if (!place.has(id)) continue
      for (const need of dependsOn) {
        if (!merged.statements.some((each) => each.id === need)) continue
        expect(place.has(need) || circular.has(need)).toBe(true)
        if (!(circular.has(id) && circular.has(need))) expect(place.get(need)).toBeLessThan(place.get(id) ?? 0)
      }
    }
  })
})

test("products come in the order of their waves, after the products that they need", () => {
  holds(({ planned }) => {
    const number = (wave: number | "later"): number => (wave === "later" ? Infinity : wave)
    const seen = new Set<string>()
    let last = 0
    for (const { product, wave, needs } of planned) {
      expect(number(wave)).toBeGreaterThanOrEqual(last)
      last = number(wave)
      for (const need of needs) expect(seen.has(need)).toBe(true)
      seen.add(product)
    }
  })
})

test("no wave holds more than its capacity, unless one product has it to itself", () => {
  holds(({ waves }, { engagement }) => {
    for (const wave of waves) {
      if (wave.products.length > 1) expect(wave.effort.expected).toBeLessThanOrEqual(wave.capacity + 0.1)
      expect(wave.products.length).toBeLessThanOrEqual(2 * engagement.plan.teams)
      for (const { wave: before } of wave.enabling) expect(before).toBeLessThanOrEqual(wave.number)
    }
    const starts = waves.map(({ start }) => start)
    expect(starts).toEqual(starts.toSorted())
    expect(waves.map(({ number }) => number)).toEqual([...new Set(waves.map(({ number }) => number))].toSorted((a, b) => a - b))
  })
})

test("waves and products tell the same story", () => {
  holds(({ products, planned, waves, keepInBatch }) => {
    for (const { number, products: own, effort } of waves) {
      const here = planned.filter(({ wave }) => wave === number)
      expect(here.map(({ product }) => product)).toEqual(own)
      expect(effort.expected).toBeCloseTo(
        here.reduce((sum, each) => sum + each.effort.expected, 0),
        1,
      )
    }
    const moving = products.filter(({ fate }) => fate === "migrate").map(({ id }) => id)
    expect(planned.map(({ product }) => product).toSorted()).toEqual(moving.toSorted())
    expect(keepInBatch.map(({ product }) => product)).toEqual(
      products.filter(({ fate }) => fate === "keep in batch").map(({ id }) => id),
    )
    expect(new Set(products.map(({ id }) => id)).size).toBe(products.length)
  })
})

test("what a product adds is never more than its whole effort, and rank intervals hold the rank", () => {
  holds(({ products, planned }) => {
    for (const { marginal, effort } of products) {
      for (const end of ["low", "expected", "high"] as const) expect(marginal[end]).toBeLessThanOrEqual(effort[end] + 0.11)
    }
    for (const { rank, ranks } of planned) {
      expect(ranks.low).toBeLessThanOrEqual(rank)
      expect(ranks.high).toBeGreaterThanOrEqual(rank)
    }
    expect(planned.map(({ rank }) => rank).toSorted((a, b) => a - b)).toEqual(planned.map((_, at) => at + 1))
  })
})

test("no product that stays or moves uses what retires", () => {
  holds(({ products, retire }) => {
    const gone = new Set(retire.map(({ id }) => id))
    for (const { fate, cone } of products) if (fate !== "retire") expect(cone.filter((id) => gone.has(id))).toEqual([])
  })
})

test("the same input gives the same plan, to the byte", () => {
  for (const { engagement, assessment, parts, plan } of cases.slice(0, 10)) {
    expect(JSON.stringify(planEstate(questionnaire, engagement, assessment, parts))).toBe(JSON.stringify(plan))
  }
})
