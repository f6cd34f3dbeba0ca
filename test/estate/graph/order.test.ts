import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { buildGraph, type GraphNode } from "../../../src/estate/graph/graph.ts"
import { criticalPathOf, orderOf, preferredBy, wavesOf } from "../../../src/estate/graph/order.ts"
import { acyclicNodes, anyNodes, chain, upstreamOf } from "../made-up-graphs.ts"

/** Longest chain of durations that ends with each node, by trying every way. */
function naiveFinish(nodes: readonly GraphNode[], durationOf: (id: string) => number): ReadonlyMap<string, number> {
  const byId = new Map(nodes.map((node) => [node.id, node]))
  const finish = (id: string): number =>
    durationOf(id) +
    Math.max(
      0,
      ...(byId
        .get(id)
        ?.dependsOn.filter((each) => each !== id)
        .map(finish) ?? []),
    )
  return new Map(nodes.map(({ id }) => [id, finish(id)]))
}

describe("orderOf", () => {
  test("puts every node once, after what it reads, one wave at a time", () => {
    fc.assert(
      fc.property(acyclicNodes, (nodes) => {
        const graph = buildGraph(nodes)
        const order = orderOf(graph)
        const ids = Array.from(order.nodes, (node) => graph.ids[node] ?? "")
        expect(ids.toSorted()).toEqual(nodes.map(({ id }) => id).sort())
        for (const { id, dependsOn } of nodes)
          for (const source of dependsOn) expect(ids.indexOf(source)).toBeLessThan(ids.indexOf(id))
        const naive = naiveFinish(nodes, () => 1)
        expect(Array.from(order.levels, (level) => level + 1)).toEqual(nodes.map(({ id }) => naive.get(id)))
        const waves = wavesOf(order)
        expect(waves.flatMap((wave) => [...wave])).toEqual([...order.nodes])
        for (const [number, wave] of waves.entries()) {
          expect(wave.length).toBeGreaterThan(0)
          for (const node of wave) expect(order.levels[node]).toBe(number)
        }
      }),
    )
  })

  test("says what has no order: exactly what is in or behind a circle", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const graph = buildGraph(nodes)
        const circular = new Set(nodes.map(({ id }) => id).filter((id) => upstreamOf(nodes, id).has(id)))
        const blocked = nodes.filter(
          ({ id }) => circular.has(id) || [...upstreamOf(nodes, id)].some((each) => circular.has(each)),
        )
        expect(Array.from(orderOf(graph).blocked, (node) => graph.ids[node])).toEqual(blocked.map(({ id }) => id))
      }),
    )
  })

  test("takes equals as preferred: by key, then by id, whatever the order given", () => {
    const nodes = ["d", "b", "a", "c"].map((id) => ({ id, dependsOn: id === "a" ? ["d"] : [] }))
    const stateful = new Set(["b"])
    for (const list of [nodes, nodes.toReversed()]) {
      const graph = buildGraph(list)
      const preferred = preferredBy(graph, (node) => (stateful.has(graph.ids[node] ?? "") ? 1 : 0))
      expect(Array.from(orderOf(graph, preferred).nodes, (node) => graph.ids[node])).toEqual(["c", "d", "b", "a"])
    }
    expect([...orderOf(buildGraph(nodes)).nodes]).toEqual([0, 1, 3, 2])
  })

  test("has no waves for nothing", () => {
    const order = orderOf(buildGraph([]))
    expect([order.nodes.length, wavesOf(order).length, order.blocked.length]).toEqual([0, 0, 0])
  })
})

describe("criticalPathOf", () => {
  const withDurations = acyclicNodes.chain((nodes) =>
    fc.tuple(fc.constant(nodes), fc.array(fc.nat(9), { minLength: nodes.length, maxLength: nodes.length })),
  )

  test("is the longest of all ways, and starts and slack follow from it", () => {
    fc.assert(
      fc.property(withDurations, ([nodes, durations]) => {
        const graph = buildGraph(nodes)
        const at = (id: string): number => graph.index(id) ?? -1
        const finish = naiveFinish(nodes, (id) => durations[at(id)] ?? 0)
        const { length, path, earliestStart, slack } = criticalPathOf(graph, orderOf(graph), durations)
        expect(length).toBe(Math.max(0, ...finish.values()))
        expect(path.reduce((sum, node) => sum + (durations[node] ?? 0), 0)).toBe(length)
        for (const [step, node] of path.entries()) {
          if (step > 0) expect(nodes[node]?.dependsOn).toContain(graph.ids[path[step - 1] ?? -1])
          expect(slack[node]).toBe(0)
        }
        for (const [node, { id }] of nodes.entries()) {
          expect((earliestStart[node] ?? 0) + (durations[node] ?? 0)).toBe(finish.get(id))
          const longer = durations.with(node, (durations[node] ?? 0) + (slack[node] ?? 0))
          expect(criticalPathOf(graph, orderOf(graph), longer).length).toBe(length)
          const tooLong = longer.with(node, (longer[node] ?? 0) + 1)
          expect(criticalPathOf(graph, orderOf(graph), tooLong).length).toBe(length + 1)
        }
      }),
    )
  })

  test("gives no slack to the path for the rounding of its sums", () => {
    const graph = buildGraph(chain(1000))
    const { slack } = criticalPathOf(
      graph,
      orderOf(graph),
      Array.from({ length: 1000 }, (_, at) => 0.1 + at * 0.7),
    )
    expect(new Set(slack)).toEqual(new Set([0]))
  })
})

test("a chain of 100,000 is not too deep", () => {
  const graph = buildGraph(chain(100_000).toReversed())
  const order = orderOf(graph)
  expect(wavesOf(order).length).toBe(100_000)
  const { length, path } = criticalPathOf(graph, order, new Float64Array(100_000).fill(2))
  expect([length, path.length, path[0]]).toEqual([200_000, 100_000, 99_999])
})
