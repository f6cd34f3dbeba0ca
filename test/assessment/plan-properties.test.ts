/** What must hold for any engagement with the shipped questionnaire: order, capacity, sizes, overrides, trajectory, bytes. */
import * as fc from "fast-check"
import { expect, test } from "vitest"
import { assess } from "../../src/assessment/assess.ts"
import type { Engagement, Override, PlanSettings } from "../../src/assessment/model.ts"
import type { Plan, Wave } from "../../src/assessment/result.ts"
import { sizeLimits } from "../../src/assessment/wave-board.ts"
import { shippedQuestionnaire } from "../../src/questionnaire-files.ts"
import { randomEngagement } from "../fixtures/random-engagement.ts"

const questionnaire = await shippedQuestionnaire()
const initiatives = new Map(questionnaire.initiatives.map((each) => [each.id, each]))

const settings: fc.Arbitrary<PlanSettings> = fc.record(
  {
    start: fc.constantFrom("2027-01-04", "2027-02-27", "2028-12-29"),
    people: fc.integer({ min: 1, max: 20 }),
    daysPerWeek: fc.integer({ min: 1, max: 5 }),
    teams: fc.integer({ min: 1, max: 4 }),
    toil: fc.double({ min: 0, max: 0.8, noNaN: true }),
    horizon: fc.integer({ min: 0, max: 8 }),
    platform: fc.constantFrom("managed", "self-run"),
  },
  { requiredKeys: ["start", "people", "daysPerWeek", "teams", "horizon", "platform"] },
)

const override: fc.Arbitrary<Override> = fc
  .tuple(
    fc.constantFrom(...questionnaire.initiatives),
    fc.constantFrom("d1", "d2"),
    fc.constantFrom("include", "drop", "move", "effort"),
    fc.integer({ min: 0, max: 9 }),
  )
  .map(([initiative, domain, action, wave]) => ({
    initiative: initiative.id,
    action,
    reason: "The client says so.",
    ...(initiative.scope === "domain" ? { domain } : {}),
    ...(action === "move" ? { wave } : {}),
    ...(action === "effort" ? { effort: [wave, 10 * wave] as const } : {}),
  }))

const unhindered: fc.Arbitrary<Engagement> = fc
  .tuple(randomEngagement(questionnaire, { domains: 2, people: 3, said: 60 }), settings)
  .map(([engagement, plan]) => Object.assign({}, engagement, { plan }))
const engagements: fc.Arbitrary<Engagement> = fc
  .tuple(unhindered, fc.array(override, { maxLength: 4 }))
  .map(([engagement, overrides]) => Object.assign({}, engagement, { overrides }))

/** The same cases on every run, assessed once for all that must hold of them. */
const seed = 20270104
const cases = fc.sample(engagements, { numRuns: 60, seed }).map((engagement) => ({ engagement, ...run(engagement) }))

function run(engagement: Engagement) {
  return assess(questionnaire, engagement, { draws: 10 })
}

function holds(check: (plan: Plan, engagement: Engagement) => void): void {
  for (const { plan, engagement } of cases) check(plan, engagement)
}

interface Scoped {
  readonly id: string
  readonly domain?: string
}
const keyOf = ({ id, domain }: Scoped): string => `${id}@${domain ?? ""}`
const takes = (wave: Wave, kind: "products" | "heavyProducts" | "sources"): number[] =>
  wave.items.flatMap(({ id }) => initiatives.get(id)?.takes?.[kind] ?? [])
const isMoved = (overridden: string | undefined): boolean => overridden?.includes("set to wave") ?? false

test("prerequisites never come after what needs them, but by override", () => {
  holds(({ waves }) => {
    for (const wave of waves) {
      for (const item of wave.items) {
        if (isMoved(item.overridden)) continue
        for (const need of item.needs) {
          if (typeof need.wave === "string") {
            expect(["in place", "dropped"]).toContain(need.wave)
            continue
          }
          expect(need.wave).toBeLessThanOrEqual(wave.number)
          const needed = waves.find(({ number }) => number === need.wave)?.items.find((each) => keyOf(each) === keyOf(need))
          expect(needed?.id).toBe(need.id)
          expect((needed?.finish ?? "9") <= item.finish && (needed?.start ?? "9") <= item.start).toBe(true)
        }
      }
    }
  })
})

test("every prerequisite is accounted for: planned, in place, or dropped", () => {
  holds(({ waves }) => {
    for (const item of waves.flatMap((wave) => wave.items)) {
      const needs = new Set(item.needs.map(({ id }) => id))
      for (const id of initiatives.get(item.id)?.needs ?? []) expect(needs).toContain(id)
    }
  })
})

test("a wave holds what it can, in its length, but for what is larger than a wave or set by hand", () => {
  holds(({ waves }) => {
    for (const wave of waves) {
      const byHand = wave.items.some(({ overridden }) => isMoved(overridden))
      const alone = wave.items.some(({ reasons }) => reasons.some((reason) => reason.includes("one of its own")))
      const isLong = wave.items.some(({ reasons }) => reasons.some((reason) => reason.includes("as long as it takes")))
      if (alone) expect(wave.items.length).toBe(1)
      expect(wave.effort.expected).toBeLessThanOrEqual(wave.capacity + 0.1)
      const [least, most] = wave.items.every(({ id }) => initiatives.get(id)?.stage === 0) ? [4, 10] : [6, 10]
      expect(wave.weeks).toBeGreaterThanOrEqual(byHand ? 4 : least)
      if (!byHand && !isLong) expect(wave.weeks).toBeLessThanOrEqual(wave.name.endsWith(": groundwork") ? 8 : most)
    }
  })
})

test("size rules and stages hold, but by override", () => {
  holds(({ waves }, { plan }) => {
    const pilots = waves.filter((wave) => wave.items.some(({ id }) => id === "I45"))
    const byHand = pilots.some((wave) => wave.items.some(({ id, overridden }) => id === "I45" && isMoved(overridden)))
    for (const wave of waves) {
      if (byHand || wave.items.some(({ overridden }) => isMoved(overridden))) continue
      const before = wave.number <= (pilots[0]?.number ?? -1)
      const limits = sizeLimits(before ? 1 : 2, plan.teams)
      for (const kind of ["products", "heavyProducts"] as const) {
        const taken = takes(wave, kind)
        const only = taken.length === 1 && !before
        if (!only) expect(taken.reduce((sum, each) => sum + each, 0)).toBeLessThanOrEqual(limits[kind])
      }
      if (wave.name.endsWith(": groundwork")) for (const { id } of wave.items) expect(initiatives.get(id)?.stage).toBe(0)
    }
  })
})

test("waves are numbered from 0 without gaps, and none is empty", () => {
  holds(({ waves }) => {
    expect(waves.map(({ number }) => number)).toEqual(waves.map((_, at) => at))
    const seen = new Set<string>()
    for (const { items, name, number } of waves) {
      expect(name.startsWith(`Wave ${number}: `)).toBe(true)
      expect(items.some((item) => !seen.has(keyOf(item)))).toBe(true)
      for (const item of items) seen.add(keyOf(item))
    }
  })
})

test("nothing moves in a domain before its gates are open, nor broadly before the pilot, but by override", () => {
  for (const { domains, plan } of cases) {
    const first = new Map(
      plan.waves.toReversed().flatMap((wave) => wave.items.map((item) => [keyOf(item), wave.number] as const)),
    )
    const pilot = plan.waves.find((wave) => wave.items.some(({ id }) => id === "I45"))
    for (const wave of plan.waves) {
      for (const { id, domain, overridden, needs } of wave.items) {
        const { takes, stage = 0 } = initiatives.get(id) ?? {}
        if (takes === undefined || overridden !== undefined) continue
        const findings = domains.find((each) => each.domain === domain)?.findings ?? []
        for (const { gate, initiatives: led } of findings) {
          const opener = led[0] ?? ""
          const at =
            first.get(keyOf({ id: opener, ...(domain === undefined ? {} : { domain }) })) ?? first.get(keyOf({ id: opener }))
          if (gate && at !== undefined && initiatives.get(opener)?.effects.length) expect(at).toBeLessThanOrEqual(wave.number)
        }
        if (stage === 2 && takes.products && needs.some((need) => need.id === "I45"))
          expect(wave.number).toBeGreaterThan(pilot?.number ?? 0)
      }
    }
  }
})

test("nothing is planned twice in its scope, and everything ranked is planned, later, or neither twice", () => {
  holds(({ waves, ranked, later }) => {
    const once = waves.flatMap((wave) => wave.items).filter(({ id }) => !initiatives.get(id)?.everyWave)
    expect(new Set(once.map(keyOf)).size).toBe(once.length)
    const planned = new Set(waves.flatMap((wave) => wave.items.map(keyOf)))
    expect([...planned, ...later.map(keyOf)].toSorted()).toEqual(ranked.map(keyOf).toSorted())
    expect(ranked.map(({ rank }) => rank)).toEqual(ranked.map((_, at) => at + 1))
  })
})

test("every initiative of every finding can be found again: ranked, dropped, or left out with a reason", () => {
  for (const { domains, plan } of cases) {
    const left = [...plan.dropped, ...plan.notRecommended]
    const found = new Set([...plan.ranked, ...left].map(keyOf))
    expect(plan.notRecommended.filter((each) => plan.ranked.some((other) => keyOf(other) === keyOf(each)))).toEqual([])
    for (const each of left) expect(each.reason).not.toBe("")
    for (const { domain, findings } of domains) {
      const led = findings.flatMap((finding) => finding.initiatives)
      expect(led.filter((id) => !found.has(keyOf({ id, domain })) && !found.has(keyOf({ id })))).toEqual([])
    }
  }
})

test("nothing is planned that is known to have nothing to do, but by override", () => {
  holds(({ waves }) => {
    for (const { effort, overridden } of waves.flatMap((wave) => wave.items))
      if (overridden === undefined) expect(effort.expected).toBeGreaterThan(0)
  })
})

test("what is dropped is nowhere in the plan; what is moved is where it was put", () => {
  holds(({ waves, ranked, moves, notices }, { overrides, plan }) => {
    for (const [at, { initiative, action, domain, wave = 0 }] of overrides.entries()) {
      const key = keyOf({ id: initiative, ...(domain === undefined ? {} : { domain }) })
      const again = overrides.slice(at + 1).some((each) => each.initiative === initiative && each.domain === domain)
      if (again || overrides.slice(0, at).some((each) => each.initiative === initiative && each.action === "drop")) continue
      if (action === "drop") for (const each of [...ranked, ...moves]) expect(keyOf(each)).not.toBe(key)
      if (action === "move" && wave < plan.horizon && ranked.some((each) => keyOf(each) === key)) {
        const at = waves.find((each) => each.items.some((item) => keyOf(item) === key))?.number
        expect(at).toBe(Math.min(wave, at ?? 0))
        if (at !== wave) expect(notices.some((each) => each.includes(`is set to wave ${wave}; it is wave ${at} now`))).toBe(true)
      }
    }
  })
})

test("dates never run backwards", () => {
  holds(({ waves, finish, finishLate }, { plan }) => {
    let before = ""
    for (const wave of waves) {
      expect(wave.start > before && wave.start >= plan.start).toBe(true)
      expect(wave.finish >= wave.start && wave.finishLate >= wave.finish).toBe(true)
      for (const item of wave.items) {
        expect([wave.start, item.start, item.finish, item.finishLate].toSorted()).toEqual([
          wave.start,
          item.start,
          item.finish,
          item.finishLate,
        ])
        expect([item.finish, wave.finish].toSorted()).toEqual([item.finish, wave.finish])
      }
      before = wave.finish
    }
    expect((finish === undefined) === (waves.length === 0) && (finish ?? "") >= (waves.at(-1)?.finish ?? "")).toBe(true)
    expect((finishLate ?? "") >= (finish ?? "") && finishLate === waves.at(-1)?.finishLate).toBe(true)
    expect(waves.map((each) => each.finishLate)).toEqual(waves.map((each) => each.finishLate).toSorted())
  })
})

test("no index of a trajectory falls, and it starts with today", () => {
  for (const { domains, plan } of cases) {
    for (const { domain, stops } of plan.trajectory) {
      const today = domains.find((each) => each.domain === domain)
      expect(stops[0]?.quadrant).toBe(today?.position.quadrant)
      for (const { axis, capped } of Object.values(today?.axes ?? {})) expect(stops[0]?.indices[axis]).toBe(capped)
      for (const [at, stop] of stops.entries()) {
        for (const [axis, value] of Object.entries(stops[at - 1]?.indices ?? {}))
          expect(stop.indices[axis]).toBeGreaterThanOrEqual(value)
      }
    }
  }
})

test("where every need is met nothing moves: no product, no source, no statement, no platform, nothing for speed alone", () => {
  const met = [{ id: "r1", name: "Board report", kind: "report", requiredAge: 1440, actualAge: 600, criticality: "critical" }]
  const content = unhindered.map((engagement) =>
    Object.assign({}, engagement, {
      inventories: [
        ...engagement.inventories.filter(({ question }) => question !== "CON-01" && question !== "DOM-05"),
        ...engagement.domains.map(({ id }) => ({ domain: id, question: "CON-01", rows: met })),
      ],
      decisions: engagement.decisions.filter(({ question }) => question !== "CON-01"),
    }),
  )
  for (const { domains, plan } of fc.sample(content, { numRuns: 30, seed }).map(run)) {
    for (const { id, gate, neededBy, domain } of plan.ranked) {
      const initiative = initiatives.get(id)
      const places = domains.filter((each) => domain === undefined || each.domain === domain)
      // A list of consumers that people call "not applicable" as a whole says nothing about need.
      if (places.some(({ target }) => target.products.some((product) => product.met !== true))) continue
      expect(initiative?.takes).toBeUndefined()
      expect(initiative?.effort.multipliers).toBe("none")
      expect(id).not.toBe("I10")
      if (!gate && neededBy.length === 0)
        expect(initiative?.serves.some((axis) => !["TTI", "RDY", "EASE"].includes(axis))).toBe(true)
    }
    expect(plan.keepInBatch.map(({ domain }) => domain)).toEqual(domains.map(({ domain }) => domain))
  }
})

test("the same input gives the same bytes, whatever the order of what was said", () => {
  for (const { engagement, plan } of cases.slice(0, 10)) {
    const reversed = { ...engagement, answers: engagement.answers.toReversed(), decisions: engagement.decisions.toReversed() }
    expect(JSON.stringify(run(structuredClone(engagement)).plan)).toBe(JSON.stringify(plan))
    expect(JSON.stringify(run(reversed).plan)).toBe(JSON.stringify(plan))
  }
})

test("late dates depend on the seed, the plan does not", () => {
  const early = ({ waves }: Plan) => waves.map(({ items, finish }) => [finish, items.map(({ finishLate: _, ...rest }) => rest)])
  for (const { engagement, plan } of cases.slice(0, 10)) {
    expect(early(assess(questionnaire, engagement, { draws: 10, seed: 2 }).plan)).toEqual(early(plan))
  }
})
