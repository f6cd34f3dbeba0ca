import { cellText } from "../../assessment/question-types/table.ts"
import type { Column, Inventory, Row, TableQuestion } from "../../assessment/model.ts"
import type { Block, Section, TableColumn } from "../blocks.ts"
import { anchors, type Dossier } from "../dossier.ts"
import { capital, count, evidenceWords, grouped } from "../wording.ts"

/** Most columns a table keeps readable across the page. */
const mostColumns = 11

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
  return [
    { type: "heading", level: 3, text: title, id: anchor },
    {
      type: "table",
      caption: `${capital(count(rows.length, question.item))}${graded}`,
      columns: columns.map((column, index): TableColumn => ({
        label: column.label,
        kind: isNumber(column.type) ? "number" : "text",
        share: shareOf(column, index, rows),
      })),
      rows: rows.map((row) => ({ cells: columns.map((column) => textOf(dossier, column, row)) })),
    },
  ]
}

function textOf(dossier: Dossier, column: Column, row: Row): string {
  const text = cellText(column, row[column.id])
  return column.type === "number" ? grouped(text) : dossier.anonymous(text)
}

/** Wider where words are longer, so that few lines break. */
function shareOf(column: Column, index: number, rows: readonly Row[]): number {
  const lengths = rows.map((row) => cellText(column, row[column.id]).length)
  const longest = Math.max(column.label.length * 0.7, ...lengths)
  const wanted = Math.min(longest, 14) + Math.max(0, Math.min(longest, 60) - 14) * 0.3
  return Math.max(isNumber(column.type) ? 6 : 8, wanted) + (index === 0 ? 2 : 0)
}

function isNumber(type: TableQuestion["columns"][number]["type"]): boolean {
  return type === "number" || type === "percent" || type === "duration"
}
