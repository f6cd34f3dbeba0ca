import { expect, test } from "vitest"
import { bareName, findRelation, indexRelations } from "../../src/estate/relation-names.ts"

const index = indexRelations([
  ["`prod`.`Shop`.`Orders`", 1],
  ["prod.shop.orders", 2],
  ["crm.customers", 3],
  ["erp.customers", 4],
  ["events", 5],
])
const entries = (name: string) => {
  const found = findRelation(index, name)
  return found === undefined ? undefined : "entries" in found ? found.entries : found.ambiguous
}

test("a name means the relation that ends so, if there is one", () => {
  expect(entries("PROD.SHOP.ORDERS")).toEqual([1, 2])
  expect(entries("dev.shop.orders")).toEqual([1, 2])
  expect(entries("orders")).toEqual([1, 2])
  expect(entries("x.y.crm.customers")).toEqual([3])
  expect(entries("raw.events")).toEqual([5])
})

test("not one of another schema, and none where several could be meant", () => {
  expect(entries("raw.orders")).toBeUndefined()
  expect(entries("customers")).toEqual(["crm.customers", "erp.customers"])
  expect(entries("nothing")).toBeUndefined()
  expect(entries('""')).toBeUndefined()
  expect(bareName('"A"."B.c"')).toBe("c")
})
