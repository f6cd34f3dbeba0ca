import { writeReceipt } from "../report/receipt.ts"
import { askedOf } from "./asked.ts"
import { type DomainView, domainViews } from "./check.ts"
import { answersUntil, closedFor, isOver, overSince } from "./closing.ts"
import { moment } from "./question-view.ts"
import { page, redirect } from "./respond.ts"
import { respondentFrame } from "./respondent-frame.ts"
import { closedProblem } from "./saving.ts"
import type { Handler, RespondentVisit } from "./visit.ts"
import { count } from "./words.ts"

/** The receipt: what was said, and when each answer was saved. Once the time is over it is there without submitting, too. */
export const showReceipt: Handler<RespondentVisit> = (visit) => {
  const { submittedAt, respondent, stored } = visit.response
  if (closedFor(visit) === undefined) return redirect("/respond")
  const over = overSince(stored, visit.now)
  const until = over === undefined ? answersUntil(stored, respondent.id) : undefined
  return page("respond/receipt", respondentFrame(visit, [headingOf(visit), stored.engagement.title]), {
    heading: headingOf(visit),
    respondent,
    engagement: stored.engagement,
    role: roleOf(visit),
    at: submittedAt === undefined ? undefined : moment(submittedAt),
    over: over === undefined ? undefined : moment(over),
    until: until === undefined ? undefined : moment(until),
    domains: domainViews(askedOf(visit.response)).map(onlyAnswered),
  })
}

/** The same as a PDF. */
export const downloadReceipt: Handler<RespondentVisit> = async (visit, { pdf }) => {
  const { submittedAt, respondent, stored } = visit.response
  if (closedFor(visit) === undefined) return redirect("/respond")
  const { engagement, questionnaire } = stored
  const receipt = writeReceipt({
    language: questionnaire.language,
    title: engagement.title,
    client: engagement.client,
    name: respondent.name,
    role: roleOf(visit),
    state: submittedAt === undefined ? "Not submitted; as saved when the time ended" : moment(submittedAt).text,
    date: visit.today,
    domains: domainViews(askedOf(visit.response))
      .map(onlyAnswered)
      .map(({ name, open, sections }) => ({
        name,
        open,
        sections: sections.map((section) => ({
          name: section.name,
          answers: section.answers.map(({ question, text, comment, links, savedAt, state }) => ({
            question,
            text: state === "draft" ? "Kept as typed; it cannot be read yet" : text,
            comment,
            links,
            saved: savedAt?.text ?? "in a shared list",
          })),
        })),
      })),
  })
  const bytes = await pdf.render(receipt, { format: visit.query["paper"] === "letter" ? "Letter" : "A4" })
  return { reply: "file", bytes, type: "application/pdf", name: `${engagement.title} receipt.pdf` }
}

/** Opens submitted answers again, until the engagement closes. */
export const reopenOwn: Handler<RespondentVisit> = async (visit, { store }) => {
  if (isOver(visit.response.stored, visit.now)) return closedProblem("closed", [])
  await store.reopen(visit.scope, visit.now)
  return redirect("/respond?done=reopened")
}

const headingOf = ({ response }: RespondentVisit): string =>
  response.submittedAt === undefined ? "The time to answer is over" : "Your answers are submitted"

const roleOf = ({ response }: RespondentVisit): string =>
  response.stored.questionnaire.roles.find((role) => role.id === response.respondent.role)?.name ?? response.respondent.role

/** A receipt holds what was said; what was not is one line. */
const onlyAnswered = ({ name, sections }: DomainView) => {
  const said = sections.map((section) => ({
    ...section,
    answers: section.answers.filter((answer) => answer.state !== "unanswered"),
  }))
  const open = sections.flatMap((section) => section.answers).filter((answer) => answer.state === "unanswered").length
  return {
    name,
    sections: said.filter((section) => section.answers.length > 0),
    open: open === 0 ? "" : `${count(open, "question")} without an answer.`,
  }
}
