/** Effort of a product in person-days (E.3): its statements, its new sources, its sinks, and the product itself. */
import { range, sumOf } from "../assessment/effort.ts"
import type { EffortRange } from "../assessment/result.ts"
import type { SourceSystem } from "./source-systems.ts"

/** Parallel run, then backfill, for each sink. */
const PER_SINK = [3 + 2, 8 + 5] as const
/** Contract and sheet, then monitoring. */
const PER_PRODUCT = [3 + 0.5, 6 + 1] as const

/** What a product adds: statements and systems are those that nobody has paid for yet. */
export function productEffort(statements: Iterable<EffortRange>, systems: Iterable<SourceSystem>, sinks: number): EffortRange {
  const once = range(sinks * PER_SINK[0] + PER_PRODUCT[0], sinks * PER_SINK[1] + PER_PRODUCT[1])
  return sumOf([once, ...Array.from(systems, (system) => system.effort), sumOf([...statements])])
}
