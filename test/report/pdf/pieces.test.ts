import * as fc from "fast-check"
import { describe, expect, test } from "vitest"
import { layPages, type Piece } from "../../../src/report/pdf/pieces.ts"

const sheet = { width: 300, height: 400, left: 20, right: 280, top: 40, bottom: 360 }

function piece(rows: readonly number[], extra: Partial<Piece> = {}): Piece {
  return { gap: 8, rows, first: 1, last: 1, anchors: [], paint: () => {}, ...extra }
}

const anyPiece = fc
  .record({
    rows: fc.array(fc.integer({ min: 5, max: 120 }), { minLength: 1, maxLength: 30 }),
    keepWithNext: fc.boolean(),
    head: fc.constantFrom(0, 20),
  })
  .map(({ rows, keepWithNext, head }) =>
    piece(keepWithNext ? rows.slice(0, 1) : rows, { head, ...(keepWithNext ? { keepWithNext: true } : {}) }),
  )

describe("pages", () => {
  test("begin anew with a piece that asks for it, and none is left empty for that", () => {
    const pieces = [piece([10], { fresh: true }), piece([10]), piece([10], { fresh: true }), piece([10])]
    const pages = layPages([{ sheet, newPage: true, pieces }])
    expect(pages.map((page) => page.parts.map((part) => pieces.indexOf(part.piece)))).toEqual([
      [0, 1],
      [2, 3],
    ])
  })

  test("hold every row once, in order, inside their margins", () => {
    fc.assert(
      fc.property(fc.array(anyPiece, { minLength: 1, maxLength: 12 }), (pieces) => {
        const pages = layPages([{ sheet, newPage: true, pieces }])
        const rows = pages.flatMap((page) =>
          page.parts.flatMap((part) =>
            Array.from({ length: part.to - part.from }, (_, index) => [pieces.indexOf(part.piece), part.from + index]),
          ),
        )
        expect(rows).toEqual(pieces.flatMap((each, number) => each.rows.map((_, row) => [number, row])))
        for (const part of pages.flatMap((page) => page.parts)) {
          const height = part.piece.rows
            .slice(part.from, part.to)
            .reduce((sum, row) => sum + row, part.from > 0 ? (part.piece.head ?? 0) : 0)
          expect(part.y).toBeGreaterThanOrEqual(sheet.top)
          if (part.to - part.from > 1) expect(part.y + height).toBeLessThanOrEqual(sheet.bottom)
        }
      }),
    )
  })

  test("no page ends with something that must stay with what follows", () => {
    const short = fc.record({
      rows: fc.array(fc.integer({ min: 5, max: 40 }), { minLength: 1, maxLength: 9 }),
      keep: fc.boolean(),
    })
    fc.assert(
      fc.property(fc.array(short, { minLength: 2, maxLength: 20 }), (wanted) => {
        const headings = wanted.map(({ rows, keep }, index) => {
          const after = wanted[index - 1]?.keep === true
          return keep && !after && index < wanted.length - 1 ? piece(rows.slice(0, 1), { keepWithNext: true }) : piece(rows)
        })
        const pages = layPages([{ sheet, newPage: true, pieces: headings }])
        for (const page of pages) expect(page.parts.at(-1)?.piece.keepWithNext).toBeUndefined()
      }),
    )
  })

  test("no single line is left behind", () => {
    const lines = piece(
      Array.from({ length: 7 }, () => 50),
      { first: 2, last: 2 },
    )
    const [first, second] = layPages([{ sheet, newPage: true, pieces: [lines] }])
    expect([first?.parts[0]?.to, second?.parts[0]?.from]).toEqual([5, 5])
  })

  test("a chapter may go on below the one before, or start a page", () => {
    const small = [piece([20])]
    expect(
      layPages([
        { sheet, newPage: true, pieces: small },
        { sheet, newPage: false, pieces: small },
      ]),
    ).toHaveLength(1)
    expect(
      layPages([
        { sheet, newPage: true, pieces: small },
        { sheet, newPage: true, pieces: small },
      ]),
    ).toHaveLength(2)
  })
})
