import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import {
  type Adjacency,
  buildGraph,
  type Graph,
  type GraphNode,
  placesWhere,
  withoutEdges,
} from "../../../src/estate/graph/graph.ts"
import { anyNodes } from "../made-up-graphs.ts"

function pairs(graph: Graph, { offsets, targets }: Adjacency): string[] {
  return graph.ids.flatMap((id, node) =>
    Array.from(targets.subarray(offsets[node], offsets[node + 1]), (target) => `${id} ${graph.ids[target]}`),
  )
}
const readsOf = (graph: Graph): string[] => pairs(graph, graph.upstream)
const given = (nodes: readonly GraphNode[]): string[] =>
  nodes.flatMap(({ id, dependsOn }) => [...new Set(dependsOn)].filter((each) => each !== id).map((each) => `${id} ${each}`))

describe("buildGraph", () => {
  test("has every edge once, in both directions", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const graph = buildGraph(nodes)
        expect(readsOf(graph)).toEqual(given(nodes))
        const turned = pairs(graph, graph.downstream).map((pair) => pair.split(" ").toReversed().join(" "))
        expect(turned.sort()).toEqual(given(nodes).sort())
        expect(nodes.map(({ id }) => graph.index(id))).toEqual([...nodes.keys()])
      }),
    )
  })

  test("names what is depended on and not given, once each, and leaves it out", () => {
    const graph = buildGraph([
      { id: "a", dependsOn: ["x", "b", "y"] },
      { id: "b", dependsOn: ["x"] },
    ])
    expect(graph.missing).toEqual(["x", "y"])
    expect(graph.ids).toEqual(["a", "b"])
    expect(readsOf(graph)).toEqual(["a b"])
    expect(graph.index("x")).toBeUndefined()
  })

  test("makes one node of an id given twice, with the dependencies of both, and says so", () => {
    const graph = buildGraph([
      { id: "a", dependsOn: ["b"] },
      { id: "b", dependsOn: [] },
      { id: "a", dependsOn: ["c", "b"] },
      { id: "c", dependsOn: [] },
      { id: "a", dependsOn: [] },
    ])
    expect(graph.duplicates).toEqual(["a"])
    expect(graph.ids).toEqual(["a", "b", "c"])
    expect(readsOf(graph)).toEqual(["a b", "a c"])
    expect(graph.index("c")).toBe(2)
  })

  test("makes no edge of a statement that reads its own result, and says so", () => {
    const graph = buildGraph([
      { id: "a", dependsOn: ["a", "b", "a"] },
      { id: "b", dependsOn: [] },
    ])
    expect(graph.selfLoops).toEqual(["a"])
    expect(readsOf(graph)).toEqual(["a b"])
  })

  test("takes ids for text, whatever they are called", () => {
    const odd = ["__proto__", "constructor", "", "0", "a b"]
    const graph = buildGraph(odd.map((id, at) => ({ id, dependsOn: at === 0 ? [] : [odd[at - 1] ?? ""] })))
    expect(graph.missing).toEqual([])
    expect(odd.map((id) => graph.index(id))).toEqual([0, 1, 2, 3, 4])
  })

  test("leaves what it is given as it is", () => {
    const nodes = [
      { id: "a", dependsOn: ["b", "b"] },
      { id: "b", dependsOn: [] },
      { id: "a", dependsOn: ["c"] },
    ]
    const before = structuredClone(nodes)
    buildGraph(nodes)
    expect(nodes).toEqual(before)
  })
})

test("withoutEdges takes away exactly those edges, and passes over those that are not there", () => {
  fc.assert(
    fc.property(anyNodes, fc.array(fc.tuple(fc.nat(13), fc.nat(13))), (nodes, numbers) => {
      const graph = buildGraph(nodes)
      const cut = numbers.map(([from, to]) => ({ from: `n${from}`, to: `n${to}` }))
      const gone = new Set(cut.map(({ from, to }) => `${to} ${from}`))
      const left = withoutEdges(graph, cut)
      expect(readsOf(left)).toEqual(readsOf(graph).filter((pair) => !gone.has(pair)))
      expect(readsOf(graph)).toEqual(given(nodes))
      const turned = pairs(left, left.downstream).map((pair) => pair.split(" ").toReversed().join(" "))
      expect(turned.sort()).toEqual(readsOf(left).sort())
    }),
  )
})

test("placesWhere gives places, not values", () => {
  expect([...placesWhere(Uint8Array.of(0, 7, 0, 9), (value) => value > 0)]).toEqual([1, 3])
})
