import type { KitElement } from "./kit.ts"
import type { Line, Run } from "./lines.ts"
import type { Paper } from "./paper.ts"
import type { TypeSize } from "./type.ts"

export interface LinesPlace {
  readonly x: number
  /** Top of the first line. */
  readonly y: number
  /** Right edge, for lines that stand on the right. */
  readonly alignTo?: number
}

/** Writes lines into an element, as one stretch of content between links; each link becomes a Link element with its annotation. */
export function writeLines(
  paper: Paper,
  element: KitElement,
  tag: string,
  lines: readonly Line[],
  place: LinesPlace,
  type: TypeSize,
): void {
  let open: { run: Run; x: number; y: number }[] = []
  const flush = (): void => {
    if (open.length === 0) return
    const parts = open
    paper.tagged(element, tag, () => {
      for (const part of parts) paper.text(part.x, part.y, part.run.text, type.size, part.run.style, part.run.ink)
    })
    open = []
  }
  lines.forEach((line, index) => {
    let x = place.alignTo === undefined ? place.x : place.alignTo - line.width
    const y = place.y + index * type.leading + baselineOf(type)
    for (const run of line.runs) {
      if (run.to === undefined && run.href === undefined) open.push({ run, x, y })
      else {
        flush()
        writeLink(paper, element, run, x, y, type)
      }
      x += run.width
    }
  })
  flush()
}

/** Lines that are no part of the text: repeated heads, running heads. Call it inside an artifact. */
export function drawLines(paper: Paper, lines: readonly Line[], place: LinesPlace, type: TypeSize): void {
  lines.forEach((line, index) => {
    let x = place.alignTo === undefined ? place.x : place.alignTo - line.width
    for (const run of line.runs)
      x += paper.text(x, place.y + index * type.leading + baselineOf(type), run.text, type.size, run.style, run.ink)
  })
}

/** Distance from the top of a line to its baseline. */
export function baselineOf(type: TypeSize): number {
  return (type.leading - type.size) / 2 + type.size * 0.8
}

function writeLink(paper: Paper, parent: KitElement, run: Run, x: number, y: number, type: TypeSize): void {
  const link = paper.element(parent, "Link")
  paper.tagged(link, "Link", () => paper.text(x, y, run.text, type.size, run.style, run.ink))
  const box = { x, y: y - type.size, width: run.width, height: type.size * 1.3 }
  paper.link(link, box, { to: run.to, href: run.href, text: run.text })
}
