import type { Block, Report, Section, Table, Text } from "./blocks.ts"
import { toSvg } from "./svg.ts"

/** Running text for templates: every piece with its address, if it leads anywhere. */
export interface PageSpan {
  readonly text: string
  readonly bold: boolean
  readonly italic: boolean
  /** A class, or empty. */
  readonly tone: string
  /** Empty, an anchor of the page, or an address that starts with http, https or mailto. */
  readonly link: string
}

type PageTable = Omit<Table, "rows" | "columns"> & {
  readonly columns: readonly { readonly label: string; readonly kind: string; readonly size: "narrow" | "broad" | "" }[]
  readonly rows: readonly { readonly id: string; readonly cells: readonly (readonly PageSpan[])[] }[]
}

/** A block with its texts as spans and its drawing as SVG; templates only print it. */
export type PageBlock = { readonly type: Block["type"]; readonly [key: string]: unknown }

export interface PageReport {
  readonly cover: Report["cover"]
  readonly contents: readonly { readonly title: string; readonly anchor: string; readonly part: string }[]
  readonly sections: readonly {
    readonly id: string
    readonly title: string
    readonly wide: boolean
    readonly blocks: readonly PageBlock[]
  }[]
}

/** The report as templates print it; the contents stand at the head of the page instead of in a section. */
export function pageOf(report: Report): PageReport {
  const sections = report.sections.filter((section) => !isContents(section))
  return {
    cover: report.cover,
    contents: sections.map((section) => ({ title: section.title, anchor: section.id, part: section.part ?? "" })),
    sections: sections.map((section) => ({
      id: section.id,
      title: section.title,
      wide: section.wide === true,
      blocks: section.blocks.map(pageBlock),
    })),
  }
}

/** Blocks for a page of their own. */
export function pageBlocks(blocks: readonly Block[]): readonly PageBlock[] {
  return blocks.map(pageBlock)
}

function isContents(section: Section): boolean {
  return section.blocks.some((block) => block.type === "contents")
}

function pageBlock(block: Block): PageBlock {
  switch (block.type) {
    case "heading":
      return {
        type: block.type,
        level: block.level,
        text: block.text,
        id: block.id,
        small: block.small === true,
        also: block.also ?? [],
        mark: block.mark ?? "",
        tone: toneClass(block.tone),
      }
    case "paragraph":
      return { type: block.type, spans: spansOf(block.text), style: block.style ?? "" }
    case "list":
      return { type: block.type, items: block.items.map(spansOf), ordered: block.ordered === true }
    case "checklist":
      return { type: block.type, items: block.items.map(spansOf) }
    case "figures":
      return { type: block.type, items: block.items.map((item) => ({ ...item, note: item.note ?? "" })) }
    case "table":
      return { type: block.type, table: pageTable(block), hideCaption: block.hideCaption === true }
    case "chart":
      return {
        type: block.type,
        id: block.id,
        title: block.drawing.title,
        drawing: toSvg(block.drawing, block.id),
        note: spansOf(block.note),
        data: block.data ? [pageTable(block.data)] : [],
      }
    case "callout":
      return { type: block.type, title: block.title, spans: spansOf(block.text), tone: toneClass(block.tone) }
    case "facts":
      return {
        type: block.type,
        id: block.id ?? "",
        items: block.items.map((item) => ({ term: item.term, spans: spansOf(item.text) })),
      }
    case "columns":
      return { type: block.type, left: block.left.map(pageBlock), right: block.right.map(pageBlock) }
    case "quote":
    case "contents":
      return block
  }
}

function pageTable(table: Table): PageTable {
  return {
    caption: table.caption,
    columns: columnsOf(table),
    rows: table.rows.map((row) => ({ id: row.id ?? "", cells: row.cells.map(spansOf) })),
  }
}

function columnsOf(table: Table): PageTable["columns"] {
  const all = table.columns.reduce((sum, column) => sum + column.share, 0)
  return table.columns.map(({ label, kind, share }) => ({
    label,
    kind,
    size: share < all * 0.05 ? "narrow" : share > all * 0.24 ? "broad" : "",
  }))
}

function spansOf(text: Text): PageSpan[] {
  return (typeof text === "string" ? [text] : text).flatMap((span) => {
    const { text: words, bold, italic, tone, to, href } = typeof span === "string" ? { text: span } : span
    if (!words) return []
    const link = to ? `#${to}` : href && /^(https?:\/\/|mailto:)/i.test(href) ? href : ""
    return [{ text: words, bold: bold === true, italic: italic === true, tone: toneClass(tone), link }]
  })
}

function toneClass(tone: string | undefined): string {
  return tone ? `tone-${tone}` : ""
}
