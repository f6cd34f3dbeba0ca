import { at, type Drawing, scale, type Shape } from "../drawing.ts"
import { cutTo } from "../lettering.ts"

export interface NextRow {
  readonly name: string
  /** Points by which an index could move. */
  readonly span: number
  readonly why: "unknown" | "disputed"
  /** Printed beside the bar: "10 min, could change the quadrant". */
  readonly note: string
}

const rowHeight = 17

/** Open questions by how far their answer could move an index; unknown ones are open bars, disputed ones filled. */
export function drawNext(rows: readonly NextRow[], width: number, title: string): Drawing {
  const left = 190
  const right = width - 150
  const most = Math.max(4, Math.ceil(Math.max(0, ...rows.map((row) => row.span)) / 2) * 2)
  const x = scale([0, most], [left, right])
  const bottom = 18 + rows.length * rowHeight
  const shapes: Shape[] = [0, most / 2, most].flatMap((tick): Shape[] => [
    { shape: "line", x1: x(tick), y1: 14, x2: x(tick), y2: bottom, stroke: "line", strokeWidth: 0.5 },
    {
      shape: "text",
      x: x(tick),
      y: 9,
      text: tick === most ? `${tick} points` : `${tick}`,
      size: 8,
      anchor: "middle",
      fill: "muted",
    },
  ])
  rows.forEach((row, index) => {
    const y = 18 + index * rowHeight
    const bar = { x: left, y: y + 2, width: at(Math.max(1.5, x(row.span) - left)), height: 10 }
    shapes.push({ shape: "text", x: 0, y: y + 10, text: cutTo(row.name, left - 8, 8.5), size: 8.5 })
    shapes.push(
      row.why === "unknown"
        ? { shape: "rect", ...bar, fill: "paper", stroke: "accent", strokeWidth: 1, dash: [2, 1.5] }
        : { shape: "rect", ...bar, fill: "accent" },
    )
    shapes.push({
      shape: "text",
      x: at(Math.max(x(row.span), left) + 6),
      y: y + 10,
      text: cutTo(row.note, width - Math.max(x(row.span), left) - 6, 8),
      size: 8,
      fill: "muted",
    })
  })
  return { width, height: bottom + 4, title, description: rows.map(say).join(" "), shapes }
}

function say(row: NextRow): string {
  return `${row.name}, ${row.why}: up to ${Math.round(row.span)} points; ${row.note}.`
}
