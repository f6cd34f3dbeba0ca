import type { Progress, SectionProgress } from "../assessment/progress.ts"
import type { Suggestion } from "../store/store.ts"
import { type Asked, askedOf, findQuestion, openQuestions, sectionPath } from "./asked.ts"
import { answersUntil, closedFor } from "./closing.ts"
import { listOf } from "./lists/place.ts"
import { moment } from "./question-view.ts"
import { page, redirect } from "./respond.ts"
import { respondentFrame } from "./respondent-frame.ts"
import type { Handler, RespondentVisit } from "./visit.ts"
import { aboutMinutes, count } from "./words.ts"

/** The respondent's sections, domain by domain, with what is left. */
export const showTasks: Handler<RespondentVisit> = (visit) => {
  const { stored, respondent } = visit.response
  if (closedFor(visit) !== undefined) return redirect("/respond/done")
  const asked = askedOf(visit.response)
  const open = openQuestions(asked)
  const domains = asked.map((one) => ({
    id: one.domain.id,
    name: one.domain.name,
    description: one.domain.description,
    sections: one.main.sections.map((section) => task(visit, one, section, false)),
    more: one.more.sections.map((section) => task(visit, one, section, true)),
    moreText: moreText(one.more),
  }))
  const notice = noticeOf(visit.query["done"])
  const frame = {
    ...respondentFrame(visit, ["Your sections", stored.engagement.title], "/respond"),
    ...(notice !== undefined && { notice }),
  }
  const left =
    open.questions === 0
      ? "You have answered everything asked of you. Check your answers and submit them."
      : `You have ${count(open.questions, "question")} left, ${aboutMinutes(open.minutes)}.`
  const until = answersUntil(stored, respondent.id)
  return page("respond/tasks", frame, {
    name: respondent.name,
    left,
    done: open.questions === 0,
    until: until === undefined ? undefined : moment(until),
    instead: insteadText(visit.response.suggestions),
    waiting: asked.flatMap(waitingLists),
    domains,
  })
}

/** The lists with rows that the respondent was asked to fill in. */
const waitingLists = (asked: Asked) =>
  asked.waiting.flatMap((list) => {
    const found = findQuestion([asked], list.domain, list.question)?.question
    if (found?.type !== "table") return []
    const text = `${count(list.rows, found.item)} ${list.rows === 1 ? "is" : "are"} waiting for you`
    return [{ text, domain: asked.domain.name, href: `${listOf(asked, found.id).href}?whose=me` }]
  })

const DONE: Readonly<Record<string, string>> = {
  suggested: "The consultant is told whom to ask instead. Until you hear from them, everything stays as it is.",
  left: "The section is left to your colleague. The consultant is told whom to ask.",
  reopened: "Your answers are open again. Submit them once more when you are done.",
}

const noticeOf = (done: string | undefined): string | undefined =>
  Object.hasOwn(DONE, done ?? "") ? DONE[done ?? ""] : undefined

const task = (visit: RespondentVisit, { domain, left }: Asked, section: SectionProgress, more: boolean) => {
  const { dimension } = section
  const to = left.get(dimension.id)
  const kept = section.answered === 0 ? "" : `, ${section.answered} of ${section.total} answered`
  return {
    id: `${domain.id}-${dimension.id}${more ? "-more" : ""}`,
    name: dimension.name,
    href: sectionPath(domain.id, dimension.id, more),
    ...(to === undefined ? standing(section) : { status: `Left to ${to.name}`, kind: "" }),
    detail: to === undefined ? detailOf(visit, domain.id, section) : `Not asked of you${kept}`,
  }
}

const detailOf = ({ response }: RespondentVisit, domain: string, section: SectionProgress): string => {
  const own = response.suggestions.findLast(
    (one) => one.section?.domain === domain && one.section.dimension === section.dimension.id,
  )
  const back = own?.decided?.outcome === "declined" ? `. The consultant asks you to answer this yourself, not ${own.name}` : ""
  const far =
    section.status === "completed" ? count(section.total, "question") : `${section.answered} of ${section.total} answered`
  return `${far}${back}`
}

const standing = (section: SectionProgress): { readonly status: string; readonly kind: string } =>
  section.unreadable.length > 0
    ? { status: "There is a problem", kind: "critical" }
    : { status: STATUS[section.status], kind: KIND[section.status] }

const KIND = { "not started": "", "in progress": "open", completed: "done" } as const
const STATUS = { "not started": "Not yet started", "in progress": "In progress", completed: "Completed" } as const

const moreText = (more: Progress): string =>
  more.total === more.answered
    ? `${count(more.total, "more question")}, all answered`
    : `If you have more time: ${count(more.total - more.answered, "more question")}, ${aboutMinutes(more.minutesLeft)}`

/** What came of naming somebody in one's own place. */
const insteadText = (suggestions: readonly Suggestion[]): string => {
  const last = suggestions.findLast(({ section }) => section === undefined)
  if (last === undefined) return ""
  if (last.decided === undefined) return `You suggested to ask ${last.name} instead of you. The consultant has not decided yet.`
  if (last.decided.outcome === "added") return `${last.name} is asked too, as you suggested.`
  return last.decided.outcome === "declined" ? `The consultant asks you to answer yourself, not ${last.name}.` : ""
}
