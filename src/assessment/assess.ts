/** Answers in, plan out: the whole chain. */
import { type DomainScores, scoreDomain, splitByDomain } from "./domain.ts"
import { factsOf, findInDomain, findInOrganisation } from "./findings.ts"
import type { DomainId, Engagement, Questionnaire } from "./model.ts"
import { findOutNext } from "./next.ts"
import { noticesOn } from "./notices.ts"
import { scoreOrganisation } from "./organisation.ts"
import { planMigration } from "./plan.ts"
import type { Assessment, Plan } from "./result.ts"
import { situationOf } from "./situation.ts"

/** Changes whenever the same input may give another result. */
export const ENGINE = "headwater-engine/1"
const SEED = 20240229
const DRAWS = 4000

/** Assesses an engagement against a questionnaire: the same input, seed and number of draws always give the same result. */
export function assess(
  questionnaire: Questionnaire,
  engagement: Engagement,
  options: { readonly seed?: number; readonly draws?: number } = {},
): Assessment {
  const { seed = SEED, draws = DRAWS } = options
  const shares = splitByDomain(engagement)
  const shareOf = (domain: DomainId): Engagement => shares.get(domain) ?? engagement
  const scored = engagement.domains.map(({ id }) => scoreDomain(questionnaire, shareOf(id), id, { seed, draws }))
  const facts = scored.map((scores) => factsOf(questionnaire, shareOf(scores.domain), scores))
  const judged = scored.map((scores, at) => findInDomain(questionnaire, scores, facts[at]!))
  const across = findInOrganisation(questionnaire, scored)
  const situations = scored.map((scores, at) => situationOf(scores, facts[at]!, [...judged[at]!.findings, ...across.findings]))
  const plan = planMigration(questionnaire, engagement, situations, seed)
  return {
    engine: ENGINE,
    questionnaire: { id: questionnaire.id, version: questionnaire.version, hash: questionnaire.hash },
    seed,
    draws,
    domains: scored.map((scores, at) => ({ ...scores, ...judged[at]!, initiatives: concerning(scores, plan) })),
    organisation: { ...scoreOrganisation(questionnaire, scored), ...across },
    next: findOutNext(questionnaire, engagement, scored),
    plan,
    notices: noticesOn(questionnaire, engagement, scored),
  }
}

/** Ranked initiatives done in the domain, and those done once for all that a finding of the domain leads to. */
function concerning({ domain }: DomainScores, plan: Plan): readonly string[] {
  const here = plan.ranked.filter((each) =>
    each.domain === undefined ? each.findings.some((finding) => finding.domain === domain) : each.domain === domain,
  )
  return here.map((each) => each.id)
}
