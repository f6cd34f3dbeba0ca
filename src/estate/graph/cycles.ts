/** Circles in an estate, which are almost always results that somebody writes back to where the data came from (E.6, step 1). */
import { backEdgesOf, type Circle, circlesOf } from "./circle.ts"
import { strongParts } from "./components.ts"
import { bestCut, type NameOf } from "./cycle-cut.ts"
import { type Edge, type Graph, withoutEdges } from "./graph.ts"
import type { Cycle } from "../model.ts"

type Cut = Cycle["cut"]

/** Rounds in which each cut is chosen with care; what is still circular then is opened by order alone. */
const carefulRounds = 32
/** Circles of more nodes than this are worth the care only in the first round. */
const carefulSize = 5000

/**
 * Each strongly connected part of two or more nodes, with the edge that most likely writes results back.
 * `nameOf` gives what tells most about a node, such as name, file and tags; without it the id has to do.
 */
export function findCycles(graph: Graph, nameOf?: NameOf): readonly Cycle[] {
  return circlesOf(graph).map((circle) => ({
    nodes: Array.from(circle.nodes, (node) => graph.ids[node] ?? ""),
    cut: bestCut(graph, circle, nameOf),
  }))
}

/**
 * The graph without any circle: the cuts of the cycles are made first, whoever chose them, then further ones until none is left.
 * Only edges inside a circle are cut; a proposed cut that is no such edge is passed over. `cuts` are all that were made.
 */
export function cutCycles(
  graph: Graph,
  cycles: readonly Cycle[],
  nameOf?: NameOf,
): { readonly graph: Graph; readonly cuts: readonly Cut[] } {
  let cuts = cycles.length === 0 ? [] : cutsInside(graph, cycles)
  let left = withoutEdges(graph, cuts)
  for (let round = 1; ; round++) {
    const circles = circlesOf(left)
    if (circles.length === 0) return { graph: left, cuts }
    const careful = ({ nodes }: Circle): boolean => round < carefulRounds && nodes.length <= carefulSize
    const further = circles.flatMap((circle) => (careful(circle) ? [bestCut(left, circle, nameOf)] : cutsByOrder(left, circle)))
    left = withoutEdges(left, further)
    cuts = cuts.concat(further)
  }
}

function cutsInside({ upstream, index }: Graph, cycles: readonly Cycle[]): readonly Cut[] {
  const { of } = strongParts(upstream)
  const { offsets, targets } = upstream
  const isInside = ({ from, to }: Edge): boolean => {
    const [source, reader] = [index(from), index(to)]
    if (source === undefined || reader === undefined || of[source] !== of[reader]) return false
    return targets.subarray(offsets[reader], offsets[reader + 1]).includes(source)
  }
  return cycles.map(({ cut }) => cut).filter(isInside)
}

function cutsByOrder({ ids }: Graph, circle: Circle): readonly Cut[] {
  const because = `One of many circles among ${circle.nodes.length} statements; this edge runs against the way from the sources.`
  return backEdgesOf(circle).map(([from, to]) => ({ from: ids[from] ?? "", to: ids[to] ?? "", because }))
}
