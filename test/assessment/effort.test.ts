import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type EffortFacts, estimateEffort, isNothing, range, statementEffort, sumOf } from "../../src/assessment/effort.ts"
import type { Anchor, InitiativeEffort, Questionnaire, Row } from "../../src/assessment/model.ts"
import { common, single } from "../fixtures/build-questionnaire.ts"
import { anInitiative, planQuestionnaire } from "../fixtures/build-plan.ts"

/** The multipliers of E.3. */
const effortMultipliers: Questionnaire["effortMultipliers"] = [
  { question: "SQL-04", to: "stateful", factors: [1.5, 1.3, 1.15, 1, 1] },
  { question: "SQL-06", to: "stateful", factors: [1.6, 1.3, 1, 0.9, 0.8] },
  { question: "LEA-05", to: "all", factors: [1.25, 1.1, 1, 0.95, 0.85] },
  { question: "OPS-01", to: "stateful", factors: [1.6, 1.3, 1, 0.9, 0.8] },
  { question: "SQL-07", to: "all", factors: [1.4, 1.3, 1.1, 1, 0.9] },
]
const base = planQuestionnaire([], [])
const questionnaire: Questionnaire = {
  ...base,
  effortMultipliers,
  questions: [
    ...base.questions,
    ...effortMultipliers.map(({ question }) => single(question, { short: `about ${question}` })),
    {
      ...common("REV-02"),
      type: "table",
      item: "flow",
      whenEmpty: "skip",
      columns: [{ id: "name", label: "Name", type: "text", required: true }],
    },
    {
      ...common("PRD-06"),
      type: "table",
      item: "source",
      whenEmpty: "missing",
      columns: [
        { id: "name", label: "Name", type: "text", required: true },
        { id: "kind", label: "Kind", type: "text", required: false },
      ],
    },
  ],
}
const levels: Readonly<Record<string, Anchor>> = { "SQL-04": 2, "SQL-06": 1, "LEA-05": 2, "OPS-01": 1, "SQL-07": 3 }
const at = (anchors: Readonly<Record<string, Anchor>>) => (question: string) => anchors[question]

function domain(anchors: Readonly<Record<string, Anchor>>, rows?: readonly Row[]): EffortFacts {
  return { anchor: at(anchors), rows: () => rows }
}

function estimate(
  effort: Partial<InitiativeEffort>,
  domains: readonly EffortFacts[],
  platform: "managed" | "self-run" = "managed",
) {
  const initiative = anInitiative("I1", { effort: { base: [0, 0], multipliers: "none", drivers: "", ...effort } })
  return estimateEffort(questionnaire, initiative, domains, platform)
}

const sources = ["Shop", "Tills", "Loyalty"].map((name, place): Row => ({
  id: `r${place}`,
  name,
  kind: place === 0 ? "packaged" : "relational",
}))

describe("a statement (E.3)", () => {
  test("the worked example: a left join of two facts and a further dedup", () => {
    const effort = statementEffort(questionnaire, { factor: 4, furtherStateful: 1, unit: 1 }, at(levels))
    expect(effort).toEqual({ low: 10.9, expected: 14.6, high: 21.9 })
  })

  test("a stateless port takes only what applies to all", () => {
    const effort = statementEffort(questionnaire, { factor: 1, furtherStateful: 0, unit: 2 }, at({ ...levels, "LEA-05": 1 }))
    expect(effort.expected).toBe(2.2)
  })

  test("multipliers stay between 0.6 and 3", () => {
    const all = (level: Anchor) => at(Object.fromEntries(Object.keys(levels).map((id) => [id, level])))
    expect(statementEffort(questionnaire, { factor: 3, furtherStateful: 0, unit: 1 }, all(0)).expected).toBe(12)
    expect(statementEffort(questionnaire, { factor: 3, furtherStateful: 0, unit: 1 }, all(4)).expected).toBe(2.4)
  })
})

describe("an initiative", () => {
  test("base and listed units, and where the figure comes from", () => {
    const perUnit = { days: [5, 15], unit: "source", rows: "PRD-06", reference: 10 } as const
    const { effort, perUnit: repeated, basis } = estimate({ base: [5, 10], perUnit }, [domain({}, sources)])
    expect(effort).toEqual({ low: 20, expected: 37.5, high: 55 })
    expect(repeated).toEqual({ low: 15, expected: 30, high: 45 })
    expect(basis).toBe("5–10 days once; 3 × source, 5–15 days each")
  })

  test("only rows that fit, and never more than the limit", () => {
    const perUnit = { days: [1, 1], unit: "source", rows: "PRD-06", reference: 10 } as const
    const where = [{ column: "kind", is: ["relational"] }]
    expect(estimate({ perUnit: { ...perUnit, where } }, [domain({}, sources)]).effort.expected).toBe(2)
    const limited = estimate({ perUnit: { ...perUnit, atMost: 2 } }, [domain({}, sources)])
    expect([limited.effort.expected, limited.basis]).toEqual([2, "3 × source, at most 2, 1 day each"])
  })

  test("a missing inventory counts with the reference size, and so does one that cannot be empty", () => {
    const perUnit = { days: [1, 1], unit: "source", rows: "PRD-06", reference: 10 } as const
    const missing = estimate({ perUnit }, [domain({}), domain({}, sources)])
    expect([missing.effort.expected, missing.basis]).toEqual([
      13,
      "13 × source (reference size where PRD-06 is missing), 1 day each",
    ])
    expect(estimate({ perUnit }, [domain({}, [])]).effort.expected).toBe(10)
    expect(estimate({ perUnit: { ...perUnit, atMost: 6 } }, [domain({}, [])]).units).toBe(6)
    expect(
      estimate({ perUnit: { days: [1, 1], unit: "engineer", reference: 4 } }, [domain({}), domain({})]).effort.expected,
    ).toBe(4)
  })

  test("only units that are known to be none are nothing to do", () => {
    const perUnit = { days: [1, 1], unit: "unit", reference: 10 } as const
    const none = estimate({ perUnit: { ...perUnit, rows: "REV-02" } }, [domain({}, [])])
    expect([none.units, none.effort.expected, isNothing(none)]).toEqual([0, 0, true])
    const where = [{ column: "kind", is: ["mainframe"] }]
    expect(isNothing(estimate({ perUnit: { ...perUnit, rows: "PRD-06", where } }, [domain({}, sources)]))).toBe(true)
    expect(isNothing(estimate({ base: [1, 1], perUnit: { ...perUnit, rows: "REV-02" } }, [domain({}, [])]))).toBe(false)
    expect(isNothing(estimate({ base: [0, 0] }, [domain({})]))).toBe(false)
  })

  test("blank cells leave rows open: assumed up to the reference size, never more than the rows allow", () => {
    const blank = Array.from({ length: 3 }, (_, at): Row => ({ id: `b${at}`, name: `Source ${at}` }))
    const count = (reference: number, rows: readonly Row[]) =>
      estimate(
        { perUnit: { days: [1, 1], unit: "source", rows: "PRD-06", where: [{ column: "kind", is: ["relational"] }], reference } },
        [domain({}, rows)],
      )
    expect(count(10, blank).units).toBe(3)
    expect(count(2, blank).units).toBe(2)
    expect(count(1, [...sources, ...blank]).units).toBe(2)
    expect(count(10, blank).basis).toBe("3 × source (assumed where cells of PRD-06 are blank), 1 day each")
  })

  test("statement work is multiplied, by the most cautious level of the domains, and says by what", () => {
    const { effort, basis } = estimate({ base: [10, 20], multipliers: "stateful" }, [domain(levels), domain({ "OPS-01": 0 })])
    expect(effort.expected).toBe(35.9)
    expect(basis).toBe(
      "10–20 days once; ×1.15 about SQL-04 (SQL-04 at 2), ×1.3 about SQL-06 (SQL-06 at 1), ×1.6 about OPS-01 (OPS-01 at 0): ×2.39 in all",
    )
  })

  test("an unknown level counts as ×1 and is named", () => {
    const { effort, basis } = estimate({ base: [10, 10], multipliers: "stateless" }, [domain({ "SQL-07": 4 })])
    expect([effort.expected, basis]).toEqual([
      9,
      "10 days once; about LEA-05 not known (LEA-05), ×0.9 about SQL-07 (SQL-07 at 4): ×0.9 in all",
    ])
  })

  test("a platform run by the client costs its own base", () => {
    const effort = { base: [25, 60], selfRun: [80, 200] } as const
    expect(estimate(effort, [domain({})]).effort).toEqual({ low: 25, expected: 42.5, high: 60 })
    expect(estimate(effort, [domain({})], "self-run").effort).toEqual({ low: 80, expected: 140, high: 200 })
  })
})

test("a range is ordered, its midpoint expected, and ranges add up end by end", () => {
  const ends = fc.tuple(fc.integer({ min: 0, max: 500 }), fc.integer({ min: 0, max: 500 }))
  fc.assert(
    fc.property(fc.array(ends), (all) => {
      const ranges = all.map(([low, more]) => range(low, low + more))
      for (const each of ranges) expect(each.low <= each.expected && each.expected <= each.high).toBe(true)
      expect(sumOf(ranges).low).toBe(all.reduce((sum, [low]) => sum + low, 0))
    }),
  )
})
