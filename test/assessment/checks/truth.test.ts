import * as fc from "fast-check"
import { expect, test } from "vitest"
import { canBe } from "../../../src/assessment/checks/truth.ts"
import { type Facts, judge } from "../../../src/assessment/conditions.ts"
import type { Anchor, Condition, Question } from "../../../src/assessment/model.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const model = miniQuestion("CLN-01", "single")
const levels: readonly Anchor[] = [0, 1, 2, 3, 4]
const ids = ["A-01", "A-02", "A-03"]

const anyLevel = fc.integer({ min: 0, max: 4 })
const compared = fc.oneof(
  fc.record({ question: fc.constantFrom(...ids), atMost: anyLevel }),
  fc.record({ question: fc.constantFrom(...ids), atLeast: anyLevel }),
  fc.record({ question: fc.constantFrom(...ids), is: fc.array(anyLevel, { minLength: 1, maxLength: 3 }) }),
)
const { condition } = fc.letrec<{ condition: Condition }>((tie) => ({
  condition: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    compared,
    fc.record({ all: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("condition"), { minLength: 1, maxLength: 3 }) }),
    fc.record({ not: tie("condition") }),
  ),
}))

/** Every truth the condition has over all 125 combinations of three levels, judged as findings are. */
function truths(when: Condition, questions: readonly Question[]): ReadonlySet<boolean | undefined> {
  const found = new Set<boolean | undefined>()
  for (const a of levels)
    for (const b of levels) for (const c of levels) found.add(judge(when, factsOf(questions, [a, b, c])).truth)
  return found
}

function factsOf(questions: readonly Question[], given: readonly Anchor[]): Facts {
  const skipped = new Set<string>()
  const facts: Facts = {
    anchor: (id) => given[ids.indexOf(id)],
    state: (id) => (skipped.has(id) ? "skipped" : "answered"),
    ticks: () => undefined,
    rows: () => undefined,
    index: () => undefined,
    question: (id) => questions.find((each) => each.id === id)!,
  }
  for (const { id, skip } of questions) if (skip && judge(skip.when, facts).truth === true) skipped.add(id)
  return facts
}

test("what can be true or false is exactly what some answers make so, skip rules included", () => {
  const limit = fc.option(anyLevel, { nil: undefined })
  fc.assert(
    fc.property(condition, limit, limit, (when, second, third) => {
      const questions = ids.map((id, at): Question => {
        const limit = [undefined, second, third][at]
        const skip = { when: { question: ids[at - 1] ?? "", atLeast: limit ?? 0 }, because: "" }
        return Object.assign(limit === undefined ? {} : { skip }, model, { id })
      })
      const found = truths(when, questions)
      expect(canBe(true, when, questions)).toBe(found.has(true))
      expect(canBe(false, when, questions)).toBe(found.has(false))
    }),
    { numRuns: 300 },
  )
})

test.each<[string, Condition, boolean, boolean]>([
  ["an index inside its limits", { index: "TTI", atLeast: 50, below: 80 }, true, true],
  [
    "an index between limits that exclude each other",
    {
      all: [
        { index: "TTI", atLeast: 50 },
        { index: "TTI", below: 50 },
      ],
    },
    false,
    true,
  ],
  [
    "two different indices",
    {
      all: [
        { index: "TTI", atLeast: 50 },
        { index: "DI", below: 50 },
      ],
    },
    true,
    true,
  ],
  ["an index of 100", { index: "TTI", atLeast: 100 }, true, true],
  ["an index of at least 0", { index: "TTI", atLeast: 0 }, true, false],
  ["at least no row", { rows: "CON-01", atLeast: 0 }, true, false],
  ["a row", { rows: "CON-01", atLeast: 1 }, true, true],
  ["rows and no rows", { all: [{ rows: "CON-01", atLeast: 1 }, { not: { rows: "CON-01", atLeast: 1 } }] }, false, true],
  [
    "a tick and the same tick not",
    { all: [{ question: "M", includes: ["a", "b"] }, { not: { question: "M", includes: ["a", "b", "c"] } }] },
    false,
    true,
  ],
  [
    "one tick without another",
    { all: [{ question: "M", includes: ["a", "b"] }, { not: { question: "M", includes: ["a"] } }] },
    true,
    true,
  ],
  ["a gap wider than the scale", { perceptionGap: { atLeast: 4.5, sharedQuestions: 3 } }, false, true],
  ["domains apart", { domainsApart: true }, true, true],
])("%s", (_name, when, canBeTrue, canBeFalse) => {
  expect([canBe(true, when, []), canBe(false, when, [])]).toEqual([canBeTrue, canBeFalse])
})

const measured = miniQuestion("DQC-02", "multi")
const consumers = miniQuestion("CON-01", "table")
const level = (is: number): Condition => ({ question: "DQC-02", is: [is] })
const ticks = (...includes: string[]): Condition => ({ question: "DQC-02", includes })
const rows = (atLeast: number): Condition => ({ rows: "CON-01", where: [{ column: "required", below: 60 }], atLeast })

test.each<[string, Condition, boolean, boolean]>([
  ["a level with the tick it takes", { all: [level(4), ticks("timeliness")] }, true, true],
  ["a level without the tick it takes", { all: [level(4), { not: ticks("timeliness") }] }, false, true],
  ["a level without a tick it does not take", { all: [level(4), { not: ticks("validity") }] }, true, true],
  ["three ticks where two options are left", { all: [level(3), { not: ticks("completeness", "uniqueness") }] }, false, true],
  ["a tick that one respondent makes while another has the level", { all: [level(0), ticks("validity")] }, true, true],
  ["below a level, or with the tick it takes", { any: [{ question: "DQC-02", atMost: 3 }, ticks("timeliness")] }, true, false],
  ["more rows and yet fewer of the same", { all: [rows(3), { not: rows(2) }] }, false, true],
  ["two rows and not three of the same", { all: [rows(2), { not: rows(3) }] }, true, true],
])("%s", (_name, when, canBeTrue, canBeFalse) => {
  const questions = [measured, consumers]
  expect([canBe(true, when, questions), canBe(false, when, questions)]).toEqual([canBeTrue, canBeFalse])
})

test("a choice of a hundred options is decided at once", () => {
  const options = Array.from({ length: 100 }, (_, at) => ({ id: `o${at}`, text: "Option" }))
  const each = options.map(({ id }): Condition => ({ question: "DQC-02", includes: [id] }))
  expect(canBe(true, { all: each }, [{ ...measured, options }])).toBe(true)
  expect(canBe(true, { all: [...each, { not: each[0]! }] }, [{ ...measured, options }])).toBe(false)
  const any: Condition = { question: "DQC-02", includes: options.map(({ id }) => id) }
  expect(canBe(true, { all: [any, level(4), { not: level(3) }] }, [{ ...measured, options }])).toBe(true)
  expect(canBe(true, { all: [any, level(4), level(3)] }, [{ ...measured, options }])).toBe(false)
})

test("a condition over sixty questions is decided at once", () => {
  const many = Array.from({ length: 60 }, (_, at) => ({ question: `Q-${at}`, atMost: 1 }))
  expect(canBe(true, { all: many }, [])).toBe(true)
  expect(canBe(false, { any: many }, [])).toBe(true)
  expect(canBe(true, { all: [...many, { question: "Q-0", atLeast: 2 }] }, [])).toBe(false)
})
