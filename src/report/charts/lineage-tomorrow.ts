import type { Product } from "../../estate/model.ts"
import { at, type Drawing, type Shape } from "../drawing.ts"
import { linesOf } from "../lettering.ts"
import { capital, count, duration, series } from "../wording.ts"
import type { LineageGraph } from "./lineage-graph.ts"
import type { Room } from "./lineage-layout.ts"
import {
  boxHeight,
  drawContract,
  drawInput,
  drawProduct,
  drawReader,
  drawStage,
  lineHeight,
  productHead,
  size,
  stageHead,
} from "./lineage-boxes.ts"
import { type Box, middleOf, wayPath } from "./lineage-marks.ts"
import { type Input, inputsOf, readersOf, type Stage, stagesOf } from "./lineage-stages.ts"

const between = 7

interface Parts {
  readonly inputs: readonly Input[]
  readonly stages: readonly Stage[]
  readonly contract: readonly string[]
  readonly readers: readonly string[]
}

/** Tomorrow's product: its inputs, one boundary with its own statements in stages, its contract and who reads it. */
export function drawTomorrow(graph: LineageGraph, product: Product, room: Room): Drawing {
  const rows = Math.max(2, Math.floor((room.height - 20) / (boxHeight + between)))
  const widths = widthsIn(room.width)
  const stages = stagesOf(graph, Math.max(4, Math.floor((room.height - productHead - 3 * stageHead - 24) / lineHeight)))
  const parts: Parts = {
    inputs: byStage(inputsOf(graph, rows), stages, graph),
    stages,
    contract: contractLines(product, graph).flatMap((line) => linesOf(line, widths.contract - 10, size)),
    readers: readersOf(graph, rows),
  }
  const { boxes, height } = placeParts(parts, widths)
  const frame = boxes.get("product") ?? { x: 0, y: 0, width: 0, height: 0 }
  const places = stageBoxes(stages, frame)
  return {
    width: room.width,
    height: at(height),
    title: titleOf(product),
    description: describe(parts, product),
    shapes: [
      ...drawWays(parts, graph, boxes, places),
      ...parts.inputs.flatMap((input, index) => drawInput(input, boxes.get(`input ${index}`))),
      ...drawProduct(product, frame),
      ...parts.stages.flatMap((stage, index) => drawStage(stage, index, places[index])),
      ...drawContract(parts.contract, boxes.get("contract")),
      ...parts.readers.flatMap((name, index) => drawReader(name, boxes.get(`reader ${index}`))),
    ],
  }
}

function widthsIn(width: number) {
  const share = (part: number): number => Math.floor((width - 2) * part)
  return { input: share(0.2), product: share(0.29), contract: share(0.23), reader: share(0.16), gap: share(0.04) }
}

type Widths = ReturnType<typeof widthsIn>

/** Inputs in the order of the stages that they lead to, so that few lines cross. */
function byStage(inputs: readonly Input[], stages: readonly Stage[], graph: LineageGraph): Input[] {
  const middle = (input: Input): number => {
    const into = stagesThatRead(input, stages, graph)
    return into.reduce((sum, stage) => sum + stage, 0) / Math.max(1, into.length)
  }
  return inputs
    .map((input) => ({ input, middle: middle(input) }))
    .sort((one, other) => one.middle - other.middle)
    .map(({ input }) => input)
}

function stagesThatRead({ members: from }: Input, stages: readonly Stage[], { edges }: LineageGraph): number[] {
  return stages.flatMap(({ members }, stage) =>
    edges.some((edge) => from.has(edge.from) && members.has(edge.to)) ? [stage] : [],
  )
}

/** Four columns, each in the middle of the height that the highest takes. */
function placeParts({ inputs, stages, contract, readers }: Parts, widths: Widths): { boxes: Map<string, Box>; height: number } {
  const inside = stages.reduce((sum, { lines }) => sum + stageHead + lines.length * lineHeight + 5, productHead + 4)
  const columns = [
    { width: widths.input, members: inputs.map((_, index) => ({ id: `input ${index}`, height: boxHeight })) },
    { width: widths.product, members: [{ id: "product", height: Math.max(inside, productHead + 24) }] },
    { width: widths.contract, members: [{ id: "contract", height: 20 + contract.length * lineHeight }] },
    { width: widths.reader, members: readers.map((_, index) => ({ id: `reader ${index}`, height: boxHeight })) },
  ]
  const heights = columns.map(({ members }) => members.reduce((sum, { height }) => sum + height + between, -between))
  const height = Math.max(...heights)
  const boxes = new Map<string, Box>()
  let x = 1
  columns.forEach(({ width, members }, column) => {
    let y = 2 + (height - (heights[column] ?? 0)) / 2
    for (const member of members) {
      boxes.set(member.id, { x, y, width, height: member.height })
      y += member.height + between
    }
    x += width + widths.gap
  })
  return { boxes, height: height + 4 }
}

function stageBoxes(stages: readonly Stage[], product: Box): Box[] {
  let y = product.y + productHead
  return stages.map(({ lines }) => {
    const box = { x: product.x + 6, y, width: product.width - 12, height: stageHead + lines.length * lineHeight }
    y += box.height + 5
    return box
  })
}

/** Each input leads to the stages that read it, at their height. */
function drawWays(
  { inputs, stages, readers }: Parts,
  graph: LineageGraph,
  boxes: ReadonlyMap<string, Box>,
  places: readonly Box[],
): Shape[] {
  const way = (from: Box | undefined, to: Box | undefined): Shape[] => {
    if (!from || !to) return []
    const d = wayPath({ x: from.x + from.width, y: middleOf(from) }, [], { x: to.x, y: middleOf(to) })
    return [{ shape: "path", d, stroke: "muted", strokeWidth: 0.7 }]
  }
  const product = boxes.get("product")
  const inward = inputs.flatMap((input, index) => {
    const into = stagesThatRead(input, stages, graph)
    const targets = into.length > 0 ? into.map((stage) => headOf(places[stage], product)) : [product]
    return targets.flatMap((target) => way(boxes.get(`input ${index}`), target))
  })
  return [
    ...inward,
    ...way(product, boxes.get("contract")),
    ...readers.flatMap((_, index) => way(boxes.get("contract"), boxes.get(`reader ${index}`))),
  ]
}

/** Where a line into a stage ends: at the product's edge, as high as the stage's name. */
function headOf(stage: Box | undefined, product: Box | undefined): Box | undefined {
  return stage && product ? { ...stage, x: product.x, height: stageHead } : undefined
}

/** Sinks, and what the contract promises of them. */
function contractLines({ contract, sinks }: Product, { nodes }: LineageGraph): string[] {
  const names = nodes.filter(({ sink }) => sink).map(({ name }) => name)
  const { freshnessMinutes, completeness, output, key } = contract
  return [
    names.length > 0 && names.length <= 3 ? series(names) : count(sinks.length, "sink"),
    freshnessMinutes === undefined ? "age: to be agreed" : `at most ${duration(freshnessMinutes)} old`,
    ...(completeness === undefined ? [] : [`${completeness}\u00a0% complete`]),
    output === "changelog" ? "rows change (upserts)" : output === "append" ? "rows are only added" : output,
    ...(key && key.length > 0 ? [`key: ${series(key)}`] : []),
  ]
}

function titleOf({ name, fate }: Product): string {
  if (fate === "keep in batch") return `Tomorrow: ${name} stays in batch`
  return fate === "retire" ? `Tomorrow: ${name} goes` : `Tomorrow: ${name} as one product`
}

function describe({ inputs, stages, contract, readers }: Parts, { name }: Product): string {
  const steps = stages.map((stage) => `${stage.name}: ${series(stage.lines.map((line) => `${line.text} ${line.class}`))}.`)
  return [
    inputs.length > 0 ? `In: ${series(inputs.map((input) => input.name))}.` : "No input is known.",
    `${capital(name)}. ${steps.join(" ")}`,
    `Contract: ${contract.join(", ")}.`,
    readers.length > 0 ? `Read by ${series(readers)}.` : "No reader is known.",
  ].join(" ")
}
