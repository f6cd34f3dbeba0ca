import { standingLimits } from "../../assessment/scoring.ts"
import { at, type Drawing, type Ink, type Shape } from "../drawing.ts"
import { cutTo, linesOf } from "../lettering.ts"

export interface CoverageRow {
  readonly name: string
  /** One per column, 0–1; absent where nothing of the dimension applies. */
  readonly shares: readonly (number | undefined)[]
}

/** How much is answered, in five steps: the two in the middle are where the assessment calls an index indicative, then assessed. */
export type CoverageStep = 0 | 1 | 2 | 3 | 4

const inks: readonly Ink[] = ["level-0", "level-1", "level-2", "level-3", "level-4"]
const rowHeight = 20
const lineHeight = 10

/** Nothing, too little to say anything, indicative, enough, everything. */
export function coverageStep(share: number): CoverageStep {
  if (share <= 0) return 0
  if (share < standingLimits.indicative) return 1
  if (share < standingLimits.assessed) return 2
  return share < 1 ? 3 : 4
}

/** A heat map: rows by columns, the share in percent in every cell, the stronger the shade, the more is answered. */
export function drawCoverage(columns: readonly string[], rows: readonly CoverageRow[], width: number, title: string): Drawing {
  const left = Math.min(140, width * 0.24)
  const column = (width - left) / Math.max(1, columns.length)
  const heads = columns.map((name) => linesOf(name, column - 4, 7.5).map((line) => cutTo(line, column - 4, 7.5)))
  const top = 6 + Math.max(1, ...heads.map((lines) => lines.length)) * lineHeight
  const shapes: Shape[] = heads.flatMap((lines, index) =>
    lines.map((text, line): Shape => ({
      shape: "text",
      x: at(left + (index + 0.5) * column),
      y: top - 6 - (lines.length - 1 - line) * lineHeight,
      text,
      size: 7.5,
      anchor: "middle",
      fill: "muted",
    })),
  )
  rows.forEach((row, index) => {
    const y = top + index * rowHeight
    shapes.push({ shape: "text", x: 0, y: y + 13, text: cutTo(row.name, left - 8, 8.5), size: 8.5 })
    row.shares.forEach((share, place) => shapes.push(...drawCell(share, at(left + place * column), y, at(column - 2))))
  })
  return {
    width,
    height: top + rows.length * rowHeight + 2,
    title,
    description: rows.map((row) => say(columns, row)).join(" "),
    shapes,
  }
}

function drawCell(share: number | undefined, x: number, y: number, width: number): Shape[] {
  const box = { x, y, width, height: rowHeight - 2, radius: 2 }
  const step = coverageStep(share ?? 0)
  const word: Shape = {
    shape: "text",
    x: at(x + width / 2),
    y: y + 12.5,
    text: share === undefined ? "–" : `${Math.round(share * 100)}`,
    size: 8.5,
    weight: "semibold",
    anchor: "middle",
    fill: step >= 3 ? "paper" : "ink",
  }
  if (share === undefined) return [word]
  const line = step === 0 ? ({ stroke: "muted", strokeWidth: 0.75, dash: [2, 2] } as const) : {}
  return [{ shape: "rect", ...box, fill: inks[step] ?? "level-0", ...line }, word]
}

function say(columns: readonly string[], row: CoverageRow): string {
  const cells = columns.map((name, index) => {
    const share = row.shares[index]
    return `${name} ${share === undefined ? "not asked" : `${Math.round(share * 100)} %`}`
  })
  return `${row.name}: ${cells.join(", ")}.`
}
