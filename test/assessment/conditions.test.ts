import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { type Facts, judge } from "../../src/assessment/conditions.ts"
import type { Anchor, Condition, Question, Row, TableQuestion } from "../../src/assessment/model.ts"
import type { ConsensusState, PerceptionGap } from "../../src/assessment/result.ts"
import { common, single } from "../fixtures/build-questionnaire.ts"

const consumers: TableQuestion = {
  ...common("CON-01"),
  type: "table",
  item: "consumer",
  whenEmpty: "missing",
  columns: [
    { id: "name", label: "Name", type: "text", required: true },
    { id: "actualAge", label: "Actual age", type: "duration", required: false },
    { id: "requiredAge", label: "Required age", type: "duration", required: false },
  ],
}
const constructs: Question = {
  ...common("SQL-03"),
  type: "multi",
  none: "None of these",
  options: [
    { id: "anti-join", text: "Anti join or NOT IN" },
    { id: "recursion", text: "Recursion" },
  ],
}

interface Known {
  readonly anchors?: Readonly<Record<string, Anchor>>
  readonly states?: Readonly<Record<string, ConsensusState>>
  readonly ticks?: readonly string[]
  readonly rows?: readonly Row[]
  readonly indices?: Readonly<Record<string, number>>
  readonly gaps?: readonly PerceptionGap[]
  readonly quadrants?: readonly (string | undefined)[]
  readonly table?: Question
}

function facts({ anchors = {}, states = {}, ticks, rows, indices = {}, gaps, quadrants, table = consumers }: Known): Facts {
  return {
    anchor: (id) => anchors[id],
    state: (id) => states[id] ?? (anchors[id] === undefined ? "unanswered" : "answered"),
    ticks: () => ticks,
    rows: () => rows,
    index: (axis) => indices[axis],
    question: (id) => (id === "CON-01" ? table : id === "SQL-03" ? constructs : single(id)),
    unknownOn: (axis) => (axis === undefined ? ["A-01", "B-01"] : [`${axis}-01`]),
    ...(gaps === undefined ? {} : { gaps }),
    ...(quadrants === undefined ? {} : { quadrants }),
  }
}

const low: Condition = { question: "A-01", atMost: 1 }

describe("a level", () => {
  test.each<[Condition, Anchor, boolean]>([
    [{ question: "A-01", atMost: 1 }, 1, true],
    [{ question: "A-01", atMost: 1 }, 2, false],
    [{ question: "A-01", atLeast: 3 }, 3, true],
    [{ question: "A-01", atLeast: 3 }, 2, false],
    [{ question: "A-01", is: [1, 2] }, 2, true],
    [{ question: "A-01", is: [1, 2] }, 3, false],
    [{ question: "A-01", atLeast: 1, atMost: 2 }, 0, false],
  ])("%j at %i is %s", (condition, anchor, truth) => {
    const judged = judge(condition, facts({ anchors: { "A-01": anchor } }))
    expect(judged).toEqual({ truth, because: [{ question: "A-01", anchor }], ask: [] })
  })

  test.each<ConsensusState>(["unanswered", "dont-know"])("%s cannot be judged, and says what to ask", (state) => {
    expect(judge(low, facts({ states: { "A-01": state } }))).toEqual({ truth: undefined, because: [], ask: ["A-01"] })
  })

  test.each<ConsensusState>(["skipped", "not-applicable"])("%s is false, not unknown", (state) => {
    expect(judge(low, facts({ states: { "A-01": state } })).truth).toBe(false)
  })
})

describe("ticks", () => {
  const includes: Condition = { question: "SQL-03", includes: ["anti-join", "recursion"] }

  test("one of several is enough, and the evidence names it", () => {
    const judged = judge(includes, facts({ ticks: ["recursion"], states: { "SQL-03": "answered" } }))
    expect(judged).toEqual({ truth: true, because: [{ question: "SQL-03", fact: "ticked: Recursion" }], ask: [] })
  })

  test("none ticked is false, nobody asked is unknown", () => {
    expect(judge(includes, facts({ ticks: [], states: { "SQL-03": "answered" } })).truth).toBe(false)
    expect(judge(includes, facts({ states: { "SQL-03": "unanswered" } })).ask).toEqual(["SQL-03"])
    expect(judge(includes, facts({ ticks: [], states: { "SQL-03": "dont-know" } })).truth).toBeUndefined()
  })
})

describe("rows of an inventory", () => {
  const late: Condition = { rows: "CON-01", where: [{ column: "actualAge", aboveColumn: "requiredAge" }], atLeast: 1 }
  const met: Condition = { rows: "CON-01", every: [{ column: "actualAge", atMostColumn: "requiredAge" }] }
  const rows: readonly Row[] = [
    { id: "r1", name: "Pricing", actualAge: 600, requiredAge: 15 },
    { id: "r2", name: "Board report", actualAge: 60, requiredAge: 1440 },
  ]

  test("the evidence names the rows that count", () => {
    expect(judge(late, facts({ rows }))).toEqual({ truth: true, because: [{ question: "CON-01", rows: ["Pricing"] }], ask: [] })
    expect(judge(met, facts({ rows }))).toEqual({ truth: false, because: [{ question: "CON-01", rows: ["Pricing"] }], ask: [] })
    expect(judge(met, facts({ rows: rows.slice(1) })).because).toEqual([{ question: "CON-01", rows: ["Board report"] }])
  })

  test("every over no row is false: nothing proves it", () => {
    const none: Condition = { rows: "CON-01", where: [{ column: "actualAge", above: 9999 }], every: [] }
    expect(judge(none, facts({ rows })).truth).toBe(false)
  })

  test("a blank cell that could decide leaves the verdict open, and one that cannot does not", () => {
    const blank: Row = { id: "r3", name: "Forecast", requiredAge: 60 }
    const met1 = rows.slice(1)
    expect(judge(late, facts({ rows: [...rows, blank] })).truth).toBe(true)
    expect(judge(late, facts({ rows: [...met1, blank] })).ask).toEqual(["CON-01"])
    expect(judge(met, facts({ rows: [...rows, blank] })).truth).toBe(false)
    expect(judge(met, facts({ rows: [...met1, blank] })).ask).toEqual(["CON-01"])
    const slow: Condition = {
      rows: "CON-01",
      where: [{ column: "requiredAge", above: 100 }],
      every: [{ column: "actualAge", below: 100 }],
    }
    expect(judge(slow, facts({ rows: [...met1, blank] })).truth).toBe(true)
    expect(judge(slow, facts({ rows: [...met1, { id: "r4", name: "Unknown", actualAge: 500 }] })).ask).toEqual(["CON-01"])
  })

  test("filling in a blank cell never turns a known verdict round", () => {
    const age = fc.option(fc.constantFrom(10, 100, 1000), { nil: undefined })
    const row = fc.record({ actualAge: age, requiredAge: age })
    const asRow = (
      { actualAge, requiredAge }: { actualAge: number | undefined; requiredAge: number | undefined },
      at: number,
    ): Row => ({
      id: `r${at}`,
      name: `Row ${at}`,
      ...(actualAge !== undefined && { actualAge }),
      ...(requiredAge !== undefined && { requiredAge }),
    })
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 4 }),
        fc.constantFrom(10, 1000),
        fc.constantFrom(late, met),
        (given, filled, condition) => {
          const before = judge(condition, facts({ rows: given.map(asRow) })).truth
          const all = given.map((each) => ({ actualAge: each.actualAge ?? filled, requiredAge: each.requiredAge ?? filled }))
          if (before !== undefined) expect(judge(condition, facts({ rows: all.map(asRow) })).truth).toBe(before)
        },
      ),
    )
  })

  test("a missing inventory is unknown; an empty one is unknown or nothing, as the question says", () => {
    expect(judge(late, facts({})).ask).toEqual(["CON-01"])
    expect(judge(late, facts({ rows: [] })).ask).toEqual(["CON-01"])
    const skipping: Question = { ...consumers, whenEmpty: "skip" }
    expect(judge(late, facts({ rows: [], table: skipping })).truth).toBe(false)
    expect(judge(met, facts({ rows: [], table: skipping })).truth).toBe(false)
  })
})

describe("indices, gaps and domains", () => {
  test("an index compares, and asks for the questions of its axis when it is absent", () => {
    const fast: Condition = { index: "TTI", atLeast: 50 }
    expect(judge(fast, facts({ indices: { TTI: 50 } }))).toEqual({ truth: true, because: [{ fact: "TTI index is 50" }], ask: [] })
    expect(judge({ index: "TTI", below: 50 }, facts({ indices: { TTI: 50 } })).truth).toBe(false)
    expect(judge(fast, facts({})).ask).toEqual(["TTI-01"])
  })

  test("a perception gap needs its width and its shared questions", () => {
    const condition: Condition = { perceptionGap: { atLeast: 1, sharedQuestions: 3 } }
    const gap = (difference: number, shared: number): PerceptionGap => ({
      dimension: "GOV",
      executives: 3,
      practitioners: 3 - difference,
      difference,
      sharedQuestions: Array.from({ length: shared }, (_, at) => `GOV-0${at}`),
    })
    expect(judge(condition, facts({ gaps: [gap(1, 3)] })).because).toEqual([
      { fact: "GOV: executives answer 1 level higher than practitioners over 3 shared questions" },
    ])
    expect(judge(condition, facts({ gaps: [gap(0.9, 3), gap(2, 2)] })).truth).toBe(false)
  })

  test("domains are apart when two of them stand in different quadrants", () => {
    const condition: Condition = { domainsApart: true }
    expect(judge(condition, facts({ quadrants: ["etl", "lakehouse", undefined] })).truth).toBe(true)
    expect(judge(condition, facts({ quadrants: ["etl", "etl"] })).truth).toBe(false)
    expect(judge(condition, facts({ quadrants: ["etl"] })).truth).toBe(false)
    expect(judge(condition, facts({ quadrants: ["etl", undefined] })).ask).toEqual(["A-01", "B-01"])
  })
})

describe("all, any and not follow Kleene", () => {
  const known = facts({ anchors: { "T-01": 0, "F-01": 4 } })
  const leaf: Record<"t" | "f" | "u", Condition> = {
    t: { question: "T-01", atMost: 1 },
    f: { question: "F-01", atMost: 1 },
    u: { question: "U-01", atMost: 1 },
  }
  const value = (condition: Condition) => judge(condition, known).truth
  const conditions = fc.letrec<{ condition: Condition }>((tie) => ({
    condition: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(leaf.t, leaf.f, leaf.u),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((all) => ({ all })),
      fc.array(tie("condition"), { minLength: 1, maxLength: 3 }).map((any) => ({ any })),
      tie("condition").map((not) => ({ not })),
    ),
  })).condition

  test.each<["t" | "f" | "u", "t" | "f" | "u", boolean | undefined, boolean | undefined]>([
    ["t", "t", true, true],
    ["t", "f", false, true],
    ["t", "u", undefined, true],
    ["f", "u", false, undefined],
    ["f", "f", false, false],
    ["u", "u", undefined, undefined],
  ])("%s and %s", (one, other, all, any) => {
    expect([value({ all: [leaf[one], leaf[other]] }), value({ all: [leaf[other], leaf[one]] })]).toEqual([all, all])
    expect([value({ any: [leaf[one], leaf[other]] }), value({ any: [leaf[other], leaf[one]] })]).toEqual([any, any])
  })

  test("not twice is nothing, and De Morgan holds", () => {
    fc.assert(
      fc.property(fc.array(conditions, { minLength: 1, maxLength: 3 }), (parts) => {
        expect(value({ not: { not: { all: parts } } })).toBe(value({ all: parts }))
        expect(value({ not: { all: parts } })).toBe(value({ any: parts.map((not) => ({ not })) }))
      }),
    )
  })

  test("what is unknown is asked for, and nothing else; learning it never turns a known verdict round", () => {
    const answered = (level: Anchor) => facts({ anchors: { "T-01": 0, "F-01": 4, "U-01": level } })
    fc.assert(
      fc.property(conditions, (condition) => {
        const judged = judge(condition, known)
        expect(judged.ask).toEqual(judged.truth === undefined ? ["U-01"] : [])
        if (judged.truth === undefined) return
        for (const level of [0, 4] as const) expect(judge(condition, answered(level)).truth).toBe(judged.truth)
      }),
    )
  })

  test("only what decided is evidence", () => {
    expect(judge({ any: [leaf.f, leaf.t, leaf.u] }, known).because).toEqual([{ question: "T-01", anchor: 0 }])
    expect(judge({ all: [leaf.t, leaf.f] }, known).because).toEqual([{ question: "F-01", anchor: 4 }])
  })
})
