/** Rows of a pasted table, read by the same readers as the form of one row. */
import type { Cell, TableQuestion } from "../model.ts"
import { cellOf } from "../question-types/cells.ts"
import { rowIdTarget, rowVersionTarget } from "./mapping.ts"
import { unguardCell } from "./sheet-cells.ts"

/** What cannot be taken of one cell: where it stands, what it holds, and what to do. */
export interface SheetProblem {
  readonly label: string
  readonly typed: string
  readonly message: string
}

export interface SheetRow {
  /** As the spreadsheet counts: the first line is 1, headings included. */
  readonly number: number
  /** Of the row that it was when it was downloaded. */
  readonly id?: string
  readonly version?: number
  readonly cells: Readonly<Record<string, Cell>>
  readonly problems: readonly SheetProblem[]
}

/** Reads the lines of a table; `targets` says where each of its columns goes, `first` the number of the first line. Blank lines are no rows. */
export function readSheetRows(
  question: TableQuestion,
  lines: readonly (readonly string[])[],
  targets: readonly (string | undefined)[],
  first: number,
): readonly SheetRow[] {
  const seen = new Map<string, number>()
  return lines.flatMap((line, at) => {
    if (line.every((text) => text.trim() === "")) return []
    const row = readLine(question, line, targets, first + at)
    const before = row.id === undefined ? undefined : seen.get(row.id)
    if (row.id !== undefined && before === undefined) seen.set(row.id, row.number)
    return [before === undefined ? row : { ...row, problems: [...row.problems, repeated(row.id ?? "", before)] }]
  })
}

const repeated = (id: string, before: number): SheetProblem => ({
  label: "Row id",
  typed: id,
  message: `Clear the row id in one of them: row ${before} has the same`,
})

function readLine(
  question: TableQuestion,
  line: readonly string[],
  targets: readonly (string | undefined)[],
  number: number,
): SheetRow {
  const textFor = (target: string): string => unguardCell(line[targets.indexOf(target)] ?? "").trim()
  const cells: Record<string, Cell> = {}
  const problems: SheetProblem[] = []
  for (const column of question.columns.filter(({ id, required }) => required || targets.includes(id))) {
    const typed = textFor(column.id)
    const read = cellOf(column, typed)
    if ("problem" in read) problems.push({ label: column.label, typed, message: read.problem })
    else if (read.cell !== undefined) cells[column.id] = read.cell
  }
  const id = textFor(rowIdTarget)
  return { number, ...(id !== "" && { id }), ...versionIn(textFor(rowVersionTarget)), cells, problems }
}

const versionIn = (text: string): { version?: number } => (/^\d{1,9}$/.test(text) ? { version: Number(text) } : {})
