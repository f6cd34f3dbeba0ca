import type { Block } from "../blocks.ts"
import { drawFigure } from "./figure.ts"
import { breakLines } from "./lines.ts"
import { type Piece, sum } from "./pieces.ts"
import { tablePiece } from "./table-piece.ts"
import {
  calloutPiece,
  factPieces,
  figuresPiece,
  headingPiece,
  listPieces,
  type OnHeading,
  paragraphPiece,
  quotePiece,
} from "./text-pieces.ts"
import { type } from "./type.ts"
import { writeLines } from "./write-lines.ts"

type Of<Type extends Block["type"]> = Extract<Block, { type: Type }>

/** What pieces need to know of the document they end up in. */
export interface Surroundings {
  readonly pageHeight: number
  readonly onHeading: OnHeading
  /** What the contents list; page numbers are known once all pages are laid. */
  readonly contents: readonly { readonly title: string; readonly anchor: string; readonly part?: string | undefined }[]
  pageOf(anchor: string): number
}

/** The blocks of a section, measured for a width. */
export function piecesOf(blocks: readonly Block[], width: number, around: Surroundings): Piece[] {
  return blocks.flatMap((block) => piecesOfBlock(block, width, around))
}

function piecesOfBlock(block: Block, width: number, around: Surroundings): Piece[] {
  switch (block.type) {
    case "heading":
      return [headingPiece(block, width, around.onHeading)]
    case "paragraph":
      return [paragraphPiece(block, width)]
    case "list":
    case "checklist":
      return listPieces(block, width)
    case "quote":
      return [quotePiece(block, width)]
    case "callout":
      return [calloutPiece(block, width, around.pageHeight)]
    case "facts":
      return factPieces(block, width)
    case "figures":
      return [figuresPiece(block, width)]
    case "table":
      return [tablePiece(block, width, around.pageHeight)]
    case "chart":
      return [chartPiece(block, width)]
    case "columns":
      return columnPieces(block, width, around)
    case "contents":
      return [contentsPiece(width, around)]
  }
}

function chartPiece(block: Of<"chart">, width: number): Piece {
  const { drawing } = block
  const factor = Math.min(width / drawing.width, 1.05)
  const title = breakLines([{ text: drawing.title, bold: true }], width, type.body)
  const note = block.note.length > 0 ? breakLines(block.note, Math.min(width, 420), type.small) : []
  const titleHeight = title.length * type.body.leading + 5
  const height = titleHeight + drawing.height * factor + 4 + note.length * type.small.leading
  return {
    gap: 14,
    rows: [height],
    first: 1,
    last: 1,
    anchors: [block.id],
    paint(paper, place) {
      paper.destination(block.id, place.y - 8)
      writeLines(paper, paper.element(place.parent, "P"), "P", title, place, type.body)
      const top = place.y + titleHeight
      const bbox = [place.x, top, place.x + drawing.width * factor, top + drawing.height * factor]
      const figure = paper.element(place.parent, "Figure", { alt: `${drawing.title}. ${drawing.description}`, bbox })
      paper.tagged(figure, "Figure", () => drawFigure(paper, drawing, place.x, top, factor))
      if (note.length > 0) {
        writeLines(
          paper,
          paper.element(place.parent, "P"),
          "P",
          note,
          { x: place.x, y: top + drawing.height * factor + 4 },
          type.small,
        )
      }
    },
  }
}

/** Two stacks side by side; one below the other where they would not fit a page. */
function columnPieces(block: Of<"columns">, width: number, around: Surroundings): Piece[] {
  const gutter = 18
  const [leftShare, rightShare] = block.shares
  const leftWidth = ((width - gutter) * leftShare) / (leftShare + rightShare)
  const stacks = [
    { x: 0, width: leftWidth, pieces: piecesOf(block.left, leftWidth, around) },
    {
      x: leftWidth + gutter,
      width: width - gutter - leftWidth,
      pieces: piecesOf(block.right, width - gutter - leftWidth, around),
    },
  ]
  const height = Math.max(...stacks.map((stack) => stackHeight(stack.pieces)))
  if (height > around.pageHeight) return [...piecesOf(block.left, width, around), ...piecesOf(block.right, width, around)]
  return [
    {
      gap: 10,
      rows: [height],
      first: 1,
      last: 1,
      anchors: stacks.flatMap((stack) => stack.pieces.flatMap((piece) => piece.anchors)),
      paint(paper, place) {
        for (const stack of stacks) {
          let y = place.y
          stack.pieces.forEach((piece, index) => {
            y += index === 0 ? 0 : piece.gap
            piece.paint(paper, { ...place, x: place.x + stack.x, y, width: stack.width }, 0, piece.rows.length)
            y += sum(piece.rows, 0, piece.rows.length)
          })
        }
      },
    },
  ]
}

function stackHeight(pieces: readonly Piece[]): number {
  return pieces.reduce(
    (height, piece, index) => height + (index === 0 ? 0 : piece.gap) + sum(piece.rows, 0, piece.rows.length),
    0,
  )
}

function contentsPiece(width: number, around: Surroundings): Piece {
  const leading = 17
  const right = Math.min(width, 400)
  const tops = around.contents.map((entry) => (entry.part ? 30 : 0) + leading)
  return {
    gap: 8,
    rows: [tops.reduce((sum, top) => sum + top, 0)],
    first: 1,
    last: 1,
    anchors: [],
    paint(paper, place) {
      const list = paper.element(place.parent, "TOC")
      let y = place.y
      around.contents.forEach((entry, index) => {
        const item = paper.element(list, "TOCI")
        y += (tops[index] ?? 0) - leading
        if (entry.part) {
          const part = breakLines([{ text: entry.part, bold: true, tone: "muted" }], right, type.body)
          writeLines(paper, item, "TOCI", part, { x: place.x, y: y - 17 }, type.body)
        }
        const title = breakLines([{ text: entry.title, to: entry.anchor }], right - 40, type.body)
        const number = breakLines([{ text: `${around.pageOf(entry.anchor)}`, to: entry.anchor }], 36, type.body)
        writeLines(paper, item, "TOCI", title.slice(0, 1), { x: place.x, y }, type.body)
        writeLines(paper, item, "TOCI", number, { x: place.x, y, alignTo: place.x + right }, type.body)
        paper.artifact(() => paper.line(place.x, y + 15, place.x + right, y + 15, "line", 0.5))
        y += leading
      })
    },
  }
}
