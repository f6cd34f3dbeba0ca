import type { Row, TableQuestion } from "../../assessment/model.ts"
import { cellText, readRow, rowName } from "../../assessment/question-types/table.ts"
import type { StoredRow } from "../../store/store.ts"
import { keptFields } from "../links.ts"
import type { PageProblem } from "../pages.ts"
import { notFound, page, redirect, type Reply } from "../respond.ts"
import { closedProblem } from "../saving.ts"
import type { Dependencies, Fields, Visit } from "../visit.ts"
import { withArticle } from "../words.ts"
import { fullMessage } from "./changes.ts"
import { ownerName } from "./people.ts"
import type { ListHandler, ListPlace } from "./place.ts"
import { cellField, rowFields } from "./row-fields.ts"
import { longestList } from "./view.ts"

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
  if (found.stored === undefined && (place.rows ?? 0) >= longestList) {
    const full = { column: place.question.columns[0]?.id ?? "main", message: fullMessage(place) }
    return rowPage(found, { ...shown, problems: [full], status: 422 })
  }
  const row = { ...cells, id: found.id } as Row
  const outcome = await on.store.saveRow(place.scope, place.domain.id, place.question.id, row, seen, visit.now)
  if (outcome === undefined) return { ...notFound(), kept: keptFields(visit.form) }
  if (outcome.outcome === "closed") return closedProblem(outcome.because, keptFields(visit.form))
  if (outcome.outcome === "saved")
    return redirect(visit.form["action"] === "another" ? `${place.path}/${on.newId()}` : place.path)
  return rowPage(found, { ...shown, problems: [], seen: outcome.revision, status: 409, conflict: { current: outcome.current } })
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
  const stored = await on.store.loadRow(place.scope, place.domain.id, place.question.id, id)
  // Imported rows keep the ids of their file; new ones are UUIDs that the server made.
  return stored !== undefined || ROW_ID.test(id) ? { place, id, stored } : undefined
}

const copied = async (visit: Visit, place: ListPlace, on: Dependencies): Promise<StoredRow | undefined> => {
  const from = visit.query["from"]
  return from === undefined ? undefined : on.store.loadRow(place.scope, place.domain.id, place.question.id, from)
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
    owner: ownerText(place, stored),
    fields: question.columns.map((column) => cellField(column, shown.fields, shown.problems)),
    conflict: shown.conflict && differences(question, shown),
    remove: stored && `${path}/${encodeURIComponent(stored.row.id)}/remove`,
  }
  return page("lists/row", frame, { row }, { status: shown.status })
}

const ownerText = ({ people, me }: ListPlace, stored: StoredRow | undefined): string => {
  if (stored?.owner === undefined) return ""
  if (stored.owner === me) return stored.waiting ? "You are asked to fill this in." : "You filled this in."
  const name = ownerName(people, stored.owner, me)
  return stored.waiting ? `${name}: asked to fill this in.` : `${name}: filled this in.`
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
