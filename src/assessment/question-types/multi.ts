import type { CountBand, MultiQuestion } from "../model.ts"
import { readAnswer } from "./form.ts"
import type { QuestionTypeOf } from "./type.ts"

/** What the form sends for "none of these". */
export const noneOfThese = "none"

/** Any number of options; the value is the list of their ids, none at all included. */
export const multi: QuestionTypeOf<MultiQuestion> = {
  problemWith(question, value) {
    if (!isStrings(value)) return `Give a list of option ids for ${question.id}, for example ["${question.options[0]?.id}"]`
    const unknown = value.find((id) => !question.options.some((option) => option.id === id))
    if (unknown !== undefined)
      return `Choose from the options ${question.options.map((option) => option.id).join(", ")}: "${unknown}" is not one of them`
    const twice = value.find((id, at) => value.indexOf(id) !== at)
    return twice === undefined ? undefined : `Name each option once: "${twice}" is there twice`
  },

  anchorOf: (question, value) => (isStrings(value) ? question.bands?.find((band) => matches(band, value))?.anchor : undefined),

  describe(question, value) {
    if (!isStrings(value) || value.length === 0) return question.none
    return ticked(question, value)
      .map((option) => option.text)
      .join("; ")
  },

  readForm: (question, fields) =>
    readAnswer(question, fields, (sent) => {
      if (sent.length === 0) return undefined
      const others = sent.filter((id) => id !== noneOfThese)
      const problem = problemWithTicks(question, sent, others)
      if (problem !== undefined) return { problems: [{ field: question.id, message: problem }] }
      return { value: ticked(question, others).map((option) => option.id) }
    }),
}

function problemWithTicks(question: MultiQuestion, sent: readonly string[], others: readonly string[]): string | undefined {
  if (others.some((id) => !question.options.some((option) => option.id === id))) return "Select from the answers shown"
  if (others.length > 0 && others.length < sent.length) {
    return `Select "${question.none}" or the answers that apply, not both`
  }
  return undefined
}

// In the order of the questionnaire, so that the same ticks are always the same bytes.
const ticked = (question: MultiQuestion, ids: readonly string[]) => question.options.filter((option) => ids.includes(option.id))

const matches = (band: CountBand, ids: readonly string[]): boolean =>
  ids.length >= band.from && ids.length <= (band.to ?? Infinity) && (band.including ?? []).every((id) => ids.includes(id))

const isStrings = (value: unknown): value is readonly string[] =>
  Array.isArray(value) && value.every((item) => typeof item === "string")
