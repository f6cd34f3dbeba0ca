import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { coneWalker, conesOf, jaccard, sinksOf } from "../../src/estate/cones.ts"
import { buildGraph } from "../../src/estate/graph.ts"
import { anyNodes, chain, upstreamOf } from "./made-up-graphs.ts"

describe("cones", () => {
  test("hold the sink and everything upstream of it, ascending", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const graph = buildGraph(nodes)
        const cones = conesOf(graph, nodes.keys())
        for (const [node, { id }] of nodes.entries()) {
          const expected = new Set([id, ...upstreamOf(nodes, id)])
          expect(Array.from(cones[node] ?? [], (each) => graph.ids[each])).toEqual(
            nodes.map((each) => each.id).filter((each) => expected.has(each)),
          )
        }
      }),
    )
  })

  test("a walker starts afresh each time, nearest first", () => {
    const graph = buildGraph([
      { id: "a", dependsOn: [] },
      { id: "b", dependsOn: ["a"] },
      { id: "c", dependsOn: ["b"] },
    ])
    const walk = coneWalker(graph)
    expect([...walk(2)]).toEqual([2, 1, 0])
    expect([...walk(1)]).toEqual([1, 0])
    expect([...walk(2)]).toEqual([2, 1, 0])
  })

  test("a cone of 100,000 is not too deep", () => {
    expect(conesOf(buildGraph(chain(100_000)), [99_999])[0]?.length).toBe(100_000)
  })
})

test("jaccard is what both share of what either has", () => {
  const sets = fc.uniqueArray(fc.nat(20)).map((list) => list.sort((a, b) => a - b))
  fc.assert(
    fc.property(sets, sets, (a, b) => {
      const either = new Set([...a, ...b]).size
      const both = a.filter((each) => b.includes(each)).length
      expect(jaccard(Uint32Array.from(a), Uint32Array.from(b))).toBe(either === 0 ? 1 : both / either)
    }),
  )
})

test("sinks are what nobody in the graph reads, and what a consumer reads", () => {
  const graph = buildGraph([
    { id: "a", dependsOn: [] },
    { id: "b", dependsOn: ["a", "c"] },
    { id: "c", dependsOn: ["a"] },
    { id: "alone", dependsOn: ["alone"] },
  ])
  expect([...sinksOf(graph)]).toEqual([1, 3])
  expect([...sinksOf(graph, ["c", "b", "not there"])]).toEqual([1, 2, 3])
})
