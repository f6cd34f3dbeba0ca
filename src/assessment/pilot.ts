/** One pilot before any broad move (E.7, I45): where it stands the best chance, and what waits for its proof. */
import type { Initiative, Questionnaire } from "./model.ts"
import { isBroad, isPilot } from "./moving.ts"
import { type Programme, addDraft, byScore, candidateOf, link, statusOf } from "./programme.ts"
import { keyOf } from "./ranking.ts"
import { type Situation, actsOn, isInPlace } from "./situation.ts"
import type { Draft, Need } from "./worth.ts"

/**
 * Settles where the pilot is: where the consultant takes it in, else where the fewest gates are closed, and then where
 * readiness and ease are highest, among the domains that have something to move and no pilot behind them. Every other pilot that is recommended waits for its lessons.
 */
export function choosePilot(programme: Programme): Need | undefined {
  const initiative = programme.questionnaire.initiatives.find(isPilot)
  if (initiative === undefined) return undefined
  const pilots = byScore(programme).filter(({ candidate }) => candidate.initiative.id === initiative.id)
  const movers = broadMoves(programme)
  if (pilots.length === 0 && movers.length === 0) return undefined
  const wished = pilots.filter((draft) => draft.wished).map(({ candidate }) => candidate.key)
  const chosen = wished.length > 0 ? wished : bestPlaces(programme, initiative, [...pilots, ...movers])
  for (const { candidate } of pilots)
    if (!chosen.includes(candidate.key)) programme.held.set(candidate.key, inWords(programme, chosen))
  const [first] = chosen
  if (first === undefined) return undefined
  const situation = programme.situations.find((each) => keyOf(initiative.id, each.domain) === first)
  const domain = initiative.scope === "organisation" ? undefined : situation?.domain
  if (!programme.drafts.has(first)) addDraft(programme, candidateOf(programme, initiative.id, domain))
  return {
    key: first,
    id: initiative.id,
    ...(domain === undefined ? {} : { domain }),
    status: statusOf(programme, initiative, domain),
    proof: true,
  }
}

/** Makes every broad move wait for the pilot, but where a pilot's lessons are in place. */
export function waitForPilot(programme: Programme, pilot: Need): void {
  const initiative = programme.questionnaire.initiatives.find((each) => each.id === pilot.id)
  for (const mover of broadMoves(programme)) {
    const places = actsOn(programme.situations, mover.candidate.domain)
    if (initiative !== undefined && isInPlace(initiative, places)) continue
    link(programme, mover, pilot)
    const proposed = programme.drafts.get(pilot.key)
    if (proposed?.candidate.findings.length === 0 && !proposed.wished) proposed.neededBy.add(mover.candidate.initiative.id)
  }
}

function broadMoves(programme: Programme): readonly Draft[] {
  return byScore(programme).filter(({ candidate }) => isBroad(candidate.initiative))
}

/** Key of the best place, in a list; empty where every place has its pilot behind it. */
function bestPlaces(programme: Programme, initiative: Initiative, drafts: readonly Draft[]): readonly string[] {
  const { questionnaire, situations, dropped } = programme
  if (initiative.scope === "organisation")
    return isInPlace(initiative, situations) || dropped.has(initiative.id) ? [] : [initiative.id]
  const asked = new Set(drafts.map(({ candidate }) => candidate.domain))
  const places = situations.filter(
    (each) => asked.has(each.domain) && !isInPlace(initiative, [each]) && !dropped.has(keyOf(initiative.id, each.domain)),
  )
  const best = places.reduce<Situation | undefined>(
    (best, each) => (best === undefined || isBetter(questionnaire, each, best) ? each : best),
    undefined,
  )
  return best === undefined ? [] : [keyOf(initiative.id, best.domain)]
}

function isBetter(questionnaire: Questionnaire, one: Situation, other: Situation): boolean {
  const gates = ({ findings }: Situation): number => findings.filter((finding) => finding.gate).length
  if (gates(one) !== gates(other)) return gates(one) < gates(other)
  return chance(questionnaire, one) > chance(questionnaire, other)
}

/** Sum of the indices that no consumer decides: readiness and ease. */
function chance(questionnaire: Questionnaire, { scores }: Situation): number {
  return Object.keys(questionnaire.scoring.needs.enabling).reduce((sum, axis) => sum + (scores.axes[axis]?.capped ?? 0), 0)
}

function inWords({ situations }: Programme, chosen: readonly string[]): string {
  const names = situations.filter(({ domain }) => chosen.some((key) => key.endsWith(`@${domain}`))).map(({ name }) => name)
  return names.length === 0 ? "no pilot is planned" : `one pilot is enough to begin with: ${names.join(", ")} goes first`
}
