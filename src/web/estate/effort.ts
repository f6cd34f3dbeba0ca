import type { EffortRange } from "../../assessment/result.ts"
import { factsByDomain } from "../../estate/products/engagement-facts.ts"
import { type StatementEfforts, statementEfforts } from "../../estate/products/statement-effort.ts"
import type { StoredEngagement } from "../../store/store.ts"
import type { EngagementVisit } from "../engagement.ts"
import { assessmentOf } from "../results.ts"
import type { LoadedEstate } from "./loaded.ts"

const known = new WeakMap<StoredEngagement, ReadonlyMap<string, StatementEfforts>>()

/** The efforts of a domain's statements, with what its people answered; worked out once for each reading of the engagement. */
export const effortsOf = (visit: EngagementVisit, estates: readonly LoadedEstate[], domain: string): StatementEfforts => {
  const all = known.get(visit.stored) ?? effortsByDomain(visit.stored, estates)
  known.set(visit.stored, all)
  return all.get(domain) ?? statementEfforts(visit.stored.questionnaire, factsOf(visit.stored)(domain), [])
}

const factsOf = (stored: StoredEngagement) => factsByDomain(stored.engagement, assessmentOf(stored))

const effortsByDomain = (stored: StoredEngagement, estates: readonly LoadedEstate[]): ReadonlyMap<string, StatementEfforts> => {
  const facts = factsOf(stored)
  const byDomain = Map.groupBy(estates, ({ domain }) => domain)
  return new Map(
    [...byDomain].map(([domain, imports]) => {
      const statements = imports.flatMap(({ estate }) => estate.statements)
      return [domain, statementEfforts(stored.questionnaire, facts(domain), statements)]
    }),
  )
}

/** "14.6, probably 10.9 to 21.9". */
export const effortRange = ({ low, expected, high }: EffortRange): string =>
  `${expected.toFixed(1)}, probably ${low.toFixed(1)} to ${high.toFixed(1)}`
