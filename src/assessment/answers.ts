/** What is asked of whom, and what a submitted section says. */
import type { Dimension, Question, QuestionId, Questionnaire, RoleId } from "./model.ts"
import { type KeptAnswer, nothingOnRecord, type OnRecord, skippedQuestions } from "./path.ts"
import { typedFields } from "./question-types/form.ts"
import { questionType } from "./question-types/register.ts"
import type { Fields, FieldProblem } from "./question-types/type.ts"

/** `short`: a role's primary and core questions; `full`: all questions where it is primary or secondary. */
export type Depth = "short" | "full"

/** The questions of one dimension that are asked of a role, before skip rules. */
export interface Section {
  readonly dimension: Dimension
  readonly questions: readonly Question[]
}

/** One question of a submitted section. */
export interface ReadAnswer {
  readonly question: QuestionId
  /** Absent: the answer is cleared. A draft keeps what could not be read, word for word. */
  readonly content?: Omit<KeptAnswer, "question">
  /** The revision that the page showed, 0 for none. */
  readonly seen: number
  /** Made by the client, to tell a repeat from a second change. */
  readonly key?: string
  /** Keys of earlier changes by the same page of which it heard no outcome. */
  readonly unheard?: readonly string[]
}

export interface SectionReading {
  /** Of the questions that the form carried, in the order asked. */
  readonly answers: readonly ReadAnswer[]
  readonly problems: readonly (FieldProblem & { readonly question: QuestionId })[]
  /** Names of fields that belong to no question of the section; the page knows its own among them. */
  readonly strangers: readonly string[]
}

/** Beyond this many questions a role is first asked the short form (C.10). */
const longForm = 40

/** The form a role starts with: short for roles that would otherwise get more than forty questions. */
export function usualDepth(questionnaire: Questionnaire, role: RoleId): Depth {
  return questionnaire.questions.filter((question) => isFor(question, role, "full")).length > longForm ? "short" : "full"
}

/** The sections asked of a role, in the order of the questionnaire, empty ones left out. */
export function sectionsFor(
  questionnaire: Questionnaire,
  role: RoleId,
  depth: Depth = usualDepth(questionnaire, role),
): readonly Section[] {
  return questionnaire.dimensions
    .map((dimension) => ({
      dimension,
      questions: questionnaire.questions.filter(
        (question) => question.dimension === dimension.id && isFor(question, role, depth),
      ),
    }))
    .filter((section) => section.questions.length > 0)
}

/**
 * Reads a submitted section: every question the form carries (by any field named after it), valid or not. Questions that
 * the answers now skip are kept but raise no problem, for nobody would see it.
 */
export function readSection(
  questionnaire: Questionnaire,
  questions: readonly Question[],
  form: Fields,
  record: OnRecord = nothingOnRecord,
): SectionReading {
  const read = questions.filter((question) => isIn(form, question.id)).map((question) => readQuestion(question, form))
  const now = { ...record, answers: withAnswers(record.answers, read) }
  const skipped = skippedQuestions(questionnaire, now)
  return {
    answers: read.flatMap((each) => each.answer ?? []),
    problems: read.flatMap((each) => (skipped.has(each.question) ? [] : each.problems)),
    strangers: Object.keys(form).filter((name) => !questions.some((question) => isFieldOf(name, question.id))),
  }
}

interface QuestionReading {
  readonly question: QuestionId
  readonly answer?: ReadAnswer
  readonly problems: SectionReading["problems"]
}

function readQuestion(question: Question, form: Fields): QuestionReading {
  const { content, problems, empty } = questionType(question).readForm(question, form)
  const named = problems.map((problem) => ({ question: question.id, field: problem.field, message: problem.message }))
  const draft = problems.length > 0 ? storable(typedFields(question, form)) : undefined
  // Something that is not even text leaves the earlier answer alone.
  if (draft !== undefined && Object.keys(draft).length === 0) return { question: question.id, problems: named }
  const kept = draft !== undefined ? { status: "draft" as const, raw: draft } : empty ? undefined : content
  const answer = { question: question.id, ...(kept !== undefined && { content: kept }), ...marks(question.id, form) }
  return { question: question.id, answer, problems: named }
}

function marks(id: QuestionId, form: Fields): Pick<ReadAnswer, "seen" | "key" | "unheard"> {
  const seen = form[`${id}.seen`]
  const key = form[`${id}.key`]
  const unheard = form[`${id}.unheard`]
  return {
    seen: typeof seen === "string" && /^\d{1,9}$/.test(seen) ? Number(seen) : 0,
    ...(typeof key === "string" && /^[\w-]{1,64}$/.test(key) && { key }),
    ...(typeof unheard === "string" && /^[\w-]{1,64}(?: [\w-]{1,64}){0,19}$/.test(unheard) && { unheard: unheard.split(" ") }),
  }
}

function withAnswers(answers: readonly KeptAnswer[], read: readonly QuestionReading[]): readonly KeptAnswer[] {
  const changed = new Map(
    read.flatMap(({ answer }) => (answer === undefined ? [] : [[answer.question, answer.content] as const])),
  )
  const rest = answers.filter((answer) => !changed.has(answer.question))
  return [...rest, ...[...changed].flatMap(([question, content]) => (content === undefined ? [] : [{ question, ...content }]))]
}

/** What was typed, without the characters that no storage engine takes. */
function storable(raw: ReturnType<typeof typedFields>): ReturnType<typeof typedFields> {
  return Object.fromEntries(
    Object.entries(raw).map(([name, sent]) => [name, typeof sent === "string" ? storableText(sent) : sent.map(storableText)]),
  )
}

function storableText(text: string): string {
  return text.replaceAll("\0", "\uFFFD").toWellFormed()
}

function isFor(question: Question, role: RoleId, depth: Depth): boolean {
  return question.primary.includes(role) || (question.secondary.includes(role) && (depth === "full" || question.core))
}

function isIn(form: Fields, id: QuestionId): boolean {
  return Object.keys(form).some((name) => isFieldOf(name, id))
}

function isFieldOf(name: string, id: QuestionId): boolean {
  return name === id || (name.startsWith(`${id}.`) && !name.slice(id.length + 1).includes("."))
}
