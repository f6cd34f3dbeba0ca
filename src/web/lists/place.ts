import type { Domain, TableQuestion } from "../../assessment/model.ts"
import type { EngagementScope } from "../../store/store.ts"
import { type Asked, askedOf, findQuestion, sectionPath } from "../asked.ts"
import { closedFor } from "../closing.ts"
import { amongPeople, domainOf, engagementFrame, questionOf } from "../engagement.ts"
import type { Frame } from "../pages.ts"
import { notFound, redirect, type Reply } from "../respond.ts"
import { respondentFrame } from "../respondent-frame.ts"
import { closedProblem } from "../saving.ts"
import { keptFields } from "../links.ts"
import type { AccountVisit, Dependencies, Handler, RespondentVisit, Visit } from "../visit.ts"
import { type ListPerson, peopleOf, withPeople } from "./people.ts"

/** An inventory of a domain as one visitor, respondent or consultant, reaches it. */
export interface ListPlace {
  readonly scope: EngagementScope
  readonly domain: Domain
  readonly question: TableQuestion
  /** Address of the list. */
  readonly path: string
  /** Rows on record when the visit began; `undefined` when nothing has been said. */
  readonly rows: number | undefined
  /** Who can be asked to fill in rows: those who are asked about the domain. */
  readonly people: readonly ListPerson[]
  /** Id of the respondent who looks at the list. */
  readonly me: string | undefined
  /** The page that leads to the list, and back from it. */
  readonly from: { readonly href: string; readonly text: string }
  /** The frame of a page whose title begins so. */
  frame(title: string): Frame
}

export type ListHandler = (visit: Visit, place: ListPlace, on: Dependencies) => Promise<Reply> | Reply

/** Opens a list for a respondent who is asked about it, as long as the answers are not submitted. */
export const forRespondent =
  (handle: ListHandler): Handler<RespondentVisit> =>
  async (visit, on) => {
    const { domain, question: id } = visit.params
    const found = findQuestion(askedOf(visit.response), domain, id)
    if (found === undefined || found.question.type !== "table") return { ...notFound(), kept: keptFields(visit.form) }
    const closed = closedFor(visit)
    if (closed !== undefined)
      return visit.method === "POST" ? closedProblem(closed, keptFields(visit.form)) : redirect("/respond/done")
    const { asked, question } = found
    const { href: path, rows } = listOf(asked, question.id)
    const { stored, respondent } = visit.response
    const section = `${sectionPath(asked.domain.id, found.dimension, found.more)}#${question.id}`
    const frame = (title: string): Frame => respondentFrame(visit, [title, asked.domain.name, stored.engagement.title])
    const from = { href: section, text: "Back to the section" }
    const everybody = withPeople(stored, await on.store.listAsked(visit.scope))
    const people = peopleOf(everybody, asked.domain.id, stored.terms.confidentiality)
    const place = { scope: visit.scope, domain: asked.domain, question, path, rows, people, me: respondent.id, from, frame }
    return handle(visit, place, on)
  }

/** Opens any list of the engagement for the consultant. */
export const forConsultant = (handle: ListHandler): Handler<AccountVisit> =>
  amongPeople((visit, on) => {
    const domain = domainOf(visit)
    const question = questionOf(visit)
    if (domain === undefined || question?.type !== "table") return { ...notFound(), kept: keptFields(visit.form) }
    const inventory = visit.stored.engagement.inventories.find((one) => one.domain === domain.id && one.question === question.id)
    const end = `${encodeURIComponent(domain.id)}/${encodeURIComponent(question.id)}`
    const place: ListPlace = {
      scope: visit.engagementScope,
      domain,
      question,
      path: `${visit.home}/tables/${end}`,
      rows: inventory?.rows.length,
      people: peopleOf(visit.stored, domain.id, "named"),
      me: undefined,
      from: { href: `${visit.home}/answers/${end}`, text: `${question.id} ${question.short}` },
      frame: (title) => engagementFrame(visit, "answers", `${title} – ${domain.name}`, { width: "form" }),
    }
    return handle(visit, place, on)
  })

/** The respondent's address of a list, the number of its rows (`undefined` when nothing has been said), and how many wait for them. */
export const listOf = (
  asked: Asked,
  question: string,
): { readonly href: string; readonly rows: number | undefined; readonly waiting: number } => ({
  href: `/respond/${encodeURIComponent(asked.domain.id)}/tables/${encodeURIComponent(question)}`,
  rows: asked.record.inventories.find((inventory) => inventory.question === question)?.rows.length,
  waiting: asked.waiting.find((list) => list.question === question)?.rows ?? 0,
})
