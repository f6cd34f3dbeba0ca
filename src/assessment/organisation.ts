import type { DomainScores } from "./domain.ts"
import type { Questionnaire } from "./model.ts"
import type { OrganisationResult } from "./result.ts"

/** The organisation as a spread of domains: lowest, middle and highest index, domains per quadrant, plain words. */
export function scoreOrganisation(
  questionnaire: Questionnaire,
  domains: readonly DomainScores[],
): Omit<OrganisationResult, "findings" | "cannotBeJudged"> {
  throw new Error(`not there: ${questionnaire.id} ${domains.length}`)
}
