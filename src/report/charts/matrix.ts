import type { Interval } from "../../assessment/result.ts"
import { at, type Drawing, type Ink, scale, type Shape } from "../drawing.ts"
import { type Box, type LabelWish, placeLabels } from "../labels.ts"
import { widthOf } from "../lettering.ts"

/** A pair of indices: x to the right, y upwards, both 0–100. */
export interface Point {
  readonly x: number
  readonly y: number
}

export interface MatrixMark {
  readonly name: string
  /** Absent when an index has no answers. */
  readonly today?: Point
  readonly interval?: { readonly x: Interval; readonly y: Interval }
  readonly target?: Point
  /** Where the domain stands after each wave; `label` is the number of the wave, or "1–2" where two end at one point. */
  readonly stops?: readonly (Point & { readonly label: string })[]
}

export interface Matrix {
  readonly width: number
  readonly height: number
  readonly title: string
  readonly description: string
  readonly axes: { readonly x: string; readonly y: string }
  readonly limit: number
  readonly quadrants: readonly { readonly name: string; readonly right: boolean; readonly top: boolean; readonly ink: Ink }[]
  readonly marks: readonly MatrixMark[]
  /** Dots without names, where there would be too many. */
  readonly unnamed?: boolean
}

interface Plot {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly box: Box
  readonly limit: number
}

const small = 8
const named = 9

/** Two indices against each other: today as a dot in its interval box, the target as a ring, the waves as numbered stops. */
export function drawMatrix(matrix: Matrix): Drawing {
  const box = { x: 34, y: 6, width: matrix.width - 40, height: matrix.height - 42 }
  const plot: Plot = {
    x: scale([0, 100], [box.x, box.x + box.width]),
    y: scale([0, 100], [box.y + box.height, box.y]),
    box,
    limit: matrix.limit,
  }
  return {
    width: matrix.width,
    height: matrix.height,
    title: matrix.title,
    description: matrix.description,
    shapes: [
      ...drawGround(matrix, plot),
      ...drawAxes(matrix, plot),
      ...matrix.marks.flatMap((mark) => drawMark(mark, plot)),
      ...drawLabels(matrix, plot),
    ],
  }
}

function drawGround(matrix: Matrix, plot: Plot): Shape[] {
  const names = quadrantNames(matrix, plot)
  return matrix.quadrants.flatMap((quadrant, index): Shape[] => {
    const x = quadrant.right ? plot.x(plot.limit) : plot.box.x
    const y = quadrant.top ? plot.box.y : plot.y(plot.limit)
    const width = quadrant.right ? plot.box.x + plot.box.width - x : plot.x(plot.limit) - x
    const height = quadrant.top ? plot.y(plot.limit) - y : plot.box.y + plot.box.height - y
    const name = names[index] ?? { x: 0, y: 0, width: 0, height: 0 }
    return [
      { shape: "rect", x: at(x), y: at(y), width: at(width), height: at(height), fill: quadrant.ink, opacity: 0.07 },
      {
        shape: "text",
        x: at(name.x),
        y: at(name.y + 9),
        text: quadrant.name,
        size: named,
        weight: "semibold",
        fill: quadrant.ink,
      },
    ]
  })
}

function quadrantNames(matrix: Matrix, plot: Plot): Box[] {
  return matrix.quadrants.map((quadrant) => {
    const width = widthOf(quadrant.name, named, "semibold")
    const x = quadrant.right ? plot.box.x + plot.box.width - width - 6 : plot.box.x + 6
    return { x, y: quadrant.top ? plot.box.y + 4 : plot.box.y + plot.box.height - 16, width, height: 12 }
  })
}

function drawAxes(matrix: Matrix, plot: Plot): Shape[] {
  const { box } = plot
  const [right, bottom] = [box.x + box.width, box.y + box.height]
  const grid = [0, 25, 50, 75, 100].flatMap((tick): Shape[] => [
    { shape: "line", x1: plot.x(tick), y1: box.y, x2: plot.x(tick), y2: bottom, stroke: "line", strokeWidth: 0.5 },
    { shape: "line", x1: box.x, y1: plot.y(tick), x2: right, y2: plot.y(tick), stroke: "line", strokeWidth: 0.5 },
    { shape: "text", x: plot.x(tick), y: bottom + 11, text: `${tick}`, size: small, anchor: "middle", fill: "muted" },
    { shape: "text", x: box.x - 4, y: at(plot.y(tick) + 2.5), text: `${tick}`, size: small, anchor: "end", fill: "muted" },
  ])
  return [
    ...grid,
    { shape: "line", x1: plot.x(plot.limit), y1: box.y, x2: plot.x(plot.limit), y2: bottom, stroke: "muted", strokeWidth: 1 },
    { shape: "line", x1: box.x, y1: plot.y(plot.limit), x2: right, y2: plot.y(plot.limit), stroke: "muted", strokeWidth: 1 },
    {
      shape: "text",
      x: at((box.x + right) / 2),
      y: bottom + 26,
      text: `${matrix.axes.x} →`,
      size: named,
      weight: "semibold",
      anchor: "middle",
    },
    {
      shape: "text",
      x: 9,
      y: at((box.y + bottom) / 2),
      text: `${matrix.axes.y} →`,
      size: named,
      weight: "semibold",
      anchor: "middle",
      turn: -90,
    },
  ]
}

function drawMark(mark: MatrixMark, plot: Plot): Shape[] {
  const shapes: Shape[] = []
  if (mark.interval) {
    const { x, y } = mark.interval
    const box = {
      x: plot.x(x.low),
      y: plot.y(y.high),
      width: at(plot.x(x.high) - plot.x(x.low)),
      height: at(plot.y(y.low) - plot.y(y.high)),
    }
    shapes.push({ shape: "rect", ...box, radius: 2, fill: "accent", opacity: 0.16 })
    shapes.push({ shape: "rect", ...box, radius: 2, stroke: "accent", strokeWidth: 0.75 })
  }
  const way = [mark.today, ...(mark.stops ?? [])].filter((point) => point !== undefined)
  if (mark.stops && way.length > 1) {
    const d = way.map((point, index) => `${index ? "L" : "M"}${plot.x(point.x)} ${plot.y(point.y)}`).join("")
    shapes.push({ shape: "path", d, stroke: "accent", strokeWidth: 1.25 })
  }
  if (mark.target) {
    shapes.push({ shape: "circle", ...centre(mark.target, plot), radius: 6.5, stroke: "ink", strokeWidth: 1.5 })
  }
  for (const stop of mark.stops ?? []) shapes.push({ shape: "circle", ...centre(stop, plot), radius: 1.8, fill: "accent" })
  if (mark.today)
    shapes.push({ shape: "circle", ...centre(mark.today, plot), radius: 4.5, fill: "accent", stroke: "paper", strokeWidth: 1 })
  return shapes
}

function drawLabels(matrix: Matrix, plot: Plot): Shape[] {
  const dots = matrix.marks.flatMap((mark) => [mark.today, mark.target].filter((point) => point !== undefined))
  const obstacles = [...quadrantNames(matrix, plot), ...dots.map((point) => around(point, plot, 7))]
  const labels = matrix.unnamed ? [] : [...matrix.marks.flatMap((mark) => labelsOf(mark, plot)), ...targetLabels(matrix, plot)]
  const frame = { x: plot.box.x + 2, y: plot.box.y + 2, width: plot.box.width - 4, height: plot.box.height - 4 }
  const places = placeLabels(
    labels.map(({ wish }) => wish),
    frame,
    obstacles,
    softObstacles(matrix, plot),
  )
  return labels.flatMap((label, index): Shape[] => {
    const place = places[index]
    if (!place) return []
    const leader: Shape[] = place.leader ? [{ shape: "line", ...rounded(place.leader), stroke: "muted", strokeWidth: 0.5 }] : []
    return [...leader, ...label.draw(place)]
  })
}

/** Interval boxes, paths and limits: text over them can be read, but reads better elsewhere. */
function softObstacles(matrix: Matrix, plot: Plot): Box[] {
  const boxes = matrix.marks.flatMap((mark) => {
    if (!mark.interval) return []
    const { x, y } = mark.interval
    return [
      { x: plot.x(x.low), y: plot.y(y.high), width: plot.x(x.high) - plot.x(x.low), height: plot.y(y.low) - plot.y(y.high) },
    ]
  })
  const stops = matrix.marks.flatMap((mark) => (mark.stops ?? []).map((stop) => around(stop, plot, 8)))
  const { box, limit } = plot
  return [
    ...boxes,
    ...stops,
    { x: box.x, y: plot.y(limit) - 1, width: box.width, height: 2 },
    { x: plot.x(limit) - 1, y: box.y, width: 2, height: box.height },
  ]
}

/** One label per target point: domains that need the same share it. */
function targetLabels(matrix: Matrix, plot: Plot): Label[] {
  const byPoint = Map.groupBy(
    matrix.marks.filter((mark) => mark.target),
    (mark) => `${mark.target?.x}/${mark.target?.y}`,
  )
  return [...byPoint.values()].flatMap((marks) => {
    const point = marks[0]?.target
    if (!point) return []
    const all = marks.length === matrix.marks.length && marks.length > 1
    const text = all
      ? "target of all domains"
      : matrix.marks.length === 1
        ? "target"
        : `${marks.map((mark) => mark.name).join(", ")}: target`
    return [worded(text, point, plot, "regular", 9)]
  })
}

interface Label {
  readonly wish: LabelWish
  draw(place: Box): Shape[]
}

function labelsOf(mark: MatrixMark, plot: Plot): Label[] {
  const labels: Label[] = []
  if (mark.today) labels.push(worded(mark.name, mark.today, plot, "semibold", 7))
  for (const stop of mark.stops ?? []) labels.push(numbered(stop, plot))
  return labels
}

function worded(text: string, point: Point, plot: Plot, weight: "semibold" | "regular", clear: number): Label {
  const size = weight === "semibold" ? named : small
  const wish = { x: plot.x(point.x), y: plot.y(point.y), width: widthOf(text, size, weight) + 2, height: size + 3, clear }
  return { wish, draw: (place) => [{ shape: "text", x: at(place.x + 1), y: at(place.y + size), text, size, weight }] }
}

function numbered(stop: Point & { readonly label: string }, plot: Plot): Label {
  const width = Math.max(11, widthOf(stop.label, small, "semibold") + 6)
  const wish = { x: plot.x(stop.x), y: plot.y(stop.y), width, height: 11, clear: 0, covers: true as const }
  return {
    wish,
    draw: (place) => [
      {
        shape: "rect",
        x: at(place.x),
        y: at(place.y),
        width: at(width),
        height: 11,
        radius: 5.5,
        fill: "paper",
        stroke: "accent",
        strokeWidth: 1,
      },
      {
        shape: "text",
        x: at(place.x + width / 2),
        y: at(place.y + 8.2),
        text: stop.label,
        size: small,
        weight: "semibold",
        anchor: "middle",
      },
    ],
  }
}

function centre(point: Point, plot: Plot): { x: number; y: number } {
  return { x: plot.x(point.x), y: plot.y(point.y) }
}

function around(point: Point, plot: Plot, reach: number): Box {
  return { x: plot.x(point.x) - reach, y: plot.y(point.y) - reach, width: 2 * reach, height: 2 * reach }
}

function rounded(leader: { x1: number; y1: number; x2: number; y2: number }): typeof leader {
  return { x1: at(leader.x1), y1: at(leader.y1), x2: at(leader.x2), y2: at(leader.y2) }
}
