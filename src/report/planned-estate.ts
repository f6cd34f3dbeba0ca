import type { Engagement, Questionnaire } from "../assessment/model.ts"
import type { Assessment, EffortRange } from "../assessment/result.ts"
import { factsByDomain } from "../estate/products/engagement-facts.ts"
import { effortsByDomain } from "../estate/plan/estate-graph.ts"
import { type DomainEstate, mergeEstates } from "../estate/merge.ts"
import { planEstate } from "../estate/plan/plan-estate.ts"
import type { EstateInput } from "./estate-dossier.ts"

/** The imports of an engagement, merged and planned, as the report takes them; undefined where nothing was imported. */
export function plannedEstate(
  questionnaire: Questionnaire,
  engagement: Engagement,
  assessment: Assessment,
  parts: readonly DomainEstate[],
): EstateInput | undefined {
  if (parts.length === 0) return undefined
  const merged = mergeEstates(parts)
  const effortsOf = effortsByDomain(questionnaire, merged, factsByDomain(engagement, assessment))
  return {
    origins: parts.map(({ domain, estate }) => ({ domain, origin: estate.origin })),
    merged,
    plan: planEstate(questionnaire, engagement, assessment, parts),
    efforts: new Map(merged.statements.map((each): [string, EffortRange] => [each.id, effortsOf(each.domain).effortOf(each)])),
  }
}
