/** How much a question weighs: what a list of the heavy ones, and shares of what is answered, go by. */
import type { QuestionId, Questionnaire } from "./model.ts"

/** Share of the largest weight from which a question is heavy. */
const heavyShare = 0.75

/** The question's weight on all axes together; 0 for one that is not scored. */
export function questionWeight({ scoring }: Questionnaire, question: QuestionId): number {
  return Object.values(scoring.weights[question] ?? {}).reduce((sum, each) => sum + each, 0)
}

/** The largest weight of a question, and the weight from which one is heavy: three quarters of the largest. */
export function heavyFrom(questionnaire: Questionnaire): { readonly largest: number; readonly heavy: number } {
  const largest = Math.max(0, ...questionnaire.questions.map(({ id }) => questionWeight(questionnaire, id)))
  return { largest, heavy: Math.ceil(heavyShare * largest) }
}
