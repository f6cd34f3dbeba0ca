import { rowIdHeading, rowVersionHeading } from "../../assessment/lists/mapping.ts"
import { guardCell, sheetCell } from "../../assessment/lists/sheet-cells.ts"
import type { TableQuestion } from "../../assessment/model.ts"
import type { StoredRow } from "../../store/store.ts"
import { csvText } from "../csv.ts"
import type { ListHandler } from "./place.ts"

/** The list as CSV, to be changed in a spreadsheet and uploaded again. */
export const downloadList: ListHandler = async (visit, place, on) => {
  const { domain, question, scope } = place
  const rows = await on.store.loadRows(scope, domain.id, question.id)
  const note = { action: "list.exported", engagement: scope.engagement, subject: `${domain.id}/${question.id}` }
  await on.store.noteAudit(scope.by, note, visit.now)
  const name = `${domain.id}-${question.id}.csv`
  return { reply: "file", bytes: Buffer.from(listText(question, rows)), type: "text/csv; charset=utf-8", name }
}

/** Every cell as it is read back; each row with its id and version at the end, so that an upload can be compared. */
export const listText = (question: TableQuestion, rows: readonly StoredRow[]): string =>
  csvText([
    [...question.columns.map(({ label }) => guardCell(label)), rowIdHeading, rowVersionHeading],
    ...rows.map(({ row, revision }) => [
      ...question.columns.map((column) => sheetCell(column, row[column.id])),
      guardCell(row.id),
      String(revision),
    ]),
  ])
