import { describe, expect, test } from "vitest"
import { covers, cutTo, linesOf, widthOf } from "../../src/report/lettering.ts"
import { parsedFont } from "../../src/report/pdf/fonts.ts"

describe("lettering", () => {
  test.each(["regular", "semibold", "bold", "italic"] as const)("widths of %s are those of the font file", (style) => {
    const font = parsedFont(style)
    for (const text of ["Data integrity → 0–100 %", "Größe, čeština, Ελληνικά, Кириллица", "≤ 4 ✓ ☐ €"]) {
      expect(widthOf(text, 1000, style)).toBeCloseTo((font.layout(text).advanceWidth * 1000) / font.unitsPerEm, 5)
    }
  })

  test("figures are equally wide, so that columns of numbers stand in line", () => {
    expect(new Set(Array.from("0123456789").map((digit) => widthOf(digit, 10))).size).toBe(1)
  })

  test("says which characters the typeface has", () => {
    expect(Array.from("AжΩ€→☐").every((character) => covers(character.codePointAt(0) ?? 0))).toBe(true)
    expect(Array.from("中א\u0000").some((character) => covers(character.codePointAt(0) ?? 0))).toBe(false)
  })

  test("cuts at a word and says so", () => {
    const cut = cutTo("Estate inventory and lineage baseline", 100, 8.5)
    expect(cut).toMatch(/^Estate inventory.*…$/)
    expect(widthOf(cut, 8.5)).toBeLessThanOrEqual(100)
    expect(cutTo("short", 100, 8.5)).toBe("short")
  })

  test("breaks lines at words", () => {
    const lines = linesOf("one two three four five six", 60, 10)
    expect(lines.join(" ")).toBe("one two three four five six")
    for (const line of lines) expect(widthOf(line, 10)).toBeLessThanOrEqual(60)
  })
})
