import { at, type Drawing, type Ink, type Shape } from "../drawing.ts"
import { cutTo, widthOf } from "../lettering.ts"

export interface ProfileRow {
  readonly name: string
  /** Questions at each level 0–4. */
  readonly counts: readonly [number, number, number, number, number]
  readonly unknown: number
  /** Printed at the right, empty where nothing needs saying. */
  readonly note: string
}

const rowHeight = 18
const levels = ["0", "1", "2", "3", "4"]
const inks: readonly Ink[] = ["level-0", "level-1", "level-2", "level-3", "level-4"]
const onDark: readonly Ink[] = ["ink", "ink", "ink", "paper", "paper"]

/** Per dimension a bar of its questions by level, 0 on the left and 4 on the right; unknown ones stay open. */
export function drawProfile(rows: readonly ProfileRow[], width: number, title: string): Drawing {
  const left = 172
  const right = width - 104
  const most = Math.max(1, ...rows.map((row) => total(row)))
  const unit = (right - left) / most
  const shapes: Shape[] = drawKey(left)
  rows.forEach((row, index) => {
    const y = 22 + index * rowHeight
    shapes.push({ shape: "text", x: 0, y: y + 10, text: cutTo(row.name, left - 8, 8.5), size: 8.5 })
    shapes.push(...drawBar(row, left, y, unit))
    shapes.push({ shape: "text", x: width - 98, y: y + 10, text: cutTo(row.note, 98, 8), size: 8, fill: "muted" })
  })
  return { width, height: 26 + rows.length * rowHeight, title, description: rows.map(say).join(" "), shapes }
}

function drawKey(left: number): Shape[] {
  const shapes: Shape[] = [{ shape: "text", x: 0, y: 10, text: "Number of questions at level", size: 8, fill: "muted" }]
  levels.forEach((level, index) => {
    const x = left + index * 28
    shapes.push({ shape: "rect", x, y: 3, width: 9, height: 9, fill: inks[index] ?? "line", stroke: "muted", strokeWidth: 0.5 })
    shapes.push({ shape: "text", x: x + 12, y: 10.5, text: level, size: 8, fill: "muted" })
  })
  shapes.push({ shape: "rect", x: left + 140, y: 3, width: 9, height: 9, stroke: "muted", strokeWidth: 0.5, dash: [1.5, 1.5] })
  shapes.push({ shape: "text", x: left + 152, y: 10.5, text: "not known", size: 8, fill: "muted" })
  return shapes
}

function drawBar(row: ProfileRow, left: number, y: number, unit: number): Shape[] {
  let x = left
  const shapes: Shape[] = []
  const segment = (count: number, ink: Ink | undefined, number: Ink): void => {
    if (count === 0) return
    const width = count * unit
    const box = { x: at(x), y, width: at(width - 1), height: 13 }
    shapes.push(
      ink
        ? { shape: "rect", ...box, fill: ink, stroke: "muted", strokeWidth: 0.5 }
        : { shape: "rect", ...box, stroke: "muted", strokeWidth: 0.5, dash: [1.5, 1.5] },
    )
    if (width > widthOf(`${count}`, 8, "semibold") + 4) {
      shapes.push({
        shape: "text",
        x: at(x + width / 2 - 0.5),
        y: y + 9.2,
        text: `${count}`,
        size: 8,
        weight: "semibold",
        anchor: "middle",
        fill: number,
      })
    }
    x += width
  }
  row.counts.forEach((count, level) => segment(count, inks[level], onDark[level] ?? "ink"))
  segment(row.unknown, undefined, "muted")
  return shapes
}

function total(row: ProfileRow): number {
  return row.counts.reduce((sum, count) => sum + count, row.unknown)
}

function say(row: ProfileRow): string {
  const at = row.counts.map((count, level) => (count ? `${count} at level ${level}` : "")).filter(Boolean)
  if (row.unknown) at.push(`${row.unknown} not known`)
  return `${row.name}: ${at.join(", ") || "no questions"}.`
}
