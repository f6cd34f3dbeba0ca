import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { drawMatrix } from "../../../src/report/charts/matrix.ts"
import type { Matrix, MatrixMark } from "../../../src/report/charts/matrix-plot.ts"
import type { TextShape } from "../../../src/report/drawing.ts"
import { overlap } from "../../../src/report/labels.ts"
import { widthOf } from "../../../src/report/lettering.ts"

const matrix = (marks: readonly MatrixMark[]): Matrix => ({
  width: 471,
  height: 372,
  title: "Today",
  description: "Where the domains stand.",
  axes: { x: "Data integrity", y: "Speed of insight" },
  limit: 50,
  quadrants: [
    { name: "Data Stream Platform", right: true, top: true, ink: "q-dsp" },
    { name: "Lakehouse / ELT", right: false, top: true, ink: "q-lakehouse" },
    { name: "ETL", right: true, top: false, ink: "q-etl" },
    { name: "Hand coding", right: false, top: false, ink: "q-hand-coding" },
  ],
  marks,
})

const point = fc.record({ x: fc.integer({ min: 0, max: 100 }), y: fc.integer({ min: 0, max: 100 }) })
const mark = fc.record({
  name: fc.constantFrom("Payments", "Finance and settlement", "Stores", "Online shop"),
  today: point,
  target: point,
  stops: fc.array(point, { maxLength: 5 }).map((stops) => stops.map((stop, index) => ({ ...stop, label: `${index + 1}` }))),
})

function texts(marks: readonly MatrixMark[]): TextShape[] {
  return drawMatrix(matrix(marks)).shapes.filter((shape) => shape.shape === "text")
}

/** Box of the ink of a text, a little smaller than its line. */
function boxOf(text: TextShape): { x: number; y: number; width: number; height: number } {
  const width = widthOf(text.text, text.size, text.weight)
  const x = text.anchor === "middle" ? text.x - width / 2 : text.anchor === "end" ? text.x - width : text.x
  return { x, y: text.y - text.size * 0.7, width, height: text.size * 0.75 }
}

describe("matrix", () => {
  test("labels never overlap, wherever the domains stand", () => {
    fc.assert(
      fc.property(fc.array(mark, { minLength: 1, maxLength: 4 }), (marks) => {
        const boxes = texts(marks)
          .filter((text) => !text.turn)
          .map(boxOf)
        boxes.forEach((box, index) => {
          for (const other of boxes.slice(index + 1)) expect(overlap(box, other)).toBe(false)
        })
      }),
      { numRuns: 60 },
    )
  })

  test("has fixed axes from 0 to 100 with the limit drawn", () => {
    const [low, high] = [texts([{ name: "A", today: { x: 1, y: 1 } }]), texts([{ name: "A", today: { x: 99, y: 99 } }])].map(
      (all) => all.filter((text) => /^\d+$/.test(text.text)).map((text) => [text.text, text.x, text.y]),
    )
    expect(low).toEqual(high)
    expect(low?.map(([text]) => text)).toEqual(["0", "0", "25", "25", "50", "50", "75", "75", "100", "100"])
  })

  test("shared targets get one label", () => {
    const target = { x: 80, y: 65 }
    const words = texts([
      { name: "A", today: { x: 20, y: 20 }, target },
      { name: "B", today: { x: 70, y: 20 }, target },
    ]).map((text) => text.text)
    expect(words.filter((word) => word.includes("target"))).toEqual(["target of all domains"])
  })

  test("a domain without a position leaves no mark", () => {
    expect(texts([{ name: "Unknown" }]).map((text) => text.text)).not.toContain("Unknown")
  })
})

test("a domain that is indicative only has a hollow dot in a dashed box", () => {
  const known = { name: "Stores", today: { x: 20, y: 30 }, interval: { x: { low: 10, high: 40 }, y: { low: 20, high: 50 } } }
  const looks = (mark: MatrixMark) => {
    const { shapes } = drawMatrix(matrix([mark]))
    const dot = shapes.find((shape) => shape.shape === "circle" && shape.fill !== undefined)
    return { dot: dot?.shape === "circle" ? dot.fill : "", dashed: shapes.some((shape) => shape.shape === "rect" && shape.dash) }
  }
  expect(looks(known)).toEqual({ dot: "accent", dashed: false })
  expect(looks({ ...known, indicative: true })).toEqual({ dot: "paper", dashed: true })
})
