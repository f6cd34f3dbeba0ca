/** Estates made up for measuring: statements with shuffled ids, and the same as interned edges. */
import { seededRandom } from "../src/assessment/random.ts"
import type { GraphNode } from "../src/estate/graph/graph.ts"

const perDomain = 50
/** Tables of each domain that other domains read: the first ones, so that no circle comes about. */
const published = 10

/**
 * So many statements in domains of 50; each reads about three earlier ones, nine in ten of them of its own domain, the others among the
 * first ten of any domain. Their order is shuffled, and they come out of JSON, so that every mention of an id is a string of its own.
 */
export function madeUpEstate(count: number): readonly GraphNode[] {
  const random = seededRandom(1, "estate")
  const upTo = (end: number): number => Math.floor(random() * end)
  const domains = Math.ceil(count / perDomain)
  const nodes = Array.from({ length: count }, (_, number): GraphNode => {
    const place = Math.floor(number / domains)
    const dependsOn = Array.from({ length: place === 0 ? 0 : upTo(7) }, () => {
      const domain = random() < 0.9 ? number % domains : upTo(domains)
      const other = domain === number % domains ? upTo(place) : upTo(Math.min(place, published))
      return idOf(other * domains + domain, domains)
    })
    return { id: idOf(number, domains), dependsOn: [...new Set(dependsOn)] }
  })
  for (let at = nodes.length - 1; at > 0; at--) {
    const other = upTo(at + 1)
    ;[nodes[at], nodes[other]] = [nodes[other] as GraphNode, nodes[at] as GraphNode]
  }
  return JSON.parse(JSON.stringify(nodes)) as readonly GraphNode[]
}

const idOf = (number: number, domains: number): string => `model.domain_${number % domains}.table_${Math.floor(number / domains)}`

/** A chain, each statement reading the one before. */
export function madeUpChain(count: number): readonly GraphNode[] {
  return Array.from({ length: count }, (_, at) => ({ id: `step_${at}`, dependsOn: at === 0 ? [] : [`step_${at - 1}`] }))
}

/** Whole days per statement, so that sums are exact in any order. */
export function durationsOf(nodes: readonly GraphNode[]): Float64Array {
  const random = seededRandom(2, "durations")
  return Float64Array.from(nodes, () => 1 + Math.floor(random() * 20))
}

export interface TypedEdges {
  readonly count: number
  /** What is read, and who reads it: edge by edge. */
  readonly from: Uint32Array
  readonly to: Uint32Array
}

/** The edges with ids already replaced by numbers: where the floor starts. */
export function typedEdgesOf(nodes: readonly GraphNode[]): TypedEdges {
  const numbers = new Map(nodes.map(({ id }, at) => [id, at]))
  const pairs = nodes.flatMap(({ dependsOn }, to) => dependsOn.map((id) => [numbers.get(id) ?? 0, to] as const))
  return {
    count: nodes.length,
    from: Uint32Array.from(pairs, ([from]) => from),
    to: Uint32Array.from(pairs, ([, to]) => to),
  }
}
