import { classOrder } from "../classes.ts"
import { at, type Drawing, type Shape } from "../drawing.ts"
import { cutTo, widthOf } from "../lettering.ts"
import { count, series } from "../wording.ts"
import { type Layer, layerNames, layerOrder } from "./layers.ts"
import type { LineageGraph, LineageNode } from "./lineage-graph.ts"
import { type LineageLayout, type PlacedEdge, partsOf, placeLineage, type Room } from "./lineage-layout.ts"
import { type Box, classTab, middleOf, nameLines, rounded, wayPath, wrapName } from "./lineage-marks.ts"

/** Above this, lines are drawn lighter. */
const manyEdges = 60

/** Today's layers as columns, every box with its class; undefined where the room is too small to read it. */
export function drawToday(graph: LineageGraph, name: string, room: Room): Drawing | undefined {
  const layout = placeLineage(graph, room)
  if (!layout) return undefined
  return {
    width: layout.width,
    height: at(layout.height),
    title: `Today: ${name}, layer by layer`,
    description: describe(graph),
    shapes: [
      ...drawBands(layout),
      ...layout.edges.flatMap((edge) => drawEdge(edge, layout)),
      ...graph.nodes.flatMap((node) => drawNode(node, layout)),
    ],
  }
}

function drawBands({ bands, height, width }: LineageLayout): Shape[] {
  return bands.flatMap(({ layer, x, width: wide }, index): Shape[] => [
    ...(index % 2 === 0
      ? [{ shape: "rect", x: at(x), y: 0, width: at(Math.min(wide, width - x)), height: at(height), fill: "wash" } as const]
      : []),
    {
      shape: "text",
      x: at(x + wide / 2),
      y: 11,
      text: headOf(layer, wide - 4),
      size: 8,
      weight: "semibold",
      anchor: "middle",
      fill: "muted",
    },
  ])
}

/** The first of a layer's two names where there is no room for both. */
function headOf(layer: Layer, width: number): string {
  const name = layerNames[layer]
  const short = widthOf(name, 8, "semibold") > width ? (name.split(",")[0] ?? name) : name
  return cutTo(short, width, 8, "semibold")
}

function drawEdge({ from, to, back, through }: PlacedEdge, { boxes, edges }: LineageLayout): Shape[] {
  const [start, end] = [boxes.get(from), boxes.get(to)]
  if (!start || !end) return []
  if (back) {
    const d = wayPath({ x: start.x, y: middleOf(start) }, [], { x: end.x + end.width, y: middleOf(end) })
    return [{ shape: "path", d, stroke: "ink", strokeWidth: 0.9, dash: [3, 2] }]
  }
  const d = wayPath({ x: start.x + start.width, y: middleOf(start) }, through, { x: end.x, y: middleOf(end) })
  return [
    {
      shape: "path",
      d,
      stroke: "muted",
      ...(edges.length > manyEdges ? { strokeWidth: 0.4, opacity: 0.6 } : { strokeWidth: 0.6 }),
    },
  ]
}

/** Statements have a class in a tab, sources and consumers round ends; a thick line marks a sink, a dot marks state. */
function drawNode(node: LineageNode, { boxes, style }: LineageLayout): Shape[] {
  const box = boxes.get(node.id)
  if (!box) return []
  const isRound = node.class === undefined
  const { tab, text } = partsOf(node, style, box.width)
  const lines = wrapName(node.name, text, style.size, style.lines)
  const x = box.x + tab + style.size * (isRound ? 0.8 : 0.4)
  return [
    { shape: "rect", ...rounded(box), radius: isRound ? at(box.height / 2) : 1.5, fill: "paper", ...outlineOf(node) },
    ...(node.class ? classTab(node.class, { ...rounded(box), width: at(tab) }, style.size * 0.92) : []),
    ...nameLines(lines, { x, top: box.y, bottom: box.y + box.height }, { size: style.size }),
    ...(node.stateful ? [stateDot(box)] : []),
  ]
}

/** On the corner, so that it takes no room from the name. */
function stateDot(box: Box): Shape {
  return { shape: "circle", x: at(box.x + box.width), y: at(box.y), radius: 2, fill: "ink", stroke: "paper", strokeWidth: 0.8 }
}

function outlineOf({ sink, shared, layer }: LineageNode) {
  if (layer === "consumer") return { stroke: "accent", strokeWidth: 0.9 } as const
  if (sink) return { stroke: "ink", strokeWidth: 1.3 } as const
  return { stroke: "muted", strokeWidth: 0.6, ...(shared ? { dash: [2, 1.5] as const } : {}) } as const
}

/** Figures per layer; the names stand in the table beside the picture. */
function describe({ nodes, edges }: LineageGraph): string {
  const layers = layerOrder.flatMap((layer) => {
    const members = nodes.filter((node) => node.layer === layer)
    if (members.length === 0) return []
    const classes = classOrder.flatMap((name) => {
      const number = members.filter((node) => node.class === name).length
      return number > 0 ? [`${number} ${name}`] : []
    })
    return [`${layerNames[layer]}: ${members.length}${classes.length > 0 ? ` (${series(classes)})` : ""}.`]
  })
  const back = edges.filter((edge) => edge.back).length
  return [
    ...layers,
    `${count(edges.length, "line")} from what is read to what reads it${back > 0 ? `, ${back} of them backwards` : ""}.`,
    nodes.length <= 40 ? `${series(nodes.map((node) => [node.name, node.class].filter(Boolean).join(" ")))}.` : "",
  ]
    .filter(Boolean)
    .join(" ")
}
