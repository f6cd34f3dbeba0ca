/** How much of a domain is answered, dimension by dimension. */
import type { Questionnaire } from "./model.ts"
import type { Consensus } from "./result.ts"
import { questionWeight } from "./weight.ts"

/** What of one dimension has a level in a domain. */
export interface DimensionCoverage {
  readonly dimension: string
  readonly name: string
  /** Answered weight / applicable weight, 0–1; absent where nothing that is scored applies. */
  readonly share?: number
  /** Scored questions with a level, and those that apply. */
  readonly answered: number
  readonly asked: number
}

/**
 * One entry per dimension, in the order of the questionnaire. As on the axes, what is skipped or not applicable does not count,
 * and a question nobody could answer is not answered. `consensus` is one domain's.
 */
export function coverDimensions(questionnaire: Questionnaire, consensus: readonly Consensus[]): readonly DimensionCoverage[] {
  const dimensionOf = new Map(questionnaire.questions.map(({ id, dimension }) => [id, dimension]))
  const applicable = consensus
    .filter(({ state }) => state !== "skipped" && state !== "not-applicable")
    .map(({ question, anchor }) => ({
      dimension: dimensionOf.get(question),
      weight: questionWeight(questionnaire, question),
      isAnswered: anchor !== undefined,
    }))
    .filter(({ weight }) => weight > 0)
  return questionnaire.dimensions.map(({ id, name }) => {
    const own = applicable.filter(({ dimension }) => dimension === id)
    const answered = own.filter(({ isAnswered }) => isAnswered)
    return {
      dimension: id,
      name,
      ...(own.length > 0 && { share: weightOf(answered) / weightOf(own) }),
      answered: answered.length,
      asked: own.length,
    }
  })
}

function weightOf(questions: readonly { readonly weight: number }[]): number {
  return questions.reduce((sum, { weight }) => sum + weight, 0)
}
