import type { Question } from "../assessment/model.ts"
import type { SectionProgress } from "../assessment/progress.ts"
import { type Asked, askedOf, openQuestions, sectionPath } from "./asked.ts"
import type { PageProblem } from "./pages.ts"
import { type Conflict, inWords, viewQuestion } from "./question-view.ts"
import { readerMark } from "./reader-mark.ts"
import { page, type Reply } from "./respond.ts"
import { respondentFrame } from "./respondent-frame.ts"
import { storedAnswer } from "./saving.ts"
import { listOf } from "./lists/place.ts"
import type { Dependencies, Fields, RespondentVisit } from "./visit.ts"
import { aboutMinutes, count } from "./words.ts"

/** Which questions a page holds. */
export interface Place {
  readonly asked: Asked
  readonly section: SectionProgress
  /** Those on the page. */
  readonly questions: readonly Question[]
  readonly more: boolean
  /** Number of the question shown alone, from 0. */
  readonly alone: number | undefined
}

/** What a page shows: fields as typed or stored, and what is wrong with them. */
export interface Shown {
  /** Of one question; what they say is what the page then claims to have shown. */
  readonly fields: (question: Question) => Fields
  readonly problems: readonly { readonly question: string; readonly field: string; readonly message: string }[]
  readonly conflicts: ReadonlyMap<string, Conflict>
  readonly strangers?: readonly string[]
  readonly status: number
}

/** The form of a section, or of one of its questions. */
export const sectionPage = (visit: RespondentVisit, on: Dependencies, place: Place, shown: Shown): Reply => {
  const { asked, section, alone } = place
  const questions = place.questions.map((question) => viewQuestion(inputFor(visit, on, place, shown, question)))
  const first = questions[0]
  const heading = alone === undefined ? section.dimension.name : undefined
  const title = [...(heading === undefined && first ? [first.short] : []), section.dimension.name, asked.domain.name]
  const frame = {
    ...respondentFrame(visit, [...title, visit.response.stored.engagement.title]),
    back: { href: visit.query["return"] === "check" ? "/respond/check" : "/respond", text: "All sections" },
    problems: pageProblems(shown, place),
    scripts: ["autosave.js", "keys.js"],
  }
  const locals = {
    section: {
      heading,
      name: section.dimension.name,
      domain: asked.domain.name,
      intro: section.dimension.intro,
      progress: progressText(visit, place),
      action: actionOf(visit, place),
      autosave: `/respond/${encodeURIComponent(asked.domain.id)}/answers/`,
      reader: readerMark(visit.scope),
      returnTo: visit.query["return"] === "check" || visit.form["return"] === "check" ? "check" : "",
      questions,
      skipped: alone === undefined ? skippedBeside(questions, section).map((one) => skippedView(visit, asked, one)) : [],
      switchTo: switchTo(place),
      leave: leaveOf(place),
    },
  }
  return page("respond/section", frame, locals, { status: shown.status })
}

/** A way to leave the section to a colleague, or to whom it is left. */
const leaveOf = ({ asked, section }: Place) => ({
  path: sectionPath(asked.domain.id, section.dimension.id),
  to: asked.left.get(section.dimension.id)?.name ?? "",
})

const skippedBeside = (shown: readonly { readonly id: string }[], { skipped }: SectionProgress): SectionProgress["skipped"] =>
  skipped.filter(({ question }) => !shown.some(({ id }) => id === question.id))

const skippedView = (visit: RespondentVisit, asked: Asked, { question, because }: SectionProgress["skipped"][number]) => {
  const kept = storedAnswer(visit, asked.domain.id, question.id)
  return { id: question.id, text: question.text, because, kept: kept && inWords(question, kept) }
}

const inputFor = (visit: RespondentVisit, on: Dependencies, { asked }: Place, shown: Shown, question: Question) => {
  const stored = storedAnswer(visit, asked.domain.id, question.id)
  const conflict = shown.conflicts.get(question.id)
  return {
    question,
    respondent: visit.scope.respondent,
    fields: shown.fields(question),
    problems: shown.problems.filter((problem) => problem.question === question.id),
    seen: (conflict === undefined ? stored : conflict.theirs)?.revision ?? 0,
    key: on.newId(),
    savedAt: shown.status === 200 ? stored?.savedAt : undefined,
    conflict,
    list: question.type === "table" ? listOf(asked, question.id) : undefined,
  }
}

const pageProblems = (shown: Shown, place: Place): readonly PageProblem[] => [
  ...place.questions
    .filter((question) => shown.conflicts.has(question.id))
    .map(({ id, short }) => ({ target: `${id}.keep`, message: `${short}: select which answer to keep` })),
  ...shown.problems
    .filter((problem) => !shown.conflicts.has(problem.question))
    .map(({ field, message }) => ({ target: field, message })),
  ...(shown.strangers ?? []).slice(0, 5).map((name) => ({
    target: "main",
    message: `“${name.slice(0, 60)}” belongs to no question of this section and was not saved`,
  })),
]

const progressText = (visit: RespondentVisit, { section, alone }: Place): string => {
  if (alone !== undefined) return `Question ${alone + 1} of ${section.questions.length}`
  const { questions, minutes } = openQuestions(askedOf(visit.response))
  if (questions === 0) return "You have answered everything asked of you."
  return `${count(section.total, "question")} here. You have ${questions} left in all, ${aboutMinutes(minutes)}.`
}

const actionOf = (visit: RespondentVisit, { asked, section, more, alone }: Place): string => {
  const path = sectionPath(asked.domain.id, section.dimension.id, more)
  const id = alone === undefined ? undefined : section.questions[alone]?.id
  const back = visit.query["return"] === "check" ? "return=check" : ""
  return withQuery(withQuery(path, id === undefined ? "" : oneQuery(id)), back)
}

const switchTo = ({ asked, section, more, alone }: Place): { href: string; text: string } | undefined => {
  const path = sectionPath(asked.domain.id, section.dimension.id, more)
  if (alone !== undefined) return { href: path, text: "Show the whole section on one page" }
  return section.questions.length > 1 ? { href: withQuery(path, "one=next"), text: "Show one question at a time" } : undefined
}

/** The query that shows one question alone. */
export const oneQuery = (id: string): string => `one=${encodeURIComponent(id)}`

/** A path with one more part of its query; the check page takes none. */
export const withQuery = (path: string, query: string): string =>
  query === "" || path === "/respond/check" ? path : `${path}${path.includes("?") ? "&" : "?"}${query}`
