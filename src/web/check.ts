import { type AnswerToCheck, answersToCheck, type SectionProgress } from "../assessment/progress.ts"
import { type Asked, askedOf, openQuestions, sectionPath } from "./asked.ts"
import { answersUntil, closedFor } from "./closing.ts"
import { moment } from "./question-view.ts"
import { page, redirect, type Reply } from "./respond.ts"
import { respondentFrame } from "./respondent-frame.ts"
import { listOf } from "./lists/place.ts"
import type { Handler, RespondentVisit } from "./visit.ts"
import { count } from "./words.ts"

/** Every answer once more, with a way to change it, before it is submitted. */
export const showCheck: Handler<RespondentVisit> = (visit) =>
  closedFor(visit) === undefined ? checkPage(visit, 200) : redirect("/respond/done")

/** Submits the response. A second click ends on the same receipt; unreadable answers must be repaired first. */
export const submit: Handler<RespondentVisit> = async (visit, { store }) => {
  if (closedFor(visit) !== undefined) return redirect("/respond/done")
  if (unreadable(askedOf(visit.response)).length > 0) return checkPage(visit, 422)
  await store.submit(visit.scope, visit.now)
  return redirect("/respond/done")
}

const checkPage = (visit: RespondentVisit, status: number): Reply => {
  const asked = askedOf(visit.response)
  const { questions } = openQuestions(asked)
  const frame = {
    ...respondentFrame(visit, ["Check your answers", visit.response.stored.engagement.title], "/respond/check"),
    problems:
      status === 200
        ? []
        : unreadable(asked).map(({ domain, id }) => ({ target: `${domain}-${id}`, message: `Repair ${id} before you submit` })),
  }
  const open = questions === 0 ? undefined : `${count(questions, "question")} ${questions === 1 ? "has" : "have"} no answer yet.`
  const until = answersUntil(visit.response.stored, visit.scope.respondent)
  return page(
    "respond/check",
    frame,
    { open, until: until === undefined ? undefined : moment(until), domains: domainViews(asked) },
    { status },
  )
}

const unreadable = (asked: readonly Asked[]): readonly { domain: string; id: string }[] =>
  asked.flatMap(({ domain, main, more, left }) =>
    [...main.sections, ...more.sections]
      .filter(({ dimension }) => !left.has(dimension.id))
      .flatMap((section) => section.unreadable.map((id) => ({ domain: domain.id, id }))),
  )

/** Every question that applies with its answer in words; of further questions those that are answered. */
export const domainViews = (asked: readonly Asked[]) =>
  asked.map((one) => ({
    name: one.domain.name,
    sections: [
      ...one.main.sections.map((section) => sectionView(one, section, false)),
      ...one.more.sections
        .filter((section) => section.status !== "not started")
        .map((section) => sectionView(one, section, true)),
    ],
  }))

/** What was said about a domain, section by section, for reading. */
export type DomainView = ReturnType<typeof domainViews>[number]

const sectionView = (asked: Asked, section: SectionProgress, more: boolean) => {
  const to = asked.left.get(section.dimension.id)?.name ?? ""
  return {
    name: more ? `${section.dimension.name} (more questions)` : section.dimension.name,
    /** To whom the section is left. */
    to,
    answers: answersToCheck(section, asked.record)
      .filter((answer) => answer.state !== "unanswered" || !(more || to !== ""))
      .map((answer) => answerView(asked, section, more, answer)),
  }
}

const answerView = (asked: Asked, section: SectionProgress, more: boolean, answer: AnswerToCheck) => {
  const { question, state, comment, links = [] } = answer
  const path = sectionPath(asked.domain.id, section.dimension.id, more)
  const change = `${path}${more ? "&" : "?"}return=check#${question.id}`
  const saved = asked.answers.find((one) => one.question === question.id)
  return {
    id: `${asked.domain.id}-${question.id}`,
    question: question.text,
    short: question.short,
    state,
    text: wording(answer),
    comment,
    links,
    change: question.type === "table" ? listOf(asked, question.id).href : change,
    savedAt: saved && state !== "unanswered" ? moment(saved.savedAt) : undefined,
  }
}

const wording = ({ state, text, reason }: AnswerToCheck): string => {
  if (state === "dont-know") return reason === undefined ? "I don't know" : `I don't know: ${reason}`
  if (state === "not-applicable") return `Not applicable: ${reason ?? ""}`
  return text
}
