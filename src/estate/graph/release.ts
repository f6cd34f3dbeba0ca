import type { Graph } from "./graph.ts"

/** How far a graph can be walked if a node is let go only after everything it reads. */
export interface Release {
  /** Numbers of the nodes let go, dependencies before readers, levels never falling. */
  readonly queue: Uint32Array
  /** Length of the longest way from a node that reads nothing, for nodes let go. */
  readonly levels: Uint32Array
  /** What each node still waits for: 0 for nodes let go, more for those in or behind a circle. */
  readonly waiting: Uint32Array
}

/** A graph never changes, so it is walked once, however many ask; what was found goes with the graph. */
const known = new WeakMap<Graph, Release>()

/** Lets nodes go, first in, first out (Kahn 1962). Linear the first time, nothing after. */
export function release(graph: Graph): Release {
  const found = known.get(graph) ?? walk(graph)
  known.set(graph, found)
  return found
}

function walk({ upstream, downstream }: Graph): Release {
  const count = upstream.offsets.length - 1
  const waiting = new Uint32Array(count)
  const levels = new Uint32Array(count)
  const queue = new Uint32Array(count)
  let released = 0
  for (let node = 0; node < count; node++) {
    const sources = (upstream.offsets[node + 1] as number) - (upstream.offsets[node] as number)
    waiting[node] = sources
    if (sources === 0) queue[released++] = node
  }
  const { offsets, targets } = downstream
  for (let at = 0; at < released; at++) {
    const node = queue[at] as number
    const end = offsets[node + 1] as number
    for (let edge = offsets[node] as number; edge < end; edge++) {
      const reader = targets[edge] as number
      const left = (waiting[reader] as number) - 1
      waiting[reader] = left
      if (left > 0) continue
      levels[reader] = (levels[node] as number) + 1
      queue[released++] = reader
    }
  }
  return { queue: queue.subarray(0, released), levels, waiting }
}
