/**
 * Charts as lists of shapes, in points, y downwards. One writer prints them as SVG, another into the PDF, and neither knows what
 * a chart is.
 */

/** A role of colour; style sheet and PDF each know its value, so that a drawing also works in the dark and in grey. */
export type Ink =
  | "ink"
  | "muted"
  | "line"
  | "wash"
  | "paper"
  | "accent"
  | "level-0"
  | "level-1"
  | "level-2"
  | "level-3"
  | "level-4"
  | `q-${string}`
  | `sev-${string}`

interface Painted {
  readonly fill?: Ink
  readonly stroke?: Ink
  readonly strokeWidth?: number
  readonly dash?: readonly [number, number]
  /** 0–1. */
  readonly opacity?: number
}

export interface TextShape {
  readonly shape: "text"
  readonly x: number
  /** Baseline. */
  readonly y: number
  readonly text: string
  readonly size: number
  readonly weight?: "regular" | "semibold" | "bold" | "italic"
  readonly anchor?: "start" | "middle" | "end"
  readonly fill?: Ink
  /** Degrees, clockwise, around x and y. */
  readonly turn?: number
}

export type Shape =
  | ({
      readonly shape: "rect"
      readonly x: number
      readonly y: number
      readonly width: number
      readonly height: number
      readonly radius?: number
    } & Painted)
  | ({ readonly shape: "circle"; readonly x: number; readonly y: number; readonly radius: number } & Painted)
  | ({ readonly shape: "line"; readonly x1: number; readonly y1: number; readonly x2: number; readonly y2: number } & Painted)
  /** SVG path data: M, L, C, Z in absolute coordinates. */
  | ({ readonly shape: "path"; readonly d: string } & Painted)
  | TextShape

export interface Drawing {
  readonly width: number
  readonly height: number
  /** What it shows: "Payments: slow but sound". */
  readonly title: string
  /** The same in words, for those who cannot see it. */
  readonly description: string
  readonly shapes: readonly Shape[]
}

/** A coordinate with at most two decimals, so that drawings are short and the same everywhere. */
export function at(value: number): number {
  return Math.round(value * 100) / 100
}

/** Maps a value of `from` (two limits) to `to`; no clamping. */
export function scale(from: readonly [number, number], to: readonly [number, number]): (value: number) => number {
  const [low, high] = from
  const factor = (to[1] - to[0]) / (high - low)
  return (value) => at(to[0] + (value - low) * factor)
}
