import type { ChangedRow } from "../../assessment/lists/differences.ts"
import type { SheetRow } from "../../assessment/lists/sheet-rows.ts"
import type { Row } from "../../assessment/model.ts"
import { cellText, rowName } from "../../assessment/question-types/table.ts"
import type { PageProblem } from "../pages.ts"
import { page, type Reply } from "../respond.ts"
import type { Dependencies, Visit } from "../visit.ts"
import { count } from "../words.ts"
import { type Comparison, compareWithList } from "./comparison.ts"
import type { ListPlace } from "./place.ts"
import { carriedFields, type Table } from "./table-form.ts"

/** What a table would do to the list, before it does. */
export const previewPage = async (visit: Visit, on: Dependencies, place: ListPlace, table: Table): Promise<Reply> =>
  showComparison(visit, on, place, table, await compareWithList(visit, on, place, table), [])

/** The same with what keeps it from being taken; 409 when the list changed meanwhile. */
export const showComparison = (
  visit: Visit,
  on: Dependencies,
  place: ListPlace,
  table: Table,
  found: Comparison,
  problems: readonly PageProblem[],
  status = problems.length === 0 ? 200 : 422,
): Reply => {
  const frame = {
    ...place.frame("Check the table"),
    width: "page" as const,
    back: { href: place.path, text: "Back to the list" },
    problems,
  }
  const kept = (name: string): boolean => visit.form[name] === "yes"
  const batch = String(visit.form["batch"] ?? "")
  const locals = {
    action: `${place.path}/paste`,
    path: place.path,
    item: place.question.item,
    carried: [
      ...carriedFields(table),
      { name: "batch", value: /^[0-9a-f-]{36}$/.test(batch) ? batch : on.newId() },
      { name: "state", value: found.state },
    ],
    bad: found.bad.map((row) => ({ ...badRow(row), leave: kept(`leave-${row.number}`) })),
    leaveAll: { text: `Leave out the ${count(found.bad.length, "row")} with problems`, checked: kept("leave-all") },
    added: addedRows(place, found),
    changed: found.changed.map(changeView),
    conflicts: found.conflicts.map((row) => ({ ...changeView(row), mine: kept(`mine-${row.number}`) })),
    gone: found.gone.map((row) => ({ ...changeView(row), mine: kept(`mine-${row.number}`) })),
    absent: absentRows(place, found, kept("remove")),
    unchanged:
      found.unchanged === 0 ? "" : `${count(found.unchanged, "row")} ${found.unchanged === 1 ? "is" : "are"} as on record.`,
    button: buttonText(found),
    headings: headingsOf(place.question.item, found),
  }
  return page("lists/preview", frame, locals, { status })
}

const badRow = ({ number, problems }: SheetRow) => ({
  number,
  problems: problems.map(({ label, typed, message }) => ({
    label,
    typed: typed === "" ? "nothing" : `“${shortened(typed)}”`,
    message,
  })),
})

const shortened = (text: string): string => (text.length > 80 ? `${text.slice(0, 77)}…` : text)

const shownAtMost = 20

const addedRows = ({ question }: ListPlace, { added }: Comparison) => {
  const columns = question.columns.filter(({ id }) => added.some(({ cells }) => cells[id] !== undefined)).slice(0, 6)
  return {
    columns: columns.map(({ label }) => label),
    rows: added.slice(0, shownAtMost).map(({ number, cells }) => ({
      number,
      cells: columns.map((column) => ({ label: column.label, text: cellText(column, cells[column.id]) })),
    })),
    more: added.length > shownAtMost ? `And ${count(added.length - shownAtMost, "more row", "more rows")}.` : "",
  }
}

const changeView = ({ number, name, differences }: ChangedRow) => ({ number, name, differences })

const absentRows = ({ question }: ListPlace, { absent, knowsRows }: Comparison, checked: boolean) => {
  const names = absent.slice(0, shownAtMost).map(({ row }: { readonly row: Row }) => rowName(question, row))
  return {
    shown: knowsRows && absent.length > 0,
    names,
    more: absent.length > shownAtMost ? `And ${absent.length - shownAtMost} more.` : "",
    text: `Remove ${absent.length === 1 ? "it" : "them"} from the list`,
    checked,
  }
}

const headingsOf = (item: string, { added, changed, conflicts, gone, absent, bad }: Comparison) => ({
  bad: `${count(bad.length, "row")} with problems`,
  added: `${count(added.length, item)} to add`,
  changed: `${count(changed.length, item)} to change`,
  conflicts: `${count(conflicts.length, item)} changed by somebody else meanwhile`,
  gone: `${count(gone.length, item)} no longer in the list`,
  absent: `${count(absent.length, item)} not in your table`,
})

const buttonText = ({ added, changed, conflicts, gone, absent, knowsRows }: Comparison): string => {
  const optional = conflicts.length + gone.length + (knowsRows ? absent.length : 0)
  if (added.length + changed.length + optional === 0) return ""
  if (changed.length + optional === 0) return `Add ${count(added.length, "row")}`
  return added.length + optional === 0 ? `Change ${count(changed.length, "row")}` : "Take these changes"
}
