import * as fc from "fast-check"
import { expect, test } from "vitest"
import { strongParts } from "../../../src/estate/graph/components.ts"
import { buildGraph } from "../../../src/estate/graph/graph.ts"
import { anyNodes, chain, ring, upstreamOf } from "../made-up-graphs.ts"

test("two nodes are in one part exactly if each depends on the other", () => {
  fc.assert(
    fc.property(anyNodes, (nodes) => {
      const { of, count } = strongParts(buildGraph(nodes).upstream)
      const upstream = nodes.map(({ id }) => upstreamOf(nodes, id))
      for (const [one, { id }] of nodes.entries())
        for (const [other, node] of nodes.entries()) {
          const mutual = one === other || (upstream[one]?.has(node.id) === true && upstream[other]?.has(id) === true)
          expect(of[one] === of[other]).toBe(mutual)
        }
      expect(new Set(of).size).toBe(count)
    }),
  )
})

test("parts are numbered sources first", () => {
  fc.assert(
    fc.property(anyNodes, (nodes) => {
      const graph = buildGraph(nodes)
      const { of } = strongParts(graph.upstream)
      for (const [reader, { dependsOn }] of nodes.entries())
        for (const id of dependsOn) expect(of[graph.index(id) ?? -1]).toBeLessThanOrEqual(of[reader] ?? -1)
    }),
  )
})

test("neither a chain nor a ring of 100,000 is too deep", () => {
  expect(strongParts(buildGraph(chain(100_000)).upstream).count).toBe(100_000)
  expect(strongParts(buildGraph(chain(100_000)).downstream).count).toBe(100_000)
  expect(strongParts(buildGraph(ring(100_000)).upstream).count).toBe(1)
})
