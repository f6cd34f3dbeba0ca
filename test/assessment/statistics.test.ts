import * as fc from "fast-check"
import { expect, test } from "vitest"
import type { Anchor } from "../../src/assessment/model.ts"
import type { SoloAnswer } from "../../src/assessment/result.ts"
import { statisticsOf } from "../../src/assessment/statistics.ts"

const solo = (anchor: number, more: Partial<SoloAnswer> = {}): SoloAnswer => ({
  respondent: "petra",
  role: "DPE",
  weight: 1,
  status: "answered",
  anchor: anchor as Anchor,
  evidence: "claim",
  hidden: false,
  ...more,
})
const unknown: SoloAnswer = { respondent: "anil", role: "AE", weight: 1, status: "dont-know", evidence: "claim", hidden: false }

test("each person counts once; who does not know is counted and never enters the median", () => {
  const all = [solo(0), solo(1), solo(3), solo(3), solo(4), unknown, unknown, { ...unknown, status: "not-applicable" as const }]
  expect(statisticsOf(all)).toEqual({
    n: 5,
    dontKnow: 2,
    notApplicable: 1,
    counts: [1, 1, 0, 2, 1],
    levels: { median: 3, p25: 1, p75: 3, lowest: 0, highest: 4, agreement: 3 / 5 },
    polarised: true,
  })
})

test.each([
  ["1 against 3", [1, 1, 1, 3], true],
  ["less than a quarter on one side", [1, 3, 3, 3, 3], false],
  ["one level apart", [2, 2, 3, 3], false],
  ["nobody", [], false],
])("polarised: %s", (_, levels, polarised) => {
  expect(statisticsOf(levels.map((level) => solo(level))).polarised).toBe(polarised)
})

test("what is kept and not counted is left out", () => {
  expect(statisticsOf([solo(4, { hidden: true }), { ...unknown, hidden: true }])).toEqual({
    n: 0,
    dontKnow: 0,
    notApplicable: 0,
    counts: [0, 0, 0, 0, 0],
    polarised: false,
  })
})

test("quartiles are levels that somebody gave, in order", () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: 4 }), { minLength: 1, maxLength: 300 }), (given) => {
      const { n, counts, levels } = statisticsOf(given.map((level) => solo(level)))
      expect(counts.reduce((sum, each) => sum + each, 0)).toBe(n)
      const { lowest = 0, p25 = 0, median = 0, p75 = 0, highest = 0 } = levels ?? {}
      const ranks = [lowest, p25, median, p75, highest]
      expect(ranks).toEqual(ranks.toSorted((a, b) => a - b))
      for (const rank of ranks) expect(given).toContain(rank)
      expect(given.filter((level) => level <= median).length).toBeGreaterThanOrEqual(n / 2)
    }),
  )
})
