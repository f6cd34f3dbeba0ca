import type { Table } from "../blocks.ts"
import type { KitElement } from "./kit.ts"
import { breakLines, type Line } from "./lines.ts"
import type { Paper } from "./paper.ts"
import { type Piece, type Place, sum } from "./pieces.ts"
import { type, type TypeSize } from "./type.ts"
import { drawLines, writeLines } from "./write-lines.ts"

interface Column {
  readonly x: number
  readonly width: number
  readonly number: boolean
}

/** One row, or a part of a row that is taller than a page. */
interface Slice {
  readonly row: number
  readonly first: boolean
  readonly last: boolean
  readonly cells: readonly (readonly Line[])[]
}

const pad = { x: 5, y: 3.5 }

/** A table whose head is repeated on every page; rows stay whole unless one is taller than half a page. */
export function tablePiece(table: Table & { hideCaption?: true }, width: number, pageHeight: number): Piece {
  const columns = columnsOf(table, width)
  const head = table.columns.map((column, index) => breakLines(column.label, inner(columns[index]), type.cellHead))
  const caption = table.hideCaption ? [] : breakLines([{ text: table.caption, bold: true }], Math.min(width, 440), type.cell)
  const slices = table.rows.flatMap((row, index) => slicesOf(row.cells, index, columns, pageHeight))
  const headHeight = heightOf(head) + 2 * pad.y
  const captionHeight = caption.length * type.cell.leading + (caption.length ? 4 : 0)
  const rows = [
    captionHeight + headHeight,
    ...slices.map((slice) => heightOf(slice.cells) + (slice.first ? pad.y : 0) + (slice.last ? pad.y : 0)),
  ]
  const elements = new Elements(table)
  const isShort = sum(rows, 0, rows.length) < pageHeight * 0.3

  return {
    gap: 12,
    rows,
    head: headHeight,
    first: isShort ? rows.length : 3,
    last: isShort ? 1 : 2,
    anchors: table.rows.flatMap((row) => (row.id ? [row.id] : [])),
    paint(paper, place, from, to) {
      const root = elements.root(paper, place)
      let y = place.y
      if (from === 0) {
        if (caption.length > 0) writeLines(paper, paper.element(root, "Caption"), "Caption", caption, place, type.cell)
        const row = paper.element(root, "TR")
        head.forEach((lines, index) => {
          const cell = paper.element(row, "TH", { scope: "Column" })
          writeLines(paper, cell, "TH", lines, cellPlace(place, columns[index], y + captionHeight), type.cellHead)
        })
        y += captionHeight + headHeight
      } else {
        paper.artifact(
          () => head.forEach((lines, index) => drawLines(paper, lines, cellPlace(place, columns[index], y), type.cellHead)),
          "Pagination",
        )
        y += headHeight
      }
      paper.artifact(() => paper.line(place.x, y, place.x + width, y, "ink", 0.75))
      for (let index = Math.max(from, 1); index < to; index++) {
        const slice = slices[index - 1]
        if (!slice) continue
        paintSlice(paper, elements, slice, place, y, columns, table)
        y += sum(rows, index, index + 1)
        if (slice.last) paper.artifact(() => paper.line(place.x, y, place.x + width, y, "line", 0.5))
      }
    },
  }
}

/** The structure of one table: rows and cells that continue on the next page stay one row and one cell. */
class Elements {
  readonly #table: Table
  #root: KitElement | undefined
  readonly #rows = new Map<number, KitElement>()
  readonly #cells = new Map<string, KitElement>()

  constructor(table: Table) {
    this.#table = table
  }

  root(paper: Paper, place: Place): KitElement {
    this.#root ??= paper.element(place.parent, "Table", { title: this.#table.caption })
    return this.#root
  }

  cell(paper: Paper, rowNumber: number, column: number): KitElement {
    const key = `${rowNumber}/${column}`
    const known = this.#cells.get(key)
    if (known) return known
    const row = this.#rows.get(rowNumber) ?? paper.element(this.#root as KitElement, "TR")
    this.#rows.set(rowNumber, row)
    const cell = column === 0 ? paper.element(row, "TH", { scope: "Row" }) : paper.element(row, "TD")
    this.#cells.set(key, cell)
    return cell
  }
}

function paintSlice(
  paper: Paper,
  elements: Elements,
  slice: Slice,
  place: Place,
  y: number,
  columns: readonly Column[],
  table: Table,
): void {
  const id = table.rows[slice.row]?.id
  if (slice.first && id) paper.destination(id, y - 8)
  slice.cells.forEach((lines, index) => {
    const cell = elements.cell(paper, slice.row, index)
    const tag = index === 0 ? "TH" : "TD"
    writeLines(paper, cell, tag, lines, cellPlace(place, columns[index], y, slice.first), type.cell)
  })
}

function columnsOf(table: Table, width: number): Column[] {
  const shares = table.columns.reduce((total, column) => total + column.share, 0)
  let x = 0
  return table.columns.map((column) => {
    const wide = (width * column.share) / shares
    const placed = { x, width: wide, number: column.kind === "number" }
    x += wide
    return placed
  })
}

function slicesOf(
  cells: readonly Table["rows"][number]["cells"][number][],
  row: number,
  columns: readonly Column[],
  pageHeight: number,
): Slice[] {
  const lines = cells.map((cell, index) => breakLines(cell, inner(columns[index]), index === 0 ? rowHead : type.cell))
  const most = Math.max(8, Math.floor((pageHeight * 0.55) / type.cell.leading))
  const tallest = Math.max(...lines.map((cell) => cell.length))
  if (tallest <= most) return [{ row, first: true, last: true, cells: lines }]
  const pieces = Math.ceil(tallest / 4)
  return Array.from({ length: pieces }, (_, piece) => ({
    row,
    first: piece === 0,
    last: piece === pieces - 1,
    cells: lines.map((cell) => cell.slice(piece * 4, piece * 4 + 4)),
  }))
}

const rowHead: TypeSize = { ...type.cell, style: "semibold" }

function heightOf(cells: readonly (readonly Line[])[]): number {
  return Math.max(1, ...cells.map((lines) => lines.length)) * type.cell.leading
}

function inner(column: Column | undefined): number {
  return Math.max(12, (column?.width ?? 0) - 2 * pad.x)
}

/** The first column starts and the last ends at the edge of the text. */
function cellPlace(
  place: Place,
  column: Column | undefined,
  y: number,
  padded = true,
): { x: number; y: number; alignTo?: number } {
  const x = place.x + (column?.x ?? 0) + (column?.x === 0 ? 0 : pad.x)
  const top = y + (padded ? pad.y : 0)
  return column?.number ? { x, y: top, alignTo: place.x + column.x + column.width - pad.x } : { x, y: top }
}
