import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { foldedName, partsOf, relationFinder, schemaOf } from "../../../src/estate/files/relations.ts"

describe("a relation's name", () => {
  test.each([
    ["orders", ["orders"]],
    ['"Sales"."Orders"', ["sales", "orders"]],
    ["`my-project.Sales.Orders`", ["my-project", "sales", "orders"]],
    ["[dbo].[Orders]", ["dbo", "orders"]],
    ["lake..orders", ["lake", "orders"]],
    ["${hiveconf:db.name}.orders", ["${hiveconf:db.name}", "orders"]],
    ["{{ params.schema }}.orders", ["{{ params.schema }}", "orders"]],
    ["", []],
  ])("%s", (relation, parts) => {
    expect(partsOf(relation)).toEqual(parts)
  })

  test("has a schema when it has two parts", () => {
    expect(schemaOf("prod.Sales.orders")).toBe("sales")
    expect(schemaOf("orders")).toBeUndefined()
  })
})

describe("a written relation is found", () => {
  const find = (written: readonly string[], relation: string, mentions: readonly (readonly string[])[] = []) =>
    relationFinder(written, mentions)(relation)

  test("by its own name, whatever the case and quotes", () => {
    expect(find(["Sales.Orders", "orders"], '"SALES".orders')).toEqual({ name: "sales.orders" })
  })

  test("by a shorter name, and a longer one", () => {
    expect(find(["prod.sales.orders"], "orders")).toEqual({ name: "prod.sales.orders" })
    expect(find(["prod.sales.orders"], "sales.orders")).toEqual({ name: "prod.sales.orders" })
    expect(find(["orders", "sales.orders"], "prod.sales.orders")).toEqual({ name: "sales.orders" })
  })

  test("never in another schema", () => {
    expect(find(["sales.orders"], "hr.orders")).toBeUndefined()
    expect(find(["sales.orders"], "new_orders")).toBeUndefined()
  })

  test("not when several fit", () => {
    expect(find(["sales.orders", "hr.orders"], "orders")).toBe("ambiguous")
    expect(find(["sales.orders", "hr.orders", "orders"], "orders")).toEqual({ name: "orders" })
  })

  test("not when one statement mentions both names: they are two tables", () => {
    expect(find(["customers"], "raw.customers", [["customers", "raw.customers"]])).toBeUndefined()
    expect(find(["raw.customers"], "customers", [["raw.customers", "Customers"]])).toBeUndefined()
  })

  test("if it is written under the very name that is read", () => {
    const name = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."))
    fc.assert(
      fc.property(fc.array(name), name, fc.array(fc.array(name)), (others, relation, mentions) => {
        expect(relationFinder([...others, relation], mentions)(relation)).toEqual({ name: foldedName(relation) })
      }),
    )
  })

  test("or not, but only ends that are the same are taken for it", () => {
    const name = fc.array(fc.constantFrom("a", "b", "c"), { minLength: 1, maxLength: 4 }).map((parts) => parts.join("."))
    fc.assert(
      fc.property(fc.array(name), name, (written, relation) => {
        const found = relationFinder(written, [])(relation)
        if (typeof found !== "object") return
        const [short, long] = [found.name, relation].toSorted((one, other) => one.length - other.length)
        expect(`.${long}`.endsWith(`.${short}`)).toBe(true)
      }),
    )
  })

  test("in a name of a hundred thousand parts as fast as in any", () => {
    const long = "a.".repeat(100_000)
    expect(find([long], "a")).toBeUndefined()
  })
})
