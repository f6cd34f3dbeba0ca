import type { Row, TableQuestion } from "../assessment/model.ts"
import { cellText, rowName } from "../assessment/question-types/table.ts"
import type { ListHandler, ListPlace } from "./list-place.ts"
import { page, redirect, type Reply } from "./respond.ts"
import type { Dependencies } from "./visit.ts"
import { count, withArticle } from "./words.ts"

/** The list of an inventory: its rows, a way to add one, and "there are none". */
export const showList: ListHandler = (_visit, place, on) => listPage(on, place)

const listPage = async (on: Dependencies, place: ListPlace, problem?: string): Promise<Reply> => {
  const { domain, question, path } = place
  const rows = await on.store.loadRows(place.scope, domain.id, question.id)
  const frame = {
    ...place.frame(question.short),
    width: "page" as const,
    back: place.from,
    problems: problem === undefined ? [] : [{ target: "rows", message: problem }],
  }
  const list = {
    domain: domain.name,
    question,
    add: `Add ${withArticle(question.item)}`,
    path,
    columns: shownColumns(question),
    rows: rows.map(({ row }) => rowView(question, row, path, on.newId())),
    none: rows.length === 0 && place.rows === 0,
    count: count(rows.length, question.item),
  }
  return page("respond/list", frame, { list }, { status: problem === undefined ? 200 : 422 })
}

/** Enough columns to tell the rows apart; the row's own page has them all. */
const shownColumns = (question: TableQuestion): TableQuestion["columns"] => question.columns.slice(0, 5)

const rowView = (question: TableQuestion, row: Row, path: string, newId: string) => ({
  name: rowName(question, row),
  href: `${path}/${encodeURIComponent(row.id)}`,
  cells: shownColumns(question)
    .slice(1)
    .map((column) => ({ column, text: cellText(column, row[column.id]) })),
  copy: `${path}/${newId}?from=${encodeURIComponent(row.id)}`,
})

/** "Add another", "there are none" (or not), and "continue" from the list. */
export const changeList: ListHandler = async (visit, place, on) => {
  const { domain, question, path, rows } = place
  if (visit.form["action"] === "add") return redirect(`${path}/${on.newId()}`)
  const none = visit.form["none"] === "yes"
  if (none && rows !== undefined && rows > 0) {
    return listPage(
      on,
      place,
      `This list holds ${count(rows, question.item)} by now: remove each of them first if there are none`,
    )
  }
  if (none !== (rows === 0)) await on.store.stateNone(place.scope, domain.id, question.id, none, visit.now)
  return redirect(place.from.href)
}
