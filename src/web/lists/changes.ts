/** Changes that the list's own page makes: add, say that there are none, give, move, remove, undo. */
import type { ListOutcome, RowPlace } from "../../store/store.ts"
import { listOf as valuesOf } from "../fields.ts"
import { keptFields } from "../links.ts"
import { notFound, redirect, type Reply } from "../respond.ts"
import { closedProblem } from "../saving.ts"
import type { Dependencies, Visit } from "../visit.ts"
import { count } from "../words.ts"
import { listPage } from "./list.ts"
import type { ListHandler, ListPlace } from "./place.ts"
import { carriedQuery, listHref, longestList, rowsPerPage } from "./view.ts"

/** "Add another", "there are none" (or not), "give to", and "continue" from the list. */
export const changeList: ListHandler = (visit, place, on) => {
  const { action } = visit.form
  if (action === "add") return addRow(visit, place, on)
  return action === "give" ? giveRows(visit, place, on) : stateNone(visit, place, on)
}

const addRow = (visit: Visit, place: ListPlace, on: Dependencies): Promise<Reply> | Reply =>
  (place.rows ?? 0) < longestList
    ? redirect(`${place.path}/${on.newId()}`)
    : listPage(visit, on, place, { target: "rows", message: fullMessage(place) })

/** What to do when a list can take no more. */
export const fullMessage = ({ question }: ListPlace): string =>
  `This list holds ${count(longestList, question.item)}, the most it can: remove some before you add others`

const stateNone = async (visit: Visit, place: ListPlace, on: Dependencies): Promise<Reply> => {
  const { domain, question, rows } = place
  const none = visit.form["none"] === "yes"
  if (none && rows !== undefined && rows > 0) {
    const message = `This list holds ${count(rows, question.item)} by now: remove each of them first if there are none`
    return listPage(visit, on, place, { target: "rows", message })
  }
  if (none === (rows === 0)) return redirect(place.from.href)
  const outcome = await on.store.stateNone(place.scope, domain.id, question.id, none, visit.now)
  return after(visit, outcome, place.from.href)
}

const giveRows = async (visit: Visit, place: ListPlace, on: Dependencies): Promise<Reply> => {
  const { domain, question, people, path } = place
  const ids = valuesOf(visit.form["rows"]).slice(0, 2 * rowsPerPage)
  const key = visit.form["owner"]
  const person = people.find((one) => one.key === key)
  if (ids.length === 0) {
    return listPage(visit, on, place, { target: "rows", message: `Select the ${question.item} rows to give, then the person` })
  }
  if (person === undefined && key !== "nobody") {
    return listPage(visit, on, place, { target: "owner", message: "Choose who is asked to fill in the selected rows" })
  }
  const outcome = await on.store.giveRows(place.scope, domain.id, question.id, ids, person?.id, visit.now)
  const query = carriedQuery(question, visit.form["view"])
  return after(
    visit,
    outcome,
    listHref(path, query, { [person === undefined ? "free" : "given"]: ids.length }),
    listHref(path, query),
  )
}

/** Moves a row beside another one: sent twice, it is there already. */
export const moveRow: ListHandler = async (visit, place, on) => {
  const { domain, question, path } = place
  const to = readPlace(visit.form["to"])
  if (to === undefined) return { ...notFound(), kept: keptFields(visit.form) }
  const outcome = await on.store.moveRow(place.scope, domain.id, question.id, visit.params["row"] ?? "", to, visit.now)
  return after(visit, outcome, `${listHref(path, carriedQuery(question, visit.form["view"]))}#rows`)
}

const readPlace = (sent: unknown): RowPlace | undefined => {
  const [, way, id = ""] = /^(before|after)\.(.{1,200})$/.exec(typeof sent === "string" ? sent : "") ?? []
  if (way === undefined) return undefined
  return way === "before" ? { before: id } : { after: id }
}

/** Removes a row and leads back to the list, which offers to undo it; a second time changes nothing. */
export const removeRow: ListHandler = async (visit, place, on) => {
  const { domain, question, path } = place
  const id = visit.params["row"] ?? ""
  const outcome = await on.store.removeRow(place.scope, domain.id, question.id, id, visit.now)
  return after(visit, outcome, listHref(path, carriedQuery(question, visit.form["view"]), { removed: id }))
}

/** Puts a removed row back; a second time changes nothing. */
export const restoreRow: ListHandler = async (visit, place, on) => {
  const { domain, question, path } = place
  const outcome = await on.store.restoreRow(place.scope, domain.id, question.id, visit.params["row"] ?? "", visit.now)
  const query = carriedQuery(question, visit.form["view"])
  return after(visit, outcome, listHref(path, query, { restored: 1 }), listHref(path, query))
}

/** Where a change leads: `unchanged` where it would be untrue to say that something was done. */
const after = (visit: Visit, result: ListOutcome, changed: string, unchanged = changed): Reply => {
  if (result.outcome === "closed") return closedProblem(result.because, keptFields(visit.form))
  return redirect(result.outcome === "changed" ? changed : unchanged)
}
