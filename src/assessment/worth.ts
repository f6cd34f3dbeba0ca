/** What each initiative of a programme is worth: its own score, or that of the best thing that waits for it. */
import type { DomainId } from "./model.ts"
import type { Candidate } from "./ranking.ts"

/** A needed initiative: planned itself, in place already, without anything to do, or dropped by the consultant. */
export interface Need {
  readonly key: string
  readonly id: string
  readonly domain?: DomainId
  readonly status: "planned" | "in place" | "nothing to do" | "dropped"
  /** The pilot, whose proof has to be there a wave earlier. */
  readonly proof?: true
}

/** A candidate with its place in the order: worth at least as much as what waits for it. */
export interface Ranked extends Candidate {
  readonly needs: readonly Need[]
  readonly neededBy: readonly string[]
  /** 2: a gate, or needed by one; 1: taken in by the consultant, or needed by that; 0: only worth its score. */
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

/** Gates and what they need first, then what the consultant takes in, then by worth; prerequisites before what needs them; ties by key. */
export function orderByWorth(drafts: ReadonlyMap<string, Draft>): readonly Ranked[] {
  const worth = passedOn(drafts, (draft) => draft.candidate.score)
  const urgency = passedOn(drafts, ({ candidate, wished }) => (candidate.gate ? 2 : wished ? 1 : 0))
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

/** The highest value among a draft and everything that it enables, directly or through others. */
function passedOn(drafts: ReadonlyMap<string, Draft>, own: (draft: Draft) => number): ReadonlyMap<string, number> {
  const values = new Map<string, number>()
  const visit = (key: string): number => {
    const known = values.get(key)
    const draft = drafts.get(key)
    if (known !== undefined || draft === undefined) return known ?? 0
    values.set(key, own(draft))
    const value = Math.max(own(draft), ...[...draft.enables].map(visit))
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
