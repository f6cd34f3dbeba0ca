import type { Cell, Column, Row, TableQuestion } from "./model.ts"
import { cellOf, problemWithCell } from "./question-types/cells.ts"
import { type ColumnProblem, problemsInRow } from "./question-types/table.ts"

/**
 * Reads a row as a file has it: numbers, yes/no as true and false, durations as minutes or "15 min", options by id or text.
 * `cells` holds what could be read, without the row's id; blank cells are left out.
 */
export function readFileRow(
  question: TableQuestion,
  row: Readonly<Record<string, unknown>>,
): { readonly cells: Readonly<Record<string, Cell>>; readonly problems: readonly ColumnProblem[] } {
  const cells: Record<string, Cell> = {}
  const problems: ColumnProblem[] = []
  for (const column of question.columns) {
    const read = readCell(column, Object.hasOwn(row, column.id) ? row[column.id] : undefined)
    if ("problem" in read) problems.push({ column: column.id, message: read.problem })
    else if (read.cell !== undefined) cells[column.id] = read.cell
  }
  const isKnown = (id: string): boolean => question.columns.some((column) => column.id === id)
  return { cells, problems: [...problems, ...problemsInRow(question, row).filter(({ column }) => !isKnown(column))] }
}

/** Rows with an id each: their own, or `row-1`, `row-2` … by position. */
export function withRowIds(
  rows: readonly { readonly id?: string; readonly cells: Readonly<Record<string, Cell>> }[],
): readonly Row[] {
  const taken = new Set(rows.flatMap((row) => row.id ?? []))
  return rows.map(({ id, cells }, at) => {
    if (id !== undefined) return { id, ...cells }
    let number = at + 1
    while (taken.has(`row-${number}`)) number += 1
    taken.add(`row-${number}`)
    return { id: `row-${number}`, ...cells }
  })
}

function readCell(column: Column, cell: unknown): ReturnType<typeof cellOf> {
  if (typeof cell === "boolean" && column.type === "yes-no") return { cell: cell ? "yes" : "no" }
  if (typeof cell === "number" && column.type !== "text") {
    const problem = problemWithCell(column, cell)
    return problem === undefined ? { cell } : { problem }
  }
  return cellOf(column, typeof cell === "number" ? String(cell) : cell)
}
