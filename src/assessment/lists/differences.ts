/** What an uploaded table would change in a list. */
import type { Cell, Column, Row, TableQuestion } from "../model.ts"
import { textOfCell } from "../question-types/cells.ts"
import { rowName } from "../question-types/table.ts"
import type { SheetRow } from "./sheet-rows.ts"

/** A row on record with the revision of its cells. */
export interface RecordedRow {
  readonly row: Row
  readonly revision: number
}

export interface CellDifference {
  readonly label: string
  readonly before: string
  readonly after: string
}

export interface ChangedRow {
  readonly number: number
  readonly name: string
  readonly id: string
  /** Of the row on record; 0 where it is gone. */
  readonly revision: number
  readonly cells: Readonly<Record<string, Cell>>
  readonly differences: readonly CellDifference[]
}

export interface ListDifferences {
  readonly added: readonly SheetRow[]
  readonly changed: readonly ChangedRow[]
  /** Changed by somebody else since the download as well. */
  readonly conflicts: readonly ChangedRow[]
  /** Known to the file, not (any more) to the list. */
  readonly gone: readonly ChangedRow[]
  readonly unchanged: number
  /** On record, and not in the file. */
  readonly absent: readonly RecordedRow[]
}

/** Compares rows of a table that have an id with those on record; columns that the table lacks stay as they are. */
export function differencesOf(
  question: TableQuestion,
  recorded: readonly RecordedRow[],
  rows: readonly SheetRow[],
  columns: ReadonlySet<string>,
): ListDifferences {
  const byId = new Map(recorded.map((one) => [one.row.id, one]))
  const named = new Set(rows.flatMap(({ id }) => id ?? []))
  const compared = rows.filter(({ id }) => id !== undefined).map((row) => compare(question, byId.get(row.id ?? ""), row, columns))
  const which = (kind: Kind): readonly ChangedRow[] => compared.filter((one) => one.kind === kind).map(({ change }) => change)
  return {
    added: rows.filter(({ id }) => id === undefined),
    changed: which("changed"),
    conflicts: which("conflict"),
    gone: which("gone"),
    unchanged: which("same").length,
    absent: recorded.filter(({ row }) => !named.has(row.id)),
  }
}

type Kind = "changed" | "conflict" | "gone" | "same"

const compare = (
  question: TableQuestion,
  known: RecordedRow | undefined,
  row: SheetRow,
  columns: ReadonlySet<string>,
): { readonly kind: Kind; readonly change: ChangedRow } => {
  const cells = known === undefined ? row.cells : withCells(question, known.row, row.cells, columns)
  const differences = question.columns
    .filter(({ id }) => JSON.stringify(known?.row[id]) !== JSON.stringify(cells[id]))
    .map((column) => differenceIn(column, known?.row[column.id], cells[column.id]))
  const id = row.id ?? ""
  const name = rowName(question, known?.row ?? { ...cells, id })
  const change = { number: row.number, name, id, revision: known?.revision ?? 0, cells, differences }
  if (known === undefined) return { kind: "gone", change }
  if (differences.length === 0) return { kind: "same", change }
  return { kind: row.version !== undefined && row.version !== known.revision ? "conflict" : "changed", change }
}

const differenceIn = (column: Column, before: Cell | undefined, after: Cell | undefined): CellDifference => ({
  label: column.label,
  before: textOfCell(column, before),
  after: textOfCell(column, after),
})

const withCells = (
  question: TableQuestion,
  row: Row,
  cells: Readonly<Record<string, Cell>>,
  columns: ReadonlySet<string>,
): Readonly<Record<string, Cell>> =>
  Object.fromEntries(
    question.columns.flatMap(({ id }) => {
      const cell = columns.has(id) ? cells[id] : row[id]
      return cell === undefined ? [] : [[id, cell]]
    }),
  )
