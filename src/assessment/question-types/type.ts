import type { Anchor, Answer, AnswerValue, Question } from "../model.ts"

/** A submitted form: field name → what came with it. Repeated names arrive as arrays. */
export type Fields = Readonly<Record<string, unknown>>

/** What a respondent gives for one question. */
export type GivenAnswer = Omit<Answer, "respondent" | "domain" | "question" | "time">

export interface FieldProblem {
  readonly field: string
  readonly message: string
}

/** One question's part of a form: the answer when it could be read, else what to repair. `empty`: nothing was given at all. */
export interface ReadResult {
  readonly content?: GivenAnswer
  readonly problems: readonly FieldProblem[]
  readonly empty: boolean
}

/** What every type of question can do. */
export interface QuestionTypeOf<Q extends Question> {
  /** What is wrong with a value, in words that say what to do; `undefined` when it may be stored. */
  problemWith(question: Q, value: unknown): string | undefined
  /** The level of a value; `undefined` when the question is not scored, or not scored by its value. */
  anchorOf(question: Q, value: AnswerValue): Anchor | undefined
  /** The value in words for pages and reports. */
  describe(question: Q, value: AnswerValue): string
  readForm(question: Q, fields: Fields): ReadResult
}
