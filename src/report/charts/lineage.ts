import type { StatementClass } from "../../estate/model.ts"
import type { Table, TableRow } from "../blocks.ts"
import { classLooks, classOrder, classText, mixText, stateText } from "../classes.ts"
import type { Drawing } from "../drawing.ts"
import { count, someOf } from "../wording.ts"
import { layerNames, layerOrder } from "./layers.ts"
import { type LineageGraph, lineageGraph, type LineageInput, type LineageNode } from "./lineage-graph.ts"
import type { Room } from "./lineage-layout.ts"
import { drawToday } from "./lineage-today.ts"
import { drawTomorrow } from "./lineage-tomorrow.ts"

export type { Room } from "./lineage-layout.ts"

/** Above this nobody follows a line any more. */
const mostNodes = 200
/** Rows of the outline, and names in each, so that it fits two pages. */
const mostLevels = 14
const mostNames = 40

/** A page on its side, between its margins, with room for a title and a note. */
export const wholePage: Room = { width: 717, height: 400 }

/** A data product from source to sink as two pictures, with the same as a table; or, where that could not be read, as an outline. */
export type Lineage =
  | { readonly kind: "pictures"; readonly today: Drawing; readonly tomorrow: Drawing; readonly table: Table }
  | { readonly kind: "outline"; readonly because: string; readonly table: Table }

/**
 * Both pictures keep inside their room in points. Reads only the product's own statements, sources and consumers; the same input
 * always gives the same drawing.
 */
export function lineagePicture(input: LineageInput, room: Room = wholePage): Lineage {
  return firstLineage(input, [{ today: room, tomorrow: room }])
}

/** The pictures in the first rooms in which today's can be read. */
export function firstLineage(input: LineageInput, rooms: readonly { readonly today: Room; readonly tomorrow: Room }[]): Lineage {
  const graph = lineageGraph(input)
  const { name } = input.product
  if (graph.nodes.length > mostNodes) {
    const because = `${graph.nodes.length} sources, statements and consumers are more than a picture can show.`
    return { kind: "outline", because, table: outlineOf(graph, name) }
  }
  for (const room of rooms) {
    const today = drawToday(graph, name, room.today)
    if (today)
      return { kind: "pictures", today, tomorrow: drawTomorrow(graph, input.product, room.tomorrow), table: tableOf(graph, name) }
  }
  const because = "Its statements stand in too many steps one behind the other for a picture that could be read."
  return { kind: "outline", because, table: outlineOf(graph, name) }
}

function tableOf(graph: LineageGraph, name: string): Table {
  const names = new Map(graph.nodes.map((node) => [node.id, node.name]))
  const reads = Map.groupBy(graph.edges, ({ to }) => to)
  return {
    caption: `What ${name} is made of`,
    columns: [
      { label: "Name", kind: "text", share: 4 },
      { label: "Layer", kind: "text", share: 2.5 },
      { label: "Class", kind: "text", share: 2.5 },
      { label: "State", kind: "text", share: 1.6 },
      { label: "Reads", kind: "text", share: 5 },
    ],
    rows: graph.nodes.map((node): TableRow => ({
      cells: [
        `${node.name}${node.sink ? " (sink)" : ""}${node.shared ? " (shared)" : ""}`,
        layerNames[node.layer],
        node.class === undefined ? "" : classText(node.class),
        node.class === undefined ? "" : stateText(node.stateful),
        someOf(
          (reads.get(node.id) ?? []).map(({ from }) => names.get(from) ?? from),
          20,
        ),
      ],
    })),
  }
}

/** One row per layer, step and class: what is read stands above what reads it. */
function outlineOf(graph: LineageGraph, name: string): Table {
  return {
    caption: `What ${name} is made of, level by level`,
    columns: [
      { label: "Level", kind: "text", share: 2.4 },
      { label: "Number", kind: "number", share: 1 },
      { label: "Classes", kind: "text", share: 2.4 },
      { label: "Names", kind: "text", share: 9 },
    ],
    rows: levelsOf(graph).map(({ title, members }): TableRow => ({
      cells: [title, `${members.length}`, mixText(mixOf(members)), namesOf(members)],
    })),
  }
}

/** A row per step of a layer; where there are many, several steps share a row. */
function levelsOf({ nodes }: LineageGraph): { title: string; members: readonly LineageNode[] }[] {
  const layers = layerOrder.map((layer) => {
    const here = nodes.filter((node) => node.layer === layer)
    return { layer, here, steps: Math.max(0, ...here.map(({ step }) => step + 1)) }
  })
  const together = Math.ceil(layers.reduce((sum, { steps }) => sum + steps, 0) / mostLevels)
  return layers.flatMap(({ layer, here, steps }) => {
    const rows = [...Map.groupBy(here, ({ step }) => Math.floor(step / together))].sort(([one], [other]) => one - other)
    return rows.map(([row, members]) => ({
      title: `${layerNames[layer]}${stepsText(row * together + 1, together, steps)}`,
      members,
    }))
  })
}

function stepsText(first: number, number: number, all: number): string {
  if (all < 2) return ""
  const last = Math.min(all, first + number - 1)
  return first === last ? `, step ${first}` : `, steps ${first} to ${last}`
}

function mixOf(members: readonly LineageNode[]): Record<StatementClass, number> {
  const mix = { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0, code: 0, unknown: 0 }
  for (const { class: name } of members) if (name !== undefined) mix[name]++
  return mix
}

/** Hardest first, each with its mark. */
function namesOf(members: readonly LineageNode[]): string {
  const rank = (node: LineageNode): number => (node.class === undefined ? -1 : classOrder.indexOf(node.class))
  const sorted = [...members].sort((one, other) => rank(other) - rank(one))
  const shown = sorted.slice(0, mostNames).map((node) => (node.class ? `${node.name} ${classLooks[node.class].mark}` : node.name))
  const more = members.length - shown.length
  return `${shown.join(", ")}${more > 0 ? ` and ${count(more, "more", "more")}` : ""}`
}
