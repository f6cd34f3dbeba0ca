/**
 * What reads what, as numbers: ids are interned once, and both directions of every edge lie in typed arrays, so that everything
 * that walks the estate walks arrays and nothing recurses.
 */

/** What a graph is built from: statements and sources fit as they are. */
export interface GraphNode {
  readonly id: string
  readonly dependsOn: readonly string[]
}

/** Neighbours of node n: `targets[offsets[n]]` up to, and without, `targets[offsets[n + 1]]`. */
export interface Adjacency {
  readonly offsets: Uint32Array
  readonly targets: Uint32Array
}

export interface Edge {
  /** The node that is read. */
  readonly from: string
  /** The node that reads it. */
  readonly to: string
}

export interface Graph {
  /** Id of each node, in the order given; a node's number is its place in this list. */
  readonly ids: readonly string[]
  /** What each node reads, in the order given. */
  readonly upstream: Adjacency
  /** Who reads each node, by ascending number. */
  readonly downstream: Adjacency
  /** Ids that are depended on and not given: they are no nodes, and their edges are left out. */
  readonly missing: readonly string[]
  /** Ids given more than once: they are one node, with the dependencies of all. */
  readonly duplicates: readonly string[]
  /** Ids that read what they write themselves: no edge, since a statement that goes on from its own result closes no circle. */
  readonly selfLoops: readonly string[]
  /** Number of a node; undefined for an id that is not in the graph. */
  readonly index: (id: string) => number | undefined
}

/** The graph of nodes by id; an edge that is given twice counts once. Linear in nodes and edges. */
export function buildGraph(given: readonly GraphNode[]): Graph {
  const { nodes, places, duplicates } = withoutDuplicates(given)
  const missing = new Set<string>()
  const selfLoops = new Set<string>()
  const upstream = readBy(nodes, places, missing, selfLoops)
  return {
    ids: nodes.map(({ id }) => id),
    upstream,
    downstream: reversed(upstream),
    missing: [...missing],
    duplicates,
    selfLoops: [...selfLoops],
    index: (id) => places.get(id),
  }
}

/** The graph without some of its edges; edges that it does not have are passed over. */
export function withoutEdges(graph: Graph, edges: readonly Edge[]): Graph {
  const count = graph.ids.length
  const gone = new Set<number>()
  for (const { from, to } of edges) {
    const source = graph.index(from)
    const reader = graph.index(to)
    if (source !== undefined && reader !== undefined) gone.add(reader * count + source)
  }
  if (gone.size === 0) return graph
  const { offsets, targets } = graph.upstream
  const kept = { offsets: new Uint32Array(count + 1), targets: new Uint32Array(targets.length) }
  let used = 0
  for (let node = 0; node < count; node++) {
    const end = offsets[node + 1] as number
    for (let at = offsets[node] as number; at < end; at++) {
      const source = targets[at] as number
      if (!gone.has(node * count + source)) kept.targets[used++] = source
    }
    kept.offsets[node + 1] = used
  }
  const upstream = { offsets: kept.offsets, targets: kept.targets.slice(0, used) }
  return { ...graph, upstream, downstream: reversed(upstream) }
}

/** Every edge turned round, to lists of `targetCount` targets; the neighbours of each come out in ascending order. */
export function reversed({ offsets, targets }: Adjacency, targetCount = offsets.length - 1): Adjacency {
  const count = offsets.length - 1
  const starts = new Uint32Array(targetCount + 1)
  for (const target of targets) starts[target + 1] = (starts[target + 1] as number) + 1
  for (let node = 0; node < targetCount; node++) starts[node + 1] = (starts[node + 1] as number) + (starts[node] as number)
  const next = starts.slice(0, targetCount)
  const turned = new Uint32Array(targets.length)
  for (let node = 0; node < count; node++) {
    const end = offsets[node + 1] as number
    for (let at = offsets[node] as number; at < end; at++) {
      const target = targets[at] as number
      const place = next[target] as number
      turned[place] = node
      next[target] = place + 1
    }
  }
  return { offsets: starts, targets: turned }
}

/** The places of a list whose value passes, ascending. */
export function placesWhere(values: Uint8Array | Uint32Array, passes: (value: number) => boolean): Uint32Array {
  const places = new Uint32Array(values.length)
  let found = 0
  for (let place = 0; place < values.length; place++) if (passes(values[place] as number)) places[found++] = place
  return places.slice(0, found)
}

/** Upstream neighbours, read in one pass; what is no edge is put down in the two sets. */
function readBy(
  nodes: readonly GraphNode[],
  places: ReadonlyMap<string, number>,
  missing: Set<string>,
  selfLoops: Set<string>,
): Adjacency {
  const offsets = new Uint32Array(nodes.length + 1)
  const targets = new Uint32Array(nodes.reduce((sum, { dependsOn }) => sum + dependsOn.length, 0))
  const lastReader = new Uint32Array(nodes.length)
  let used = 0
  let place = 0
  for (const { id, dependsOn } of nodes) {
    const reader = place + 1
    for (const dependency of dependsOn) {
      const target = places.get(dependency)
      if (target === undefined) missing.add(dependency)
      else if (target === place) selfLoops.add(id)
      else if (lastReader[target] !== reader) {
        lastReader[target] = reader
        targets[used++] = target
      }
    }
    offsets[reader] = used
    place = reader
  }
  return { offsets, targets: used < targets.length ? targets.slice(0, used) : targets }
}

interface Unique {
  readonly nodes: readonly GraphNode[]
  readonly places: ReadonlyMap<string, number>
  readonly duplicates: readonly string[]
}

function withoutDuplicates(given: readonly GraphNode[]): Unique {
  const places = placesOf(given)
  if (places.size === given.length) return { nodes: given, places, duplicates: [] }
  const merged = new Map<string, string[]>()
  const duplicates = new Set<string>()
  for (const { id, dependsOn } of given) {
    const known = merged.get(id)
    if (known === undefined) merged.set(id, [...dependsOn])
    else {
      duplicates.add(id)
      for (const dependency of dependsOn) known.push(dependency)
    }
  }
  const nodes = Array.from(merged, ([id, dependsOn]) => ({ id, dependsOn }))
  return { nodes, places: placesOf(nodes), duplicates: [...duplicates] }
}

function placesOf(nodes: readonly GraphNode[]): Map<string, number> {
  const places = new Map<string, number>()
  let place = 0
  for (const { id } of nodes) places.set(id, place++)
  return places
}
