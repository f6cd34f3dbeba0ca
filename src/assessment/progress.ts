/** How far a respondent is on the path that really applies, and what the answers look like before they are sent. */
import type { Section } from "./answers.ts"
import type { Dimension, EvidenceGrade, Inventory, Question, QuestionId, Questionnaire, QuestionType } from "./model.ts"
import { type KeptAnswer, type OnRecord, skippedQuestions } from "./path.ts"
import { questionType } from "./question-types/register.ts"

export interface SectionProgress {
  readonly dimension: Dimension
  /** Those that apply, in the order asked. */
  readonly questions: readonly Question[]
  readonly skipped: readonly { readonly question: Question; readonly because: string }[]
  readonly answered: number
  readonly total: number
  /** Questions whose answer was kept as typed because it could not be read. */
  readonly unreadable: readonly QuestionId[]
  readonly status: "not started" | "in progress" | "completed"
}

export interface Progress {
  /** Sections with at least one question that applies. */
  readonly sections: readonly SectionProgress[]
  readonly answered: number
  readonly total: number
  /** What the open questions will take one person, in whole minutes. */
  readonly minutesLeft: number
}

/** One line of "check your answers". */
export interface AnswerToCheck {
  readonly question: Question
  readonly state: KeptAnswer["status"] | "unanswered"
  /** In words; empty unless answered. */
  readonly text: string
  readonly reason?: string
  readonly comment?: string
  readonly evidence?: EvidenceGrade
  readonly links?: readonly string[]
}

/** Minutes that one person needs alone; a workshop needs longer for some. */
const minutesAlone: Readonly<Record<QuestionType, number>> = { single: 0.75, multi: 1, number: 1, text: 2, table: 6 }

/** Counts what applies only: a skipped question is neither answered nor open. "Don't know" and "not applicable" are answers. */
export function progressOf(questionnaire: Questionnaire, sections: readonly Section[], record: OnRecord): Progress {
  const skipped = skippedQuestions(questionnaire, record)
  const states = statesOf(record)
  const all = sections.map((section) => sectionProgress(section, skipped, states)).filter((section) => section.total > 0)
  const open = all.flatMap((section) => section.questions.filter((question) => !isAnswered(states(question))))
  return {
    sections: all,
    answered: all.reduce((sum, section) => sum + section.answered, 0),
    total: all.reduce((sum, section) => sum + section.total, 0),
    minutesLeft: Math.ceil(open.reduce((sum, question) => sum + minutesAlone[question.type], 0)),
  }
}

/** The answers of a section that apply, for reading over before they are sent. */
export function answersToCheck(section: SectionProgress, record: OnRecord): readonly AnswerToCheck[] {
  const states = statesOf(record)
  return section.questions.map((question) => {
    const answer = record.answers.find((each) => each.question === question.id)
    return {
      question,
      state: states(question),
      text: states(question) === "answered" ? inWords(question, answer, rowsOf(record, question)) : "",
      ...(answer?.reason !== undefined && { reason: answer.reason }),
      ...(answer?.comment !== undefined && { comment: answer.comment }),
      ...(answer?.evidence !== undefined && { evidence: answer.evidence }),
      ...(answer?.links !== undefined && { links: answer.links }),
    }
  })
}

type States = (question: Question) => AnswerToCheck["state"]

function sectionProgress(section: Section, skipped: ReadonlyMap<QuestionId, string>, states: States): SectionProgress {
  const questions = section.questions.filter((question) => !skipped.has(question.id))
  const answered = questions.filter((question) => isAnswered(states(question))).length
  const started = questions.some((question) => states(question) !== "unanswered")
  return {
    dimension: section.dimension,
    questions,
    skipped: section.questions.flatMap((question) => {
      const because = skipped.get(question.id)
      return because === undefined ? [] : [{ question, because }]
    }),
    answered,
    total: questions.length,
    unreadable: questions.filter((question) => states(question) === "draft").map((question) => question.id),
    status: answered === questions.length ? "completed" : started ? "in progress" : "not started",
  }
}

/** A table question is answered by its rows, or as a whole by a status of the respondent's own. */
function statesOf(record: OnRecord): States {
  const answers = new Map(record.answers.map((answer) => [answer.question, answer.status]))
  return (question) => {
    if (question.type === "table" && rowsOf(record, question) !== undefined) return "answered"
    return answers.get(question.id) ?? "unanswered"
  }
}

function isAnswered(state: AnswerToCheck["state"]): boolean {
  return state !== "unanswered" && state !== "draft"
}

function rowsOf(record: OnRecord, question: Question): Inventory["rows"] | undefined {
  return record.inventories.find((inventory) => inventory.question === question.id)?.rows
}

function inWords(question: Question, answer: KeptAnswer | undefined, rows: Inventory["rows"] | undefined): string {
  if (question.type === "table") return rows === undefined || rows.length === 0 ? "There are none" : `${rows.length} listed`
  if (answer?.value === undefined) return ""
  const text = questionType(question).describe(question, answer.value)
  if (question.type !== "number" || question.companion === undefined || answer.companion === undefined) return text
  return `${text}; ${question.companion.label}: ${answer.companion}`
}
