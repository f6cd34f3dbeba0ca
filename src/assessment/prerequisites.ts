/** Recommended initiatives plus everything they need, in the order of worth. */
import type { DomainId, Initiative, PlanSettings, Questionnaire } from "./model.ts"
import { type Candidate, candidateFor, keyOf, scopesOf } from "./ranking.ts"
import { type Situation, actsOn, isInPlace } from "./situation.ts"
import { type Draft, type Need, type Ranked, compare, orderByWorth } from "./worth.ts"

/** Everything planned so far, and how to find out about the rest. */
interface Programme {
  readonly drafts: Map<string, Draft>
  readonly dropped: ReadonlySet<string>
  /** Keys that stay out of the waves: what only they need is not put in. */
  readonly held: ReadonlyMap<string, string>
  readonly questionnaire: Questionnaire
  readonly situations: readonly Situation[]
  readonly settings: PlanSettings
}

/**
 * Inserts unmet prerequisites transitively, a pilot before any broad move, and what repeats in every wave wherever a
 * product moves; then ranks: gates and their prerequisites, then by worth, prerequisites before what needs them.
 */
export function completeProgramme(
  questionnaire: Questionnaire,
  situations: readonly Situation[],
  settings: PlanSettings,
  recommended: readonly Candidate[],
  dropped: ReadonlySet<string>,
  held: ReadonlyMap<string, string>,
): readonly Ranked[] {
  const programme: Programme = { drafts: new Map(), dropped, held, questionnaire, situations, settings }
  for (const candidate of recommended) if (!dropped.has(candidate.key)) add(programme, candidate)
  closeOver(programme)
  addPilot(programme)
  addEveryWave(programme)
  closeOver(programme)
  return orderByWorth(programme.drafts)
}

/** Whether an initiative moves a product to its new path. */
export const movesProducts = ({ takes }: Initiative): boolean => (takes?.products ?? 0) + (takes?.heavyProducts ?? 0) > 0

function add(programme: Programme, candidate: Candidate): Draft {
  const draft: Draft = { candidate, needs: [], neededBy: new Set(), enables: new Set() }
  programme.drafts.set(candidate.key, draft)
  return draft
}

/** A map keeps the order of insertion, so that what is added while looping is looked at in turn. */
function closeOver(programme: Programme): void {
  for (const draft of programme.drafts.values()) {
    if (programme.held.has(draft.candidate.key)) continue
    for (const id of draft.candidate.initiative.needs) {
      const need = needOf(programme, draft.candidate, id)
      if (need !== undefined && !draft.needs.some((each) => each.key === need.key)) link(programme, draft, need)
    }
  }
}

function link(programme: Programme, draft: Draft, need: Need): void {
  draft.needs.push(need)
  if (need.status !== "planned") return
  const known = programme.drafts.get(need.key)
  const needed = known ?? add(programme, candidateOf(programme, need.id, need.domain))
  needed.enables.add(draft.candidate.key)
  if (known === undefined || known.neededBy.size > 0) needed.neededBy.add(draft.candidate.initiative.id)
}

function needOf(programme: Programme, candidate: Candidate, id: string): Need | undefined {
  const initiative = programme.questionnaire.initiatives.find((each) => each.id === id)
  if (initiative === undefined) return undefined
  const domain =
    initiative.scope === "organisation" ? undefined : (candidate.domain ?? firstDomainFor(programme, candidate, initiative))
  const key = keyOf(id, domain)
  return { key, id, ...(domain === undefined ? {} : { domain }), status: statusOf(programme, initiative, domain) }
}

function statusOf(programme: Programme, initiative: Initiative, domain: DomainId | undefined): Need["status"] {
  const key = keyOf(initiative.id, domain)
  if (programme.dropped.has(key)) return "dropped"
  if (programme.drafts.has(key)) return "planned"
  return isInPlace(initiative, actsOn(programme.situations, domain)) ? "in place" : "planned"
}

/** Something done once for all that needs something done per domain waits for one domain: where it is in place, planned, or found wanting. */
function firstDomainFor(programme: Programme, candidate: Candidate, initiative: Initiative): DomainId | undefined {
  const domains = programme.situations.map((each) => each.domain)
  const found = new Set(candidate.findings.map((finding) => finding.domain))
  return (
    domains.find((domain) => statusOf(programme, initiative, domain) === "in place") ??
    domains.find((domain) => programme.drafts.has(keyOf(initiative.id, domain))) ??
    domains.find((domain) => found.has(domain)) ??
    domains[0]
  )
}

/** A broad move waits for one pilot, in whichever domain has one planned or else where the most valuable move is. */
function addPilot(programme: Programme): void {
  const movers = byScore(programme).filter(
    ({ candidate }) => candidate.initiative.stage === 2 && movesProducts(candidate.initiative),
  )
  const pilot = programme.questionnaire.initiatives.find((each) => each.stage === 1 && movesProducts(each))
  const best = movers[0]
  if (best === undefined || pilot === undefined) return
  const planned = byScore(programme).find(({ candidate }) => candidate.initiative.id === pilot.id)
  const domain = pilot.scope === "organisation" ? undefined : (planned?.candidate.domain ?? best.candidate.domain)
  if (pilot.scope === "domain" && domain === undefined) return
  const status = statusOf(programme, pilot, domain)
  const need: Need = {
    key: keyOf(pilot.id, domain),
    id: pilot.id,
    ...(domain === undefined ? {} : { domain }),
    status,
    proof: true,
  }
  for (const mover of movers) if (!mover.needs.some((each) => each.key === need.key)) link(programme, mover, need)
}

/** Parallel run and switching off belong to every product that moves. */
function addEveryWave(programme: Programme): void {
  const movers = byScore(programme).filter(({ candidate }) => movesProducts(candidate.initiative))
  for (const initiative of programme.questionnaire.initiatives.filter((each) => each.everyWave)) {
    for (const domain of scopesOf(initiative, programme.situations)) {
      const here = movers.filter(({ candidate }) => domain === undefined || candidate.domain === domain)
      if (here.length === 0 || statusOf(programme, initiative, domain) !== "planned") continue
      const known = programme.drafts.get(keyOf(initiative.id, domain))
      const draft = known ?? add(programme, candidateOf(programme, initiative.id, domain))
      for (const { candidate } of here) {
        draft.enables.add(candidate.key)
        if (known === undefined) draft.neededBy.add(candidate.initiative.id)
      }
    }
  }
}

function candidateOf(programme: Programme, id: string, domain: DomainId | undefined): Candidate {
  const { questionnaire, situations, settings } = programme
  const initiative = questionnaire.initiatives.find((each) => each.id === id)
  if (initiative === undefined) throw new Error(`The questionnaire has no initiative ${id}`)
  return candidateFor(questionnaire, situations, settings, initiative, domain)
}

function byScore(programme: Programme): readonly Draft[] {
  return [...programme.drafts.values()]
    .filter((draft) => !programme.held.has(draft.candidate.key))
    .sort((one, other) => other.candidate.score - one.candidate.score || compare(one.candidate.key, other.candidate.key))
}
