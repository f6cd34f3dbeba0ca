import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { strongParts } from "../../../src/estate/graph/components.ts"
import { cutCycles, findCycles } from "../../../src/estate/graph/cycles.ts"
import { buildGraph, type GraphNode } from "../../../src/estate/graph/graph.ts"
import { orderOf } from "../../../src/estate/graph/order.ts"
import { anyNodes, ring, upstreamOf } from "../made-up-graphs.ts"

/** A shop whose scores go back into the system that the customers come from. */
const shop = (export_: string, staging: string): readonly GraphNode[] => [
  { id: "source.crm", dependsOn: [] },
  { id: "source.orders", dependsOn: [] },
  { id: staging, dependsOn: ["source.crm", export_] },
  { id: "stg_orders", dependsOn: ["source.orders"] },
  { id: "customers", dependsOn: [staging, "stg_orders"] },
  { id: "scores", dependsOn: ["customers", "stg_orders"] },
  { id: export_, dependsOn: ["scores"] },
  { id: "revenue", dependsOn: ["customers"] },
]

const cutOf = (nodes: readonly GraphNode[], nameOf?: (id: string) => string) => findCycles(buildGraph(nodes), nameOf)[0]?.cut

describe("findCycles", () => {
  test("names every node of the circle and cuts where results are written back, with the reasons", () => {
    const [cycle, ...more] = findCycles(buildGraph(shop("crm_sync", "stg_customers")))
    expect(more).toEqual([])
    expect(cycle?.nodes).toEqual(["stg_customers", "customers", "scores", "crm_sync"])
    expect(cycle?.cut).toEqual({
      from: "crm_sync",
      to: "stg_customers",
      because:
        "Most likely results written back: it leads from 3 steps after the sources back to 1 step; " +
        'the name of what is read says "crm"; the name of the reader says "stg"; without it nothing here runs in a circle.',
    })
  })

  test("finds it by place alone", () => {
    expect(cutOf(shop("t4", "t1"))).toMatchObject({ from: "t4", to: "t1" })
  })

  test("finds it by name alone, where no source leads in", () => {
    const nodes = [
      { id: "c", dependsOn: ["b"] },
      { id: "a", dependsOn: ["c"] },
      { id: "b", dependsOn: ["a"] },
    ]
    expect(cutOf(nodes, (id) => (id === "b" ? "jobs/reverse_etl/b.py" : id))).toMatchObject({ from: "b", to: "c" })
    expect(cutOf(nodes)?.because).toMatch(/^A guess/)
  })

  test("does not take a system's name near the sources for a way back", () => {
    expect(cutOf(shop("t4", "stg_crm"))).toMatchObject({ from: "t4", to: "stg_crm" })
  })

  test("finds the way back through a table that only the estate itself fills", () => {
    const nodes = [
      { id: "source.orders", dependsOn: [] },
      { id: "job.crm_import", dependsOn: ["job.export_scores"] },
      { id: "job.clean_orders", dependsOn: ["source.orders"] },
      { id: "job.customers", dependsOn: ["job.crm_import", "job.clean_orders"] },
      { id: "job.scores", dependsOn: ["job.customers"] },
      { id: "job.export_scores", dependsOn: ["job.scores"] },
    ]
    expect(cutOf(nodes)).toMatchObject({ from: "job.export_scores", to: "job.crm_import" })
  })

  test("prefers the edge that opens all circles at once", () => {
    // Two circles share the edge from d to a.
    const nodes = [
      { id: "a", dependsOn: ["d"] },
      { id: "b", dependsOn: ["a"] },
      { id: "c", dependsOn: ["a"] },
      { id: "d", dependsOn: ["b", "c"] },
    ]
    expect(cutOf(nodes)).toMatchObject({ from: "d", to: "a" })
  })

  test("proposes the same cuts in whatever order the nodes come", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const cuts = (list: readonly GraphNode[]) => new Set(findCycles(buildGraph(list)).map(({ cut }) => JSON.stringify(cut)))
        expect(cuts(nodes.toReversed())).toEqual(cuts(nodes))
      }),
    )
  })

  test("has nothing to say of an estate without circles, or of a statement that reads itself", () => {
    expect(findCycles(buildGraph([]))).toEqual([])
    expect(findCycles(buildGraph([{ id: "a", dependsOn: ["a"] }]))).toEqual([])
  })
})

describe("cutCycles", () => {
  test("leaves no circle, cuts only inside circles, and is the same each time", () => {
    fc.assert(
      fc.property(anyNodes, (nodes) => {
        const graph = buildGraph(nodes)
        const made = cutCycles(graph, findCycles(graph))
        expect(orderOf(made.graph).blocked.length).toBe(0)
        for (const { from, to } of made.cuts) {
          expect(upstreamOf(nodes, from).has(to)).toBe(true)
          expect(nodes.find(({ id }) => id === to)?.dependsOn).toContain(from)
        }
        expect(made.graph.upstream.targets.length).toBe(graph.upstream.targets.length - made.cuts.length)
        expect(cutCycles(graph, findCycles(graph)).cuts).toEqual(made.cuts)
      }),
    )
  })

  test("makes the cut that a person chose, and no other if that is enough", () => {
    const graph = buildGraph(shop("crm_sync", "stg_customers"))
    const chosen = { from: "scores", to: "crm_sync", because: "They will stop it." }
    expect(cutCycles(graph, [{ nodes: [], cut: chosen }]).cuts).toEqual([chosen])
  })

  test("passes over a cut that is no edge of a circle, and still leaves none", () => {
    const graph = buildGraph(shop("crm_sync", "stg_customers"))
    const wrong = [
      ["customers", "revenue"],
      ["customers", "crm_sync"],
      ["nobody", "customers"],
    ].map(([from = "", to = ""]) => ({ nodes: [], cut: { from, to, because: "" } }))
    const { cuts } = cutCycles(graph, wrong)
    expect(cuts.map(({ from, to }) => [from, to])).toEqual([["crm_sync", "stg_customers"]])
  })

  test("gets through circles that are long or dense", () => {
    const long = buildGraph(ring(100_000))
    expect(cutCycles(long, findCycles(long)).cuts.length).toBe(1)
    const count = 20_000
    const dense = buildGraph(
      Array.from({ length: count }, (_, at) => ({
        id: `n${at}`,
        dependsOn: [7, 31, 113].map((step) => `n${(at * step + 1) % count}`),
      })),
    )
    expect(strongParts(dense.upstream).count).toBeLessThan(count)
    expect(orderOf(cutCycles(dense, findCycles(dense)).graph).blocked.length).toBe(0)
  })
})
