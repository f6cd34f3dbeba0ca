import type { DomainId, Engagement, Questionnaire } from "./model.ts"
import type { DomainResult } from "./result.ts"

/** All of a domain's result that comes before findings and plan. */
export type DomainScores = Omit<DomainResult, "findings" | "cannotBeJudged" | "initiatives">

/**
 * Scores one domain: consensus, indices with interval, position, sensitivity, profile, gaps, target (part C).
 * Hand in the domain's share of the engagement (`splitByDomain`) where there are many domains.
 */
export function scoreDomain(
  questionnaire: Questionnaire,
  engagement: Engagement,
  domain: DomainId,
  options: { readonly seed: number; readonly draws: number },
): DomainScores {
  throw new Error(`not there: ${questionnaire.id} ${engagement.title} ${domain} ${options.seed}`)
}

/** One engagement per domain, each holding only what was said about it; one pass over all answers. */
export function splitByDomain(engagement: Engagement): ReadonlyMap<DomainId, Engagement> {
  throw new Error(`not there: ${engagement.title}`)
}
