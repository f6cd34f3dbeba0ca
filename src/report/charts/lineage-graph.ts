/** A data product as a graph of sources, statements and consumers, each in a layer. */
import { classOf, isStateful } from "../../estate/judgement.ts"
import type { Consumer, Product, Source, Statement, StatementClass } from "../../estate/model.ts"
import { type Layer, layerOf } from "./layers.ts"

export interface LineageInput {
  readonly product: Product
  /** Those outside of the product's cone are passed over. */
  readonly statements: readonly Statement[]
  readonly sources: readonly Source[]
  readonly consumers: readonly Consumer[]
}

export interface LineageNode {
  readonly id: string
  readonly name: string
  readonly layer: Layer
  /** Steps from the start of its layer, from 0. */
  readonly step: number
  readonly class?: StatementClass
  readonly stateful: boolean | null
  readonly sink: boolean
  /** Other products use it too, and it is not what this one delivers. */
  readonly shared: boolean
  /** The system a source comes from. */
  readonly system?: string
}

export interface LineageEdge {
  readonly from: string
  readonly to: string
  /** Leads against the layers, or closes a cycle. */
  readonly back: boolean
}

export interface LineageGraph {
  readonly nodes: readonly LineageNode[]
  readonly edges: readonly LineageEdge[]
}

/** Lines to every sink say nothing where there are more. */
const mostSinks = 8

type Unplaced = Omit<LineageNode, "step">
type Pair = Pick<LineageEdge, "from" | "to">

/** Sources first, then statements in the order of the cone, then consumers; edges only between these. */
export function lineageGraph(input: LineageInput): LineageGraph {
  const { product } = input
  const statements = inOrder(product.cone, input.statements)
  const sources = inOrder(product.sources, input.sources)
  const known = new Set([...statements, ...sources].map(({ id }) => id))
  const readers = readersOf(input, known)
  const pairs = [
    ...statements.flatMap(({ id, dependsOn }) => dependsOn.flatMap((from) => (known.has(from) ? [{ from, to: id }] : []))),
    ...readers.flatMap(({ id, reads }) => reads.map((from) => ({ from, to: id }))),
  ]
  const nodes = [
    ...sources.map((source): Unplaced => ({ ...plain(source.id, shortName(source.name), "source"), ...systemOf(source) })),
    ...statementNodes(product, statements, pairs),
    ...readers.map(({ id, name }): Unplaced => plain(id, name, "consumer")),
  ]
  return withSteps(nodes, pairs)
}

/** Ids such that what is read comes first; a cycle is entered at its first member. Linear in nodes and edges. */
export function readingOrder(ids: readonly string[], pairs: readonly Pair[]): string[] {
  const waiting = new Map(ids.map((id) => [id, 0]))
  for (const { to } of pairs) waiting.set(to, (waiting.get(to) ?? 0) + 1)
  const next = Map.groupBy(pairs, ({ from }) => from)
  const done = new Set<string>()
  const ready = ids.filter((id) => waiting.get(id) === 0)
  let unstarted = 0
  for (let index = 0; done.size < ids.length; index++) {
    while (index >= ready.length && done.has(ids[unstarted] ?? "")) unstarted++
    const id = ready[index] ?? ids[unstarted] ?? ""
    if (index >= ready.length) ready.push(id)
    if (done.has(id)) continue
    done.add(id)
    for (const { to } of next.get(id) ?? []) {
      const left = (waiting.get(to) ?? 0) - 1
      waiting.set(to, left)
      if (left === 0 && !done.has(to)) ready.push(to)
    }
  }
  return [...done]
}

function statementNodes(product: Product, statements: readonly Statement[], pairs: readonly Pair[]): Unplaced[] {
  const [sinks, shared] = [new Set(product.sinks), new Set(product.shared)]
  const ids = new Set(statements.map(({ id }) => id))
  const read = new Set(pairs.flatMap(({ from, to }) => (ids.has(to) ? [from] : [])))
  return statements.map((statement) => ({
    id: statement.id,
    name: statement.name,
    layer: layerOf(statement, {
      readsStatements: statement.dependsOn.some((id) => ids.has(id)),
      isRead: read.has(statement.id),
    }),
    class: classOf(statement),
    stateful: isStateful(statement),
    sink: sinks.has(statement.id),
    shared: shared.has(statement.id) && !sinks.has(statement.id),
  }))
}

/** A consumer named by the estate reads what it says; one that people named reads the sinks, unless these are many. */
function readersOf({ product, consumers }: LineageInput, known: ReadonlySet<string>) {
  const byName = new Map(consumers.map((consumer) => [consumer.name, consumer]))
  return product.consumers.map(({ name }, index) => {
    const said = byName.get(name)?.reads.filter((id) => known.has(id)) ?? []
    const all = product.sinks.length > mostSinks ? [] : product.sinks.filter((id) => known.has(id))
    const reads = said.length > 0 ? said : all
    return { id: `consumer ${index + 1}`, name, reads }
  })
}

function withSteps(nodes: readonly Unplaced[], pairs: readonly Pair[]): LineageGraph {
  const layers = new Map(nodes.map(({ id, layer }) => [id, rankOf[layer]]))
  const steps = new Map(nodes.map(({ id }) => [id, 0]))
  const place = (id: string): number => layers.get(id) ?? 0
  const inward = Map.groupBy(pairs, ({ to }) => to)
  const seen = new Set<string>()
  for (const id of readingOrder(
    nodes.map((node) => node.id),
    pairs,
  )) {
    const same = (inward.get(id) ?? []).filter(({ from }) => seen.has(from) && place(from) === place(id))
    steps.set(id, Math.max(0, ...same.map(({ from }) => (steps.get(from) ?? 0) + 1)))
    seen.add(id)
  }
  const forward = ({ from, to }: Pair): boolean =>
    place(from) < place(to) || (place(from) === place(to) && (steps.get(from) ?? 0) < (steps.get(to) ?? 0))
  return {
    nodes: nodes.map((node) => ({ ...node, step: steps.get(node.id) ?? 0 })),
    edges: pairs.map((pair) => ({ ...pair, back: !forward(pair) })),
  }
}

const rankOf: Readonly<Record<Layer, number>> = { source: 0, staging: 1, intermediate: 2, mart: 3, consumer: 4 }

function plain(id: string, name: string, layer: Layer): Unplaced {
  return { id, name, layer, stateful: null, sink: false, shared: false }
}

/** Without the catalog that all relations of a platform share: "bronze.orders" of "lake.bronze.orders". */
export function shortName(name: string): string {
  return name.includes(" ") ? name : name.split(".").slice(-2).join(".")
}

function systemOf({ system }: Source): { system?: string } {
  return system === undefined ? {} : { system }
}

function inOrder<Item extends { readonly id: string }>(ids: readonly string[], items: readonly Item[]): Item[] {
  const byId = new Map(items.map((item) => [item.id, item]))
  return [...new Set(ids)].flatMap((id) => byId.get(id) ?? [])
}
