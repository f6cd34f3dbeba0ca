import type { DomainId, Engagement, Questionnaire } from "./model.ts"
import type { Consensus } from "./result.ts"

/** Several respondents and decisions of one domain → one consensus per question, in question order (C.2, C.4, C.5). */
export function formConsensus(questionnaire: Questionnaire, engagement: Engagement, domain: DomainId): readonly Consensus[] {
  throw new Error(`not there: ${questionnaire.id} ${engagement.title} ${domain}`)
}
