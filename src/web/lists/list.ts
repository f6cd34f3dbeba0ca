import type { StoredRow } from "../../store/store.ts"
import { gapsIn } from "../../assessment/lists/shown-rows.ts"
import type { TableQuestion } from "../../assessment/model.ts"
import { cellText, rowName } from "../../assessment/question-types/table.ts"
import { page, type Reply } from "../respond.ts"
import type { Dependencies, Visit } from "../visit.ts"
import { count, withArticle } from "../words.ts"
import { doneNotice } from "./notice.ts"
import { ownerName } from "./people.ts"
import type { ListHandler, ListPlace } from "./place.ts"
import { isInOrder, listHref, type ListView, readView, rowsInView, rowsPerPage, viewQuery } from "./view.ts"

/** The list of an inventory: its rows, ways to add some, and "there are none". */
export const showList: ListHandler = (visit, place, on) => listPage(visit, on, place)

/** The list with what is wrong, when something is; `target` is the id of an element of the page. */
export const listPage = async (
  visit: Visit,
  on: Dependencies,
  place: ListPlace,
  problem?: { readonly target: string; readonly message: string },
): Promise<Reply> => {
  const { domain, question, path } = place
  const rows = await on.store.loadRows(place.scope, domain.id, question.id)
  const view = readView(question, visit.query)
  const found = rowsInView(question, rows, view, place.me)
  const pages = Math.max(1, Math.ceil(found.length / rowsPerPage))
  const current = { ...view, page: Math.min(view.page, pages) }
  const from = (current.page - 1) * rowsPerPage
  const frame = {
    ...place.frame(question.short),
    width: "page" as const,
    back: place.from,
    problems: problem === undefined ? [] : [problem],
  }
  const list = {
    domain: domain.name,
    question,
    path,
    add: `Add ${withArticle(question.item)}`,
    notice: await doneNotice(visit, on, place),
    columns: shownColumns(question).map((column) => sortLink(place, current, column)),
    rows: found.slice(from, from + rowsPerPage).map((one, at) => rowView(place, one, current, found, from + at, on.newId())),
    total: rows.length,
    filtered: !isInOrder({ ...view, sort: undefined }),
    none: rows.length === 0 && place.rows === 0,
    query: viewQuery(current),
    filter: filterView(place, current, rows),
    give: giveFields(place),
    pages: pageLinks(place, current, pages),
    ...summary(question, rows, found),
  }
  return page("lists/list", frame, { list }, { status: problem === undefined ? 200 : 422 })
}

/** Enough columns to tell the rows apart; the row's own page has them all. */
const shownColumns = (question: TableQuestion): TableQuestion["columns"] => question.columns.slice(0, 5)

const summary = (question: TableQuestion, rows: readonly StoredRow[], found: readonly StoredRow[]) => {
  const open = rows.filter(({ row }) => gapsIn(question, row) > 0).length
  const shown = found.length === rows.length ? "" : `, ${found.length} shown`
  return {
    count: `${count(rows.length, question.item)}${shown}`,
    gaps: open === 0 ? "Every cell is filled in." : `${count(open, question.item)} ${open === 1 ? "has" : "have"} empty cells.`,
  }
}

const rowView = (
  { question, path, people, me }: ListPlace,
  { row, owner, waiting }: StoredRow,
  view: ListView,
  found: readonly StoredRow[],
  at: number,
  newId: string,
) => {
  const gaps = gapsIn(question, row)
  const beside = (other: StoredRow | undefined, way: "before" | "after") =>
    other !== undefined && isInOrder(view) ? `${way}.${other.row.id}` : undefined
  return {
    id: row.id,
    name: rowName(question, row),
    href: `${path}/${encodeURIComponent(row.id)}`,
    cells: shownColumns(question)
      .slice(1)
      .map((column) => ({ label: column.label, text: cellText(column, row[column.id]) })),
    owner: `${ownerName(people, owner, me)}${waiting ? " (not yet)" : ""}`,
    gaps: gaps === 0 ? "" : String(gaps),
    copy: `${path}/${newId}?from=${encodeURIComponent(row.id)}`,
    up: beside(found[at - 1], "before"),
    down: beside(found[at + 1], "after"),
  }
}

const sortLink = ({ path }: ListPlace, view: ListView, { id, label }: TableQuestion["columns"][number]) => {
  const isSorted = view.sort === id
  const next = isSorted && view.descending ? { sort: undefined, descending: false } : { sort: id, descending: isSorted }
  return {
    label,
    href: listHref(path, viewQuery({ ...view, ...next, page: 1 })),
    sorted: isSorted ? (view.descending ? "descending" : "ascending") : "",
    hint: isSorted ? (view.descending ? ", back to the list's own order" : ", the other way round") : ", sort by this",
  }
}

const filterView = ({ me }: ListPlace, view: ListView, rows: readonly StoredRow[]) => {
  const choices = [
    { value: "", text: "All rows", checked: view.whose === "all" },
    ...(me === undefined ? [] : [{ value: "me", text: "Rows for me", checked: view.whose === "me" }]),
    { value: "nobody", text: "Rows for nobody in particular", checked: view.whose === "nobody" },
    { value: "gaps", text: "Rows with empty cells", checked: view.whose === "gaps" },
  ]
  return {
    shown: rows.length > 0,
    text: { id: "q", name: "q", label: "Words in the rows", value: view.text },
    whose: { id: "whose", name: "whose", label: "Show", choices },
    sort: view.sort,
    order: view.descending ? "down" : undefined,
  }
}

const giveFields = ({ people, me }: ListPlace) => ({
  id: "owner",
  name: "owner",
  label: "Ask to fill in the selected rows",
  choices: [
    { value: "", text: "Choose a person", checked: true },
    ...people.map(({ id, key, name }) => ({ value: key, text: id === me ? `${name} (you)` : name, checked: false })),
    { value: "nobody", text: "Nobody in particular", checked: false },
  ],
})

const pageLinks = ({ path }: ListPlace, view: ListView, pages: number) => {
  const to = (number: number) => (number < 1 || number > pages ? undefined : listHref(path, viewQuery({ ...view, page: number })))
  return { shown: pages > 1, text: `Page ${view.page} of ${pages}`, previous: to(view.page - 1), next: to(view.page + 1) }
}
