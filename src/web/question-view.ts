import { mostLinks } from "../assessment/links.ts"
import type { NumberQuestion, Question } from "../assessment/model.ts"
import { evidenceGrades } from "../assessment/question-types/form.ts"
import { noneOfThese } from "../assessment/question-types/multi.ts"
import { questionType } from "../assessment/question-types/register.ts"
import type { AnswerContent, StoredAnswer } from "../store/store.ts"
import { choicesOf, wordsOf } from "./choices.ts"
import type { AreaField, SelectField } from "./forms.ts"
import type { Fields } from "./visit.ts"
import { count, timeText, withArticle } from "./words.ts"

/** Where two answers to one question exist: the saved one and the one on the page. */
export interface Conflict {
  readonly theirs: StoredAnswer | undefined
  readonly mine: AnswerContent | undefined
}

/** An inventory's own page, what is on it, and how many of its rows wait for the respondent. */
interface ListOfRows {
  readonly href: string
  readonly rows: number | undefined
  readonly waiting: number
}

/** What a question of a form page shows. */
export interface QuestionInput {
  readonly question: Question
  readonly respondent: string
  /** As typed, or as stored. */
  readonly fields: Fields
  readonly problems: readonly { readonly field: string; readonly message: string }[]
  /** The revision on which the page is built, 0 for none. */
  readonly seen: number
  readonly key: string
  readonly savedAt: number | undefined
  readonly conflict: Conflict | undefined
  /** For inventories: the list's own page and what is on it. */
  readonly list: ListOfRows | undefined
}

/** A moment for a `<time>` element. */
export const moment = (time: number): { iso: string; text: string } => ({
  iso: new Date(time).toISOString(),
  text: timeText(time),
})

/** The view of one question for `views/questions/question.ejs`. */
export const viewQuestion = (input: QuestionInput) => {
  const { question, fields, problems } = input
  const { id } = question
  const problemAt = (field: string): string | undefined => problems.find((problem) => problem.field === field)?.message
  const error = input.conflict ? "Select which answer to keep" : (problemAt(id) ?? problemAt(`${id}.status`))
  const comment = shared(fields, `${id}.comment`)
  const grade = shared(fields, `${id}.evidence`)
  const links = shared(fields, `${id}.links`)
  return {
    id,
    type: question.type,
    text: question.text,
    short: question.short,
    hint: question.hint,
    why: question.why,
    evidence: question.evidence,
    error,
    described: [...(question.hint ? [`${id}-hint`] : []), ...(error ? [`${id}-error`] : [])].join(" "),
    choices: choicesOf(question, input.respondent, [fields[id] ?? []].flat()),
    figure: figureOf(question, fields),
    companion: companionOf(question, fields, problemAt(`${id}.companion`)),
    list: input.list && listOf(question, input.list),
    reason: reasonField(id, shared(fields, `${id}.reason`), problemAt(`${id}.reason`)),
    reasonError: problemAt(`${id}.reason`) !== undefined,
    comment: commentField(id, comment, problemAt(`${id}.comment`)),
    grade: gradeField(id, grade, problemAt(`${id}.evidence`)),
    links: linksField(id, links, problemAt(`${id}.links`)),
    moreOpen:
      [comment, grade, links].some((text) => text !== "") || problems.some(({ field }) => /\.(comment|links)$/.test(field)),
    seen: input.seen,
    key: input.key,
    savedAt: input.savedAt === undefined ? undefined : moment(input.savedAt),
    conflict: input.conflict && {
      theirs: inWords(question, input.conflict.theirs),
      mine: inWords(question, input.conflict.mine),
      at: moment(input.conflict.theirs?.savedAt ?? 0),
    },
  }
}

/** Stored content as the form fields that would give it. */
export const fieldsOf = (question: Question, content: AnswerContent | undefined): Fields => {
  if (content === undefined) return {}
  if (content.status === "draft") return content.raw ?? {}
  const { id } = question
  return {
    [id]: content.status === "answered" ? valueFields(content) : content.status,
    ...(content.companion !== undefined && { [`${id}.companion`]: String(content.companion) }),
    ...(content.reason !== undefined && { [`${id}.reason`]: content.reason }),
    ...(content.comment !== undefined && { [`${id}.comment`]: content.comment }),
    ...(content.evidence !== undefined && { [`${id}.evidence`]: content.evidence }),
    ...(content.links !== undefined && { [`${id}.links`]: content.links.join("\n") }),
  }
}

/** An answer in words, for conflicts and read-backs. */
export const inWords = (question: Question, content: AnswerContent | undefined): string => {
  if (content === undefined) return "No answer"
  const comment = [content.comment === undefined ? "" : ` – “${content.comment}”`, ...(content.links ?? [])].join("\n").trimEnd()
  if (content.status === "dont-know") return `I don't know${content.reason === undefined ? "" : `: ${content.reason}`}${comment}`
  if (content.status === "not-applicable") return `Not applicable: ${content.reason ?? ""}${comment}`
  if (content.status === "draft")
    return Object.values(content.raw ?? {})
      .flat()
      .join("; ")
  return `${content.value === undefined ? "" : questionType(question).describe(question, content.value)}${comment}`
}

const valueFields = ({ value }: AnswerContent): string | readonly string[] => {
  if (typeof value !== "object") return value === undefined ? "" : String(value)
  return value.length === 0 ? [noneOfThese] : value
}

const shared = (fields: Fields, name: string): string => [fields[name] ?? ""].flat().join("; ")

// ---------------------------------------------------------------- figures, lists, remarks

const figureOf = (question: Question, fields: Fields) => {
  if (question.type !== "number" && question.type !== "text") return undefined
  const words = new Set([...wordsOf(question).map((word) => word.value), "dont-know", "not-applicable"])
  const value = [fields[question.id] ?? []]
    .flat()
    .filter((sent) => !words.has(sent))
    .join("; ")
  if (question.type === "text") return { value, label: "", whole: false }
  return {
    value,
    label: `In ${question.unit}`,
    whole: question.whole,
  }
}

const companionOf = (question: Question, fields: Fields, error: string | undefined) => {
  const companion = (question as Partial<NumberQuestion>).companion
  const id = `${question.id}.companion`
  return companion && { id, label: companion.label, value: shared(fields, id), error }
}

const listOf = (question: Question, { href, rows, waiting }: ListOfRows) => {
  const item = question.type === "table" ? question.item : "row"
  if (rows === undefined) return { href, summary: "Nothing is listed yet.", link: `Add ${withArticle(item)}` }
  const summary = rows === 0 ? "There are none, as stated." : `${rows} listed.`
  if (waiting === 0) return { href, summary, link: "Look at the list and change it" }
  const yours = `${count(waiting, item)} ${waiting === 1 ? "is" : "are"} waiting for you.`
  return { href: `${href}?whose=me`, summary: `${summary} ${yours}`, link: `Fill in ${waiting === 1 ? "it" : "them"}` }
}

const reasonField = (id: string, value: string, error: string | undefined): AreaField => ({
  id: `${id}.reason`,
  name: `${id}.reason`,
  label: "If you don't know: who does, or what would you need to find out? If it is not applicable: why?",
  value,
  error,
  rows: 2,
})

const commentField = (id: string, value: string, error: string | undefined): AreaField => ({
  id: `${id}.comment`,
  name: `${id}.comment`,
  label: "Comment",
  hint: "The report may quote it with your role, not your name",
  optional: true,
  value,
  error,
  rows: 3,
})

const linksField = (id: string, value: string, error: string | undefined): AreaField => ({
  id: `${id}.links`,
  name: `${id}.links`,
  label: "Links to what shows it",
  hint: `One address a line, at most ${mostLinks}. The consultant sees them`,
  optional: true,
  value,
  error,
  rows: 2,
})

const GRADES: Readonly<Record<(typeof evidenceGrades)[number], string>> = {
  claim: "From memory",
  document: "A document says so",
  observed: "I have seen it at work",
  measured: "It is measured",
}

const gradeField = (id: string, value: string, error: string | undefined): SelectField => ({
  id: `${id}.evidence`,
  name: `${id}.evidence`,
  label: "How do you know?",
  optional: true,
  error,
  choices: [
    { value: "", text: "Not stated", checked: value === "" },
    ...evidenceGrades.map((grade) => ({ value: grade, text: GRADES[grade], checked: value === grade })),
  ],
})
