/** What the product of a group of sinks is called, and which candidates had to be cut. */
import { gather } from "../gather.ts"
import type { PlacedSink } from "./grouping.ts"

/** Sinks that are named where several products would be called the same. */
const MOST_NAMED = 2

export interface NamedGroup {
  readonly name: string
  readonly sinks: readonly PlacedSink[]
}

/**
 * Names groups by their candidate (DOM-05), else by their first sink. Where a candidate is cut into several products, each is
 * told apart by its sinks, and a notice says why it was cut (E.4, step 3).
 */
export function nameGroups(groups: readonly (readonly PlacedSink[])[]): {
  readonly named: readonly NamedGroup[]
  readonly notices: readonly string[]
} {
  const byCandidate = new Map<string, (readonly PlacedSink[])[]>()
  for (const sinks of groups) {
    const candidate = sinks[0]?.candidate
    if (candidate !== undefined) gather(byCandidate, candidate, sinks)
  }
  const cut = new Map([...byCandidate].filter(([, own]) => own.length > 1))
  return {
    named: groups.map((sinks) => ({ name: nameOf(sinks, cut), sinks })),
    notices: Array.from(cut, ([candidate, own]) => cutInWords(candidate, own)),
  }
}

function nameOf(sinks: readonly PlacedSink[], cut: ReadonlyMap<string, unknown>): string {
  const [first] = sinks
  if (first?.candidate === undefined) return first?.sink.name ?? ""
  return cut.has(first.candidate) ? `${first.candidate} (${sinksInWords(sinks)})` : first.candidate
}

function sinksInWords(sinks: readonly PlacedSink[]): string {
  const names = [...new Set(sinks.map(({ sink }) => sink.name))]
  const more = names.length - MOST_NAMED
  return more > 0 ? `${names.slice(0, MOST_NAMED).join(", ")} and ${more} more` : names.join(", ")
}

/** "Live offers is cut into 2 products, for its sinks have different owners: gold_offers (Paula Jensen), gold_never_bought (Marketing)." */
function cutInWords(candidate: string, groups: readonly (readonly PlacedSink[])[]): string {
  const differ = (of: (sink: PlacedSink) => string | undefined): boolean =>
    new Set(groups.map(([sink]) => sink && of(sink))).size > 1
  const causes = [
    differ(({ owner }) => owner) ? "different owners" : "",
    differ(({ sink }) => sink.domain) ? "different domains" : "",
    differ(({ context }) => context) ? "different contexts" : "",
  ].filter((each) => each !== "")
  const why = causes.length === 0 ? "required ages more than one class apart" : causes.join(" and ")
  const parts = groups.map((sinks) => `${sinksInWords(sinks)} (${sinks[0]?.owner ?? "no owner"})`)
  return `${candidate} is cut into ${groups.length} products, for its sinks have ${why}: ${parts.join("; ")}.`
}
