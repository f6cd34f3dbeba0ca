/** What an import would do to a list that people work on: their own words stay. */
import { type ChangedRow, differencesOf, type RecordedRow } from "../../assessment/lists/differences.ts"
import type { SheetRow } from "../../assessment/lists/sheet-rows.ts"
import type { Cell, EvidenceGrade, Row, TableQuestion } from "../../assessment/model.ts"
import { rowsOf } from "./inventory-rows.ts"
import type { Estate } from "../model.ts"
import { foldedName } from "../files/relations.ts"

export interface RowProposal {
  readonly added: readonly SheetRow[]
  /** Blank cells that the import fills in, and cells that still are as an earlier import gave them. */
  readonly changed: readonly ChangedRow[]
  /** Cells that people filled in otherwise: they stay, and the difference is shown. */
  readonly differing: readonly ChangedRow[]
  readonly unchanged: number
  /** Rows that an earlier import gave and that this one does not have. */
  readonly gone: readonly RecordedRow[]
  readonly evidence: EvidenceGrade
  readonly notices: readonly string[]
}

/** Compares the rows of an import with those on record; `earlier` is the import before, where there was one. */
export function proposeRows(
  question: TableQuestion,
  recorded: readonly RecordedRow[],
  estate: Estate,
  earlier?: Estate,
): RowProposal {
  const { rows, evidence, notices } = rowsOf(question, estate)
  const before = new Map((earlier === undefined ? [] : rowsOf(question, earlier).rows).map((row) => [row.id, row]))
  const known = matchRows(recorded, rows)
  const merged = new Map(Array.from(known, ([row, on]) => [on, mergedRow(question, on.row, row, before.get(row.id))]))
  const all = new Set(question.columns.map(({ id }) => id))
  const taken = rows.map((row, at) => sheetRow(at, merged.get(known.get(row) ?? nobody) ?? withoutId(row)))
  const wanted = rows.flatMap((row, at) => {
    const own = merged.get(known.get(row) ?? nobody)
    return own === undefined ? [] : [sheetRow(at, { ...own, ...withoutId(row), id: own.id })]
  })
  const { changed, unchanged } = differencesOf(
    question,
    recorded,
    taken.filter(({ id }) => id !== undefined),
    all,
  )
  const after = Array.from(merged, ([{ revision }, row]) => ({ row, revision }))
  return {
    added: rows.flatMap((row, at) => (known.has(row) ? [] : [sheetRow(at, row)])),
    changed,
    differing: differencesOf(question, after, wanted, all).changed,
    unchanged,
    gone: recorded.filter((each) => before.has(each.row.id) && !merged.has(each)),
    evidence,
    notices,
  }
}

/** Stands for the row on record of a row that is new. */
const nobody: RecordedRow = { row: { id: "" }, revision: 0 }

const sheetRow = (at: number, { id, ...cells }: Readonly<Record<string, Cell>>): SheetRow => ({
  number: at + 1,
  ...(typeof id === "string" && { id }),
  cells,
  problems: [],
})

const withoutId = ({ id: _, ...cells }: Row): Readonly<Record<string, Cell>> => cells

/** A row on record for each row of the import that is known: by its id, else by its name, else by its sink; each at most once. */
function matchRows(recorded: readonly RecordedRow[], rows: readonly Row[]): ReadonlyMap<Row, RecordedRow> {
  const known = new Map<Row, RecordedRow>()
  const open = new Set(recorded)
  for (const keyOf of [({ id }: Row) => id, plainName, ({ sink }: Row) => (typeof sink === "string" ? foldedName(sink) : "")]) {
    const waiting = Map.groupBy(open, ({ row }) => keyOf(row))
    const wanted = Map.groupBy(
      rows.filter((row) => !known.has(row)),
      keyOf,
    )
    for (const [key, [row, ...others]] of wanted) {
      const [match, ...more] = waiting.get(key) ?? []
      if (key === "" || row === undefined || match === undefined || others.length + more.length > 0) continue
      known.set(row, match)
      open.delete(match)
    }
  }
  return known
}

/** "stg_orders" of "models/staging/STG_orders.sql". */
const plainName = ({ name }: Row): string =>
  typeof name === "string"
    ? name
        .toLowerCase()
        .replace(/^.*[\\/]/, "")
        .replace(/\.sql$/, "")
        .trim()
    : ""

/** The row on record with what the import knows where it is blank, or as the import before gave it. */
function mergedRow(question: TableQuestion, on: Row, now: Row, then: Row | undefined): Row {
  const cells = question.columns.flatMap(({ id }): [string, Cell][] => {
    const [own, given] = [on[id], now[id]]
    const isPeoples = own !== undefined && !isSame(own, then?.[id])
    const cell = isPeoples ? own : (given ?? own)
    return cell === undefined ? [] : [[id, cell]]
  })
  return { ...Object.fromEntries(cells), id: on.id }
}

const isSame = (one: Cell, other: Cell | undefined): boolean => JSON.stringify(one) === JSON.stringify(other)
