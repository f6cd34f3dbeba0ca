/** What each initiative of a programme is worth: its own score, or that of the best thing that waits for it. */
import type { DomainId } from "./model.ts"
import { isPilot } from "./moving.ts"
import type { Candidate } from "./ranking.ts"

/** A needed initiative: planned itself, in place already, without anything to do, or dropped by the consultant. */
export interface Need {
  readonly key: string
  readonly id: string
  readonly domain?: DomainId
  readonly status: "planned" | "in place" | "nothing to do" | "dropped"
  /** The pilot, whose proof has to be there a wave earlier. */
  readonly proof?: true
  /** Needed because it opens a gate, not because the work builds on it. */
  readonly opens?: true
  /** Has to be there in the same wave at the latest, in no order: what repeats goes on beside the work. */
  readonly beside?: true
}

/** Why something is placed before what is only worth its score, the most pressing last; it passes to what it needs. */
export const URGENCY = { none: 0, gateElsewhere: 1, kit: 2, pilot: 3, gate: 4, groundOfPilot: 5, wished: 6 } as const

/** A candidate with its place in the order: worth at least as much as what waits for it. */
export interface Ranked extends Candidate {
  readonly needs: readonly Need[]
  readonly neededBy: readonly string[]
  /** One of `URGENCY`, its own or that of what waits for it. */
  readonly urgency: number
  /** Taken in or set to a wave by the consultant. */
  readonly wished: boolean
}

/** A candidate while its programme is being put together. */
export interface Draft {
  readonly candidate: Candidate
  readonly wished: boolean
  readonly needs: Need[]
  readonly neededBy: Set<string>
  /** Keys whose worth passes on to this one. */
  readonly enables: Set<string>
}

/**
 * What the consultant takes in, the ground of the pilot, the gates of the organisation and of the pilot's domain, the pilot,
 * what repeats in every wave, the other gates, each with what it needs; then by worth; prerequisites before what needs them;
 * ties by key.
 */
export function orderByWorth(drafts: ReadonlyMap<string, Draft>, pilot: Need | undefined): readonly Ranked[] {
  const worth = passedOn(drafts, (draft) => draft.candidate.score)
  const ground = groundOf(drafts, pilot)
  const urgency = passedOn(drafts, (draft) => ownUrgency(draft, pilot, ground), pilot?.key)
  const depth = depths(drafts)
  const ranked = Array.from(drafts.values(), ({ candidate, wished, needs, neededBy }) => ({
    ...candidate,
    score: worth.get(candidate.key) ?? 0,
    urgency: urgency.get(candidate.key) ?? 0,
    wished,
    needs,
    neededBy: [...neededBy].sort(compare),
  }))
  return ranked.sort(
    (one, other) =>
      other.urgency - one.urgency ||
      other.score - one.score ||
      (depth.get(one.key) ?? 0) - (depth.get(other.key) ?? 0) ||
      compare(one.key, other.key),
  )
}

function ownUrgency({ candidate, wished }: Draft, pilot: Need | undefined, ground: ReadonlySet<string>): number {
  const { key, domain, gate, initiative } = candidate
  if (key === pilot?.key || (wished && isPilot(initiative))) return URGENCY.pilot
  if (wished) return URGENCY.wished
  if (ground.has(key)) return URGENCY.groundOfPilot
  if (gate) return pilot === undefined || domain === undefined || domain === pilot.domain ? URGENCY.gate : URGENCY.gateElsewhere
  return pilot !== undefined && initiative.everyWave ? URGENCY.kit : URGENCY.none
}

/** What the pilot builds on, directly and through others: not the gates that it waits for. */
function groundOf(drafts: ReadonlyMap<string, Draft>, pilot: Need | undefined): ReadonlySet<string> {
  const ground = new Set<string>()
  const visit = (key: string): void => {
    for (const need of drafts.get(key)?.needs ?? []) {
      if (need.status !== "planned" || need.opens || ground.has(need.key)) continue
      ground.add(need.key)
      visit(need.key)
    }
  }
  if (pilot !== undefined) visit(pilot.key)
  return ground
}

/** The highest value among a draft and everything that it enables, directly or through others; `pilot` passes nothing to what repeats. */
function passedOn(
  drafts: ReadonlyMap<string, Draft>,
  own: (draft: Draft) => number,
  pilot?: string,
): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  const visit = (key: string): number => {
    const known = values.get(key)
    const draft = drafts.get(key)
    if (known !== undefined || draft === undefined) return known ?? 0
    values.set(key, own(draft))
    const enabled = [...draft.enables].filter((each) => each !== pilot || !draft.candidate.initiative.everyWave)
    const value = Math.max(own(draft), ...enabled.map(visit))
    values.set(key, value)
    return value
  }
  for (const key of drafts.keys()) visit(key)
  return values
}

/** Longest chain of planned needs below each draft. */
function depths(drafts: ReadonlyMap<string, Draft>): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  const visit = (key: string): number => {
    const known = values.get(key)
    if (known !== undefined) return known
    values.set(key, 0)
    const needs = drafts.get(key)?.needs.filter((need) => need.status === "planned") ?? []
    const depth = needs.reduce((deepest, need) => Math.max(deepest, visit(need.key) + 1), 0)
    values.set(key, depth)
    return depth
  }
  for (const key of drafts.keys()) visit(key)
  return values
}

/** Order of code units: the same on every machine. */
export const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)
