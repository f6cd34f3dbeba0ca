/** Which rows of a list are shown, in which order. */
import type { Cell, Column, Row, TableQuestion } from "../model.ts"
import { textOfCell } from "../question-types/cells.ts"
import { cellIn } from "../question-types/table.ts"

export interface RowFilter {
  /** Every word of it stands in some cell. */
  readonly text: string
  /** Id of the column to sort by; the list's own order when absent. */
  readonly sort?: string | undefined
  readonly descending: boolean
}

/** How many cells of a row are blank and cannot be added up from others. */
export const gapsIn = (question: TableQuestion, row: Row): number =>
  question.columns.filter(({ id }) => cellIn(question, row, id) === undefined).length

/** The rows that the filter lets through, sorted; blank cells come last either way. */
export function rowsShown<R extends { readonly row: Row }>(
  question: TableQuestion,
  rows: readonly R[],
  { text, sort, descending }: RowFilter,
): readonly R[] {
  const words = text
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== "")
  const found = words.length === 0 ? rows : rows.filter(({ row }) => holdsAll(question, row, words))
  const column = question.columns.find(({ id }) => id === sort)
  return column === undefined ? found : sorted(found, column, descending)
}

const holdsAll = (question: TableQuestion, row: Row, words: readonly string[]): boolean => {
  const text = question.columns
    .map((column) => textOfCell(column, row[column.id]))
    .join("\n")
    .toLowerCase()
  return words.every((word) => text.includes(word))
}

const byName = new Intl.Collator("en", { numeric: true, sensitivity: "base" })

const sorted = <R extends { readonly row: Row }>(rows: readonly R[], column: Column, descending: boolean): readonly R[] => {
  const direction = descending ? -1 : 1
  return rows.toSorted(({ row: one }, { row: other }) => {
    const [left, right] = [one[column.id], other[column.id]]
    if (left === undefined || right === undefined) return Number(left === undefined) - Number(right === undefined)
    return direction * compareCells(column, left, right)
  })
}

const compareCells = (column: Column, one: Cell, other: Cell): number =>
  typeof one === "number" && typeof other === "number"
    ? one - other
    : byName.compare(textOfCell(column, one), textOfCell(column, other))
