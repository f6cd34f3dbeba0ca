import { cellText } from "../../assessment/question-types/table.ts"
import type { Column, Inventory, Row, TableQuestion } from "../../assessment/model.ts"
import type { Block, Section, TableColumn } from "../blocks.ts"
import { anchors, type Dossier } from "../dossier.ts"
import { widthOf } from "../lettering.ts"
import { capital, count, evidenceWords, grouped } from "../wording.ts"

/** Most columns a table keeps readable across the page. */
const mostColumns = 11
/** Of a table's cells in the PDF, and the width of a page on its side: the page in the browser takes the same proportions. */
const textSize = 8.5
const cellPadding = 11
const wideText = 660

/** Every inventory as a table, for engineers. */
export function writeInventories(dossier: Dossier): Section {
  const questions = dossier.questionnaire.questions.filter((question) => question.type === "table")
  const blocks = dossier.engagement.domains.flatMap((domain): Block[] => {
    const tables = questions.flatMap((question) => {
      const inventory = dossier.engagement.inventories.find((each) => each.domain === domain.id && each.question === question.id)
      return inventory ? inventoryBlocks(dossier, question, inventory) : []
    })
    return tables.length === 0
      ? []
      : [{ type: "heading", level: 2, text: domain.name, id: `inventories-${domain.id}` }, ...tables]
  })
  const empty: Block[] = [{ type: "paragraph", text: "No inventory has been filled in." }]
  return {
    id: "inventories",
    title: "Inventories",
    part: "For engineers",
    starts: "page",
    wide: true,
    blocks: blocks.length > 0 ? blocks : empty,
  }
}

function inventoryBlocks(dossier: Dossier, question: TableQuestion, inventory: Inventory): Block[] {
  const { rows } = inventory
  const title = `${question.id} ${question.short}`
  const anchor = `inventory-${anchors.question(inventory.domain, question.id)}`
  const graded = inventory.evidence ? `, evidence: ${evidenceWords[inventory.evidence]}` : ""
  if (rows.length === 0)
    return [
      { type: "heading", level: 3, text: title, id: anchor },
      { type: "paragraph", text: `There are none${graded}.` },
    ]
  const filled = question.columns.filter((column) => rows.some((row) => row[column.id] !== undefined && row[column.id] !== ""))
  const columns = filled.slice(0, mostColumns)
  const texts = rows.map((row) => columns.map((column) => textOf(dossier, column, row)))
  const shares = sharesOf(columns, texts)
  return [
    { type: "heading", level: 3, text: title, id: anchor },
    {
      type: "table",
      caption: `${capital(count(rows.length, question.item))}${graded}`,
      columns: columns.map((column, index): TableColumn => ({
        label: column.label,
        kind: isNumber(column.type) ? "number" : "text",
        share: shares[index] ?? 1,
      })),
      rows: texts.map((cells) => ({ cells })),
    },
  ]
}

function textOf(dossier: Dossier, column: Column, row: Row): string {
  const text = cellText(column, row[column.id])
  return column.type === "number" ? grouped(text) : dossier.anonymous(text)
}

/** Widths in points: at least the longest word of a column, and what is left to those whose text is long. */
function sharesOf(columns: readonly Column[], texts: readonly (readonly string[])[]): number[] {
  const sizes = columns.map((column, index) => {
    const cells = texts.map((row) => row[index] ?? "")
    const style = index === 0 ? "semibold" : "regular"
    const words = cells.flatMap((cell) => cell.split(/[ \n]+/)).map((word) => widthOf(word, textSize, style))
    const heads = column.label.split(" ").map((word) => widthOf(word, textSize, "semibold"))
    const least = Math.min(130, Math.max(20, ...words, ...heads)) + cellPadding
    const full = Math.min(190, Math.max(least, ...cells.map((cell) => widthOf(cell, textSize, style) + cellPadding)))
    return { least, more: full - least }
  })
  const room = Math.max(0, wideText - sizes.reduce((sum, size) => sum + size.least, 0))
  const wanted = sizes.reduce((sum, size) => sum + size.more, 0) || 1
  return sizes.map((size) => Math.round(size.least + (size.more * Math.min(room, wanted)) / wanted))
}

function isNumber(type: TableQuestion["columns"][number]["type"]): boolean {
  return type === "number" || type === "percent" || type === "duration"
}
