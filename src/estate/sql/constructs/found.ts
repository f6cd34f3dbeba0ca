/** Where the constructs of a statement are collected. */
import { type ConstructId, constructTable } from "../../construct-table.ts"
import type { FoundConstruct } from "../../model.ts"
import type { Definitions } from "../definitions.ts"
import type { Query, Structure } from "../structure.ts"

/** What the finders work on. */
export interface Search {
  readonly structure: Structure
  readonly found: FoundConstruct[]
  /** Queries that look only into the record at hand, or only at what was written before: nothing in them keeps state. */
  readonly ignored: ReadonlySet<Query>
  /** Tables that the same file defines. */
  readonly definitions?: Definitions | undefined
}

/** More than these are not told apart any more. */
const most = 400

/** Whether so many are found that no more are told apart. */
export const isFull = ({ found }: Search): boolean => found.length >= most

/** Notes a construct shown by tokens `start` up to, not including, `end`. */
export function note(
  { structure: { tokens }, found }: Search,
  construct: ConstructId,
  start: number,
  end: number,
  reason: string,
): void {
  if (found.length >= most) return
  const { keepsState, factor } = constructTable[construct]
  const first = tokens.start[start] ?? 0
  const last = tokens.end[Math.max(start, end - 1)] ?? first
  found.push({ construct, start: first, end: last, line: 0, reason, stateful: keepsState, factor })
}

/** Notes a construct unless it is noted already: for those that say nothing more when they come again. */
export function noteOnce(search: Search, construct: ConstructId, start: number, end: number, reason: string): void {
  if (!search.found.some((each) => each.construct === construct)) note(search, construct, start, end, reason)
}
