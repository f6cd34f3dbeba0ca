import { at, type Shape } from "../drawing.ts"
import { type Box, type LabelWish, placeLabels } from "../labels.ts"
import { widthOf } from "../lettering.ts"
import { type Matrix, type MatrixMark, named, type Plot, type Point, quadrantNames, small } from "./matrix-plot.ts"

/** Names, targets and numbers of stops, each beside its point and clear of the others. */
export function drawLabels(matrix: Matrix, plot: Plot): Shape[] {
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

function around(point: Point, plot: Plot, reach: number): Box {
  return { x: plot.x(point.x) - reach, y: plot.y(point.y) - reach, width: 2 * reach, height: 2 * reach }
}

function rounded(leader: { x1: number; y1: number; x2: number; y2: number }): typeof leader {
  return { x1: at(leader.x1), y1: at(leader.y1), x2: at(leader.x2), y2: at(leader.y2) }
}
