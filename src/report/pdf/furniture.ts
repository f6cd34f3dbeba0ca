import type { Report } from "../blocks.ts"
import type { KitElement } from "./kit.ts"
import { breakLines, type Line } from "./lines.ts"
import type { Paper, Sheet } from "./paper.ts"
import { type, type TypeSize } from "./type.ts"
import { drawLines, writeLines } from "./write-lines.ts"

/** The first page: who, what, when, and what the report rests on. */
export function paintCover(paper: Paper, root: KitElement, report: Report, sheet: Sheet): void {
  const { cover } = report
  const width = sheet.right - sheet.left
  const section = paper.element(root, "Sect", { title: cover.title })
  paper.artifact(() => paper.rectangle(sheet.left, sheet.top + 40, 48, 4, "accent"))
  let y = sheet.top + 64
  const write = (tag: string, text: string, setting: TypeSize, gap: number): void => {
    const lines = evenLines(text, Math.min(width, 440), setting)
    writeLines(paper, paper.element(section, tag), tag, lines, { x: sheet.left, y }, setting)
    y += lines.length * setting.leading + gap
  }
  write("P", cover.kind, { ...type.lead, ink: "muted" }, 10)
  write("H1", cover.title, type.cover, 12)
  write("P", cover.client, type.heading2, 4)
  write("P", cover.date, { ...type.lead, ink: "muted" }, 0)
  paintFacts(paper, section, cover.facts, sheet)
}

/** As many lines as needed, of about the same length. */
function evenLines(text: string, width: number, setting: TypeSize): Line[] {
  const lines = breakLines(text, width, setting)
  let even = lines
  for (let narrower = width - 10; narrower > width / 2; narrower -= 10) {
    const next = breakLines(text, narrower, setting)
    if (next.length > lines.length) break
    even = next
  }
  return even
}

function paintFacts(paper: Paper, section: KitElement, facts: Report["cover"]["facts"], sheet: Sheet): void {
  const rows = facts.map((fact) => ({
    term: breakLines([{ text: fact.term, bold: true, tone: "muted" }], 120, type.cell),
    text: breakLines(fact.text, sheet.right - sheet.left - 130, type.cell),
  }))
  let y = sheet.bottom - rows.reduce((height, row) => height + row.text.length * type.cell.leading + 6, 0)
  paper.artifact(() => paper.line(sheet.left, y - 10, sheet.right, y - 10, "line", 0.75))
  const list = paper.element(section, "L")
  for (const row of rows) {
    const item = paper.element(list, "LI")
    writeLines(paper, paper.element(item, "Lbl"), "Lbl", row.term, { x: sheet.left, y }, type.cell)
    writeLines(paper, paper.element(item, "LBody"), "LBody", row.text, { x: sheet.left + 130, y }, type.cell)
    y += row.text.length * type.cell.leading + 6
  }
}

/** Running head and foot of every page but the cover. */
export function paintFurniture(paper: Paper, report: Report, sheet: Sheet, section: string, page: number, pages: number): void {
  const width = sheet.right - sheet.left
  const top = sheet.top - 32
  const foot = sheet.bottom + 18
  paper.artifact(() => {
    drawLines(
      paper,
      breakLines(`${report.client} · ${report.title}`, width * 0.6, type.small).slice(0, 1),
      { x: sheet.left, y: top },
      type.small,
    )
    drawLines(
      paper,
      breakLines(section, width * 0.4, type.small).slice(0, 1),
      { x: sheet.left, y: top, alignTo: sheet.right },
      type.small,
    )
    paper.line(sheet.left, top + 15, sheet.right, top + 15, "line", 0.5)
    drawLines(paper, breakLines(report.cover.date, width * 0.5, type.small).slice(0, 1), { x: sheet.left, y: foot }, type.small)
    drawLines(
      paper,
      breakLines(`page ${page} of ${pages}`, width * 0.5, type.small),
      { x: sheet.left, y: foot, alignTo: sheet.right },
      type.small,
    )
  }, "Pagination")
}
