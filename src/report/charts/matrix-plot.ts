import type { Interval } from "../../assessment/result.ts"
import type { Ink } from "../drawing.ts"
import type { Box } from "../labels.ts"
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
  /** Too little is answered, or by too few, to call it a placement: the dot is hollow and its box dashed. */
  readonly indicative?: true
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

/** Indices to points of the drawing. */
export interface Plot {
  readonly x: (value: number) => number
  readonly y: (value: number) => number
  readonly box: Box
  readonly limit: number
}

/** Sizes of the words in a matrix. */
export const small = 8
export const named = 9

/** Where the names of the quadrants stand: in the outer corners. */
export function quadrantNames(matrix: Matrix, plot: Plot): Box[] {
  return matrix.quadrants.map((quadrant) => {
    const width = widthOf(quadrant.name, named, "semibold")
    const x = quadrant.right ? plot.box.x + plot.box.width - width - 6 : plot.box.x + 6
    return { x, y: quadrant.top ? plot.box.y + 4 : plot.box.y + plot.box.height - 16, width, height: 12 }
  })
}

export function centre(point: Point, plot: Plot): { x: number; y: number } {
  return { x: plot.x(point.x), y: plot.y(point.y) }
}
