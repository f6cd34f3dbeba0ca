import type { Interval } from "../../assessment/result.ts"
import { at, type Drawing, scale, type Shape } from "../drawing.ts"
import { cutTo } from "../lettering.ts"

export interface IntervalRow {
  readonly name: string
  /** Index after gates; absent when nothing is answered. */
  readonly value?: number
  /** Index before gates, where a gate lowers it. */
  readonly raw?: number
  readonly interval?: Interval
  /** Every unknown question at its worst and at its best. */
  readonly bounds?: Interval
  readonly target?: number
  /** Printed at the right: "82 % answered". */
  readonly note: string
}

export interface IntervalGroup {
  readonly name: string
  readonly rows: readonly IntervalRow[]
}

const rowHeight = 17
const headHeight = 20

/** Indices on a fixed 0–100 scale with their intervals: dot today, hollow dot before a gate, thin line the bounds, ring the target. */
export function drawIntervals(groups: readonly IntervalGroup[], limit: number, width: number, title: string): Drawing {
  const left = 128
  const right = width - 118
  const x = scale([0, 100], [left, right])
  let y = 6
  const shapes: Shape[] = []
  const height = groups.reduce((sum, group) => sum + headHeight + group.rows.length * rowHeight, 30)
  for (const tick of [0, 25, 50, 75, 100]) {
    const atLimit = tick === limit
    shapes.push({
      shape: "line",
      x1: x(tick),
      y1: 8,
      x2: x(tick),
      y2: height - 16,
      stroke: atLimit ? "muted" : "line",
      strokeWidth: atLimit ? 1 : 0.5,
    })
    shapes.push({
      shape: "text",
      x: x(tick),
      y: height - 6,
      text: atLimit ? `limit ${tick}` : `${tick}`,
      size: 8,
      anchor: "middle",
      fill: "muted",
    })
  }
  for (const group of groups) {
    shapes.push({ shape: "text", x: 0, y: y + 12, text: cutTo(group.name, left - 8, 9, "semibold"), size: 9, weight: "semibold" })
    y += headHeight
    for (const row of group.rows) {
      shapes.push(...drawRow(row, x, y + rowHeight / 2 - 3, width))
      y += rowHeight
    }
  }
  return { width, height, title, description: describe(groups), shapes }
}

function drawRow(row: IntervalRow, x: (value: number) => number, middle: number, width: number): Shape[] {
  const shapes: Shape[] = [{ shape: "text", x: 0, y: middle + 3, text: cutTo(row.name, 120, 8.5), size: 8.5 }]
  if (row.bounds)
    shapes.push({
      shape: "line",
      x1: x(row.bounds.low),
      y1: middle,
      x2: x(row.bounds.high),
      y2: middle,
      stroke: "muted",
      strokeWidth: 0.75,
    })
  if (row.interval) {
    const box = {
      x: x(row.interval.low),
      y: middle - 4,
      width: at(Math.max(1, x(row.interval.high) - x(row.interval.low))),
      height: 8,
    }
    shapes.push({ shape: "rect", ...box, fill: "paper" }, { shape: "rect", ...box, fill: "accent", opacity: 0.2 })
    shapes.push({ shape: "rect", ...box, stroke: "accent", strokeWidth: 0.75 })
  }
  if (row.raw !== undefined)
    shapes.push({ shape: "circle", x: x(row.raw), y: middle, radius: 3, fill: "paper", stroke: "accent", strokeWidth: 1 })
  if (row.target !== undefined)
    shapes.push({ shape: "circle", x: x(row.target), y: middle, radius: 5.5, stroke: "ink", strokeWidth: 1.25 })
  if (row.value !== undefined) shapes.push({ shape: "circle", x: x(row.value), y: middle, radius: 3.2, fill: "accent" })
  const figure = row.value === undefined ? "–" : `${Math.round(row.value)}`
  shapes.push({ shape: "text", x: width - 96, y: middle + 3, text: figure, size: 9, weight: "semibold", anchor: "end" })
  shapes.push({ shape: "text", x: width - 88, y: middle + 3, text: cutTo(row.note, 88, 8), size: 8, fill: "muted" })
  return shapes
}

function describe(groups: readonly IntervalGroup[]): string {
  const say = (row: IntervalRow): string => {
    if (row.value === undefined) return `${row.name} has no answers`
    const range = row.interval ? `, between ${Math.round(row.interval.low)} and ${Math.round(row.interval.high)}` : ""
    return `${row.name} ${Math.round(row.value)}${range}${row.target === undefined ? "" : `, target ${Math.round(row.target)}`}`
  }
  return groups.map((group) => `${group.name}: ${group.rows.map(say).join("; ")}.`).join(" ")
}
