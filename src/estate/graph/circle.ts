/** Circles: parts of the graph in which data runs round, each with numbers of its own, so that work on it costs only its size. */
import { strongParts } from "./components.ts"
import { type Adjacency, type Graph, placesWhere, reversed } from "./graph.ts"
import { release } from "./release.ts"

/** A strongly connected part of two or more nodes. */
export interface Circle {
  /** Number in the graph of each node, ascending; its place here is its number in `readers`. */
  readonly nodes: Uint32Array
  /** Who reads whom inside the circle. */
  readonly readers: Adjacency
  /**
   * Steps from the sources of the graph by the longest way from outside, then by the shortest inside; 0 for all where no way leads
   * into the circle.
   */
  readonly depths: Uint32Array
  /** 1 for nodes that also read something outside the circle. */
  readonly fed: Uint8Array
}

/** Every circle of a graph, a circle before those that read from it. Linear, but for a sort of each circle's nodes. */
export function circlesOf(graph: Graph): readonly Circle[] {
  // Most estates have no circle, and that shows in half the time that finding one takes.
  if (release(graph).queue.length === graph.ids.length) return []
  const { of, count } = strongParts(graph.upstream)
  const { offsets, targets: byPart } = reversed(
    { offsets: Uint32Array.from({ length: of.length + 1 }, (_, at) => at), targets: of },
    count,
  )
  const levels = new Uint32Array(of.length)
  const place = new Uint32Array(of.length)
  const circles: Circle[] = []
  for (let part = 0; part < count; part++) {
    const nodes = byPart.slice(offsets[part], offsets[part + 1])
    for (const [at, node] of nodes.entries()) {
      place[node] = at
      levels[node] = levelFromOutside(graph.upstream, of, levels, node)
    }
    if (nodes.length === 1) continue
    const readers = readersInside(graph.upstream, of, place, nodes)
    const fed = Uint8Array.from(nodes, (node) => (levels[node] === 0 ? 0 : 1))
    const depths = depthsInside(
      readers,
      nodes.map((node) => levels[node] ?? 0),
    )
    for (const [at, node] of nodes.entries()) levels[node] = depths[at] as number
    circles.push({ nodes, readers, depths, fed })
  }
  return circles
}

/**
 * Edges, as pairs of numbers in the graph, without which nothing in the circle is circular any more: those that lead back to
 * a node on the way that is being followed, the ways being followed from the sources on. Linear.
 */
export function backEdgesOf({ nodes, readers: { offsets, targets }, depths }: Circle): readonly (readonly [number, number])[] {
  const edges: [number, number][] = []
  const state = new Uint8Array(nodes.length)
  const [untouched, onTheWay, done] = [0, 1, 2]
  const next = offsets.slice(0, nodes.length)
  const way = new Uint32Array(nodes.length)
  const fromSources = Uint32Array.from(nodes.keys()).sort((a, b) => (depths[a] as number) - (depths[b] as number) || a - b)
  for (const root of fromSources) {
    if (state[root] !== untouched) continue
    let length = 1
    way[0] = root
    state[root] = onTheWay
    while (length > 0) {
      const node = way[length - 1] as number
      const at = next[node] as number
      if (at === offsets[node + 1]) {
        state[node] = done
        length -= 1
        continue
      }
      next[node] = at + 1
      const target = targets[at] as number
      if (state[target] === onTheWay) edges.push([nodes[node] as number, nodes[target] as number])
      if (state[target] !== untouched) continue
      state[target] = onTheWay
      way[length++] = target
    }
  }
  return edges
}

/** One more than the highest level of what a node reads outside its part; 0 if it reads nothing there. */
function levelFromOutside({ offsets, targets }: Adjacency, of: Uint32Array, levels: Uint32Array, node: number): number {
  const end = offsets[node + 1] as number
  let level = 0
  for (let edge = offsets[node] as number; edge < end; edge++) {
    const source = targets[edge] as number
    if (of[source] !== of[node] && (levels[source] as number) >= level) level = (levels[source] as number) + 1
  }
  return level
}

function readersInside({ offsets, targets }: Adjacency, of: Uint32Array, place: Uint32Array, nodes: Uint32Array): Adjacency {
  const starts = new Uint32Array(nodes.length + 1)
  const inside: number[] = []
  for (const [at, node] of nodes.entries()) {
    const end = offsets[node + 1] as number
    for (let edge = offsets[node] as number; edge < end; edge++) {
      const source = targets[edge] as number
      if (of[source] === of[node]) inside.push(place[source] as number)
    }
    starts[at + 1] = inside.length
  }
  return reversed({ offsets: starts, targets: Uint32Array.from(inside) })
}

/** Nodes that read only inside the circle come one step after the first of what they read. */
function depthsInside({ offsets, targets }: Adjacency, fromOutside: Uint32Array): Uint32Array {
  const depths = fromOutside.slice()
  const queue = new Uint32Array(depths.length)
  const entries = placesWhere(depths, (depth) => depth > 0).sort((a, b) => (depths[a] as number) - (depths[b] as number) || a - b)
  queue.set(entries)
  let found = entries.length
  for (let at = 0; at < found; at++) {
    const node = queue[at] as number
    const end = offsets[node + 1] as number
    for (let edge = offsets[node] as number; edge < end; edge++) {
      const reader = targets[edge] as number
      if (depths[reader] !== 0) continue
      depths[reader] = (depths[node] as number) + 1
      queue[found++] = reader
    }
  }
  return depths
}
