/** The questions that really apply to one respondent, by the respondent's own answers and the domain's inventories. */
import { type Facts, judge } from "./conditions.ts"
import type { Answer, Anchor, Inventory, Question, QuestionId, Questionnaire } from "./model.ts"
import { questionType } from "./question-types/register.ts"
import { anchorOfRows } from "./question-types/table.ts"
import type { ConsensusState } from "./result.ts"

/** What is on record for one question of one respondent; a draft keeps what could not be read. */
export interface KeptAnswer extends Omit<Answer, "respondent" | "domain" | "status" | "time"> {
  readonly status: Answer["status"] | "draft"
  /** Form fields as typed, for drafts. */
  readonly raw?: Readonly<Record<string, string | readonly string[]>>
}

/** One respondent's answers for a domain, and the inventories that everybody in the domain shares. */
export interface OnRecord {
  readonly answers: readonly KeptAnswer[]
  readonly inventories: readonly Inventory[]
}

export const nothingOnRecord: OnRecord = { answers: [], inventories: [] }

/**
 * Questions skipped by rule → why, judged in the order asked. Answers to skipped questions are kept but not listened to;
 * a rule over something unknown skips nothing.
 */
export function skippedQuestions(questionnaire: Questionnaire, record: OnRecord): ReadonlyMap<QuestionId, string> {
  const skipped = new Map<QuestionId, string>()
  const facts = factsOf(questionnaire, record, skipped)
  for (const question of questionnaire.questions) {
    if (question.skip === undefined || judge(question.skip.when, facts).truth !== true) continue
    skipped.set(question.id, question.skip.because)
  }
  return skipped
}

function factsOf(questionnaire: Questionnaire, record: OnRecord, skipped: ReadonlyMap<QuestionId, string>): Facts {
  const questions = new Map(questionnaire.questions.map((question) => [question.id, question]))
  const answers = new Map(record.answers.filter((answer) => answer.status !== "draft").map((answer) => [answer.question, answer]))
  const rows = (id: QuestionId) => record.inventories.find((inventory) => inventory.question === id)?.rows
  const heard = (id: QuestionId) => (skipped.has(id) ? undefined : answers.get(id))
  const anchor = (id: QuestionId): Anchor | undefined => {
    const question = questions.get(id)
    if (question?.type === "table") return anchorOfRows(question, rows(id) ?? [])
    const answer = heard(id)
    if (question === undefined || answer?.status !== "answered" || answer.value === undefined) return undefined
    return questionType(question).anchorOf(question, answer.value)
  }
  return {
    anchor,
    state: (id): ConsensusState => {
      if (skipped.has(id)) return "skipped"
      if (questions.get(id)?.type === "table" && anchor(id) !== undefined) return "answered"
      const status = heard(id)?.status
      return status === undefined || status === "draft" ? "unanswered" : status
    },
    ticks: (id) => {
      const value = heard(id)?.value
      return typeof value === "object" ? value : undefined
    },
    rows,
    index: () => undefined,
    question: (id) => questions.get(id) as Question,
  }
}
