/** Effort of a product in person-days (E.3): its statements, its new sources, its sinks, and the product itself. */
import { range, sumOf } from "../../assessment/effort.ts"
import type { EffortRange } from "../../assessment/result.ts"
import type { SourceSystem } from "./source-systems.ts"

/** Parallel run, then backfill, for each sink. */
const PER_SINK = [3 + 2, 8 + 5] as const
/** Contract and sheet, then monitoring. */
const PER_PRODUCT = [3 + 0.5, 6 + 1] as const

/** What a product adds: statements (numbers in `effortAt`) and systems are those that nobody has paid for yet. */
export function productEffort(
  effortAt: readonly EffortRange[],
  statements: ArrayLike<number>,
  systems: Iterable<SourceSystem>,
  sinks: number,
): EffortRange {
  const once = range(sinks * PER_SINK[0] + PER_PRODUCT[0], sinks * PER_SINK[1] + PER_PRODUCT[1])
  const work = { low: 0, expected: 0, high: 0 }
  for (let at = 0; at < statements.length; at++) {
    const effort = effortAt[statements[at] ?? 0]
    if (effort === undefined) continue
    work.low += effort.low
    work.expected += effort.expected
    work.high += effort.high
  }
  return sumOf([once, work, ...Array.from(systems, (system) => system.effort)])
}
