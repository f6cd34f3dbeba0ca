/** Cones: what a table needs, all the way up to the sources (E.4). */
import { type Adjacency, type Graph, placesWhere } from "./graph.ts"

/** The cone of one sink, the sink with it: numbers of nodes, ascending. */
export function coneOf(graph: Graph, sink: number): Uint32Array {
  return coneWalker(graph)(sink).slice().sort()
}

/** Walks the cone of one sink after another over the same marks; what it gives is good until the next walk. */
export function coneWalker(graph: Graph): (sink: number) => Uint32Array {
  const walk = openWalk(graph)
  const cone = new Uint32Array(graph.ids.length)
  return (sink) => cone.subarray(0, walk(sink, cone, 0))
}

/**
 * The cones of many sinks in one list: `targets` of the n-th sink are its cone, from the sink up, nearest first. `reversed` tells
 * for each node which of the sinks need it. Takes 4 to 8 bytes for each node of each cone, and nothing for each pair.
 */
export function conesOf(graph: Graph, sinks: Uint32Array): Adjacency {
  const walk = openWalk(graph)
  const offsets = new Uint32Array(sinks.length + 1)
  let cones = new Uint32Array(2 * graph.ids.length)
  let end = 0
  for (let place = 0; place < sinks.length; place++) {
    if (cones.length - end < graph.ids.length) {
      const more = new Uint32Array(2 * cones.length)
      more.set(cones)
      cones = more
    }
    end = walk(sinks[place] as number, cones, end)
    offsets[place + 1] = end
  }
  return { offsets, targets: cones.subarray(0, end) }
}

/** Jaccard index of two ascending cones: the share of what either needs that both need; 1 for two empty ones. */
export function jaccard(a: Uint32Array, b: Uint32Array): number {
  let [inA, inB, both] = [0, 0, 0]
  while (inA < a.length && inB < b.length) {
    const [left, right] = [a[inA] as number, b[inB] as number]
    if (left <= right) inA += 1
    if (right <= left) inB += 1
    if (left === right) both += 1
  }
  const either = a.length + b.length - both
  return either === 0 ? 1 : both / either
}

/** Sinks, ascending: nodes that nothing in the graph reads, and those that a consumer reads; ids not in the graph are passed over. */
export function sinksOf({ ids, downstream: { offsets }, index }: Graph, readByConsumers: Iterable<string> = []): Uint32Array {
  const sinks = new Uint8Array(ids.length)
  for (let node = 0; node < ids.length; node++) if (offsets[node] === offsets[node + 1]) sinks[node] = 1
  for (const id of readByConsumers) {
    const node = index(id)
    if (node !== undefined) sinks[node] = 1
  }
  return placesWhere(sinks, (is) => is === 1)
}

/** Writes one cone after another into a list, from `start` on, over the same marks; gives the place after the last node. */
function openWalk({ ids, upstream: { offsets, targets } }: Graph): (sink: number, cone: Uint32Array, start: number) => number {
  const marks = new Uint32Array(ids.length)
  let walk = 0
  return (sink, cone, start) => {
    walk += 1
    let found = start + 1
    cone[start] = sink
    marks[sink] = walk
    for (let at = start; at < found; at++) {
      const node = cone[at] as number
      const end = offsets[node + 1] as number
      for (let edge = offsets[node] as number; edge < end; edge++) {
        const target = targets[edge] as number
        if (marks[target] === walk) continue
        marks[target] = walk
        cone[found++] = target
      }
    }
    return found
  }
}
