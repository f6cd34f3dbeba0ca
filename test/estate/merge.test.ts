import { describe, expect, test } from "vitest"
import { mergeEstates } from "../../src/estate/merge.ts"
import { estate, exposure, found, source, statement, unread } from "./build-estate.ts"

const byId = (merged: ReturnType<typeof mergeEstates>, id: string) => merged.statements.find((each) => each.id === id)

describe("several imports", () => {
  test("a source that another import writes becomes an edge, whatever the case and the catalog", () => {
    const shop = estate({ statements: [statement("orders", [], { writes: ["PROD.shop.Orders"] })] })
    const finance = estate({
      statements: [statement("revenue", ["source.orders"])],
      sources: [source("source.orders", { name: '"dev"."SHOP".orders', system: "shop" })],
      consumers: [exposure("Audit", ["source.orders"])],
    })
    const merged = mergeEstates([
      { domain: "shop", estate: shop },
      { domain: "finance", estate: finance },
    ])
    expect(byId(merged, "revenue")?.dependsOn).toEqual(["orders"])
    expect(merged.consumers[0]?.reads).toEqual(["orders"])
    expect(merged.sources).toEqual([])
    expect(merged.notices).toEqual([])
  })

  test("a table of the same name in another schema is another table", () => {
    const merged = mergeEstates([
      { domain: "shop", estate: estate({ statements: [statement("orders", [], { writes: ["mart.orders"] })] }) },
      {
        domain: "finance",
        estate: estate({ statements: [statement("revenue", ["s"])], sources: [source("s", { name: "raw.orders" })] }),
      },
    ])
    expect(byId(merged, "revenue")?.dependsOn).toEqual(["s"])
  })

  test("a bare name that could be two tables is no edge, and said", () => {
    const writes = (id: string, relation: string) => statement(id, [], { writes: [relation] })
    const merged = mergeEstates([
      { domain: "shop", estate: estate({ statements: [writes("a", "one.orders"), writes("b", "two.orders")] }) },
      {
        domain: "finance",
        estate: estate({ statements: [statement("revenue", ["s"])], sources: [source("s", { name: "orders" })] }),
      },
    ])
    expect(byId(merged, "revenue")?.dependsOn).toEqual(["s"])
    expect(merged.notices.join()).toContain("one.orders or two.orders")
  })

  test("a model of another project is that model, by its id", () => {
    const outside = source("model.shop.orders", { kind: "outside", name: "orders" })
    const merged = mergeEstates([
      { domain: "finance", estate: estate({ statements: [statement("revenue", ["model.shop.orders"])], sources: [outside] }) },
      { domain: "shop", estate: estate({ statements: [statement("model.shop.orders")] }) },
    ])
    expect(byId(merged, "revenue")?.dependsOn).toEqual(["model.shop.orders"])
    expect(merged.sources).toEqual([])
  })

  test("ids that collide are told apart by domain, and a source that both read is one", () => {
    const part = estate({ statements: [statement("a", ["s"]), statement("b", ["a"])], sources: [source("s")] })
    const merged = mergeEstates([
      { domain: "one", estate: part },
      { domain: "two", estate: part },
    ])
    expect(merged.statements.map(({ id, dependsOn }) => [id, ...dependsOn])).toEqual([
      ["one/a", "s"],
      ["one/b", "one/a"],
      ["two/a", "s"],
      ["two/b", "two/a"],
    ])
    expect(merged.sources).toHaveLength(1)
    expect(merged.notices.join()).toContain("2 ids")
    const twice = mergeEstates([
      { domain: "one", estate: part },
      { domain: "one", estate: part },
    ])
    expect(new Set(twice.statements.map(({ id }) => id)).size).toBe(4)
  })

  test("an id that one import has twice stays what it is called", () => {
    const twice = estate({ statements: [statement("a"), statement("a", ["b"]), statement("b")] })
    const merged = mergeEstates([{ domain: "one", estate: twice }])
    expect(merged.statements.map(({ id }) => id)).toEqual(["a", "a", "b"])
    expect(merged.notices).toEqual([])
  })

  test("one table written by thousands of statements takes no longer for it", () => {
    const writers = Array.from({ length: 20_000 }, (_, at) => statement(`w${at}`, [], { writes: ["log.events"] }))
    const merged = mergeEstates([
      { domain: "one", estate: estate({ statements: writers }) },
      { domain: "two", estate: estate({ statements: [statement("r", ["s"])], sources: [source("s", { name: "log.events" })] }) },
    ])
    expect(byId(merged, "r")?.dependsOn).toHaveLength(20_000)
  })
})

describe("ephemeral models", () => {
  const ephemeral = { materialized: "ephemeral" } as const
  const merge = (...statements: Parameters<typeof estate>[0]["statements"] & {}) =>
    mergeEstates([{ domain: "d", estate: estate({ statements, sources: [source("s")], consumers: [exposure("x", ["e"])] }) }])

  test("are part of whoever reads them, through one another", () => {
    const merged = merge(
      statement("e", ["s"], { ...ephemeral, verdict: found("join-inner") }),
      statement("f", ["e"], { ...ephemeral, verdict: found("group-by") }),
      statement("a", ["f"], { textSource: "raw" }),
      statement("b", ["f", "e"], { textSource: "compiled" }),
    )
    expect(merged.statements.map(({ id, dependsOn }) => [id, ...dependsOn])).toEqual([
      ["a", "s"],
      ["b", "s"],
    ])
    expect(merged.folded).toEqual(
      new Map([
        ["e", ["a", "b"]],
        ["f", ["a", "b"]],
      ]),
    )
    expect(merged.consumers[0]?.reads).toEqual([])
  })

  test("count in a text that does not hold them yet, and not twice in one that does", () => {
    const merged = merge(
      statement("e", ["s"], { ...ephemeral, verdict: found("join-inner", "group-by") }),
      statement("raw", ["e"], { textSource: "raw", verdict: found("keep-last") }),
      statement("compiled", ["e"], { textSource: "compiled", verdict: found("join-inner", "group-by", "keep-last") }),
    )
    const [raw, compiled] = merged.statements
    const { class: kind, factor, furtherStateful, stateful } = raw?.verdict ?? found()
    expect([kind, factor, furtherStateful, stateful]).toEqual(["P4", 4, 2, true])
    expect(compiled?.verdict.furtherStateful).toBe(2)
  })

  test("that nobody can read leave open what their reader is", () => {
    const merged = merge(
      statement("e", ["s"], { ...ephemeral, verdict: unread }),
      statement("a", ["e"], { textSource: "raw", verdict: found("keep-last") }),
    )
    expect(merged.statements[0]?.verdict).toMatchObject({
      class: "unknown",
      because: "e, which is part of it: A macro writes its body",
    })
    expect(merged.statements[0]?.verdict.factor).toBeUndefined()
  })

  test("in a cycle or with very many inputs stay statements", () => {
    const many = Array.from({ length: 300 }, (_, at) => `s${at}`)
    const merged = merge(
      statement("loop1", ["loop2"], ephemeral),
      statement("loop2", ["loop1"], ephemeral),
      statement("wide", many, ephemeral),
      statement("a", ["wide"]),
    )
    expect(merged.statements.map(({ id }) => id)).toEqual(["loop1", "loop2", "wide", "a"])
  })
})
