import type { Cell, Column, Row, TableQuestion } from "../assessment/model.ts"
import { cellText, readRow, rowName } from "../assessment/question-types/table.ts"
import type { StoredRow } from "../store/store.ts"
import { keptFields } from "./links.ts"
import type { ListHandler, ListPlace } from "./list-place.ts"
import type { PageProblem } from "./pages.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { closedProblem } from "./saving.ts"
import type { Dependencies, Fields, Visit } from "./visit.ts"
import { withArticle } from "./words.ts"

const ROW_ID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** The form of one row. Its address holds the row's id, so a second click or a reload cannot add it twice. */
export const showRow: ListHandler = async (visit, place, on) => {
  const found = await findRow(visit, place, on)
  if (found === undefined) return notFound()
  const source = found.stored ?? (await copied(visit, place, on))
  const fields = source === undefined ? {} : rowFields(place.question, source.row)
  return rowPage(found, { fields, problems: [], seen: found.stored?.revision ?? 0, status: 200 })
}

/** Saves a row, or shows what is wrong with each cell and keeps what was typed. */
export const saveRow: ListHandler = async (visit, place, on) => {
  const found = await findRow(visit, place, on)
  if (found === undefined) return { ...notFound(), kept: keptFields(visit.form) }
  const { cells, problems } = readRow(place.question, visit.form)
  const seen = Number(/^\d{1,9}$/.exec(String(visit.form["seen"]))?.[0] ?? 0)
  const shown = { fields: visit.form, seen }
  if (problems.length > 0) return rowPage(found, { ...shown, problems, status: 422 })
  if (visit.form["conflict"] !== undefined && visit.form["keep"] === "theirs") return redirect(place.path)
  if (visit.form["conflict"] !== undefined && visit.form["keep"] !== "mine") {
    return rowPage(found, { ...shown, problems: [], status: 409, conflict: { current: found.stored?.row } })
  }
  const row = { ...cells, id: found.id } as Row
  const outcome = await on.store.saveRow(place.scope, place.domain.id, place.question.id, row, seen, visit.now)
  if (outcome === undefined) return { ...notFound(), kept: keptFields(visit.form) }
  if (outcome.outcome === "closed") return closedProblem(outcome.because, keptFields(visit.form))
  if (outcome.outcome === "saved")
    return redirect(visit.form["action"] === "another" ? `${place.path}/${on.newId()}` : place.path)
  return rowPage(found, { ...shown, problems: [], seen: outcome.revision, status: 409, conflict: { current: outcome.current } })
}

/** Asks before a row is removed. */
export const askToRemoveRow: ListHandler = async (visit, place, on) => {
  const found = await findRow(visit, place, on)
  if (found?.stored === undefined) return notFound()
  const name = rowName(place.question, found.stored.row)
  const frame = { ...place.frame(`Remove ${name}`), back: { href: place.path, text: "Back to the list" } }
  return page("respond/remove", frame, { name, item: place.question.item, path: place.path })
}

/** Removes a row; a second time changes nothing. */
export const removeRow: ListHandler = async (visit, place, on) => {
  const found = await findRow(visit, place, on)
  if (found === undefined) return notFound()
  await on.store.removeRow(place.scope, place.domain.id, place.question.id, found.id, visit.now)
  return redirect(place.path)
}

// ---------------------------------------------------------------- finding

interface Found {
  readonly place: ListPlace
  readonly id: string
  readonly stored: StoredRow | undefined
}

const findRow = async (visit: Visit, place: ListPlace, on: Dependencies): Promise<Found | undefined> => {
  const id = visit.params["row"]
  if (id === undefined) return undefined
  const rows = await on.store.loadRows(place.scope, place.domain.id, place.question.id)
  const stored = rows.find((one) => one.row.id === id)
  // Imported rows keep the ids of their file; new ones are UUIDs that the server made.
  return stored !== undefined || ROW_ID.test(id) ? { place, id, stored } : undefined
}

const copied = async (visit: Visit, place: ListPlace, on: Dependencies): Promise<StoredRow | undefined> => {
  if (visit.query["from"] === undefined) return undefined
  const rows = await on.store.loadRows(place.scope, place.domain.id, place.question.id)
  return rows.find((one) => one.row.id === visit.query["from"])
}

// ---------------------------------------------------------------- the page

interface Shown {
  readonly fields: Fields
  readonly problems: readonly { readonly column: string; readonly message: string }[]
  readonly seen: number
  readonly status: number
  readonly conflict?: { readonly current: Row | undefined }
}

const rowPage = ({ place, stored }: Found, shown: Shown): Reply => {
  const { question, path } = place
  const name = stored && rowName(question, stored.row)
  const heading = name === undefined ? `Add ${withArticle(question.item)}` : `Change ${name}`
  const conflict: readonly PageProblem[] = shown.conflict ? [{ target: "keep", message: "Select which version to keep" }] : []
  const frame = {
    ...place.frame(`${heading} – ${question.short}`),
    back: { href: path, text: "Back to the list" },
    problems: [...conflict, ...shown.problems.map(({ column, message }) => ({ target: column, message }))],
  }
  const row = {
    heading,
    item: question.item,
    text: question.text,
    seen: shown.seen,
    stored: stored !== undefined,
    fields: question.columns.map((column) => cellField(column, shown)),
    conflict: shown.conflict && differences(question, shown),
    remove: stored && `${path}/${encodeURIComponent(stored.row.id)}/remove`,
  }
  return page("respond/row", frame, { row }, { status: shown.status })
}

/** Both versions of each cell that differs. */
const differences = (question: TableQuestion, { fields, conflict }: Shown) => {
  const { cells } = readRow(question, fields)
  return {
    removed: conflict?.current === undefined,
    cells: question.columns
      .map((column) => ({
        label: column.label,
        theirs: cellText(column, conflict?.current?.[column.id]),
        mine: cellText(column, cells[column.id]),
      }))
      .filter((cell) => cell.theirs !== cell.mine),
  }
}

/** The form field of a cell, by the type of its column. */
const cellField = (column: Column, { fields, problems }: Shown) => {
  const sent = [fields[column.id] ?? []].flat()
  const base = {
    id: column.id,
    name: column.id,
    label: column.label,
    hint: hintOf(column),
    optional: !column.required,
    error: problems.find((problem) => problem.column === column.id)?.message,
  }
  if (column.type === "text" || column.type === "number" || column.type === "percent" || column.type === "duration") {
    return { kind: "text" as const, field: { ...base, ...inputOf(column), value: sent.join("; ") } }
  }
  if (column.type === "date")
    return { kind: "text" as const, field: { ...base, type: "date" as const, width: "medium" as const, value: sent.join("; ") } }
  const options =
    column.type === "yes-no"
      ? [
          { id: "yes", text: "Yes" },
          { id: "no", text: "No" },
        ]
      : (column.options ?? [])
  const choices = options.map(({ id, text }) => ({ value: id, text, checked: sent.includes(id) }))
  if (column.type === "choices") return { kind: "checkboxes" as const, field: { ...base, choices } }
  const inline = column.type === "yes-no"
  const blank = column.required ? [] : [{ value: "", text: "Not known", checked: false }]
  return {
    kind: "radios" as const,
    field: { ...base, choices: inline ? [...choices, ...blank] : choices, or: inline ? [] : blank, inline },
  }
}

const inputOf = (column: Column) => {
  if (column.type === "text") return { width: "full" as const }
  if (column.type === "duration") return { width: "short" as const }
  return { width: "short" as const, inputmode: "decimal" as const, ...(column.type === "percent" && { suffix: "%" }) }
}

const hintOf = (column: Column): string | undefined => {
  if (column.hint) return column.hint
  if (column.type === "duration") return "With its unit, for example 30 s, 15 min, 4 h or 1 d"
  return column.sumOf && column.sumOf.length > 0 ? "Left empty, it is added up from the other columns" : undefined
}

/** A stored row as the form fields that would give it. */
const rowFields = (question: TableQuestion, row: Row): Fields =>
  Object.fromEntries(
    question.columns.flatMap((column) => {
      const cell = row[column.id]
      return cell === undefined ? [] : [[column.id, cellFields(column, cell)]]
    }),
  )

const cellFields = (column: Column, cell: Cell): string | readonly string[] => {
  if (typeof cell === "object") return cell
  return column.type === "duration" ? cellText(column, cell) : String(cell)
}
