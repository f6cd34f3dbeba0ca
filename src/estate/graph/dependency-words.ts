/** What blocks what: which statements upstream have to be redesigned, rebuilt or read by a person before another can move. */
import type { Adjacency, Graph } from "./graph.ts"
import { classOf } from "../judgement.ts"
import type { NodeId, Statement, StatementClass } from "../model.ts"

/** A statement upstream that holds another one up. */
export interface Blocker {
  readonly id: NodeId
  readonly name: string
  readonly class: StatementClass
  /** Edges of the shortest way to it; 1 for what is read directly. */
  readonly steps: number
  /** For people: its name, how far up it is and why it blocks; no full stop. */
  readonly words: string
}

const why: Readonly<Partial<Record<StatementClass, string>>> = {
  P4: "keeps state that has to be redesigned",
  P5: "has to be rebuilt or kept in batch",
  code: "is code, which somebody has to read",
  unknown: "could not be classified",
}

/** Every blocker upstream of the statement asked for, nearest first, then by id; none for an id that the graph does not have. */
export function blockersOf(statements: readonly Statement[], graph: Graph): (id: NodeId) => readonly Blocker[] {
  const blocking = new Map(blockingFirstById(statements, graph).map(({ node, statement }) => [node, statement]))
  return (id) => {
    const asked = graph.index(id)
    const blockers: Blocker[] = []
    for (const [node, steps] of asked === undefined ? [] : stepsUp(graph.upstream, asked)) {
      const statement = blocking.get(node)
      if (statement !== undefined && node !== asked) blockers.push(blockerOf(statement, steps))
    }
    return blockers.sort((a, b) => a.steps - b.steps || (a.id < b.id ? -1 : 1))
  }
}

/**
 * The nearest blocker upstream of every node that has one, of equally near ones the first by id. The graph must have no circle.
 * Linear in the graph, so that it serves a list of the whole estate.
 */
export function nearestBlockers(statements: readonly Statement[], graph: Graph): ReadonlyMap<NodeId, Blocker> {
  const blocking = blockingFirstById(statements, graph)
  const { origins, steps } = spread(
    graph.downstream,
    blocking.map(({ node }) => node),
  )
  const nearest = new Map<NodeId, Blocker>()
  const { offsets, targets } = graph.upstream
  for (const [node, id] of graph.ids.entries()) {
    let [origin, distance] = [none, none]
    for (const source of targets.subarray(offsets[node], offsets[node + 1])) {
      const [other, far] = [origins[source] ?? none, (steps[source] ?? 0) + 1]
      if (other !== none && (far < distance || (far === distance && other < origin))) [origin, distance] = [other, far]
    }
    const statement = blocking[origin]?.statement
    if (statement !== undefined) nearest.set(id, blockerOf(statement, distance))
  }
  return nearest
}

const none = 0xffffffff

interface Blocking {
  readonly node: number
  readonly statement: Statement
}

function blockingFirstById(statements: readonly Statement[], graph: Graph): readonly Blocking[] {
  return statements
    .filter((each) => why[classOf(each)] !== undefined)
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .flatMap((statement) => {
      const node = graph.index(statement.id)
      return node === undefined ? [] : [{ node, statement }]
    })
}

function blockerOf(statement: Statement, steps: number): Blocker {
  const { id, name, verdict, decision } = statement
  const itsClass = classOf(statement)
  const far = steps === 1 ? "read directly" : `${steps} steps up`
  const general = why[itsClass] ?? ""
  const reason = decision === undefined ? general : `${general}: ${decision.reason}`
  const isUnread = decision === undefined && (itsClass === "code" || itsClass === "unknown")
  const words = isUnread && verdict.because !== undefined ? `${name} (${far}): ${verdict.because}` : `${name} (${far}) ${reason}`
  return { id, name, class: itsClass, steps, words }
}

/** Every node upstream with the edges of its shortest way, nearest first; the node itself with 0. */
function stepsUp({ offsets, targets }: Adjacency, start: number): ReadonlyMap<number, number> {
  const steps = new Map([[start, 0]])
  for (const [node, far] of steps)
    for (const source of targets.subarray(offsets[node], offsets[node + 1])) if (!steps.has(source)) steps.set(source, far + 1)
  return steps
}

/** From all places at once along the edges: which place in the list is nearest to each node, the first of equals, and how far. */
function spread({ offsets, targets }: Adjacency, places: readonly number[]) {
  const count = offsets.length - 1
  const origins = new Uint32Array(count).fill(none)
  const steps = new Uint32Array(count)
  const queue = new Uint32Array(count)
  let found = 0
  for (const [number, place] of places.entries()) {
    origins[place] = number
    queue[found++] = place
  }
  for (let at = 0; at < found; at++) {
    const node = queue[at] as number
    for (const next of targets.subarray(offsets[node], offsets[node + 1])) {
      if (origins[next] !== none) continue
      origins[next] = origins[node] as number
      steps[next] = (steps[node] as number) + 1
      queue[found++] = next
    }
  }
  return { origins, steps }
}
