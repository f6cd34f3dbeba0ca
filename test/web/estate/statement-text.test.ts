import { array, assert, integer, property, string, tuple } from "fast-check"
import { describe, expect, test } from "vitest"
import type { FoundConstruct } from "../../../src/estate/model.ts"
import { longestShown, markText } from "../../../src/web/estate/statement-text.ts"

const at = (start: number, end: number): FoundConstruct => ({
  construct: "group-by",
  start,
  end,
  line: 1,
  reason: "",
  stateful: true,
  factor: 2,
})

const shown = (text: string, ...ranges: readonly FoundConstruct[]) =>
  markText(text, ranges).pieces.map(({ text: part, marked, begins }) => `${begins.join()}${marked ? `[${part}]` : part}`)

describe("a text with its constructs marked", () => {
  test("is cut where they begin and end, with their numbers", () => {
    expect(shown("select a join b", at(9, 13))).toEqual(["select a ", "1[join]", " b"])
    expect(shown("select 1")).toEqual(["select 1"])
    expect(shown("", at(0, 0))).toEqual([])
  })

  test("they may lie in each other, touch, overlap and begin at one place", () => {
    expect(shown("abcdef", at(0, 6), at(2, 4))).toEqual(["1[ab]", "2[cd]", "[ef]"])
    expect(shown("abcdef", at(0, 3), at(3, 6))).toEqual(["1[abc]", "2[def]"])
    expect(shown("abcdef", at(0, 4), at(2, 6))).toEqual(["1[ab]", "2[cd]", "[ef]"])
    expect(shown("abcdef", at(1, 3), at(1, 5))).toEqual(["a", "1,2[bc]", "[de]", "f"])
  })

  test("ranges beyond the text are cut to it; without length they are numbered all the same", () => {
    expect(shown("abc", at(1, 99))).toEqual(["a", "1[bc]"])
    expect(shown("abc", at(1, 1))).toEqual(["a", "1bc"])
    expect(shown("abc", at(50, 60))).toEqual(["abc"])
  })

  test("a text of megabytes is shown in part, and never half a character of it", () => {
    const long = `${"x".repeat(longestShown - 1)}😀${"y".repeat(100)}`
    const marked = markText(long, [at(longestShown + 5, longestShown + 9)])
    expect(marked.cut).toBe(true)
    expect(marked.pieces.map(({ text }) => text).join("")).toBe("x".repeat(longestShown - 1))
  })

  test("the pieces are the text, whatever the ranges", () => {
    const range = tuple(integer({ min: 0, max: 40 }), integer({ min: 0, max: 40 })).map(([a, b]) =>
      at(Math.min(a, b), Math.max(a, b)),
    )
    assert(
      property(string({ maxLength: 30 }), array(range, { maxLength: 8 }), (text, ranges) => {
        const { pieces } = markText(text, ranges)
        expect(pieces.map((piece) => piece.text).join("")).toBe(text)
        let place = 0
        for (const piece of pieces) {
          const inside = ranges.some(({ start, end }) => start < place + piece.text.length && end > place && start < end)
          expect(piece.marked).toBe(inside)
          place += piece.text.length
        }
        const numbers = pieces.flatMap(({ begins }) => begins)
        expect(numbers.toSorted((a, b) => a - b)).toEqual(
          ranges.flatMap(({ start }, index) => (start < text.length ? [index + 1] : [])),
        )
      }),
    )
  })
})
