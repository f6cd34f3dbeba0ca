/** Cells as a spreadsheet has them: readable, read back without a change, and never taken for a formula. */
import type { Cell, Column } from "../model.ts"
import { cellOf, textOfCell } from "../question-types/cells.ts"

// After any apostrophes and white space: what Excel and LibreOffice take for the start of a formula, full-width forms included.
const needsGuard = /^'*(?:[\t\r]|\s*[=+\-@＝＋－＠])/u
const guarded = /^'+(?:[\t\r]|\s*[=+\-@＝＋－＠])/u

/** Puts an apostrophe before what a spreadsheet would run as a formula, and before what could be mistaken for such a guard. */
export const guardCell = (text: string): string => (needsGuard.test(text) ? `'${text}` : text)

/** Takes the apostrophe away again that `guardCell` put there. */
export const unguardCell = (text: string): string => (guarded.test(text) ? text.slice(1) : text)

/** A cell as text of a spreadsheet; blank for none. `cellOf` gives the same cell for it. */
export function sheetCell(column: Column, cell: Cell | undefined): string {
  if (cell === undefined) return ""
  if (column.type === "number" || column.type === "percent") return plainNumber(Number(cell))
  const words = column.type === "text" || column.type === "date" ? String(cell) : textOfCell(column, cell)
  return guardCell(readsAs(column, words, cell) ? words : [cell].flat().join("; "))
}

const readsAs = (column: Column, text: string, cell: Cell): boolean => {
  const read = cellOf(column, text)
  return "cell" in read && JSON.stringify(read.cell) === JSON.stringify(cell)
}

// 1e21 and 1e-7 are numbers to nobody's spreadsheet reader but JavaScript's.
const plainNumber = (value: number): string =>
  /e/.test(String(value)) ? value.toLocaleString("en-US", { useGrouping: false, maximumFractionDigits: 20 }) : String(value)
