/** Graphs made up by fast-check, and the plainest way to walk them: what the typed arrays are held against. */
import * as fc from "fast-check"
import type { GraphNode } from "../../src/estate/graph/graph.ts"

/** Up to 12 nodes in any order with any edges among them: circles, self loops and edges given twice included. */
export const anyNodes: fc.Arbitrary<readonly GraphNode[]> = fc.integer({ min: 0, max: 12 }).chain((count) => {
  const id = fc.integer({ min: 0, max: Math.max(0, count - 1) }).map((at) => `n${at}`)
  return fc
    .array(fc.array(id, { maxLength: 3 }), { minLength: count, maxLength: count })
    .chain((reads) => shuffled(reads.map((dependsOn, at) => ({ id: `n${at}`, dependsOn }))))
})

/** Up to 20 nodes in any order, each reading only nodes of a lower number. */
export const acyclicNodes: fc.Arbitrary<readonly GraphNode[]> = fc
  .array(fc.array(fc.nat(), { maxLength: 3 }), { maxLength: 20 })
  .chain((reads) =>
    shuffled(reads.map((numbers, at) => ({ id: `n${at}`, dependsOn: at === 0 ? [] : numbers.map((each) => `n${each % at}`) }))),
  )

function shuffled<T>(list: readonly T[]): fc.Arbitrary<readonly T[]> {
  return fc.shuffledSubarray([...list], { minLength: list.length, maxLength: list.length })
}

/** Everything that a node depends on, directly or not; itself only where a circle leads back to it. */
export function upstreamOf(nodes: readonly GraphNode[], id: string): ReadonlySet<string> {
  const byId = new Map(nodes.map((node) => [node.id, node.dependsOn.filter((each) => each !== node.id)]))
  const found = new Set(byId.get(id))
  for (const each of found) for (const source of byId.get(each) ?? []) found.add(source)
  return found
}

/** Nodes that each depend on the one before. */
export function chain(count: number): readonly GraphNode[] {
  return Array.from({ length: count }, (_, at) => ({ id: `n${at}`, dependsOn: at === 0 ? [] : [`n${at - 1}`] }))
}

/** A chain whose first node depends on the last. */
export function ring(count: number): readonly GraphNode[] {
  return chain(count).map((node, at) => (at === 0 ? { ...node, dependsOn: [`n${count - 1}`] } : node))
}
