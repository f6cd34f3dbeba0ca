import type { Drawing, Shape, TextShape } from "../drawing.ts"
import { widthOf } from "../lettering.ts"
import { colour } from "./ink.ts"
import { visible } from "./lines.ts"
import { type Paper, short } from "./paper.ts"

/** Draws the shapes with their top left corner at x, y, `factor` times their size. Call it inside a tagged Figure. */
export function drawFigure(paper: Paper, drawing: Drawing, x: number, y: number, factor: number): void {
  const kit = paper.kit
  kit.save()
  paper.operators(`${short(factor)} 0 0 ${short(factor)} ${short(x)} ${short(y)} cm`)
  for (const shape of drawing.shapes) {
    if (shape.shape === "text") drawText(paper, shape)
    else if (shape.opacity === undefined) paper.operators(operatorsOf(shape))
    else paper.withOpacity(shape.opacity, () => paper.operators(operatorsOf(shape)))
  }
  kit.restore()
  paper.forgetColours()
}

function drawText(paper: Paper, shape: TextShape): void {
  const style = shape.weight ?? "regular"
  const text = visible(shape.text)
  const width = shape.anchor && shape.anchor !== "start" ? widthOf(text, shape.size, style) : 0
  const back = shape.anchor === "middle" ? width / 2 : width
  paper.forgetColours()
  if (!shape.turn) {
    paper.text(shape.x - back, shape.y, text, shape.size, style, shape.fill ?? "ink")
    return
  }
  const angle = (shape.turn * Math.PI) / 180
  const [cos, sin] = [Math.cos(angle), Math.sin(angle)].map((part) => Math.round(part * 10000) / 10000)
  paper.operators(`q ${cos} ${sin} ${-(sin ?? 0)} ${cos} ${short(shape.x)} ${short(shape.y)} cm`)
  paper.text(-back, 0, text, shape.size, style, shape.fill ?? "ink")
  paper.operators("Q")
  paper.forgetColours()
}

function operatorsOf(shape: Exclude<Shape, TextShape>): string {
  const parts = ["q"]
  if (shape.fill) parts.push(`${colour(shape.fill)} rg`)
  if (shape.stroke) parts.push(`${colour(shape.stroke)} RG ${shape.strokeWidth ?? 1} w`)
  if (shape.dash) parts.push(`[${shape.dash.join(" ")}] 0 d`)
  parts.push(outlineOf(shape), shape.fill && shape.stroke ? "B" : shape.fill ? "f" : "S", "Q")
  return parts.join(" ")
}

function outlineOf(shape: Exclude<Shape, TextShape>): string {
  if (shape.shape === "line") return `${shape.x1} ${shape.y1} m ${shape.x2} ${shape.y2} l`
  if (shape.shape === "path")
    return shape.d.replace(
      /([MLCZ])([^MLCZ]*)/g,
      (_, letter: string, points: string) => `${points.replaceAll(",", " ").trim()} ${pathOperators[letter]} `,
    )
  if (shape.shape === "circle")
    return rounded(shape.x - shape.radius, shape.y - shape.radius, 2 * shape.radius, 2 * shape.radius, shape.radius)
  if (shape.radius)
    return rounded(shape.x, shape.y, shape.width, shape.height, Math.min(shape.radius, shape.width / 2, shape.height / 2))
  return `${shape.x} ${shape.y} ${shape.width} ${shape.height} re`
}

const pathOperators: Record<string, string> = { M: "m", L: "l", C: "c", Z: "h" }

/** Distance of a Bézier curve's control points that comes closest to a quarter circle. */
const bow = 0.5523

function rounded(x: number, y: number, width: number, height: number, radius: number): string {
  const [right, bottom, slack] = [x + width, y + height, radius * (1 - bow)]
  const say = (...numbers: number[]): string => numbers.map(short).join(" ")
  return [
    `${say(x + radius, y)} m ${say(right - radius, y)} l ${say(right - slack, y, right, y + slack, right, y + radius)} c`,
    `${say(right, bottom - radius)} l ${say(right, bottom - slack, right - slack, bottom, right - radius, bottom)} c`,
    `${say(x + radius, bottom)} l ${say(x + slack, bottom, x, bottom - slack, x, bottom - radius)} c`,
    `${say(x, y + radius)} l ${say(x, y + slack, x + slack, y, x + radius, y)} c h`,
  ].join(" ")
}
