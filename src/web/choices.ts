import type { MultiQuestion, Question, SingleQuestion } from "../assessment/model.ts"
import { noneOfThese } from "../assessment/question-types/multi.ts"
import { inputId } from "./forms.ts"

/** One radio or box of a question. */
export interface ChoiceView {
  readonly id: string
  readonly value: string
  readonly text: string
  readonly checked: boolean
  /** Excludes all others of its question. */
  readonly alone: boolean
  /** Stands after the divider "or". */
  readonly or: boolean
}

/** The choices of a question in the order shown to one respondent; `sent` are those that are ticked. */
export const choicesOf = (question: Question, respondent: string, sent: readonly string[]): readonly ChoiceView[] => {
  const chosen = new Set(sent)
  const alternatives = [
    ...wordsOf(question),
    { value: "dont-know", text: "I don't know" },
    { value: "not-applicable", text: "Not applicable" },
  ]
  const offered = offeredBy(question, respondent)
  return [...offered, ...alternatives].map(({ value, text }, index) => ({
    id: inputId(question.id, hasOwnInput(question) ? index + 1 : index),
    value,
    text,
    checked: chosen.has(value),
    alone: index >= offered.length,
    or: index === offered.length,
  }))
}

const hasOwnInput = (question: Question): boolean => question.type !== "single" && question.type !== "multi"

const offeredBy = (question: Question, respondent: string): readonly { value: string; text: string }[] => {
  if (question.type === "single") return inOrder(question, respondent)
  return question.type === "multi" ? question.options.map((option) => ({ value: option.id, text: option.text })) : []
}

/**
 * Levels stay in their order, for a scale is easier to read than a shuffle; half of the people, by a stable hash, see it
 * reversed, so that the best answer is not always last and the effect of order evens out over respondents.
 */
const inOrder = (question: SingleQuestion, respondent: string): readonly { value: string; text: string }[] => {
  const options = question.options.map((option) => ({ value: String(option.anchor), text: option.text }))
  return isOdd(`${respondent} ${question.id}`) ? options.toReversed() : options
}

/** Parity of a 32-bit FNV-1a hash. */
const isOdd = (text: string): boolean => {
  let hash = 0x811c9dc5
  for (const sign of text) hash = Math.imul(hash ^ (sign.codePointAt(0) ?? 0), 0x01000193)
  return ((hash >>> 16) & 1) === 1
}

/** Answers in words that stand beside a figure, or "none of these". */
export const wordsOf = (question: Question): readonly { value: string; text: string }[] => {
  if (question.type === "multi") return [{ value: noneOfThese, text: (question satisfies MultiQuestion).none }]
  return question.type === "number" ? (question.special ?? []).map(({ id, text }) => ({ value: id, text })) : []
}
