import { type FontStyle } from "../lettering.ts"
import type { Setting } from "./lines.ts"
import type { Sheet } from "./paper.ts"

/** Size in points and distance between baselines. */
export interface TypeSize extends Setting {
  readonly leading: number
}

const sized = (size: number, leading: number, style: FontStyle = "regular", ink: Setting["ink"] = "ink"): TypeSize => ({
  size,
  leading,
  style,
  ink,
})

/** The type of the PDF, one place: 8.5 / 10 / 12 / 15 / 20 / 30 points. */
export const type = {
  cover: sized(30, 36, "semibold"),
  title: sized(20, 25, "semibold"),
  heading2: sized(15, 19, "semibold"),
  heading3: sized(12, 16, "semibold"),
  heading4: sized(10, 14, "semibold"),
  lead: sized(12, 17),
  body: sized(10, 14),
  small: sized(8.5, 11.5, "regular", "muted"),
  compact: sized(8.5, 11.8),
  cell: sized(8.5, 11.5),
  cellHead: sized(8.5, 11.5, "semibold"),
  figure: sized(20, 24, "semibold"),
} as const

/** Longest line of running text, about 72 characters. */
export const measureWidth = 352

const millimetre = 72 / 25.4
const formats = { A4: [210 * millimetre, 297 * millimetre], Letter: [612, 792] } as const

export type PageFormat = keyof typeof formats

/** Page and margins; `wide` turns the page on its side, for tables with many columns. */
export function sheetOf(format: PageFormat, wide: boolean): Sheet {
  const [short, long] = formats[format]
  const side = 22 * millimetre
  const [width, height] = wide ? [long, short] : [short, long]
  return { width, height, left: side, right: width - side, top: 23 * millimetre, bottom: height - 20 * millimetre }
}
