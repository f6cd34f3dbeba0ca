import { type ReadAnswer, readSection } from "../assessment/answers.ts"
import type { Question } from "../assessment/model.ts"
import type { SectionProgress } from "../assessment/progress.ts"
import { type Asked, askedOf, everyQuestion, findSection, sectionPath } from "./asked.ts"
import { closedFor } from "./closing.ts"
import { keptFields } from "./links.ts"
import { type Conflict, fieldsOf } from "./question-view.ts"
import { isOthers, othersForm } from "./reader-mark.ts"
import { notFound, redirect } from "./respond.ts"
import { closedProblem, isStored, saveRead, storedAnswer } from "./saving.ts"
import { oneQuery, type Place, sectionPage, withQuery } from "./section-page.ts"
import type { Dependencies, Fields, Handler, RespondentVisit } from "./visit.ts"

/** The form of one section, with what is stored; one question at a time with `?one=`. */
export const showSection: Handler<RespondentVisit> = (visit, on) => {
  const place = placeOf(visit)
  if (place === undefined) return notFound()
  if (closedFor(visit) !== undefined) return redirect("/respond/done")
  const fields = (question: Question): Fields => storedFields(visit, place, question)
  const problems = draftsAmong(visit, place).flatMap((question) => draftProblems(visit, question, fields(question)))
  return sectionPage(visit, on, place, { fields, problems, conflicts: new Map(), status: 200 })
}

const storedFields = (visit: RespondentVisit, { asked }: Place, question: Question): Fields =>
  fieldsOf(question, storedAnswer(visit, asked.domain.id, question.id))

/** What is wrong with a draft. Characters that cannot be stored are gone by now; then there is only something to look at. */
const draftProblems = (visit: RespondentVisit, question: Question, fields: Fields) => {
  const { problems } = readSection(visit.response.stored.questionnaire, [question], fields)
  const again = { question: question.id, field: question.id, message: "Look at this answer once more, then save it" }
  return problems.length > 0 ? problems : [again]
}

/** Saves a section: everything typed first, then what is wrong with it. */
export const saveSection: Handler<RespondentVisit> = async (visit, on) => {
  if (isOthers(visit.form["for"], visit.scope)) return othersForm(keptFields(visit.form))
  const place = placeOf(visit)
  if (place === undefined) return { ...notFound(), kept: keptFields(visit.form) }
  const closed = closedFor(visit)
  if (closed !== undefined) return closedProblem(closed, keptFields(visit.form))
  const { asked, section } = place
  const read = readSection(visit.response.stored.questionnaire, everyQuestion(section), visit.form, asked.record)
  const undecided = undecidedConflicts(visit, place)
  const wanted = read.answers.filter((answer) => !undecided.has(answer.question) && keepsMine(visit.form, answer.question))
  const saved = await saveRead(visit, on, asked.domain.id, wanted)
  if (saved.closed) return closedProblem(saved.closed, keptFields(visit.form))
  const conflicts = new Map([...undecided, ...saved.conflicts])
  if (visit.form["action"] === "later" && conflicts.size === 0) return redirect("/respond")
  const now = await afterSaving(visit, on)
  const asSent = stillAsSent(now, place, read.answers, conflicts)
  const problems = read.problems.filter(
    ({ question }) => asSent.has(question) || !read.answers.some((one) => one.question === question),
  )
  const strangers = read.strangers.filter((name) => !OWN_FIELDS.has(name))
  if (conflicts.size + problems.length + strangers.length === 0) return redirect(nextPath(now, place))
  const fields = (question: Question): Fields => (asSent.has(question.id) ? visit.form : storedFields(now, place, question))
  const shown = { fields, problems, conflicts, strangers, status: conflicts.size > 0 ? 409 : 422 }
  return sectionPage(now, on, withConflicts(placeOf(now) ?? place, conflicts), shown)
}

/** The visit with the response as it is once the answers are saved: revisions have grown, rules may skip other questions. */
const afterSaving = async (visit: RespondentVisit, on: Dependencies): Promise<RespondentVisit> => {
  const response = await on.store.loadResponse(visit.scope)
  return response === undefined ? visit : { ...visit, response }
}

/**
 * The questions that a page sent back shows as they were sent: those in conflict, and those that are stored so. The others
 * (changed in another window, given up for the saved answer, asked only now) it must show as they are stored, because it
 * tells the next save that it showed just that.
 */
const stillAsSent = (
  now: RespondentVisit,
  { asked }: Place,
  sent: readonly ReadAnswer[],
  conflicts: ReadonlyMap<string, Conflict>,
): ReadonlySet<string> =>
  new Set([...conflicts.keys(), ...sent.filter((one) => isStored(now, asked.domain.id, one)).map((one) => one.question)])

const OWN_FIELDS = new Set(["action", "return", "for"])

// ---------------------------------------------------------------- where we are

const placeOf = (visit: RespondentVisit): Place | undefined => {
  const { params, query, response } = visit
  const more = query["more"] === "1"
  const found = findSection(askedOf(response), params["domain"], params["section"], more)
  if (found === undefined) return undefined
  const { asked, section } = found
  if (query["one"] === undefined) return { asked, section, more, alone: undefined, questions: section.questions }
  const at = section.questions.findIndex((question) => question.id === query["one"])
  const alone = at >= 0 ? at : firstOpen(section, asked)
  return { asked, section, more, alone, questions: section.questions.slice(alone, alone + 1) }
}

const firstOpen = (section: SectionProgress, asked: Asked): number =>
  Math.max(
    0,
    section.questions.findIndex((question) => !asked.answers.some((answer) => answer.question === question.id)),
  )

const draftsAmong = (visit: RespondentVisit, { asked, questions }: Place): readonly Question[] =>
  questions.filter((question) => storedAnswer(visit, asked.domain.id, question.id)?.status === "draft")

/** A conflict is asked about also when its question falls away meanwhile: it may count again. */
const withConflicts = (place: Place, conflicts: ReadonlyMap<string, Conflict>): Place => {
  const questions = everyQuestion(place.section).filter((one) => place.questions.includes(one) || conflicts.has(one.id))
  return { ...place, questions }
}

/** Conflicts that the page showed and the person has not settled. */
const undecidedConflicts = (visit: RespondentVisit, { asked, section }: Place): ReadonlyMap<string, Conflict> =>
  new Map(
    everyQuestion(section)
      .filter(({ id }) => visit.form[`${id}.conflict`] !== undefined && visit.form[`${id}.keep`] === undefined)
      .map((question) => {
        const { content } = readSection(visit.response.stored.questionnaire, [question], visit.form).answers[0] ?? {}
        return [question.id, { theirs: storedAnswer(visit, asked.domain.id, question.id), mine: content }]
      }),
  )

const keepsMine = (form: Fields, question: string): boolean => form[`${question}.keep`] !== "theirs"

/**
 * After a section: questions that its answers have opened, back to where the change was asked for, the next question, the
 * next open section, or the check.
 */
const nextPath = (now: RespondentVisit, place: Place): string => {
  const { section, alone, more } = place
  const here = sectionPath(place.asked.domain.id, section.dimension.id, more)
  const asked = askedOf(now.response)
  const after = findSection(asked, place.asked.domain.id, section.dimension.id, more)?.section.questions ?? []
  const opened = after.find((question) => section.skipped.some((one) => one.question.id === question.id))
  if (opened !== undefined) return alone === undefined ? `${here}#${opened.id}` : withQuery(here, oneQuery(opened.id))
  if (now.form["return"] === "check") return "/respond/check"
  const following = alone === undefined ? undefined : after[after.findIndex(({ id }) => id === place.questions[0]?.id) + 1]
  if (following !== undefined) return withQuery(here, oneQuery(following.id))
  return withQuery(nextSection(asked, place), alone === undefined ? "" : "one=next")
}

const nextSection = (asked: readonly Asked[], { asked: { domain }, section, more }: Place): string => {
  const all = asked.flatMap((one) =>
    (more ? one.more : one.main).sections.map((each) => ({
      domain: one.domain.id,
      each,
      isLeft: one.left.has(each.dimension.id),
    })),
  )
  const here = all.findIndex((one) => one.domain === domain.id && one.each.dimension.id === section.dimension.id)
  const open = [...all.slice(here + 1), ...all.slice(0, Math.max(0, here))].find(
    (one) => one.each.status !== "completed" && !one.isLeft,
  )
  return open ? sectionPath(open.domain, open.each.dimension.id, more) : "/respond/check"
}
