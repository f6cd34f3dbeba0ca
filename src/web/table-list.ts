import type { Row, TableQuestion } from "../assessment/model.ts"
import { cellText, rowName } from "../assessment/question-types/table.ts"
import { type Asked, askedOf, findQuestion, sectionPath } from "./asked.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { respondentFrame } from "./respondent-frame.ts"
import { closedProblem } from "./saving.ts"
import type { Dependencies, Handler, RespondentVisit } from "./visit.ts"
import { count, withArticle } from "./words.ts"

/** A table question asked of the respondent, and the address of its list. */
export interface ListPlace {
  readonly asked: Asked
  readonly question: TableQuestion
  readonly path: string
  /** The section the question belongs to. */
  readonly section: string
}

/** Which list an address means; `undefined` when the respondent is not asked it. */
export const listPlace = (visit: RespondentVisit): ListPlace | undefined => {
  const { domain, question: id } = visit.params
  const found = findQuestion(askedOf(visit.response), domain, id)
  if (found === undefined || found.question.type !== "table") return undefined
  return {
    asked: found.asked,
    question: found.question,
    path: listPath(found.asked, found.question.id),
    section: `${sectionPath(found.asked.domain.id, found.dimension, found.more)}#${found.question.id}`,
  }
}

const listPath = (asked: Asked, question: string): string =>
  `/respond/${encodeURIComponent(asked.domain.id)}/tables/${encodeURIComponent(question)}`

/** The address of a list and the number of its rows; `undefined` rows when nothing has been said. */
export const listOf = (asked: Asked, question: string): { readonly href: string; readonly rows: number | undefined } => ({
  href: listPath(asked, question),
  rows: asked.record.inventories.find((inventory) => inventory.question === question)?.rows.length,
})

/** The list of an inventory: its rows, a way to add one, and "there are none". */
export const showList: Handler<RespondentVisit> = async (visit, on) => {
  const place = listPlace(visit)
  if (place === undefined) return notFound()
  if (visit.response.submittedAt !== undefined) return redirect("/respond/done")
  return listPage(visit, on, place)
}

const listPage = async (visit: RespondentVisit, on: Dependencies, place: ListPlace, problem?: string): Promise<Reply> => {
  const { asked, question, path } = place
  const rows = await on.store.loadRows(visit.scope, asked.domain.id, question.id)
  const frame = {
    ...respondentFrame(visit, [question.short, asked.domain.name, visit.response.stored.engagement.title]),
    width: "page" as const,
    back: { href: place.section, text: "Back to the section" },
    problems: problem === undefined ? [] : [{ target: "none", message: problem }],
  }
  const list = {
    domain: asked.domain.name,
    question,
    add: `Add ${withArticle(question.item)}`,
    path,
    section: place.section,
    columns: shownColumns(question),
    rows: rows.map(({ row }) => rowView(question, row, path, on.newId())),
    none: rows.length === 0 && listOf(asked, question.id).rows === 0,
    count: count(rows.length, question.item),
    problem,
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
export const changeList: Handler<RespondentVisit> = async (visit, on) => {
  const place = listPlace(visit)
  if (place === undefined) return notFound()
  if (visit.response.submittedAt !== undefined) return closedProblem("submitted", [])
  const { asked, question, path, section } = place
  if (visit.form["action"] === "add") return redirect(`${path}/${on.newId()}`)
  const none = visit.form["none"] === "yes"
  const rows = listOf(asked, question.id).rows
  if (none && rows !== undefined && rows > 0) {
    return listPage(visit, on, place, `Remove the ${count(rows, "row")} first, or untick “There are none”`)
  }
  if (none !== (rows === 0)) await on.store.stateNone(visit.scope, asked.domain.id, question.id, none, visit.now)
  return redirect(section)
}
