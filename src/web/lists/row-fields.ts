/** The cells of a row as form fields, and a stored row as what such a form would send. */
import type { Cell, Column, Row, TableQuestion } from "../../assessment/model.ts"
import { cellText } from "../../assessment/question-types/table.ts"
import type { Fields } from "../visit.ts"

/** The form field of a cell, by the type of its column. */
export const cellField = (
  column: Column,
  fields: Fields,
  problems: readonly { readonly column: string; readonly message: string }[],
) => {
  const sent = [fields[column.id] ?? []].flat()
  const base = {
    id: column.id,
    name: column.id,
    label: column.label,
    hint: hintOf(column),
    optional: !column.required,
    error: problems.find((problem) => problem.column === column.id)?.message,
  }
  if (column.type === "text" || column.type === "number" || column.type === "percent" || column.type === "duration") {
    return { kind: "text" as const, field: { ...base, ...inputOf(column), value: sent.join("; ") } }
  }
  if (column.type === "date")
    return { kind: "text" as const, field: { ...base, type: "date" as const, width: "medium" as const, value: sent.join("; ") } }
  const options =
    column.type === "yes-no"
      ? [
          { id: "yes", text: "Yes" },
          { id: "no", text: "No" },
        ]
      : (column.options ?? [])
  const choices = options.map(({ id, text }) => ({ value: id, text, checked: sent.includes(id) }))
  if (column.type === "choices") return { kind: "checkboxes" as const, field: { ...base, choices } }
  const inline = column.type === "yes-no"
  const blank = column.required ? [] : [{ value: "", text: "Not known", checked: false }]
  return {
    kind: "radios" as const,
    field: { ...base, choices: inline ? [...choices, ...blank] : choices, or: inline ? [] : blank, inline },
  }
}

const inputOf = (column: Column) => {
  if (column.type === "text") return { width: "full" as const }
  if (column.type === "duration") return { width: "short" as const }
  return { width: "short" as const, inputmode: "decimal" as const, ...(column.type === "percent" && { suffix: "%" }) }
}

const hintOf = (column: Column): string | undefined => {
  if (column.hint) return column.hint
  if (column.type === "duration") return "With its unit, for example 30 s, 15 min, 4 h or 1 d"
  return column.sumOf && column.sumOf.length > 0 ? "Left empty, it is added up from the other columns" : undefined
}

/** A stored row as the form fields that would give it. */
export const rowFields = (question: TableQuestion, row: Row): Fields =>
  Object.fromEntries(
    question.columns.flatMap((column) => {
      const cell = row[column.id]
      return cell === undefined ? [] : [[column.id, cellFields(column, cell)]]
    }),
  )

const cellFields = (column: Column, cell: Cell): string | readonly string[] => {
  if (typeof cell === "object") return cell
  return column.type === "duration" ? cellText(column, cell) : String(cell)
}
