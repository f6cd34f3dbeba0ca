import type { Block, Text } from "../blocks.ts"
import { toneInk } from "./ink.ts"
import type { KitElement } from "./kit.ts"
import { breakLines, type Line } from "./lines.ts"
import type { Piece } from "./pieces.ts"
import { measureWidth, type, type TypeSize } from "./type.ts"
import { writeLines } from "./write-lines.ts"

type Of<Type extends Block["type"]> = Extract<Block, { type: Type }>

/** What a heading tells the writer when it is painted: for bookmarks. */
export type OnHeading = (heading: { text: string; level: number; y: number }) => void

/** A section's title (level 1) or a heading inside it. */
export function headingPiece(
  heading: Omit<Of<"heading">, "type" | "level"> & { readonly level: 1 | 2 | 3 | 4 },
  width: number,
  onHeading: OnHeading,
): Piece {
  const size = heading.level + (heading.small ? 1 : 0)
  const setting = [type.title, type.heading2, type.heading3, type.heading4][size - 1] ?? type.heading4
  const mark = heading.mark ? [{ text: `  ${heading.mark}`, bold: true as const, tone: heading.tone ?? "muted" }] : []
  const lines = breakLines([heading.text, ...mark], Math.min(width, 440), setting)
  const after = [10, 5, 2, 2][size - 1] ?? 2
  return {
    gap: [0, 26, 18, 13][size - 1] ?? 12,
    rows: [lines.length * setting.leading + after],
    first: 1,
    last: 1,
    keepWithNext: true,
    ...(heading.fresh ? { fresh: true } : {}),
    anchors: [heading.id, ...(heading.also ?? [])],
    paint(paper, place) {
      for (const anchor of [heading.id, ...(heading.also ?? [])]) paper.destination(anchor, place.y - 8)
      onHeading({ text: heading.text, level: heading.level, y: place.y - 8 })
      const tag = `H${heading.level + 1}`
      writeLines(paper, paper.element(place.parent, tag), tag, lines, place, setting)
    },
  }
}

export function paragraphPiece(block: Of<"paragraph">, width: number): Piece {
  const setting = block.style ? type[block.style] : type.body
  const longest = block.style === undefined ? measureWidth : block.style === "lead" ? 450 : width
  const lines = breakLines(block.text, Math.min(width, longest), setting)
  let element: KitElement | undefined
  return {
    gap: block.style === "small" || block.style === "compact" ? 4 : 7,
    rows: lines.map(() => setting.leading),
    first: 2,
    last: 2,
    ...(block.keep ? { keepWithNext: true } : {}),
    anchors: [],
    paint(paper, place, from, to) {
      element ??= paper.element(place.parent, "P")
      writeLines(paper, element, "P", lines.slice(from, to), place, setting)
    },
  }
}

/** One piece per item, so that long lists break between items. */
export function listPieces(block: Of<"list"> | Of<"checklist">, width: number): Piece[] {
  const ordered = block.type === "list" && block.ordered === true
  const indent = block.type === "checklist" ? 17 : ordered ? 18 : 12
  let list: KitElement | undefined
  return block.items.map((item, index): Piece => {
    const lines = breakLines(item, Math.min(width, measureWidth + 40) - indent, type.body)
    const label = breakLines(block.type === "checklist" ? "☐" : ordered ? `${index + 1}.` : "•", indent, type.body)
    let body: KitElement | undefined
    return {
      gap: index === 0 ? 6 : 3,
      rows: lines.map(() => type.body.leading),
      first: 2,
      last: 2,
      anchors: [],
      paint(paper, place, from, to) {
        list ??= paper.element(place.parent, "L")
        if (!body) {
          const entry = paper.element(list, "LI")
          writeLines(paper, paper.element(entry, "Lbl"), "Lbl", label, place, type.body)
          body = paper.element(entry, "LBody")
        }
        writeLines(paper, body, "LBody", lines.slice(from, to), { x: place.x + indent, y: place.y }, type.body)
      },
    }
  })
}

export function quotePiece(block: Of<"quote">, width: number): Piece {
  const words = breakLines([{ text: `“${block.text.trim()}”`, italic: true }], Math.min(width, measureWidth) - 12, type.body)
  const source = breakLines(block.source, Math.min(width, measureWidth) - 12, type.small)
  const rows = [...words.map(() => type.body.leading), ...source.map(() => type.small.leading)]
  let element: KitElement | undefined
  return {
    gap: 8,
    rows,
    first: 2,
    last: 2,
    anchors: [],
    paint(paper, place, from, to) {
      const quote = (element ??= paper.element(place.parent, "BlockQuote"))
      paper.artifact(() =>
        paper.rectangle(place.x, place.y + 1, 1.5, rows.slice(from, to).reduce((a, b) => a + b, 0) - 2, "accent"),
      )
      const at = { x: place.x + 12, y: place.y }
      const shown = words.slice(from, Math.min(to, words.length))
      if (shown.length > 0) writeLines(paper, paper.element(quote, "P"), "P", shown, at, type.body)
      const rest = source.slice(Math.max(0, from - words.length), Math.max(0, to - words.length))
      if (rest.length > 0)
        writeLines(
          paper,
          paper.element(quote, "P"),
          "P",
          rest,
          { x: at.x, y: place.y + shown.length * type.body.leading },
          type.small,
        )
    },
  }
}

/** A box of its own ground with a bar in its tone; breaks between lines only when longer than a page. */
export function calloutPiece(block: Of<"callout">, width: number, pageHeight: number): Piece {
  const setting = block.style === "compact" ? type.compact : type.body
  const pad = block.style === "compact" ? 8 : 10
  const inner = width - 2 * pad - 4
  const title = breakLines([{ text: block.title, bold: true, tone: block.tone }], inner, setting)
  const lines = [
    ...title,
    ...breakLines(block.text, block.style === "compact" ? inner : Math.min(inner, measureWidth + 60), setting),
  ]
  const tall = (lines.length + 2) * setting.leading > pageHeight
  let element: KitElement | undefined
  return {
    gap: 12,
    rows: tall ? lines.map(() => setting.leading) : [lines.length * setting.leading + 2 * pad - 4],
    first: 2,
    last: 2,
    anchors: [],
    paint(paper, place, from, to) {
      const shown = tall ? lines.slice(from, to) : lines
      const inset = tall ? 0 : pad - 2
      const height = shown.length * setting.leading + 2 * inset
      paper.artifact(() => {
        paper.rectangle(place.x, place.y, place.width, height, "wash")
        paper.rectangle(place.x, place.y, 3, height, toneInk(block.tone))
      })
      element ??= paper.element(place.parent, "Div")
      writeLines(paper, paper.element(element, "P"), "P", shown, { x: place.x + pad + 4, y: place.y + inset }, setting)
    },
  }
}

/** Terms on the left, what they say on the right; one piece per fact. */
export function factPieces(block: Of<"facts">, width: number): Piece[] {
  const termWidth = Math.min(112, width * 0.28)
  let list: KitElement | undefined
  return block.items.map((fact, index): Piece => {
    const term = breakLines([{ text: fact.term, bold: true, tone: "muted" }], termWidth - 8, type.cell)
    const lines = breakLines(fact.text, Math.min(width - termWidth, measureWidth + 20), type.cell)
    const height = Math.max(term.length, lines.length)
    let body: KitElement | undefined
    return {
      gap: index === 0 ? 6 : 3,
      rows: Array.from({ length: height }, () => type.cell.leading),
      first: Math.max(2, term.length),
      last: 2,
      anchors: index === 0 && block.id ? [block.id] : [],
      paint(paper, place, from, to) {
        if (index === 0 && from === 0 && block.id) paper.destination(block.id, place.y - 8)
        list ??= paper.element(place.parent, "L")
        if (!body) {
          const entry = paper.element(list, "LI")
          writeLines(paper, paper.element(entry, "Lbl"), "Lbl", term, place, type.cell)
          body = paper.element(entry, "LBody")
        }
        writeLines(paper, body, "LBody", lines.slice(from, to), { x: place.x + termWidth, y: place.y }, type.cell)
      },
    }
  })
}

/** A few large figures in a row. */
export function figuresPiece(block: Of<"figures">, width: number): Piece {
  const column = width / block.items.length
  const cells = block.items.map((item) => ({
    value: breakLines(item.value, column - 10, type.figure),
    words: [...breakLines(item.label, column - 14, type.cell), ...breakText(item.note, column - 14)],
  }))
  const tallest = Math.max(
    ...cells.map((cell) => cell.value.length * type.figure.leading + cell.words.length * type.cell.leading),
  )
  return {
    gap: 14,
    rows: [tallest + 12],
    first: 1,
    last: 1,
    anchors: [],
    paint(paper, place) {
      cells.forEach((cell, index) => {
        const x = place.x + index * column
        paper.artifact(() => paper.line(x, place.y, x + column - 14, place.y, "accent", 1.5))
        const element = paper.element(place.parent, "P")
        writeLines(paper, element, "P", cell.value, { x, y: place.y + 5 }, type.figure)
        writeLines(paper, element, "P", cell.words, { x, y: place.y + 5 + cell.value.length * type.figure.leading }, type.cell)
      })
    },
  }
}

function breakText(text: Text | undefined, width: number, setting: TypeSize = type.small): Line[] {
  return text === undefined ? [] : breakLines(text, width, setting)
}
