/** A plan's initiatives while what they need is being put in. */
import type { DomainId, Initiative, PlanSettings, Questionnaire } from "./model.ts"
import { isNothing } from "./effort.ts"
import { type Candidate, candidateFor, estimateFor, keyOf } from "./ranking.ts"
import { type Situation, actsOn, isInPlace } from "./situation.ts"
import { type Draft, type Need, compare } from "./worth.ts"

/** Everything planned so far, and how to find out about the rest. */
export interface Programme {
  readonly drafts: Map<string, Draft>
  readonly questionnaire: Questionnaire
  readonly situations: readonly Situation[]
  readonly settings: PlanSettings
  /** Keys that the consultant dropped. */
  readonly dropped: ReadonlySet<string>
  /** Keys that the consultant takes in or sets to a wave. */
  readonly wished: ReadonlySet<string>
  /** Why keys stay out of the waves; what only they need is not put in. */
  readonly held: Map<string, string>
  /** The pilot that goes before all others, once it is chosen. */
  pilot: Need | undefined
}

/** Takes a candidate into the programme. */
export function addDraft(programme: Programme, candidate: Candidate): Draft {
  const wished = programme.wished.has(candidate.key)
  const draft: Draft = { candidate, wished, needs: [], neededBy: new Set(), enables: new Set() }
  programme.drafts.set(candidate.key, draft)
  return draft
}

/** Puts in unmet prerequisites, transitively: a map keeps the order of insertion, so that what is added is looked at in turn. */
export function closeOver(programme: Programme): void {
  for (const draft of programme.drafts.values()) {
    if (programme.held.has(draft.candidate.key)) continue
    for (const id of draft.candidate.initiative.needs) {
      const need = needOf(programme, draft.candidate, id)
      if (need !== undefined && !draft.needs.some((each) => each.key === need.key)) link(programme, draft, need)
    }
  }
}

/** Makes a draft wait for a need, which is put in when it is neither there nor in place. */
export function link(programme: Programme, draft: Draft, need: Need): void {
  draft.needs.push(need)
  if (need.status !== "planned") return
  const known = programme.drafts.get(need.key)
  const needed = known ?? addDraft(programme, candidateOf(programme, need.id, need.domain))
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

/** Whether something needed is dropped, planned (or has to be), in place, or nothing to do. */
export function statusOf(programme: Programme, initiative: Initiative, domain: DomainId | undefined): Need["status"] {
  const key = keyOf(initiative.id, domain)
  if (programme.dropped.has(key)) return "dropped"
  if (programme.drafts.has(key)) return "planned"
  if (isInPlace(initiative, actsOn(programme.situations, domain))) return "in place"
  const { questionnaire, situations, settings } = programme
  return isNothing(estimateFor(questionnaire, situations, settings, initiative, domain)) ? "nothing to do" : "planned"
}

/**
 * Something done once for all that needs something done per domain waits for one domain: where that is in place, else where
 * the pilot is, else where it is planned or found wanting.
 */
function firstDomainFor(programme: Programme, candidate: Candidate, initiative: Initiative): DomainId | undefined {
  const domains = programme.situations.map((each) => each.domain)
  const found = new Set(candidate.findings.map((finding) => finding.domain))
  const ofPilot = programme.pilot?.domain
  return (
    domains.find((domain) => statusOf(programme, initiative, domain) === "in place") ??
    domains.find((domain) => domain === ofPilot && statusOf(programme, initiative, domain) === "planned") ??
    byScore(programme).find(({ candidate }) => candidate.initiative.id === initiative.id)?.candidate.domain ??
    domains.find((domain) => found.has(domain)) ??
    domains[0]
  )
}

/** Whether a planned initiative needs another, directly or through others; `on` itself counts. */
export function dependsOn(programme: Programme, key: string, on: string, seen: Set<string> = new Set()): boolean {
  if (key === on) return true
  if (seen.has(key)) return false
  seen.add(key)
  return programme.drafts.get(key)?.needs.some((need) => dependsOn(programme, need.key, on, seen)) ?? false
}

/** An initiative as a candidate; throws when the questionnaire does not have it. */
export function candidateOf(programme: Programme, id: string, domain: DomainId | undefined): Candidate {
  const { questionnaire, situations, settings } = programme
  const initiative = questionnaire.initiatives.find((each) => each.id === id)
  if (initiative === undefined) throw new Error(`The questionnaire has no initiative ${id}`)
  return candidateFor(questionnaire, situations, settings, initiative, domain)
}

/** What may be placed, best first. */
export function byScore(programme: Programme): readonly Draft[] {
  return [...programme.drafts.values()]
    .filter((draft) => !programme.held.has(draft.candidate.key))
    .sort((one, other) => other.candidate.score - one.candidate.score || compare(one.candidate.key, other.candidate.key))
}
