import { expect, test } from "vitest"
import { nameText, readName } from "../../../src/estate/sql/names.ts"
import { pairBrackets, tokenize } from "../../../src/estate/sql/tokens.ts"

const nameIn = (text: string): string | undefined => {
  const tokens = tokenize(text)
  pairBrackets(tokens, 0, tokens.kind.length)
  const name = readName(tokens, 0)
  return name === undefined ? undefined : nameText(name.parts)
}

test.each([
  ["orders o", "orders"],
  ["Sales.Orders", "Sales.Orders"],
  ['"Raw"."Order Items"', "Raw.Order Items"],
  ["`my-project.shop.orders` o", "my-project.shop.orders"],
  ["`my-project`.`shop`.orders", "my-project.shop.orders"],
  ["my-project.shop.orders", "my-project.shop.orders"],
  ["my-project-123.shop.orders", "my-project-123.shop.orders"],
  ["a - b", "a"],
  ["db..orders", "db.orders"],
  ["[dbo].[Order Items]", "dbo.Order Items"],
  ["${db}.orders_${env}", "${db}.orders_${env}"],
  ["d.events_*", "d.events_"],
  ["`d.events_*`", "d.events_*"],
  ["a.b.c.d", "a.b.c.d"],
  ["'text'", undefined],
  ["(x)", undefined],
  ["", undefined],
])("%s", (text, expected) => {
  expect(nameIn(text)).toBe(expected)
})

test("a name of very many parts is read", () => {
  expect(nameIn(`\`${"a.".repeat(300_000)}b\``)?.length).toBe(600_001)
})
