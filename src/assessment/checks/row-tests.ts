/** Whether any row at all can pass tests on rows. */
import type { Column, RowPredicate, TableQuestion } from "../model.ts"
import { isContradictory, type Order, type Range } from "./ranges.ts"
import { fitsTable } from "./predicates.ts"

/** A test on a row; or that a cell is filled with none of some words, which failing an `is` may mean. */
export type RowTest = RowPredicate | { readonly column: string; readonly isNot: readonly string[] }

/**
 * Whether some row passes every test. Where the table is known, the types of its columns count and tests that do not fit
 * them are left aside; a sum is taken as a column like any other.
 */
export function canPass(tests: readonly RowTest[], table: TableQuestion | undefined): boolean {
  const fitting = tests.filter((test) => "isNot" in test || table === undefined || fitsTable(table, test))
  const columns = [...new Set(fitting.flatMap(columnsOf))]
  const columnOf = (id: string): Column | undefined => table?.columns.find((column) => column.id === id)
  return (
    columns.every((id) => canFill(id, fitting, columnOf(id))) &&
    !isContradictory(new Map(columns.map((id) => [id, rangeOf(id, fitting, columnOf(id))])), fitting.flatMap(orderOf))
  )
}

/** Whether some row passes every test and yet fails each of the other lists of tests; beyond 20,000 trials the answer is yes. */
export function canPassBut(
  tests: readonly RowPredicate[],
  others: readonly (readonly RowPredicate[])[],
  table: TableQuestion,
): boolean {
  let trials = 0
  const search = (given: readonly RowTest[], at: number): boolean => {
    trials += 1
    if (!canPass(given, table)) return false
    const other = others[at]
    if (other === undefined || trials > 20_000) return true
    return other.some((test) => failing(test, table).some((failed) => search([...given, failed], at + 1)))
  }
  return search(tests, 0)
}

/** The columns of the fewest tests that contradict each other; none where some row passes all. */
export function contradictingColumns(tests: readonly RowPredicate[], table: TableQuestion | undefined): readonly string[] {
  if (canPass(tests, table)) return []
  const fewest = tests.reduce<readonly RowPredicate[]>((kept, test) => {
    const without = kept.filter((each) => each !== test)
    return canPass(without, table) ? kept : without
  }, tests)
  return [...new Set(fewest.flatMap(columnsOf))]
}

function columnsOf(test: RowTest): readonly string[] {
  if ("isNot" in test) return [test.column]
  return [test.column, test.atMostColumn, test.aboveColumn].filter((id) => id !== undefined)
}

// Every test but `blank` needs a filled cell, also in the column it compares with.
function canFill(id: string, tests: readonly RowTest[], column: Column | undefined): boolean {
  const about = tests.filter((test) => columnsOf(test).includes(id))
  const blank = about.filter((test) => "blank" in test && test.blank)
  if (blank.length > 0) return blank.length === about.length && column?.required !== true
  const own = about.filter((test) => test.column === id)
  const words = own.flatMap((test) => ("is" in test && test.is ? [test.is] : []))
  const only = own.flatMap((test) => ("onlyFrom" in test && test.onlyFrom ? [test.onlyFrom] : []))
  const known = column?.type === "yes-no" ? [["yes", "no"]] : column?.options ? [column.options.map((option) => option.id)] : []
  const lists = [...words, ...only, ...known]
  if (lists.length === 0) return true
  const banned = new Set(own.flatMap((test) => ("isNot" in test ? test.isNot : [])))
  const left = lists.reduce((some, more) => some.filter((word) => more.includes(word))).filter((word) => !banned.has(word))
  const wanted = own.flatMap((test) => ("includes" in test && test.includes ? [test.includes] : []))
  return left.length > 0 && wanted.every((list) => list.some((word) => left.includes(word)))
}

function rangeOf(id: string, tests: readonly RowTest[], column: Column | undefined): Range {
  const own = tests.filter((test): test is RowPredicate => test.column === id && !("isNot" in test))
  const least = column?.type === "percent" || column?.type === "duration" ? [{ value: 0, open: false }] : []
  const most = column?.type === "percent" ? [{ value: 100, open: false }] : []
  return {
    low: [...least, ...own.flatMap(({ atLeast, above }) => [...limit(atLeast, false), ...limit(above, true)])],
    high: [...most, ...own.flatMap(({ atMost, below }) => [...limit(atMost, false), ...limit(below, true)])],
  }
}

const limit = (value: number | undefined, open: boolean) => (value === undefined ? [] : [{ value, open }])

function orderOf(test: RowTest): readonly Order[] {
  if ("isNot" in test) return []
  if (test.atMostColumn !== undefined) return [{ small: test.column, large: test.atMostColumn, strict: false }]
  return test.aboveColumn === undefined ? [] : [{ small: test.aboveColumn, large: test.column, strict: true }]
}

/** Every way to fail a test: the opposite, or a blank cell. */
function failing(test: RowPredicate, table: TableQuestion): readonly RowTest[] {
  const { column } = test
  if (test.filled) return [{ column, blank: true }]
  if (test.blank) return [{ column, filled: true }]
  const blanks = columnsOf(test).map((id): RowTest => ({ column: id, blank: true }))
  const options = table.columns.find((each) => each.id === column)?.options?.map((option) => option.id) ?? []
  const rest = (words: readonly string[]): readonly string[] => options.filter((id) => !words.includes(id))
  if (test.is) return [...blanks, { column, isNot: test.is }]
  if (test.includes) return [...blanks, { column, onlyFrom: rest(test.includes) }]
  if (test.onlyFrom) return [...blanks, { column, includes: rest(test.onlyFrom) }]
  return [...blanks, ...opposite(test)]
}

function opposite({ column, ...test }: RowPredicate): readonly RowPredicate[] {
  if (test.atLeast !== undefined) return [{ column, below: test.atLeast }]
  if (test.atMost !== undefined) return [{ column, above: test.atMost }]
  if (test.above !== undefined) return [{ column, atMost: test.above }]
  if (test.below !== undefined) return [{ column, atLeast: test.below }]
  if (test.atMostColumn !== undefined) return [{ column, aboveColumn: test.atMostColumn }]
  return test.aboveColumn === undefined ? [] : [{ column, atMostColumn: test.aboveColumn }]
}
