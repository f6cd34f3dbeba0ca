/** Recommended initiatives plus everything they need, in the order of worth. */
import { waitForGates } from "./gates.ts"
import { isBroad, movesProducts } from "./moving.ts"
import { choosePilot, waitForPilot } from "./pilot.ts"
import { type Programme, addDraft, byScore, candidateOf, closeOver, dependsOn, link, statusOf } from "./programme.ts"
import { type Candidate, keyOf, scopesOf } from "./ranking.ts"
import { type Ranked, orderByWorth } from "./worth.ts"

/**
 * Inserts unmet prerequisites transitively, one pilot before any broad move, and what repeats in every wave wherever a
 * product moves; makes what moves wait for the gates of its domain; then ranks. `held` gives why some of it must stay out of the waves all the same.
 */
export function completeProgramme(
  recommended: readonly Candidate[],
  given: Omit<Programme, "drafts" | "held" | "pilot"> & { readonly held: ReadonlyMap<string, string> },
): { readonly ranked: readonly Ranked[]; readonly held: ReadonlyMap<string, string> } {
  const programme: Programme = { ...given, drafts: new Map(), held: new Map(given.held), pilot: undefined }
  for (const candidate of recommended) if (!programme.dropped.has(candidate.key)) addDraft(programme, candidate)
  programme.pilot = choosePilot(programme)
  closeOver(programme)
  addEveryWave(programme)
  closeOver(programme)
  if (programme.pilot !== undefined) waitForPilot(programme, programme.pilot)
  closeOver(programme)
  waitForEveryWave(programme)
  waitForGates(programme)
  return { ranked: orderByWorth(programme.drafts, programme.pilot), held: programme.held }
}

/** Parallel run and switching off belong to every product that moves: they are there when it does. The pilot does not wait for them. */
function addEveryWave(programme: Programme): void {
  const movers = byScore(programme).filter(({ candidate }) => movesProducts(candidate.initiative))
  for (const initiative of programme.questionnaire.initiatives.filter((each) => each.everyWave)) {
    for (const domain of scopesOf(initiative, programme.situations)) {
      const here = movers.filter(({ candidate }) => domain === undefined || candidate.domain === domain)
      if (here.length === 0 || statusOf(programme, initiative, domain) !== "planned") continue
      const key = keyOf(initiative.id, domain)
      const known = programme.drafts.get(key)
      const draft = known ?? addDraft(programme, candidateOf(programme, initiative.id, domain))
      for (const { candidate } of here) {
        draft.enables.add(candidate.key)
        if (known === undefined) draft.neededBy.add(candidate.initiative.id)
      }
    }
  }
}

/** No broad move without what repeats in every wave. */
function waitForEveryWave(programme: Programme): void {
  const drafts = byScore(programme)
  for (const { candidate } of drafts.filter((each) => each.candidate.initiative.everyWave)) {
    const { key, domain, initiative } = candidate
    const scope = domain === undefined ? {} : { domain }
    for (const mover of drafts.filter((each) => isBroad(each.candidate.initiative))) {
      if (domain !== undefined && domain !== mover.candidate.domain) continue
      if (mover.needs.some((need) => need.key === key) || dependsOn(programme, key, mover.candidate.key)) continue
      link(programme, mover, { key, id: initiative.id, ...scope, status: "planned", beside: true })
    }
  }
}
