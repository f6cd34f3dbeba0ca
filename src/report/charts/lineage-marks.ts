/** The marks that pictures of a data product are made of: boxes with a class and a name, and lines between them. */
import type { StatementClass } from "../../estate/model.ts"
import { classLooks } from "../classes.ts"
import { at, type Ink, type Shape } from "../drawing.ts"
import { type FontStyle, widthOf } from "../lettering.ts"

export interface Box {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export interface Point {
  readonly x: number
  readonly y: number
}

/** The class as a small filled tab with its label; dashed where nobody knows. */
export function classTab(name: StatementClass, box: Box, size: number): Shape[] {
  const { fill, ink, mark, open } = classLooks[name]
  const line = open ? ({ dash: [1.5, 1.2] } as const) : {}
  return [
    { shape: "rect", ...box, radius: 1.5, fill, stroke: "muted", strokeWidth: 0.5, ...line },
    {
      shape: "text",
      x: at(box.x + box.width / 2),
      y: at(box.y + box.height / 2 + size * 0.35),
      text: mark,
      size: widthOf(mark, size, "semibold") > box.width - 1 ? at(size * 0.78) : size,
      weight: "semibold",
      anchor: "middle",
      fill: ink,
    },
  ]
}

/** A name on one or two lines from `x`, in the middle of the height between `top` and `bottom`. */
export function nameLines(
  lines: readonly string[],
  place: { readonly x: number; readonly top: number; readonly bottom: number },
  look: { readonly size: number; readonly weight?: FontStyle; readonly fill?: Ink },
): Shape[] {
  const leading = look.size * 1.15
  const first = (place.top + place.bottom) / 2 + look.size * 0.35 - ((lines.length - 1) * leading) / 2
  return lines.map((text, index): Shape => ({ shape: "text", x: at(place.x), y: at(first + index * leading), text, ...look }))
}

/** Breaks a name after an underscore, a dot or a space, else inside a word; the middle of the last line goes where it is still too long. */
export function wrapName(name: string, width: number, size: number, most: number): string[] {
  const lines: string[] = []
  let rest = name
  while (lines.length < most - 1 && widthOf(rest, size) > width) {
    const parts = rest.split(/(?<=[_. \-/])/)
    let used = 0
    while (
      used < parts.length &&
      widthOf(
        parts
          .slice(0, used + 1)
          .join("")
          .trimEnd(),
        size,
      ) <= width
    )
      used++
    const line = used > 0 ? parts.slice(0, used).join("") : fitting(rest, width, size)
    lines.push(line.trimEnd())
    rest = rest.slice(line.length)
  }
  return rest ? [...lines, cutMiddle(rest, width, size)] : lines
}

/** At least one letter. */
function fitting(text: string, width: number, size: number): string {
  const letters = Array.from(text)
  let end = 1
  while (end < letters.length && widthOf(letters.slice(0, end + 1).join(""), size) <= width) end++
  return letters.slice(0, end).join("")
}

/** Names of one family differ at their end, so the middle goes. */
export function cutMiddle(text: string, width: number, size: number): string {
  if (widthOf(text, size) <= width) return text
  const letters = Array.from(text.length > 400 ? text.slice(0, 200) + text.slice(-200) : text)
  for (let kept = letters.length - 1; kept > 1; kept--) {
    const end = Math.floor(kept * 0.45)
    const cut = `${letters.slice(0, kept - end).join("")}…${end > 0 ? letters.slice(-end).join("") : ""}`
    if (widthOf(cut, size) <= width) return cut
  }
  return "…"
}

/** A smooth line through points, level at each; where a point has a width it runs level over it, so that it keeps between boxes. */
export function wayPath(from: Point, through: readonly (Point & { readonly width: number })[], to: Point): string {
  let d = `M${at(from.x)} ${at(from.y)}`
  let last = from
  for (const { x, y, width } of through) {
    d += `${bend(last, { x: x - width / 2, y })}L${at(x + width / 2)} ${at(y)}`
    last = { x: x + width / 2, y }
  }
  return d + bend(last, to)
}

function bend(from: Point, to: Point): string {
  const middle = (from.x + to.x) / 2
  return `C${at(middle)} ${at(from.y)} ${at(middle)} ${at(to.y)} ${at(to.x)} ${at(to.y)}`
}

export function middleOf(box: Box): number {
  return box.y + box.height / 2
}

export function rounded({ x, y, width, height }: Box): Box {
  return { x: at(x), y: at(y), width: at(width), height: at(height) }
}
