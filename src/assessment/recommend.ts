/** What the findings recommend, and what they lead to that is left out all the same, with the reason. */
import { isNothing } from "./effort.ts"
import type { DomainId, Initiative, PlanSettings, Questionnaire } from "./model.ts"
import { type Candidate, candidateFor, keyOf, scopesOf } from "./ranking.ts"
import type { Dropped } from "./result.ts"
import { restraintOn } from "./restraint.ts"
import { type Situation, actsOn, isInPlace } from "./situation.ts"

/** Candidates for the plan, and what some finding leads to and nothing calls for. */
export interface Recommendation {
  readonly candidates: readonly Candidate[]
  /** By key. */
  readonly leftOut: ReadonlyMap<string, Dropped>
}

/** Everything the findings lead to: recommended while it is not in place, there is something to do, and it opens a gate or serves a need. */
export function recommend(
  questionnaire: Questionnaire,
  situations: readonly Situation[],
  settings: PlanSettings,
): Recommendation {
  const candidates: Candidate[] = []
  const leftOut = new Map<string, Dropped>()
  for (const initiative of questionnaire.initiatives) {
    for (const domain of scopesOf(initiative, situations)) {
      const places = actsOn(situations, domain)
      if (!places.some((place) => place.findings.some((finding) => finding.initiatives.includes(initiative.id)))) continue
      const candidate = candidateFor(questionnaire, situations, settings, initiative, domain)
      const reason = againstIt(questionnaire, candidate, places, situations)
      if (reason === undefined) candidates.push(candidate)
      else leftOut.set(keyOf(initiative.id, domain), { id: initiative.id, ...scoped(domain), reason })
    }
  }
  return { candidates, leftOut }
}

function againstIt(
  questionnaire: Questionnaire,
  candidate: Candidate,
  places: readonly Situation[],
  everywhere: readonly Situation[],
): string | undefined {
  const { initiative, estimate } = candidate
  if (isInPlace(initiative, places)) return inPlaceInWords(initiative)
  const restraint = restraintOn(questionnaire, initiative, places, everywhere)
  if (restraint !== undefined) return restraint
  if (isNothing(estimate)) return nothingInWords(initiative)
  if (!candidate.gate && candidate.score === 0)
    return `${servedInWords(questionnaire, initiative, places)} already what is needed`
  return undefined
}

/** "in place already: CST-05 is at 3 or higher". */
function inPlaceInWords({ inPlaceAt, effects }: Initiative): string {
  const reached = (inPlaceAt ?? effects).map(
    ({ question, level }) => `${question} is at ${level}${level < 4 ? " or higher" : ""}`,
  )
  return `in place already: ${reached.join(", ")}`
}

/** "nothing to do: SQL-01 lists no statement with an anti join". */
function nothingInWords({ effort: { perUnit } }: Initiative): string {
  return `nothing to do: ${perUnit?.rows ?? "the inventory"} lists no ${perUnit?.unit ?? "unit of it"}`
}

/** "Speed of insight and Data integrity in Orders are". */
function servedInWords({ scoring }: Questionnaire, { serves }: Initiative, places: readonly Situation[]): string {
  const names = serves.map((axis) => scoring.axes.find((each) => each.id === axis)?.name ?? axis)
  return `${names.join(" and ")} in ${places.map(({ name }) => name).join(", ")} ${names.length === 1 ? "is" : "are"}`
}

const scoped = (domain: DomainId | undefined): { readonly domain?: DomainId } => (domain === undefined ? {} : { domain })
