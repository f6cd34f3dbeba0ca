/** The cone of every sink: the statements and sources that it needs (E.4, step 1). */
import { coneWalker } from "../graph/cones.ts"
import type { EstateGraph } from "../plan/estate-graph.ts"
import type { SinkTable } from "./sinks.ts"

/** Cones take this many places together at most, about 40 MB. */
const MOST_PLACES = 10_000_000

/** Numbers of what a sink needs, ascending: its own statements among the statements. */
export interface SinkCone {
  readonly statements: Uint32Array
  readonly sources: Uint32Array
}

/** Walks the cones in the order of the sinks, until they would take too much room together: those left out have no cone. */
export function conesOfSinks(estate: EstateGraph, sinks: readonly SinkTable[]): ReadonlyMap<SinkTable, SinkCone> {
  const walk = coneWalker(estate.graph)
  const cones = new Map<SinkTable, SinkCone>()
  let places = 0
  for (const sink of sinks) {
    const [first, ...others] = sink.nodes
    if (first === undefined) continue
    const cone = others.length === 0 ? walk(first).slice() : joined(sink.nodes.map((node) => walk(node).slice()))
    places += cone.length
    if (places > MOST_PLACES) break
    cones.set(sink, split(cone.sort(), estate.statements))
  }
  return cones
}

/** Every number of several lists once. */
export function joined(lists: readonly Uint32Array[]): Uint32Array {
  const [only, ...others] = lists
  if (only !== undefined && others.length === 0) return only
  const all = new Uint32Array(lists.reduce((sum, list) => sum + list.length, 0))
  let used = 0
  for (const list of lists) {
    all.set(list, used)
    used += list.length
  }
  all.sort()
  let kept = 0
  for (const [at, each] of all.entries()) if (at === 0 || each !== all[at - 1]) all[kept++] = each
  return all.slice(0, kept)
}

function split(cone: Uint32Array, statements: number): SinkCone {
  const found = cone.findIndex((node) => node >= statements)
  const border = found < 0 ? cone.length : found
  return { statements: cone.subarray(0, border), sources: cone.subarray(border) }
}
