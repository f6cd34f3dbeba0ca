/** What is planned from the imports, computed once for each state of the engagement. */
import type { EstateInput } from "../../report/estate-dossier.ts"
import { plannedEstate } from "../../report/planned-estate.ts"
import type { EngagementVisit } from "../engagement.ts"
import { assessmentOf, keyOf } from "../results.ts"
import type { LoadedEstate } from "./loaded.ts"

/** A plan of thousands of statements has tens of megabytes. */
const mostKept = 4
const kept = new Map<string, EstateInput>()

/** All imports as one estate, with products and waves; `undefined` without an import. Seconds for thousands of statements, once. */
export const plannedOf = (visit: EngagementVisit, estates: readonly LoadedEstate[]): EstateInput | undefined => {
  if (estates.length === 0) return undefined
  const key = JSON.stringify([keyOf(visit.stored), estates.map(({ id, revision, importedAt }) => [id, revision, importedAt])])
  const known = kept.get(key)
  const { questionnaire, engagement } = visit.stored
  const parts = estates.map(({ domain, estate }) => ({ domain, estate }))
  const planned = known ?? plannedEstate(questionnaire, engagement, assessmentOf(visit.stored), parts)
  if (planned === undefined) return undefined
  kept.delete(key)
  kept.set(key, planned)
  for (const oldest of kept.keys()) if (kept.size > mostKept) kept.delete(oldest)
  return planned
}
