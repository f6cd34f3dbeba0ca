import * as fc from "fast-check"
import { expect, test } from "vitest"
import { canPass, canPassBut, contradictingColumns } from "../../../src/assessment/checks/row-tests.ts"
import type { Row, RowPredicate, TableQuestion } from "../../../src/assessment/model.ts"
import { rowMatches } from "../../../src/assessment/question-types/table.ts"
import { miniQuestion } from "../../fixtures/questions.ts"

const figures = ["a", "b", "c"]
const options = ["x", "y", "z"]
const table: TableQuestion = {
  ...miniQuestion("CON-01", "table"),
  columns: [
    ...figures.map((id) => ({ id, label: id, type: "percent" as const, required: id === "c" })),
    { id: "one", label: "one", type: "choice", required: false, options: options.map((id) => ({ id, text: id })) },
    { id: "some", label: "some", type: "choices", required: false, options: options.map((id) => ({ id, text: id })) },
  ],
}

const figure = fc.constantFrom(...figures)
const limit = fc.constantFrom(-1, 0, 50, 100, 101)
const words = fc.subarray(options, { minLength: 1 })
const compared = (key: "atLeast" | "atMost" | "above" | "below") =>
  fc.tuple(figure, limit).map(([column, value]): RowPredicate => ({ column, [key]: value }))
const ordered = (key: "atMostColumn" | "aboveColumn") =>
  fc.tuple(figure, figure).map(([column, other]): RowPredicate => ({ column, [key]: other }))
const filling = fc
  .tuple(fc.constantFrom(...figures, "one", "some"), fc.constantFrom("filled", "blank"))
  .map(([column, key]): RowPredicate => ({ column, [key]: true }))
const predicate: fc.Arbitrary<RowPredicate> = fc.oneof(
  compared("atLeast"),
  compared("atMost"),
  compared("above"),
  compared("below"),
  ordered("atMostColumn"),
  ordered("aboveColumn"),
  filling,
  words.map((is) => ({ column: "one", is })),
  words.map((includes) => ({ column: "some", includes })),
  words.map((onlyFrom) => ({ column: "some", onlyFrom })),
)
const predicates = fc.array(predicate, { maxLength: 4 })

/** Three figures need no more than three places in each stretch between the limits 0, 50, 100. */
const places = [0, 10, 20, 30, 50, 60, 70, 80, 100]
const half = (values: readonly unknown[], columns: readonly string[]): Row =>
  Object.assign({ id: "r" }, ...columns.flatMap((column, at) => (values[at] === undefined ? [] : [{ [column]: values[at] }])))
const maybe = [undefined, ...places]
const numbers = maybe.flatMap((a) => maybe.flatMap((b) => places.map((c) => half([a, b, c], figures))))
const subsets = Array.from({ length: 7 }, (_, bits) => options.filter((_id, at) => ((bits + 1) >> at) % 2 === 1))
const choices = [undefined, ...options].flatMap((one) =>
  [undefined, ...subsets].map((some) => half([one, some], ["one", "some"])),
)

const aboutFigures = ({ column }: RowPredicate): boolean => figures.includes(column)

/** Whether any row passes; figures and choices do not depend on each other. */
const found = (tests: readonly RowPredicate[]): boolean =>
  numbers.some((row) => rowMatches(row, tests.filter(aboutFigures), table)) &&
  choices.some((row) =>
    rowMatches(
      row,
      tests.filter((each) => !aboutFigures(each)),
      table,
    ),
  )

test("tests can be passed exactly when some row passes them", () => {
  fc.assert(
    fc.property(predicates, (tests) => {
      expect(canPass(tests, table)).toBe(found(tests))
    }),
    { numRuns: 600 },
  )
})

test("a row can pass some tests and fail others exactly when some row does", () => {
  const oneKind = fc.boolean().chain((isFigure) => {
    const kind = fc.array(
      predicate.filter((each) => aboutFigures(each) === isFigure),
      { minLength: 1, maxLength: 2 },
    )
    return fc.tuple(fc.constant(isFigure ? numbers : choices), kind, fc.array(kind, { minLength: 1, maxLength: 2 }))
  })
  fc.assert(
    fc.property(oneKind, ([rows, tests, others]) => {
      const some = rows.some((row) => rowMatches(row, tests, table) && others.every((other) => !rowMatches(row, other, table)))
      expect(canPassBut(tests, others, table)).toBe(some)
    }),
    { numRuns: 600 },
  )
})

test("the columns named are those of the fewest tests that contradict each other", () => {
  const tests: RowPredicate[] = [
    { column: "one", is: ["x"] },
    { column: "a", atMostColumn: "b" },
    { column: "b", atMost: 10 },
    { column: "c", above: 3 },
    { column: "a", atLeast: 11 },
  ]
  expect(contradictingColumns(tests, table)).toEqual(["a", "b"])
  expect(contradictingColumns(tests.slice(0, 4), table)).toEqual([])
})

test("a test that does not fit its column contradicts nothing", () => {
  const tests: RowPredicate[] = [
    { column: "one", is: ["nothing"] },
    { column: "missing", is: ["x"] },
  ]
  expect(canPass(tests, table)).toBe(true)
})

test("hundreds of classes are decided at once", () => {
  const others = Array.from({ length: 200 }, (_, at): RowPredicate[] => [
    { column: "a", atLeast: at / 2 },
    { column: "b", below: at / 2 },
  ])
  expect(canPassBut([{ column: "a", above: 3 }], others, table)).toBe(true)
})
