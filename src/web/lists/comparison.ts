/** A table compared with the list as it is: what it would add, change, and leave. */
import { createHash } from "node:crypto"
import { differencesOf, type ListDifferences } from "../../assessment/lists/differences.ts"
import { rowIdTarget } from "../../assessment/lists/mapping.ts"
import { readSheetRows, type SheetRow } from "../../assessment/lists/sheet-rows.ts"
import type { Dependencies, Visit } from "../visit.ts"
import type { ListPlace } from "./place.ts"
import type { Table } from "./table-form.ts"

export interface Comparison extends ListDifferences {
  /** Rows with problems; those that are left out on purpose included. */
  readonly bad: readonly SheetRow[]
  /** Bad rows that are not left out: nothing is taken while there are some. */
  readonly open: readonly SheetRow[]
  /** Rows on record when this was read. */
  readonly total: number
  /** Whether the table knows its rows, so that missing ones can be told. */
  readonly knowsRows: boolean
  /** Of the rows on record that the table touches: another one after each change to them. */
  readonly state: string
}

export const compareWithList = async (visit: Visit, on: Dependencies, place: ListPlace, table: Table): Promise<Comparison> => {
  const { question, domain, scope } = place
  const stored = await on.store.loadRows(scope, domain.id, question.id)
  const first = table.headings ? 2 : 1
  const rows = readSheetRows(question, table.lines.slice(first - 1), table.targets, first)
  const bad = rows.filter(({ problems }) => problems.length > 0)
  const leftOut = (row: SheetRow): boolean => visit.form["leave-all"] === "yes" || visit.form[`leave-${row.number}`] === "yes"
  const columns = new Set(table.targets.flatMap((target) => target ?? []))
  const differences = differencesOf(
    question,
    stored,
    rows.filter(({ problems }) => problems.length === 0),
    columns,
  )
  const named = new Set(rows.flatMap(({ id }) => id ?? []))
  const absent = differences.absent.filter(({ row }) => !named.has(row.id))
  const known = stored.filter(({ row }) => named.has(row.id))
  return {
    ...differences,
    absent,
    bad,
    open: bad.filter((row) => !leftOut(row)),
    total: stored.length,
    knowsRows: columns.has(rowIdTarget) && known.length > 0,
    state: stateOf([...known, ...(columns.has(rowIdTarget) ? absent : [])]),
  }
}

const stateOf = (rows: readonly { readonly row: { readonly id: string }; readonly revision: number }[]): string =>
  createHash("sha256")
    .update(JSON.stringify(rows.map(({ row, revision }) => [row.id, revision])))
    .digest("hex")
    .slice(0, 24)
