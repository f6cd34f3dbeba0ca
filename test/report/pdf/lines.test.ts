import { describe, expect, test } from "vitest"
import { measure } from "../../../src/report/pdf/fonts.ts"
import { breakLines, type Line, visible } from "../../../src/report/pdf/lines.ts"

const setting = { size: 10, style: "regular", ink: "ink" } as const

function textOf(line: Line): string {
  return line.runs.map((run) => run.text).join("")
}

describe("lines", () => {
  test("break at words and are no wider than asked", () => {
    const lines = breakLines("the quick brown fox jumps over the lazy dog again and again", 100, setting)
    expect(lines.map(textOf).join(" ")).toBe("the quick brown fox jumps over the lazy dog again and again")
    for (const line of lines) expect(measure(textOf(line), 10, "regular")).toBeLessThanOrEqual(100)
  })

  test("keep spans apart by their style and target", () => {
    const [line] = breakLines(["see ", { text: "DQC-05", to: "q" }, " and ", { text: "more", bold: true }], 400, setting)
    expect(line?.runs.map((run) => [run.text, run.style, run.to])).toEqual([
      ["see ", "regular", undefined],
      ["DQC-05", "regular", "q"],
      [" and ", "regular", undefined],
      ["more", "semibold", undefined],
    ])
  })

  test("a line feed starts a line, a percent sign never does", () => {
    expect(breakLines("one\n\ntwo", 100, setting).map(textOf)).toEqual(["one", "", "two"])
    expect(breakLines("aaaaaaaa 95 % of", 58, setting).map(textOf)).not.toContain("% of")
  })

  test("a word longer than the line is broken inside", () => {
    const lines = breakLines("x".repeat(100), 50, setting)
    expect(lines.map(textOf).join("")).toBe("x".repeat(100))
    expect(lines.length).toBeGreaterThan(5)
  })

  test("text that cannot be seen is dropped or shown as a box", () => {
    expect(visible("a\u200bb\u202ec\u0000d\ud800e\tf\r\ng")).toBe("abc□d□e f\ng")
  })
})
