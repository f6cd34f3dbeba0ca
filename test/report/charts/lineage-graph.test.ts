import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { lineageGraph, readingOrder } from "../../../src/report/charts/lineage-graph.ts"
import { id, sources, statements } from "../../fixtures/estate.ts"
import { estateInput, estatePlan } from "../../fixtures/estate-plan.ts"

const graphOf = (name: string) => {
  const product = estatePlan.products.find((each) => each.name === name)
  if (!product) throw new Error(`no product ${name}`)
  return lineageGraph({ product, ...estateInput.merged })
}

describe("a product as a graph", () => {
  test("has the statements of its cone, its sources and its consumers, each once", () => {
    const graph = graphOf("Stock on hand")
    const product = estatePlan.products[1]
    const ids = graph.nodes.map((node) => node.id)
    expect(ids.toSorted()).toEqual([...(product?.cone ?? []), ...(product?.sources ?? []), "consumer 1", "consumer 2"].toSorted())
    expect(new Set(ids).size).toBe(ids.length)
  })

  test("leads a consumer of the estate from what it reads, and one that people named from every sink", () => {
    const { edges } = graphOf("Stock on hand")
    expect(edges.filter(({ to }) => to === "consumer 1").map(({ from }) => from)).toEqual([id("fct_stock")])
    expect(edges.filter(({ to }) => to === "consumer 2").map(({ from }) => from)).toEqual([id("fct_stock"), id("stock_alerts")])
  })

  test("marks exactly the edge that closes a circle as leading back", () => {
    const back = graphOf("Customer segments").edges.filter((edge) => edge.back)
    expect(back.map(({ from, to }) => [from, to].toSorted())).toEqual([[id("crm_export"), id("segment_overrides")]])
  })

  test("takes the class that a person set", () => {
    expect(graphOf("Customer segments").nodes.find((node) => node.name === "segment_overrides")?.class).toBe("P4")
  })

  test("has no edge to what is not in the product", () => {
    const graph = graphOf("Price list")
    const ids = new Set(graph.nodes.map((node) => node.id))
    expect(graph.edges.every(({ from, to }) => ids.has(from) && ids.has(to))).toBe(true)
    expect(statements.length + sources.length).toBeGreaterThan(graph.nodes.length)
  })
})

describe("reading order", () => {
  const graphs = fc
    .array(fc.tuple(fc.nat(11), fc.nat(11)), { maxLength: 40 })
    .map((pairs) => pairs.map(([from, to]) => ({ from: `n${from}`, to: `n${to}` })))
  const ids = Array.from({ length: 12 }, (_, index) => `n${index}`)

  test("names everything once, whatever circles there are", () => {
    fc.assert(
      fc.property(graphs, (pairs) => {
        expect(readingOrder(ids, pairs).toSorted()).toEqual(ids.toSorted())
      }),
    )
  })

  test("puts what is read first where there is no circle", () => {
    const number = (node: string): number => Number(node.slice(1))
    fc.assert(
      fc.property(graphs, (pairs) => {
        const forward = pairs.filter(({ from, to }) => number(from) > number(to))
        const order = readingOrder(ids, forward)
        expect(forward.every(({ from, to }) => order.indexOf(from) < order.indexOf(to))).toBe(true)
      }),
    )
  })

  test("gets through a chain of fifty thousand", () => {
    const long = Array.from({ length: 50_000 }, (_, index) => `n${index}`)
    const chain = long.slice(1).map((to, index) => ({ from: long[index] ?? "", to }))
    expect(readingOrder(long.toReversed(), chain)).toEqual(long)
  })
})
