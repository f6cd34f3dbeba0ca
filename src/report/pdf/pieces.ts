import type { KitElement } from "./kit.ts"
import type { Paper, Sheet } from "./paper.ts"

/** Where a part of a piece is painted. */
export interface Place {
  readonly x: number
  readonly y: number
  readonly width: number
  /** Number of the page, from 1. */
  readonly page: number
  readonly parent: KitElement
}

/** A block measured for one width: rows that never split, and how to paint a run of them. */
export interface Piece {
  /** Space above, not used at the top of a page. */
  readonly gap: number
  readonly rows: readonly number[]
  /** Height painted again above the rows on every further page (a table's head). */
  readonly head?: number
  /** Rows that must stay together at the start and at the end. */
  readonly first: number
  readonly last: number
  readonly keepWithNext?: boolean
  /** Starts at the top of a page. */
  readonly fresh?: boolean
  readonly anchors: readonly string[]
  paint(paper: Paper, place: Place, from: number, to: number): void
}

/** A section's pieces and the page they stand on. */
export interface Chapter {
  readonly sheet: Sheet
  readonly newPage: boolean
  readonly pieces: readonly Piece[]
}

export interface Placed {
  readonly piece: Piece
  readonly chapter: number
  readonly y: number
  readonly from: number
  readonly to: number
}

export interface LaidPage {
  readonly sheet: Sheet
  readonly chapter: number
  readonly parts: Placed[]
}

const chapterGap = 30

/** Puts pieces on pages: headings stay with what follows, rows never split, no single line is left alone. */
export function layPages(chapters: readonly Chapter[]): LaidPage[] {
  const pages: LaidPage[] = []
  let y = 0
  chapters.forEach((chapter, number) => {
    const { sheet, pieces } = chapter
    const turn = (): void => {
      pages.push({ sheet, chapter: number, parts: [] })
      y = sheet.top
    }
    const isEmpty = (): boolean => (pages.at(-1)?.parts.length ?? 0) === 0
    if (chapter.newPage || pages.length === 0 || pages.at(-1)?.sheet.width !== sheet.width) turn()
    else y += chapterGap
    pieces.forEach((piece, index) => {
      const gap = isEmpty() ? 0 : piece.gap
      const turns = piece.fresh === true || y + gap + needed(pieces, index) > sheet.bottom
      if (!isEmpty() && turns) turn()
      y = lay(piece, number, sheet, pages, y + (isEmpty() ? 0 : gap), turn)
    })
  })
  return pages
}

/** Page of every anchor. */
export function pagesOfAnchors(pages: readonly LaidPage[]): Map<string, number> {
  const found = new Map<string, number>()
  pages.forEach((page, index) => {
    for (const { piece, from } of page.parts) if (from === 0) for (const anchor of piece.anchors) found.set(anchor, index + 1)
  })
  return found
}

function lay(piece: Piece, chapter: number, sheet: Sheet, pages: LaidPage[], start: number, turn: () => void): number {
  let y = start
  let from = 0
  while (from < piece.rows.length) {
    const head = from > 0 ? (piece.head ?? 0) : 0
    const to = fitting(piece, from, sheet.bottom - y - head)
    pages.at(-1)?.parts.push({ piece, chapter, y, from, to })
    y += head + sum(piece.rows, from, to)
    from = to
    if (from < piece.rows.length) {
      turn()
      y = sheet.top
    }
  }
  return y
}

/** How far the rows from `from` reach in the room; at least one row, so that a row taller than a page still gets out. */
function fitting(piece: Piece, from: number, room: number): number {
  let to = from
  let height = 0
  while (to < piece.rows.length && height + (piece.rows[to] ?? 0) <= room) height += piece.rows[to++] ?? 0
  if (to >= piece.rows.length) return to
  const left = piece.rows.length - to
  if (left < piece.last) to = Math.max(from + piece.first, piece.rows.length - piece.last)
  return Math.max(from + 1, Math.min(to, piece.rows.length))
}

/** Height that must be free so that a piece may start here: its first rows, and all it must stay with. */
function needed(pieces: readonly Piece[], index: number): number {
  const piece = pieces[index]
  if (!piece) return 0
  const next = pieces[index + 1]
  if (piece.keepWithNext && next) return sum(piece.rows, 0, piece.rows.length) + next.gap + needed(pieces, index + 1)
  const first = piece.rows.length < piece.first + piece.last ? piece.rows.length : piece.first
  return sum(piece.rows, 0, first)
}

export function sum(rows: readonly number[], from: number, to: number): number {
  let total = 0
  for (let index = from; index < to; index++) total += rows[index] ?? 0
  return total
}
