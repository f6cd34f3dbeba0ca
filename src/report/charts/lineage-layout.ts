/** Where each box of today's picture stands: layers in columns, as large as the room allows. */
import { layOut } from "./layered.ts"
import { type Layer, layerOrder } from "./layers.ts"
import type { LineageEdge, LineageGraph, LineageNode } from "./lineage-graph.ts"
import { type Box, type Point, wrapName } from "./lineage-marks.ts"

/** Points that a picture may use. */
export interface Room {
  readonly width: number
  readonly height: number
  /** Only with boxes that are large enough for two lines, and every step in one column. */
  readonly roomy?: true
}

/** How boxes look. */
interface Style {
  /** Lines of a name. */
  readonly lines: 1 | 2 | 3
  readonly size: number
  readonly height: number
  readonly between: number
  /** Narrowest box in which a name can still be told. */
  readonly least: number
}

const styles: readonly Style[] = [
  { lines: 2, size: 7.5, height: 23, between: 5, least: 52 },
  { lines: 3, size: 7.5, height: 31, between: 5, least: 46 },
  { lines: 2, size: 6.5, height: 17.5, between: 3, least: 46 },
  { lines: 1, size: 6.5, height: 11, between: 2.5, least: 60 },
  { lines: 3, size: 6, height: 22, between: 2.5, least: 38 },
]
/** Smallest letters of a picture that has a page for itself only in part. */
const roomySize = 7.5

/** Widest box, and the share of a column that is left for lines. */
const mostWidth = 120
const gapShare = 0.2

export const headHeight = 18

export interface PlacedEdge extends LineageEdge {
  readonly through: readonly (Point & { readonly width: number })[]
}

export interface LineageLayout {
  readonly style: Style
  readonly boxes: ReadonlyMap<string, Box>
  readonly edges: readonly PlacedEdge[]
  readonly bands: readonly { readonly layer: Layer; readonly x: number; readonly width: number }[]
  readonly width: number
  readonly height: number
}

/** In the style that fits and cuts the fewest names; undefined where none can be read in the room. */
export function placeLineage(graph: LineageGraph, room: Room): LineageLayout | undefined {
  const fitting = styles.flatMap((style) => {
    const rows = Math.floor((room.height - headHeight - 4 + style.between) / (style.height + style.between))
    const columns = columnsOf(graph.nodes, rows)
    const pitch = room.width / columns.count
    const width = Math.min(mostWidth, pitch * (1 - gapShare))
    const cramped = style.size < roomySize || columns.count > columnsOf(graph.nodes, Infinity).count
    return rows > 0 && width >= style.least && !(room.roomy && cramped) ? [{ style, columns, pitch, width }] : []
  })
  const cut = fitting.map(({ style, width }) => graph.nodes.filter((node) => !isWhole(node, style, width)).length)
  const chosen = fitting[cut.indexOf(Math.min(...cut))]
  return chosen && place(graph, chosen.columns, chosen.style, chosen, room)
}

/** Width of the class tab, and of the room for the name beside it. */
export function partsOf({ class: name }: LineageNode, { size }: Style, width: number): { tab: number; text: number } {
  const tab = name === undefined ? 0 : size * 1.6
  return { tab, text: width - tab - (name === undefined ? size * 1.4 : size * 0.9) }
}

function isWhole(node: LineageNode, style: Style, width: number): boolean {
  return wrapName(node.name, partsOf(node, style, width).text, style.size, style.lines).every((line) => !line.includes("…"))
}

interface Columns {
  readonly count: number
  readonly of: ReadonlyMap<string, number>
  readonly bands: readonly { readonly layer: Layer; readonly first: number; readonly last: number }[]
}

/** One column per layer and step, and more where one would be higher than `rows`. */
function columnsOf(nodes: readonly LineageNode[], rows: number): Columns {
  const places = new Map<string, number>()
  const bands: { layer: Layer; first: number; last: number }[] = []
  let column = 0
  for (const layer of layerOrder) {
    const first = column
    const steps = Map.groupBy(
      nodes.filter((node) => node.layer === layer),
      ({ step }) => step,
    )
    for (const [, members] of [...steps].sort(([one], [other]) => one - other)) {
      const parts = Math.max(1, Math.ceil(members.length / Math.max(1, rows)))
      const size = Math.ceil(members.length / parts)
      members.forEach(({ id }, index) => places.set(id, column + Math.floor(index / size)))
      column += Math.ceil(members.length / size)
    }
    if (column > first) bands.push({ layer, first, last: column - 1 })
  }
  return { count: Math.max(1, column), of: places, bands }
}

function place(
  graph: LineageGraph,
  columns: Columns,
  style: Style,
  { pitch, width }: { pitch: number; width: number },
  room: Room,
): LineageLayout {
  const forward = graph.edges.filter(({ back }) => !back)
  const boxes = graph.nodes.map(({ id }) => ({ id, column: columns.of.get(id) ?? 0, width, height: style.height }))
  const laid = layOut(boxes, forward, { between: style.between, gap: pitch - width })
  const space = room.height - headHeight - 4
  const lanes = squeeze(boxes, laid.centres, laid.height, space, style)
  const middle = (column: number): number => (column + 0.5) * pitch
  const found = boxes.map(({ id, column }): [string, Box] => {
    const y = headHeight + (lanes.get(column)?.(laid.centres.get(id)?.y ?? 0) ?? 0)
    return [id, { x: middle(column) - width / 2, y: y - style.height / 2, width, height: style.height }]
  })
  const bottom = Math.max(headHeight, ...found.map(([, { y, height }]) => y + height))
  const ways = new Map(forward.map((edge, index) => [edge, laid.ways[index] ?? []]))
  return {
    style,
    boxes: new Map(found),
    edges: graph.edges.map((edge) => ({
      ...edge,
      through: (ways.get(edge) ?? []).map((y, index) => {
        const column = (columns.of.get(edge.from) ?? 0) + index + 1
        const lane = lanes.get(column)?.(y) ?? y
        return { x: middle(column), y: headHeight + Math.min(Math.max(lane, 1), bottom - headHeight), width }
      }),
    })),
    bands: columns.bands.map(({ layer, first, last }) => ({ layer, x: first * pitch, width: (last - first + 1) * pitch })),
    width: room.width,
    height: bottom + 4,
  }
}

/** Per column, from Dagre's heights to ours: the same order, no two boxes closer than their distance, inside the space. */
function squeeze(
  boxes: readonly { readonly id: string; readonly column: number }[],
  centres: ReadonlyMap<string, Point>,
  natural: number,
  space: number,
  { height, between }: Style,
): Map<number, (y: number) => number> {
  const factor = Math.min(1, space / Math.max(1, natural))
  const byColumn = Map.groupBy(boxes, ({ column }) => column)
  return new Map(
    [...byColumn].map(([column, members]) => {
      const old = members.map(({ id }) => centres.get(id)?.y ?? 0).sort((one, other) => one - other)
      const placed = apart(
        old.map((y) => y * factor),
        height + between,
        height / 2,
        space - height / 2,
      )
      return [column, bentBy(old, placed, factor)]
    }),
  )
}

/** Moves sorted centres as little as needed to be `distance` apart between two limits. */
function apart(wanted: readonly number[], distance: number, low: number, high: number): number[] {
  const placed: number[] = []
  for (const y of wanted) placed.push(Math.max(y, low, (placed.at(-1) ?? -Infinity) + distance))
  for (let index = placed.length - 1, limit = high; index >= 0; index--, limit -= distance)
    placed[index] = Math.min(placed[index] ?? limit, Math.max(limit, low + index * distance))
  return placed
}

/** Straight lines between the boxes' old and new heights, so that a line between two boxes stays between them. */
function bentBy(old: readonly number[], placed: readonly number[], factor: number): (y: number) => number {
  return (y) => {
    const above = old.findLastIndex((each) => each <= y)
    const [y1, y2, p1, p2] = [old[above], old[above + 1], placed[above], placed[above + 1]]
    if (y1 === undefined || p1 === undefined) return (placed[0] ?? 0) - ((old[0] ?? 0) - y) * factor
    if (y2 === undefined || p2 === undefined || y2 === y1) return p1 + (y - y1) * factor
    return p1 + ((y - y1) * (p2 - p1)) / (y2 - y1)
  }
}
