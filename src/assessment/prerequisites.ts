/** Recommended initiatives plus everything they need, in the order of worth. */
import { choosePilot, movesProducts, waitForPilot } from "./pilot.ts"
import { type Programme, addDraft, byScore, candidateOf, closeOver, statusOf } from "./programme.ts"
import { type Candidate, keyOf, scopesOf } from "./ranking.ts"
import { type Ranked, orderByWorth } from "./worth.ts"

/**
 * Inserts unmet prerequisites transitively, one pilot before any broad move, and what repeats in every wave wherever a
 * product moves; then ranks. `held` gives why some of it must stay out of the waves all the same.
 */
export function completeProgramme(
  recommended: readonly Candidate[],
  given: Omit<Programme, "drafts" | "held"> & { readonly held: ReadonlyMap<string, string> },
): { readonly ranked: readonly Ranked[]; readonly held: ReadonlyMap<string, string> } {
  const programme: Programme = { ...given, drafts: new Map(), held: new Map(given.held) }
  for (const candidate of recommended) if (!programme.dropped.has(candidate.key)) addDraft(programme, candidate)
  const pilot = choosePilot(programme)
  closeOver(programme)
  addEveryWave(programme)
  closeOver(programme)
  if (pilot !== undefined) waitForPilot(programme, pilot)
  closeOver(programme)
  return { ranked: orderByWorth(programme.drafts), held: programme.held }
}

/** Parallel run and switching off belong to every product that moves. */
function addEveryWave(programme: Programme): void {
  const movers = byScore(programme).filter(({ candidate }) => movesProducts(candidate.initiative))
  for (const initiative of programme.questionnaire.initiatives.filter((each) => each.everyWave)) {
    for (const domain of scopesOf(initiative, programme.situations)) {
      const here = movers.filter(({ candidate }) => domain === undefined || candidate.domain === domain)
      if (here.length === 0 || statusOf(programme, initiative, domain) !== "planned") continue
      const known = programme.drafts.get(keyOf(initiative.id, domain))
      const draft = known ?? addDraft(programme, candidateOf(programme, initiative.id, domain))
      for (const { candidate } of here) {
        draft.enables.add(candidate.key)
        if (known === undefined) draft.neededBy.add(candidate.initiative.id)
      }
    }
  }
}
