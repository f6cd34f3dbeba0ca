/** How wide text is in the report's typeface, without opening a font file. */
import { advanceWidths, coveredRuns } from "./widths.ts"

export type FontStyle = keyof typeof advanceWidths

/** Width counted for characters the typeface lacks; they come from the fall-back font, which is about this wide. */
const elsewhere = 680

/** Widths by code point, 0 where the typeface has no such character. */
const tables = new Map<FontStyle, Uint16Array>()

/** Whether the report's own typeface has this code point. */
export function covers(codePoint: number): boolean {
  return (table("regular")[codePoint] ?? 0) > 0
}

/** Width of a single line in points. */
export function widthOf(text: string, size: number, style: FontStyle = "regular"): number {
  const widths = table(style)
  let sum = 0
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index)
    sum += widths[code] || elsewhere
    if (code >= 0xd800 && code < 0xdc00) index++
  }
  return (sum * size) / 1000
}

/** Cuts text to a width with an ellipsis, at a word where one is near. */
export function cutTo(text: string, width: number, size: number, style: FontStyle = "regular"): string {
  if (widthOf(text, size, style) <= width) return text
  let kept = text
  while (kept.length > 1 && widthOf(`${kept}…`, size, style) > width) kept = kept.slice(0, -1)
  const word = kept.lastIndexOf(" ")
  return `${(word > kept.length * 0.6 ? kept.slice(0, word) : kept).trimEnd()}…`
}

/** Breaks text into lines no wider than `width`; a word longer than a line is broken inside. */
export function linesOf(text: string, width: number, size: number, style: FontStyle = "regular"): string[] {
  const lines: string[] = []
  let line = ""
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (widthOf(longer, size, style) <= width || !line) line = longer
    else {
      lines.push(line)
      line = word
    }
  }
  return line ? [...lines, line] : lines
}

function table(style: FontStyle): Uint16Array {
  const known = tables.get(style)
  if (known) return known
  const widths = new Uint16Array(0x10000)
  const digits = advanceWidths[style]
  let index = 0
  for (const [first, last] of coveredRuns) {
    for (let code = first; code <= last; code++, index += 2) widths[code] = Number.parseInt(digits.slice(index, index + 2), 36)
  }
  tables.set(style, widths)
  return widths
}
