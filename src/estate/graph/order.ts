/** In which order an estate can be built: dependencies first, in waves, and which chain of statements decides how long it takes. */
import { type Adjacency, type Graph, placesWhere } from "./graph.ts"
import { release } from "./release.ts"

export interface Order {
  /** Numbers of the nodes, dependencies before readers: by level, and within a level as preferred. */
  readonly nodes: Uint32Array
  /** Length of the longest way from a node that reads nothing; meaningless for `blocked` nodes. */
  readonly levels: Uint32Array
  /** Wave w is `nodes[waveOffsets[w]]` up to, and without, `nodes[waveOffsets[w + 1]]`: all of level w. */
  readonly waveOffsets: Uint32Array
  /** Nodes in or behind a circle, which have no order; none once the circles are cut. */
  readonly blocked: Uint32Array
}

/** Topological order by levels; nodes of one level come in the order of `preferred`, else in the order given. */
export function orderOf(graph: Graph, preferred?: Uint32Array): Order {
  const { queue, levels, waiting } = release(graph)
  const last = queue.at(-1)
  const waveOffsets = new Uint32Array((last === undefined ? 0 : (levels[last] as number) + 1) + 1)
  for (const node of queue) {
    const wave = (levels[node] as number) + 1
    waveOffsets[wave] = (waveOffsets[wave] as number) + 1
  }
  for (let wave = 1; wave < waveOffsets.length; wave++)
    waveOffsets[wave] = (waveOffsets[wave] as number) + (waveOffsets[wave - 1] as number)
  const next = waveOffsets.slice()
  const nodes = new Uint32Array(queue.length)
  for (let at = 0; at < waiting.length; at++) {
    const node = preferred === undefined ? at : (preferred[at] as number)
    if (waiting[node] !== 0) continue
    const level = levels[node] as number
    const place = next[level] as number
    nodes[place] = node
    next[level] = place + 1
  }
  const blocked = queue.length === waiting.length ? new Uint32Array() : placesWhere(waiting, (left) => left > 0)
  return { nodes, levels, waveOffsets, blocked }
}

/** Every node, those with the lowest key first and equal ones by id: what `orderOf` prefers, such as stateless first. */
export function preferredBy(graph: Graph, key: (node: number) => number): Uint32Array {
  const keys = Float64Array.from(graph.ids, (_, node) => key(node))
  const nodes = Uint32Array.from(graph.ids.keys())
  return nodes.sort((a, b) => (keys[a] as number) - (keys[b] as number) || ((graph.ids[a] ?? "") < (graph.ids[b] ?? "") ? -1 : 1))
}

/** Dependency waves: what can be built at the same time, as soon as all earlier waves are there. */
export function wavesOf({ nodes, waveOffsets }: Order): readonly Uint32Array[] {
  return Array.from(waveOffsets.subarray(1), (end, wave) => nodes.subarray(waveOffsets[wave], end))
}

/** When each node can start if all dependencies come first, in the unit of the durations. */
export interface CriticalPath {
  /** Of the whole; what no number of people makes shorter. */
  readonly length: number
  /** Nodes, sources first, that are started one as soon as the other is done and end last. */
  readonly path: Uint32Array
  readonly earliestStart: Float64Array
  /** How much later a node may start and delay nothing; 0 on the path. */
  readonly slack: Float64Array
}

/** The longest chain by duration of an ordered graph (critical path method, without limits on people). Linear. */
export function criticalPathOf(graph: Graph, order: Order, durations: ArrayLike<number>): CriticalPath {
  const { earliestStart, length, last } = forward(graph.upstream, order.nodes, durations)
  const slack = new Float64Array(graph.ids.length)
  const tails = new Float64Array(graph.ids.length)
  const { offsets, targets } = graph.downstream
  for (let at = order.nodes.length - 1; at >= 0; at--) {
    const node = order.nodes[at] as number
    const end = offsets[node + 1] as number
    let tail = 0
    for (let edge = offsets[node] as number; edge < end; edge++) {
      const after = tails[targets[edge] as number] as number
      if (after > tail) tail = after
    }
    tail += durations[node] as number
    tails[node] = tail
    const spare = length - tail - (earliestStart[node] as number)
    slack[node] = spare > length * roundingError ? spare : 0
  }
  return { length, path: pathTo(last, graph.upstream, earliestStart, durations), earliestStart, slack }
}

/** Sums of many durations in another order differ in their last digits; less than this part of the whole is no slack. */
const roundingError = 1e-12

function forward({ offsets, targets }: Adjacency, nodes: Uint32Array, durations: ArrayLike<number>) {
  const earliestStart = new Float64Array(offsets.length - 1)
  const finish = new Float64Array(offsets.length - 1)
  let length = 0
  let last = nodes[0]
  for (const node of nodes) {
    const end = offsets[node + 1] as number
    let start = 0
    for (let edge = offsets[node] as number; edge < end; edge++) {
      const before = finish[targets[edge] as number] as number
      if (before > start) start = before
    }
    earliestStart[node] = start
    finish[node] = start + (durations[node] as number)
    if (finish[node] > length) {
      length = finish[node]
      last = node
    }
  }
  return { earliestStart, length, last }
}

/** Back from the node that ends last, each time to the first dependency that it waited for. */
function pathTo(last: number | undefined, upstream: Adjacency, earliestStart: Float64Array, durations: ArrayLike<number>) {
  const path: number[] = []
  for (let node = last; node !== undefined;) {
    path.push(node)
    const start = earliestStart[node] as number
    const before: Uint32Array = upstream.targets.subarray(upstream.offsets[node], upstream.offsets[node + 1])
    node = before.find((each) => (earliestStart[each] as number) + (durations[each] as number) === start)
  }
  return Uint32Array.from(path.reverse())
}
