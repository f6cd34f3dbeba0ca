/** Boxes in columns from left to right, in an order that crosses few lines: Dagre's layout, with the columns given by us. */
import { Graph, layout } from "@dagrejs/dagre"

export interface LayeredBox {
  readonly id: string
  readonly column: number
  readonly width: number
  readonly height: number
}

export interface LayeredEdge {
  readonly from: string
  readonly to: string
}

export interface Layered {
  /** Centre of each box. */
  readonly centres: ReadonlyMap<string, { readonly x: number; readonly y: number }>
  /** Per edge, its height in each column that it passes on the way, in order. */
  readonly ways: readonly (readonly number[])[]
  readonly width: number
  readonly height: number
}

export interface Spacing {
  /** Between boxes of a column. */
  readonly between: number
  /** Between columns. */
  readonly gap: number
}

/** Every edge must lead to a column further right. The same input always gives the same layout. */
export function layOut(boxes: readonly LayeredBox[], edges: readonly LayeredEdge[], { between, gap }: Spacing): Layered {
  const graph = new Graph()
  const columns = new Map(boxes.map(({ id, column }) => [id, column]))
  const spans = edges.map(({ from, to }) => (columns.get(to) ?? 0) - (columns.get(from) ?? 0))
  graph.setGraph({
    rankdir: "LR",
    nodesep: between,
    edgesep: 1,
    ranksep: gap,
    ranker: (ranked: Graph) => setRanks(ranked, columns),
  })
  graph.setDefaultEdgeLabel(() => ({}))
  for (const { id, width, height } of boxes) graph.setNode(id, { width, height })
  edges.forEach(({ from, to }, index) => graph.setEdge(from, to, { minlen: spans[index] ?? 1 }))
  layout(graph)
  const { width = 0, height = 0 } = graph.graph() as { width?: number; height?: number }
  return {
    centres: new Map(boxes.map(({ id }) => [id, pointOf(graph.node(id))])),
    ways: edges.map(({ from, to }, index) => passing(graph.edge(from, to), spans[index] ?? 1)),
    width: finite(width),
    height: finite(height),
  }
}

/** Dagre counts two ranks per column, so that labels of edges find room between. */
function setRanks(graph: Graph, columns: ReadonlyMap<string, number>): void {
  for (const id of graph.nodes()) graph.node(id).rank = 2 * (columns.get(id) ?? 0)
}

/** An edge has a point at each end and one per rank between. */
function passing(edge: unknown, span: number): number[] {
  const points = (edge as { points?: { y: number }[] } | undefined)?.points ?? []
  return Array.from({ length: Math.max(0, span - 1) }, (_, index) => points[2 * (index + 1)]?.y ?? 0)
}

function pointOf(node: unknown): { x: number; y: number } {
  const { x = 0, y = 0 } = node as { x?: number; y?: number }
  return { x, y }
}

function finite(value: number): number {
  return Number.isFinite(value) ? value : 0
}
