/** The same plan made in five ways: order, waves, critical path with slack, and the cone of every sink. */
import { alg, Graph as Graphlib } from "@dagrejs/graphlib"
import { DepGraph } from "dependency-graph"
import { DirectedGraph } from "graphology"
import { topologicalSort } from "graphology-dag"
import { conesOf, sinksOf } from "../src/estate/graph/cones.ts"
import { cutCycles, findCycles } from "../src/estate/graph/cycles.ts"
import { buildGraph, type GraphNode } from "../src/estate/graph/graph.ts"
import { criticalPathOf, orderOf, wavesOf } from "../src/estate/graph/order.ts"
import type { TypedEdges } from "./graph-estate.ts"

/** What all ways have to agree on. */
export interface Plan {
  readonly waves: number
  /** Days of the critical path. */
  readonly length: number
  /** Days of slack of all statements together. */
  readonly slack: number
  readonly sinks: number
  /** Statements in all cones together. */
  readonly coneSizes: number
}

/** As the estate is planned: circles found and cut, and the cones kept. */
export function planned(nodes: readonly GraphNode[], durations: Float64Array): Plan {
  const given = buildGraph(nodes)
  const { graph } = cutCycles(given, findCycles(given))
  const order = orderOf(graph)
  const { length, slack } = criticalPathOf(graph, order, durations)
  const sinks = sinksOf(graph)
  return {
    waves: wavesOf(order).length,
    length,
    slack: slack.reduce((sum, each) => sum + each, 0),
    sinks: sinks.length,
    coneSizes: conesOf(graph, sinks).targets.length,
  }
}

/** The floor: one pass after another over typed arrays, from edges that are numbers already. */
export function typedPass({ count, from, to }: TypedEdges, durations: Float64Array): Plan {
  const [upAt, up] = compressed(count, to, from)
  const [downAt, down] = compressed(count, from, to)
  const waiting = new Uint32Array(count)
  const levels = new Uint32Array(count)
  const order = new Uint32Array(count)
  const start = new Float64Array(count)
  const tail = new Float64Array(count)
  let [released, waves, length, slack] = [0, 0, 0, 0]
  for (let node = 0; node < count; node++)
    if ((waiting[node] = (upAt[node + 1] as number) - (upAt[node] as number)) === 0) order[released++] = node
  for (let at = 0; at < released; at++) {
    const node = order[at] as number
    const finish = (start[node] as number) + (durations[node] as number)
    if (finish > length) length = finish
    waves = levels[node] as number
    for (let edge = downAt[node] as number; edge < (downAt[node + 1] as number); edge++) {
      const reader = down[edge] as number
      if (finish > (start[reader] as number)) start[reader] = finish
      if ((waiting[reader] = (waiting[reader] as number) - 1) > 0) continue
      levels[reader] = waves + 1
      order[released++] = reader
    }
  }
  for (let at = released - 1; at >= 0; at--) {
    const node = order[at] as number
    let longest = 0
    for (let edge = downAt[node] as number; edge < (downAt[node + 1] as number); edge++) {
      const after = tail[down[edge] as number] as number
      if (after > longest) longest = after
    }
    tail[node] = longest + (durations[node] as number)
    slack += length - tail[node] - (start[node] as number)
  }
  return { waves: waves + 1, length, slack, ...typedCones(count, upAt, up, downAt) }
}

function compressed(count: number, by: Uint32Array, other: Uint32Array): readonly [Uint32Array, Uint32Array] {
  const offsets = new Uint32Array(count + 1)
  for (const node of by) offsets[node + 1] = (offsets[node + 1] as number) + 1
  for (let node = 0; node < count; node++) offsets[node + 1] = (offsets[node + 1] as number) + (offsets[node] as number)
  const next = offsets.slice()
  const targets = new Uint32Array(by.length)
  for (let edge = 0; edge < by.length; edge++) {
    const node = by[edge] as number
    const place = next[node] as number
    targets[place] = other[edge] as number
    next[node] = place + 1
  }
  return [offsets, targets]
}

function typedCones(count: number, upAt: Uint32Array, up: Uint32Array, downAt: Uint32Array) {
  const marks = new Uint32Array(count)
  const cone = new Uint32Array(count)
  let [sinks, coneSizes] = [0, 0]
  for (let sink = 0; sink < count; sink++) {
    if (downAt[sink] !== downAt[sink + 1]) continue
    sinks += 1
    let found = 1
    cone[0] = sink
    for (let at = 0; at < found; at++) {
      const node = cone[at] as number
      for (let edge = upAt[node] as number; edge < (upAt[node + 1] as number); edge++) {
        const target = up[edge] as number
        if (marks[target] === sinks) continue
        marks[target] = sinks
        cone[found++] = target
      }
    }
    coneSizes += found
  }
  return { sinks, coneSizes }
}

/** dependency-graph: its order (which looks for circles) and its cones. */
export function byDependencyGraph(nodes: readonly GraphNode[], durations: Float64Array): Plan {
  const graph = new DepGraph<number>()
  nodes.forEach(({ id }, at) => graph.addNode(id, durations[at] ?? 0))
  for (const { id, dependsOn } of nodes) for (const source of dependsOn) graph.addDependency(id, source)
  const sinks = graph.entryNodes()
  return {
    ...planByMaps(graph.overallOrder(), {
      durationOf: (id) => graph.getNodeData(id),
      sourcesOf: (id) => graph.directDependenciesOf(id),
    }),
    sinks: sinks.length,
    coneSizes: sinks.reduce((sum, id) => sum + graph.dependenciesOf(id).length + 1, 0),
  }
}

/** graphology: the order of graphology-dag, which fails on a circle; cones over its neighbours, as it has no function for them. */
export function byGraphology(nodes: readonly GraphNode[], durations: Float64Array): Plan {
  const graph = new DirectedGraph<{ duration: number }>()
  nodes.forEach(({ id }, at) => graph.addNode(id, { duration: durations[at] ?? 0 }))
  for (const { id, dependsOn } of nodes) for (const source of dependsOn) graph.addDirectedEdge(source, id)
  const sourcesOf = (id: string): readonly string[] => graph.inNeighbors(id)
  const sinks = graph.filterNodes((id) => graph.outDegree(id) === 0)
  return {
    ...planByMaps(topologicalSort(graph), { durationOf: (id) => graph.getNodeAttribute(id, "duration"), sourcesOf }),
    sinks: sinks.length,
    coneSizes: sinks.reduce((sum, id) => sum + coneSize(id, sourcesOf), 0),
  }
}

/** graphlib: its order, which fails on a circle; cones over its predecessors, as it has no function for them. */
export function byGraphlib(nodes: readonly GraphNode[], durations: Float64Array): Plan {
  const graph = new Graphlib()
  nodes.forEach(({ id }, at) => graph.setNode(id, durations[at] ?? 0))
  for (const { id, dependsOn } of nodes) for (const source of dependsOn) graph.setEdge(source, id)
  const sourcesOf = (id: string): readonly string[] => graph.predecessors(id) ?? []
  const sinks = graph.sinks()
  return {
    ...planByMaps(alg.topsort(graph), { durationOf: (id) => graph.node(id) as number, sourcesOf }),
    sinks: sinks.length,
    coneSizes: sinks.reduce((sum, id) => sum + coneSize(id, sourcesOf), 0),
  }
}

interface Access {
  readonly durationOf: (id: string) => number
  readonly sourcesOf: (id: string) => readonly string[]
}

/** Waves, length and slack over an order of ids, as a user of one of these libraries would write them. */
function planByMaps(order: readonly string[], { durationOf, sourcesOf }: Access) {
  const levels = new Map<string, number>()
  const finish = new Map<string, number>()
  let [waves, length, slack] = [0, 0, 0]
  for (const id of order) {
    const sources = sourcesOf(id)
    const level = sources.reduce((most, each) => Math.max(most, (levels.get(each) ?? 0) + 1), 0)
    const end = sources.reduce((latest, each) => Math.max(latest, finish.get(each) ?? 0), 0) + durationOf(id)
    levels.set(id, level)
    finish.set(id, end)
    waves = Math.max(waves, level + 1)
    length = Math.max(length, end)
  }
  const latest = new Map<string, number>()
  for (const id of order.toReversed()) {
    const end = latest.get(id) ?? length
    slack += end - (finish.get(id) ?? 0)
    const start = end - durationOf(id)
    for (const source of sourcesOf(id)) latest.set(source, Math.min(latest.get(source) ?? length, start))
  }
  return { waves, length, slack }
}

function coneSize(sink: string, sourcesOf: (id: string) => readonly string[]): number {
  const cone = new Set([sink])
  for (const id of cone) for (const source of sourcesOf(id)) cone.add(source)
  return cone.size
}
