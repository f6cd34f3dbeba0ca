import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { coneOf, conesOf, jaccard, sinksOf } from "../../../src/estate/graph/cones.ts"
import { buildGraph, reversed } from "../../../src/estate/graph/graph.ts"
import { anyNodes, chain, upstreamOf } from "../made-up-graphs.ts"

describe("cones", () => {
  test("hold the sink and everything upstream of it, once", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const graph = buildGraph(nodes)
        const { offsets, targets } = conesOf(graph, Uint32Array.from(nodes.keys()))
        for (const [node, { id }] of nodes.entries()) {
          const expected = new Set([id, ...upstreamOf(nodes, id)])
          const cone = coneOf(graph, node)
          expect(Array.from(cone, (each) => graph.ids[each])).toEqual(
            nodes.map((each) => each.id).filter((each) => expected.has(each)),
          )
          expect(targets.slice(offsets[node], offsets[node + 1]).sort()).toEqual(cone)
        }
      }),
    )
  })

  test("are listed from the sink up, and turned round they tell who needs a node", () => {
    const graph = buildGraph([
      { id: "a", dependsOn: [] },
      { id: "b", dependsOn: ["a"] },
      { id: "c", dependsOn: ["b"] },
      { id: "d", dependsOn: ["a"] },
    ])
    const cones = conesOf(graph, Uint32Array.of(2, 3))
    expect([...cones.targets]).toEqual([2, 1, 0, 3, 0])
    expect([...cones.offsets]).toEqual([0, 3, 5])
    const neededBy = reversed(cones, graph.ids.length)
    expect([...neededBy.targets]).toEqual([0, 1, 0, 0, 1])
    expect([...neededBy.offsets]).toEqual([0, 2, 3, 4, 5])
  })

  test("find room however much they share", () => {
    const graph = buildGraph(chain(300))
    const { offsets, targets } = conesOf(
      graph,
      Uint32Array.from({ length: 300 }, (_, at) => at),
    )
    expect(targets.length).toBe((300 * 301) / 2)
    expect([...targets.subarray(offsets[299])]).toEqual(Array.from({ length: 300 }, (_, at) => 299 - at))
  })

  test("of 100,000 are not too deep", () => {
    expect(coneOf(buildGraph(chain(100_000)), 99_999).length).toBe(100_000)
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
