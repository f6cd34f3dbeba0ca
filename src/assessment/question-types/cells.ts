/** Cells of an inventory by the type of their column: checked, read from what was typed, shown. */
import type { Cell, Column } from "../model.ts"
import { cleanText } from "../text.ts"
import { durationText, readDuration, readNumber } from "./amounts.ts"

type ReadCell = { readonly cell: Cell | undefined } | { readonly problem: string }

/** What is wrong with a stored cell, or `undefined`; blank is wrong only where the column is required. */
export function problemWithCell(column: Column, cell: unknown): string | undefined {
  if (isBlank(cell)) return column.required ? asksFor(column) : undefined
  return kinds[column.type].fits(column, cell) ? undefined : asksFor(column)
}

/** Reads what was typed or selected for a cell; blank gives no cell. */
export function cellOf(column: Column, sent: unknown): ReadCell {
  const typed = (Array.isArray(sent) ? sent : [sent ?? ""]) as readonly unknown[]
  if (!typed.every((item) => typeof item === "string")) return { problem: asksFor(column) }
  const cleaned = typed.map((item) => cleanText(item, longestCell))
  const broken = cleaned.find((item) => "problem" in item)
  if (broken !== undefined) return { problem: `${broken.problem} (${column.label})` }
  const texts = cleaned.flatMap((item) => ("text" in item && item.text !== "" ? [item.text] : []))
  if (texts.length === 0) return column.required ? { problem: asksFor(column) } : { cell: undefined }
  if (texts.length > 1 && column.type !== "choices") return { problem: asksFor(column) }
  const cell = kinds[column.type].read(column, texts)
  return cell === undefined ? { problem: asksFor(column) } : { cell }
}

/** A cell in words; "–" when blank. */
export const textOfCell = (column: Column, cell: Cell | undefined): string =>
  cell === undefined || isBlank(cell) ? "–" : kinds[column.type].show(column, cell)

const longestCell = 1000

interface Kind {
  readonly asks: (column: Column) => string
  readonly fits: (column: Column, cell: unknown) => boolean
  readonly read: (column: Column, texts: readonly string[]) => Cell | undefined
  readonly show: (column: Column, cell: Cell) => string
}

const plain = (_column: Column, cell: Cell): string => String(cell)

const kinds: Readonly<Record<Column["type"], Kind>> = {
  text: {
    asks: (column) => `Enter a text of ${longestCell} characters or fewer for "${column.label}"`,
    fits: (_column, cell) => typeof cell === "string" && "text" in cleanText(cell, longestCell),
    read: (_column, [text]) => text,
    show: plain,
  },
  number: {
    asks: (column) => `Enter a number for "${column.label}", for example 35`,
    fits: (_column, cell) => typeof cell === "number" && Number.isFinite(cell),
    read: (_column, [text]) => numberIn(text!),
    show: plain,
  },
  percent: {
    asks: (column) => `Enter a percentage from 0 to 100 for "${column.label}", for example 35`,
    fits: (_column, cell) => typeof cell === "number" && cell >= 0 && cell <= 100,
    read: (_column, [text]) => within100(numberIn(text!.replace(/%$/, ""))),
    show: (_column, cell) => `${String(cell)} %`,
  },
  duration: {
    asks: (column) => `Enter a duration with its unit for "${column.label}", for example 30 s, 15 min, 4 h, 1 d or 2 w`,
    fits: (_column, cell) => typeof cell === "number" && Number.isFinite(cell) && cell >= 0,
    read: (_column, [text]) => readDuration(text!),
    show: (_column, cell) => durationText(Number(cell)),
  },
  "yes-no": {
    asks: (column) => `Enter "yes" or "no" for "${column.label}"`,
    fits: (_column, cell) => cell === "yes" || cell === "no",
    read: (_column, [text]) => yesOrNo(text!.toLowerCase()),
    show: plain,
  },
  choice: {
    asks: (column) => `Choose for "${column.label}" one of: ${optionTexts(column)}`,
    fits: (column, cell) => isOption(column, cell),
    read: (column, [text]) => optionId(column, text!),
    show: (column, cell) => optionText(column, cell),
  },
  choices: {
    asks: (column) => `Choose for "${column.label}" any of: ${optionTexts(column)}`,
    fits: (column, cell) => Array.isArray(cell) && cell.every((id, at) => isOption(column, id) && cell.indexOf(id) === at),
    read: (column, texts) => optionIds(column, texts),
    show: (column, cell) =>
      [cell]
        .flat()
        .map((id) => optionText(column, id as string))
        .join("; "),
  },
  date: {
    asks: (column) => `Enter a date as year-month-day for "${column.label}", for example 2027-03-31`,
    fits: (_column, cell) => typeof cell === "string" && isDate(cell),
    read: (_column, [text]) => (isDate(text!) ? text : undefined),
    show: plain,
  },
}

const asksFor = (column: Column): string => kinds[column.type].asks(column)

const optionTexts = (column: Column): string => (column.options ?? []).map((option) => option.text).join(", ")

const isOption = (column: Column, id: unknown): boolean => (column.options ?? []).some((option) => option.id === id)

const optionText = (column: Column, id: Cell): string => column.options?.find((option) => option.id === id)?.text ?? String(id)

// By id or by text, so that a pasted table may have either.
const optionId = (column: Column, typed: string): string | undefined =>
  column.options?.find((option) => option.id === typed || option.text.toLowerCase() === typed.toLowerCase())?.id

function optionIds(column: Column, texts: readonly string[]): readonly string[] | undefined {
  const whole =
    texts.length === 1 && optionId(column, texts[0]!) === undefined ? texts[0]!.split(";").map((text) => text.trim()) : texts
  const ids = whole.filter((text) => text !== "").map((text) => optionId(column, text))
  if (ids.length === 0 || ids.includes(undefined)) return undefined
  return (column.options ?? []).map((option) => option.id).filter((id) => ids.includes(id))
}

function numberIn(text: string): number | undefined {
  const read = readNumber(text)
  return "value" in read ? read.value : undefined
}

const within100 = (value: number | undefined): number | undefined =>
  value !== undefined && value >= 0 && value <= 100 ? value : undefined

const yesOrNo = (text: string): string | undefined =>
  ["yes", "y", "true"].includes(text) ? "yes" : ["no", "n", "false"].includes(text) ? "no" : undefined

function isDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false
  const date = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().startsWith(text)
}

const isBlank = (cell: unknown): boolean =>
  cell === undefined || cell === null || cell === "" || (Array.isArray(cell) && cell.length === 0)
