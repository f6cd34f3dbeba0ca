import * as fc from "fast-check"
import { expect, test } from "vitest"
import { guardCell, sheetCell, unguardCell } from "../../../src/assessment/lists/sheet-cells.ts"
import type { Column } from "../../../src/assessment/model.ts"

const column = (type: Column["type"], more: Partial<Column> = {}): Column => ({
  id: "c",
  label: "C",
  type,
  required: false,
  ...more,
})

test.each(["=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "＝1", "＋1", "－1", "＠x", "\tx", "'=1", "''=1"])(
  "a text like %j is guarded, and read back as it was",
  (text) => {
    expect(guardCell(text)).toBe(`'${text}`)
    expect(unguardCell(guardCell(text))).toBe(text)
  },
)

test.each(["plain", "a=b", "'quoted'", "1", "", "3-4"])("a text like %j is left alone", (text) => {
  expect(guardCell(text)).toBe(text)
  expect(unguardCell(text)).toBe(text)
})

test("every text comes back from its guard, and none that is guarded starts like a formula", () => {
  const formula = fc.string({ unit: fc.constantFrom("=", "'", "-", "@", " ", "\t", "＝", "a", "1") })
  fc.assert(
    fc.property(fc.oneof(fc.string(), formula), (text) => {
      expect(unguardCell(guardCell(text))).toBe(text)
      expect(guardCell(text)).not.toMatch(/^\s*[=+\-@＝＋－＠]/u)
    }),
  )
})

test("numbers stay numbers, durations have their unit, options their text unless it would be read as another", () => {
  expect(sheetCell(column("number"), -5)).toBe("-5")
  expect(sheetCell(column("number"), 1e21)).toBe("1000000000000000000000")
  expect(sheetCell(column("number"), 1e-7)).toBe("0.0000001")
  expect(sheetCell(column("percent"), 12.5)).toBe("12.5")
  expect(sheetCell(column("duration"), 90)).toBe("90 min")
  expect(sheetCell(column("text"), undefined)).toBe("")
  const options = [
    { id: "plain", text: "Plain" },
    { id: "both", text: "Read; write" },
    { id: "minus", text: "-none-" },
  ]
  expect(sheetCell(column("choice", { options }), "both")).toBe("Read; write")
  expect(sheetCell(column("choice", { options }), "minus")).toBe("'-none-")
  expect(sheetCell(column("choices", { options }), ["plain", "both"])).toBe("plain; both")
})
