import type { DomainScores } from "./domain.ts"
import type { Engagement, Questionnaire } from "./model.ts"
import type { NextQuestion } from "./result.ts"

/** Unknown and disputed questions of all domains, ranked by how much they could move position and plan. */
export function findOutNext(
  questionnaire: Questionnaire,
  engagement: Engagement,
  domains: readonly DomainScores[],
): readonly NextQuestion[] {
  throw new Error(`not there: ${questionnaire.id} ${engagement.title} ${domains.length}`)
}
