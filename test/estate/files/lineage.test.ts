import { describe, expect, test } from "vitest"
import { type Linkable, linkByName } from "../../../src/estate/files/lineage.ts"

const statement = (id: string, writes: readonly string[], reads: readonly string[]): Linkable => ({ id, writes, reads })

describe("lineage by name", () => {
  test("leads to every statement that writes what is read", () => {
    const { dependsOn, sources, notices } = linkByName([
      statement("one", ["dw.orders"], []),
      statement("two", ["DW.Orders"], []),
      statement("reader", ["report"], ["orders"]),
    ])
    expect(dependsOn.get("reader")).toEqual(["one", "two"])
    expect([sources, notices]).toEqual([[], []])
  })

  test("makes a source of what nothing writes, once, with its schema as its system", () => {
    const { dependsOn, sources } = linkByName(
      [statement("one", ["a"], ["Raw.Orders", "raw.orders", "clicks"]), statement("two", ["b"], ["RAW.orders"])],
      new Set(["clicks"]),
    )
    expect(dependsOn.get("one")).toEqual(["table.raw.orders", "table.clicks"])
    expect(dependsOn.get("two")).toEqual(["table.raw.orders"])
    expect(sources).toEqual([
      { id: "table.raw.orders", name: "Raw.Orders", kind: "outside", system: "raw" },
      { id: "table.clicks", name: "clicks", kind: "source" },
    ])
  })

  test("draws no edge from a statement to itself, and says so", () => {
    const { dependsOn, notices } = linkByName([
      statement("add", ["totals"], ["totals", "orders"]),
      statement("first", ["totals"], ["orders"]),
    ])
    expect(dependsOn.get("add")).toEqual(["first", "table.orders"])
    expect(notices).toEqual([{ place: "add", message: "Reads totals, which it writes itself: no edge is drawn" }])
  })

  test("lets corrections of one table follow each other instead of going in circles", () => {
    const { dependsOn } = linkByName([
      statement("load", ["t"], ["raw"]),
      statement("merge", ["t"], ["t", "news"]),
      statement("update", ["T"], ["t"]),
      statement("reader", ["report"], ["t"]),
      statement("late load", ["t"], ["archive"]),
    ])
    expect(Object.fromEntries(dependsOn)).toEqual({
      load: ["table.raw"],
      merge: ["load", "late load", "table.news"],
      update: ["load", "merge", "late load"],
      reader: ["load", "merge", "update", "late load"],
      "late load": ["table.archive"],
    })
  })

  test("keeps a raw table apart from the table that is made of it", () => {
    const { dependsOn } = linkByName([
      statement("load", ["customers"], ["raw.customers"]),
      statement("reader", ["report"], ["customers"]),
      statement("audit", ["checks"], ["raw.customers"]),
    ])
    expect(Object.fromEntries(dependsOn)).toEqual({
      load: ["table.raw.customers"],
      reader: ["load"],
      audit: ["table.raw.customers"],
    })
  })

  test("says where several tables could be meant", () => {
    const { dependsOn, notices } = linkByName([
      statement("one", ["sales.orders"], []),
      statement("two", ["hr.orders"], []),
      statement("reader", ["report"], ["orders"]),
    ])
    expect(dependsOn.get("reader")).toEqual(["table.orders"])
    expect(notices[0]).toMatchObject({
      place: "reader",
      message: expect.stringContaining("Several tables end in orders") as string,
    })
  })

  test("allows circles", () => {
    const { dependsOn } = linkByName([statement("one", ["a"], ["b"]), statement("two", ["b"], ["a"])])
    expect(Object.fromEntries(dependsOn)).toEqual({ one: ["two"], two: ["one"] })
  })
})
