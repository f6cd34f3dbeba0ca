import { at, type Drawing, scale, type Shape } from "../drawing.ts"
import { drawLabels } from "./matrix-labels.ts"
import { centre, type Matrix, type MatrixMark, named, type Plot, quadrantNames, small } from "./matrix-plot.ts"

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
      ...matrix.marks.flatMap((mark) => drawMark(mark, plot, at(0.16 / Math.max(1, matrix.marks.length / 4)))),
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

/** `tint`: how dark an interval box is, lighter where many lie over each other. */
function drawMark(mark: MatrixMark, plot: Plot, tint: number): Shape[] {
  const shapes: Shape[] = []
  if (mark.interval) {
    const { x, y } = mark.interval
    const box = {
      x: plot.x(x.low),
      y: plot.y(y.high),
      width: at(plot.x(x.high) - plot.x(x.low)),
      height: at(plot.y(y.low) - plot.y(y.high)),
    }
    const line = mark.indicative ? ({ dash: [3, 2.5] } as const) : {}
    shapes.push({ shape: "rect", ...box, radius: 2, fill: "accent", opacity: mark.indicative ? at(tint / 2) : tint })
    shapes.push({ shape: "rect", ...box, radius: 2, stroke: "accent", strokeWidth: 0.75, ...line })
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
  if (mark.today) {
    const look = mark.indicative
      ? ({ radius: 4, fill: "paper", stroke: "accent", strokeWidth: 1.75 } as const)
      : ({ radius: 4.5, fill: "accent", stroke: "paper", strokeWidth: 1 } as const)
    shapes.push({ shape: "circle", ...centre(mark.today, plot), ...look })
  }
  return shapes
}
