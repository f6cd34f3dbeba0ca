import type { Report } from "../blocks.ts"
import { piecesOf, type Surroundings } from "./block-pieces.ts"
import { parsedFont } from "./fonts.ts"
import { paintCover, paintFurniture } from "./furniture.ts"
import { type Kit, type KitElement, type KitOutline, openKit } from "./kit.ts"
import { openPaper } from "./paper.ts"
import { type Chapter, type LaidPage, layPages, pagesOfAnchors } from "./pieces.ts"
import { headingPiece, type OnHeading } from "./text-pieces.ts"
import { type PageFormat, sheetOf } from "./type.ts"

export interface PdfOptions {
  readonly format: PageFormat
}

/** Most pages a report may have; more is a sign of runaway input. */
const mostPages = 500

/** The report as a tagged PDF: the same report and format always give the same bytes. Throws above 500 pages. */
export function renderPdf(report: Report, options: PdfOptions): Uint8Array {
  const kit = openKit({
    title: `${report.title} – ${report.client}`,
    author: report.cover.kind,
    subject: report.cover.kind,
    language: report.language,
    date: new Date(`${report.date.slice(0, 10)}T12:00:00Z`),
    font: parsedFont("regular"),
  })
  const paper = openPaper(kit)
  const bookmarks = openBookmarks(kit.outline)
  let anchors = new Map<string, number>()
  const listed = report.sections.filter((section) => section.blocks.every((block) => block.type !== "contents"))
  const around = (pageHeight: number): Surroundings => ({
    pageHeight,
    onHeading: bookmarks.add,
    contents: listed.map((section) => ({ title: section.title, anchor: section.id, part: section.part })),
    pageOf: (anchor) => anchors.get(anchor) ?? 0,
  })

  const cover = sheetOf(options.format, false)
  const chapters = report.sections.map((section): Chapter => {
    const sheet = sheetOf(options.format, section.wide === true)
    const width = sheet.right - sheet.left
    const surroundings = around(sheet.bottom - sheet.top)
    const title = headingPiece({ text: section.title, level: 1, id: section.id }, width, bookmarks.add)
    return { sheet, newPage: section.starts === "page", pieces: [title, ...piecesOf(section.blocks, width, surroundings)] }
  })
  const pages = [{ sheet: cover, chapter: -1, parts: [] }, ...layPages(chapters)]
  if (pages.length > mostPages) throw new Error(`The report would have ${pages.length} pages; at most ${mostPages} are allowed.`)
  anchors = pagesOfAnchors(pages)

  const root = kit.struct("Document", { title: report.title })
  kit.addStructure(root)
  const sections = new Map<number, KitElement>()
  pages.forEach((page, index) => {
    paper.addPage(page.sheet)
    bookmarks.turn(page.sheet.width)
    if (index === 0) paintCover(paper, root, report, page.sheet)
    else {
      paintPage(page, index + 1)
      paintFurniture(paper, report, page.sheet, report.sections[page.chapter]?.title ?? "", index + 1, pages.length)
    }
  })

  function paintPage(page: LaidPage, number: number): void {
    const { sheet } = page
    for (const part of page.parts) {
      const parent =
        sections.get(part.chapter) ?? paper.element(root, "Sect", { title: report.sections[part.chapter]?.title ?? "" })
      sections.set(part.chapter, parent)
      part.piece.paint(
        paper,
        { x: sheet.left, y: part.y, width: sheet.right - sheet.left, page: number, parent },
        part.from,
        part.to,
      )
    }
  }

  root.end()
  kit.end()
  return finishedBytes(kit)
}

/** pdfkit says nothing when a structure element is left open: it just never writes the end of the file. */
function finishedBytes(kit: Kit): Uint8Array {
  const chunks: Uint8Array[] = []
  for (let chunk = kit.read(); chunk; chunk = kit.read()) chunks.push(chunk)
  const bytes = Buffer.concat(chunks)
  if (bytes.subarray(-6).toString("latin1") !== "%%EOF\n")
    throw new Error("The PDF was not finished: a structure element was left open.")
  return bytes
}

interface Bookmarks {
  readonly add: OnHeading
  readonly turn: (pageWidth: number) => void
}

/** Bookmarks two levels deep: sections, and the headings in them. */
function openBookmarks(outline: KitOutline): Bookmarks {
  let section: KitOutline | undefined
  let width = 0
  return {
    add(heading) {
      const place = { top: Math.max(0, heading.y), left: width, zoom: 0 }
      if (heading.level === 1) section = outline.addItem(heading.text, place)
      else if (heading.level === 2) section?.addItem(heading.text, place)
    },
    turn(pageWidth) {
      width = pageWidth
    },
  }
}
