import type { Anchor, Column, Row, RowPredicate, TableQuestion } from "../model.ts"
import { anchorInBands } from "./bands.ts"
import { cellOf, problemWithCell, textOfCell } from "./cells.ts"
import { readAnswer } from "./form.ts"
import type { FieldProblem, Fields, QuestionTypeOf } from "./type.ts"

export interface ColumnProblem {
  readonly column: string
  readonly message: string
}

/** An inventory: answered by its rows (kept beside the answers), or as a whole by "I don't know" or "Not applicable". */
export const table: QuestionTypeOf<TableQuestion> = {
  problemWith: (question) => `Answer ${question.id} by its list: it takes no value of its own`,
  anchorOf: () => undefined,
  describe: () => "",
  readForm: (question, fields) =>
    readAnswer(question, fields, (sent) => {
      if (sent.length === 0) return undefined
      const message = `Add each ${question.item} to the list, or select "I don't know"`
      return { problems: [{ field: question.id, message }] satisfies FieldProblem[] }
    }),
}

/** The level of an inventory: the share of rows, among those looked at, that satisfy every predicate; `undefined` without such rows. */
export function anchorOfRows(question: TableQuestion, rows: readonly Row[]): Anchor | undefined {
  if (question.score === undefined) return undefined
  const { among = [], share, bands } = question.score
  const looked = rows.filter((row) => rowMatches(row, among, question))
  if (looked.length === 0) return undefined
  const good = looked.filter((row) => rowMatches(row, share, question)).length
  return anchorInBands(bands, (100 * good) / looked.length)
}

/** Whether a row surely passes every test; a blank cell passes none but `blank`: what is not known never helps. */
export const rowMatches = (row: Row, predicates: readonly RowPredicate[], question: TableQuestion): boolean =>
  judgeRow(row, predicates, question) === true

/** Whether a row passes every test, with three outcomes: `undefined` while only blank cells keep it from being known. */
export function judgeRow(row: Row, predicates: readonly RowPredicate[], question: TableQuestion): boolean | undefined {
  const outcomes = new Set(predicates.map((predicate) => judgeCell(row, predicate, question)))
  if (outcomes.has(false)) return false
  return outcomes.has(undefined) ? undefined : true
}

/** Everything wrong with a row, each with its column and what to do. */
export function problemsInRow(question: TableQuestion, row: Readonly<Record<string, unknown>>): readonly ColumnProblem[] {
  const known = question.columns.flatMap((column) => {
    const message = problemWithCell(column, row[column.id])
    return message === undefined ? [] : [{ column: column.id, message }]
  })
  const unknown = Object.keys(row).filter((key) => key !== "id" && !question.columns.some((column) => column.id === key))
  const names = question.columns.map((column) => column.id).join(", ")
  return [...known, ...unknown.map((column) => ({ column, message: `Remove "${column}" or use one of the columns ${names}` }))]
}

/** Reads the fields of one row (named like its columns): the cells that could be read, and the problems with the others. */
export function readRow(
  question: TableQuestion,
  fields: Fields,
): { readonly cells: Readonly<Record<string, Row[string]>>; readonly problems: readonly ColumnProblem[] } {
  const problems: ColumnProblem[] = []
  const cells: Record<string, Row[string]> = {}
  for (const column of question.columns) {
    const read = cellOf(column, Object.hasOwn(fields, column.id) ? fields[column.id] : undefined)
    if ("problem" in read) problems.push({ column: column.id, message: read.problem })
    else if (read.cell !== undefined) cells[column.id] = read.cell
  }
  return { cells, problems }
}

/** A cell in words: minutes with their unit, option texts, "–" when blank. */
export const cellText = (column: Column, cell: Row[string] | undefined): string => textOfCell(column, cell)

/** What a row is called: its first text cell, or its id. */
export function rowName(question: TableQuestion, row: Row): string {
  const column = question.columns.find((column) => column.type === "text")
  const cell = column === undefined ? undefined : row[column.id]
  return typeof cell === "string" && cell !== "" ? cell : row.id
}

/** The names in a cell that refers to rows of another inventory. */
export const namesIn = (cell: Row[string] | undefined): readonly string[] =>
  typeof cell !== "string"
    ? []
    : cell
        .split(";")
        .map((name) => name.trim())
        .filter((name) => name !== "")

/** A row's cell, or the sum of its parts where the cell is blank and none of them is. */
export function cellIn(question: TableQuestion, row: Row, id: string): Row[string] | undefined {
  const cell = row[id]
  if (!isBlank(cell)) return cell
  const parts = question.columns.find((column) => column.id === id)?.sumOf?.map((part) => row[part])
  if (parts === undefined || !parts.every((part) => typeof part === "number")) return undefined
  return parts.reduce((sum, part) => sum + part, 0)
}

function judgeCell(row: Row, predicate: RowPredicate, question: TableQuestion): boolean | undefined {
  const cell = cellIn(question, row, predicate.column)
  if (predicate.blank) return cell === undefined
  if (predicate.filled) return cell !== undefined
  if (cell === undefined) return undefined
  if (predicate.is) return typeof cell === "string" && predicate.is.includes(cell)
  if (predicate.includes) return Array.isArray(cell) && predicate.includes.some((id) => cell.includes(id))
  if (predicate.onlyFrom) return Array.isArray(cell) && cell.every((id) => predicate.onlyFrom!.includes(id))
  return comparedPasses(cell, predicate, (column) => cellIn(question, row, column))
}

function comparedPasses(
  cell: Row[string],
  predicate: RowPredicate,
  other: (column: string) => Row[string] | undefined,
): boolean | undefined {
  if (typeof cell !== "number") return false
  if (predicate.atLeast !== undefined) return cell >= predicate.atLeast
  if (predicate.atMost !== undefined) return cell <= predicate.atMost
  if (predicate.above !== undefined) return cell > predicate.above
  if (predicate.below !== undefined) return cell < predicate.below
  const limit = other(predicate.atMostColumn ?? predicate.aboveColumn ?? "")
  if (typeof limit !== "number") return undefined
  return predicate.atMostColumn === undefined ? cell > limit : cell <= limit
}

const isBlank = (cell: Row[string] | undefined): boolean =>
  cell === undefined || cell === "" || (Array.isArray(cell) && cell.length === 0)
