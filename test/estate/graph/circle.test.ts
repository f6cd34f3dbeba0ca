import * as fc from "fast-check"
import { expect, test } from "vitest"
import { backEdgesOf, circlesOf } from "../../../src/estate/graph/circle.ts"
import { buildGraph, withoutEdges } from "../../../src/estate/graph/graph.ts"
import { anyNodes, ring } from "../made-up-graphs.ts"

const entered = buildGraph([
  { id: "source", dependsOn: [] },
  { id: "c", dependsOn: ["b"] },
  { id: "a", dependsOn: ["source", "c"] },
  { id: "b", dependsOn: ["a"] },
  { id: "report", dependsOn: ["c"] },
  { id: "y", dependsOn: ["report", "x"] },
  { id: "x", dependsOn: ["y"] },
])

test("a circle has its own numbers, its inner edges, and its distance from the sources", () => {
  const [first, second, ...more] = circlesOf(entered)
  expect(more).toEqual([])
  expect([...(first?.nodes ?? [])]).toEqual([1, 2, 3])
  expect([...(first?.depths ?? [])]).toEqual([3, 1, 2])
  expect([...(first?.fed ?? [])]).toEqual([0, 1, 0])
  expect([...(first?.readers.offsets ?? [])]).toEqual([0, 1, 2, 3])
  expect([...(first?.readers.targets ?? [])]).toEqual([1, 2, 0])
  expect([...(second?.nodes ?? [])]).toEqual([5, 6])
})

test("back edges lead back to where the data comes in", () => {
  expect(circlesOf(entered).flatMap(backEdgesOf)).toEqual([
    [1, 2],
    [6, 5],
  ])
})

test("without its back edges no circle is left", () => {
  fc.assert(
    fc.property(anyNodes, (nodes) => {
      const graph = buildGraph(nodes)
      const idOf = (node: number): string => graph.ids[node] ?? ""
      const edges = circlesOf(graph).flatMap((circle) =>
        backEdgesOf(circle).map(([from, to]) => ({ from: idOf(from), to: idOf(to) })),
      )
      expect(circlesOf(withoutEdges(graph, edges))).toEqual([])
    }),
  )
})

test("a ring of 100,000 is one circle with one back edge", () => {
  const [circle] = circlesOf(buildGraph(ring(100_000)))
  expect(circle?.nodes.length).toBe(100_000)
  expect(circle && backEdgesOf(circle)).toEqual([[99_999, 0]])
})
