/** What a product is made of tomorrow: its inputs, its own statements in stages, and who reads it. */
import type { StatementClass } from "../../estate/model.ts"
import { classOrder } from "../classes.ts"
import { count } from "../wording.ts"
import type { Layer } from "./layers.ts"
import type { LineageGraph, LineageNode } from "./lineage-graph.ts"

/** One line of a stage: a statement, or all of a class. */
export interface StageLine {
  readonly class: StatementClass
  readonly text: string
  readonly stateful: boolean
}

export interface Stage {
  readonly name: string
  readonly lines: readonly StageLine[]
  readonly members: ReadonlySet<string>
}

/** One box on the left: a source, a table shared with other products, or several of them. */
export interface Input {
  readonly name: string
  readonly kind: "source" | "shared"
  readonly members: ReadonlySet<string>
}

const stageNames: readonly (readonly [Layer, string])[] = [
  ["staging", "Read and clean"],
  ["intermediate", "Combine and compute"],
  ["mart", "Publish"],
]

/** Own statements by what they do, those of one class together where there are more than `most` in all. */
export function stagesOf({ nodes }: LineageGraph, most: number): Stage[] {
  const own = nodes.filter((node) => node.class !== undefined && !node.shared)
  const room = own.length <= most
  return stageNames.flatMap(([layer, name]) => {
    const members = own.filter((node) => node.layer === layer)
    if (members.length === 0) return []
    return [{ name, lines: room ? listed(members) : byClass(members), members: idsOf(members) }]
  })
}

/** What its own statements read: sources and shared tables, those of one system together where there are more than `most`. */
export function inputsOf({ nodes, edges }: LineageGraph, most: number): Input[] {
  const own = new Set(nodes.filter((node) => node.class !== undefined && !node.shared).map(({ id }) => id))
  const read = new Set(edges.flatMap(({ from, to }) => (own.has(to) ? [from] : [])))
  const isRead = ({ id, sink }: LineageNode): boolean => read.has(id) || (own.size === 0 && sink)
  const sources = nodes.filter((node) => node.layer === "source" && isRead(node))
  const shared = nodes.filter((node) => node.shared && isRead(node))
  const single = (kind: Input["kind"]) => (node: LineageNode) => ({ name: node.name, kind, members: idsOf([node]) })
  if (sources.length + shared.length <= most) return [...sources.map(single("source")), ...shared.map(single("shared"))]
  const systems = [...Map.groupBy(sources, ({ system }) => system ?? "")]
  const parts = systems.length + (shared.length > 0 ? 1 : 0) <= most ? systems : [["", sources] as const]
  return [
    ...parts.map(([system, members]): Input => ({
      name: `${system ? `${system}: ` : ""}${count(members.length, "source")}`,
      kind: "source",
      members: idsOf(members),
    })),
    ...(shared.length > 0
      ? [{ name: count(shared.length, "shared table"), kind: "shared" as const, members: idsOf(shared) }]
      : []),
  ]
}

/** Names of the consumers, the last of them counted where there are more than `most`. */
export function readersOf({ nodes }: LineageGraph, most: number): string[] {
  const names = nodes.filter(({ layer }) => layer === "consumer").map(({ name }) => name)
  if (names.length <= most) return names
  return [...names.slice(0, most - 1), `and ${names.length - most + 1} more`]
}

/** Easiest first, as they are built. */
function listed(members: readonly LineageNode[]): StageLine[] {
  return classOrder.flatMap((name) =>
    members
      .filter((node) => node.class === name)
      .map((node) => ({ class: name, text: node.name, stateful: node.stateful === true })),
  )
}

function byClass(members: readonly LineageNode[]): StageLine[] {
  return classOrder.flatMap((name) => {
    const same = members.filter((node) => node.class === name)
    return same.length > 0
      ? [{ class: name, text: count(same.length, "statement"), stateful: same.some((node) => node.stateful === true) }]
      : []
  })
}

function idsOf(nodes: readonly LineageNode[]): ReadonlySet<string> {
  return new Set(nodes.map(({ id }) => id))
}
