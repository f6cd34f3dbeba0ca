import type { Progress, SectionProgress } from "../assessment/progress.ts"
import { askedOf, openQuestions, sectionPath } from "./asked.ts"
import { page, redirect } from "./respond.ts"
import { respondentFrame } from "./respondent-frame.ts"
import type { Handler, RespondentVisit } from "./visit.ts"
import { aboutMinutes, count } from "./words.ts"

/** The respondent's sections, domain by domain, with what is left. */
export const showTasks: Handler<RespondentVisit> = (visit) => {
  const { stored, respondent, submittedAt } = visit.response
  if (submittedAt !== undefined) return redirect("/respond/done")
  const asked = askedOf(visit.response)
  const open = openQuestions(asked)
  const domains = asked.map(({ domain, main, more }) => ({
    id: domain.id,
    name: domain.name,
    description: domain.description,
    sections: main.sections.map((section) => task(domain.id, section, false)),
    more: more.sections.map((section) => task(domain.id, section, true)),
    moreText: moreText(more),
  }))
  const frame = respondentFrame(visit, ["Your sections", stored.engagement.title], "/respond")
  const left =
    open.questions === 0
      ? "You have answered everything asked of you. Check your answers and submit them."
      : `You have ${count(open.questions, "question")} left, ${aboutMinutes(open.minutes)}.`
  return page("respond/tasks", frame, { name: respondent.name, left, done: open.questions === 0, domains })
}

const task = (domain: string, section: SectionProgress, more: boolean) => ({
  id: `${domain}-${section.dimension.id}${more ? "-more" : ""}`,
  name: section.dimension.name,
  href: sectionPath(domain, section.dimension.id, more),
  detail: section.status === "completed" ? count(section.total, "question") : `${section.answered} of ${section.total} answered`,
  status: section.unreadable.length > 0 ? "There is a problem" : STATUS[section.status],
  kind: section.unreadable.length > 0 ? "critical" : KIND[section.status],
})

const KIND = { "not started": "", "in progress": "open", completed: "done" } as const
const STATUS = { "not started": "Not yet started", "in progress": "In progress", completed: "Completed" } as const

const moreText = (more: Progress): string =>
  more.total === more.answered
    ? `${count(more.total, "more question")}, all answered`
    : `If you have more time: ${count(more.total - more.answered, "more question")}, ${aboutMinutes(more.minutesLeft)}`
