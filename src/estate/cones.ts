/** Cones: what a table needs, all the way up to the sources (E.4). */
import { type Graph, placesWhere } from "./graph.ts"

/** Walks the cone of one sink after another over the same marks; what it gives is good until the next walk. */
export function coneWalker(graph: Graph): (sink: number) => Uint32Array {
  const { offsets, targets } = graph.upstream
  const marks = new Uint32Array(graph.ids.length)
  const cone = new Uint32Array(graph.ids.length)
  let walk = 0
  return (sink) => {
    // After 2^32 walks the marks would repeat.
    if (walk === 0xffffffff) marks.fill((walk = 0))
    walk += 1
    let found = 1
    cone[0] = sink
    marks[sink] = walk
    for (let at = 0; at < found; at++) {
      const node = cone[at] as number
      const end = offsets[node + 1] as number
      for (let edge = offsets[node] as number; edge < end; edge++) {
        const target = targets[edge] as number
        if (marks[target] === walk) continue
        marks[target] = walk
        cone[found++] = target
      }
    }
    return cone.subarray(0, found)
  }
}

/** The cone of each sink, the sink with it: numbers of nodes, ascending. Takes as much memory as the cones have nodes. */
export function conesOf(graph: Graph, sinks: Iterable<number>): readonly Uint32Array[] {
  const walk = coneWalker(graph)
  return Array.from(sinks, (sink) => walk(sink).slice().sort())
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
