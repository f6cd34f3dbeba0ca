/** Whether the rows that a SELECT reads change after they were written. */
import { cteOf } from "../relations.ts"
import type { Core, Query } from "../structure.ts"
import { aggregates, rankings } from "../words.ts"

const known = new WeakMap<Query, boolean>()

/** Rows of a query change when it, or one that it reads, groups, removes duplicates, ranks or joins with missing sides. */
export function isUpdating(core: Core): boolean {
  return inputsOf(core).some(hasChanges)
}

/** Queries that a SELECT reads. */
export function inputsOf(core: Core): readonly Query[] {
  return core.sources.flatMap((source) => source.query ?? cteOf(core.query, source.name)?.query ?? [])
}

/** No written statement reads as many. */
const mostQueries = 2000

/** Walks through the inputs with a list of its own, each query once. */
function hasChanges(query: Query): boolean {
  const remembered = known.get(query)
  if (remembered !== undefined) return remembered
  const seen = new Set([query])
  let result = false
  for (const each of seen) {
    if (seen.size > mostQueries) break
    if (each.cores.some(changesItself)) {
      result = true
      break
    }
    for (const next of [...each.cores.flatMap(inputsOf), ...each.branches]) seen.add(next)
  }
  known.set(query, result)
  return result
}

const changesItself = (core: Core): boolean =>
  core.distinct !== undefined ||
  core.groupBy !== undefined ||
  core.sources.some(
    ({ join }) => join !== undefined && (join.kind === "left" || join.kind === "right" || join.kind === "full"),
  ) ||
  core.calls.some(({ name, over }) => (over === undefined ? aggregates.has(name) : rankings.has(name)))
