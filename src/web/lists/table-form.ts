/** A pasted or uploaded table, carried along in the form from page to page. */
import { guessTargets, looksLikeHeadings, rowIdTarget, targetsInOrder, targetsOf } from "../../assessment/lists/mapping.ts"
import { unguardCell } from "../../assessment/lists/sheet-cells.ts"
import type { TableQuestion } from "../../assessment/model.ts"
import type { PageProblem } from "../pages.ts"
import type { Visit } from "../visit.ts"
import { readTable } from "../../estate/jobs/table-text.ts"
import { largestTable, readTableFile } from "./table-file.ts"
import { longestList, longestTable } from "./view.ts"

export interface Table {
  readonly text: string
  /** Whether the first line names the columns. */
  readonly headings: boolean
  /** Every line, headings included. */
  readonly lines: readonly (readonly string[])[]
  readonly width: number
  /** Where each column goes. */
  readonly targets: readonly (string | undefined)[]
}

export type ReadForm = { readonly table: Table } | { readonly problem: PageProblem; readonly text: string }

const mostColumns = 60

/** The table of a form: from its file, else as pasted; its columns as chosen, else as guessed. */
export const readForm = (question: TableQuestion, { form, files }: Visit): ReadForm => {
  const text = String(form["text"] ?? "")
  const file = files.find((one) => one.field === "file" && (one.name !== "" || one.bytes.length > 0))
  if (file === undefined) return readText(question, text, form)
  if (text.trim() !== "") return refusal("file", "Paste a table or choose a file, not both: clear one of them", text)
  const read = readTableFile(file)
  return "problem" in read ? refusal("file", read.problem, "") : readText(question, read.text, form)
}

const readText = (question: TableQuestion, text: string, form: Visit["form"]): ReadForm => {
  if (text.trim() === "") return refusal("text", "Paste the rows of your spreadsheet, or choose a file", "")
  if (text.length > largestTable) return refusal("text", "Paste at most 1 MB at once: split the table", text.slice(0, 1000))
  const broken = unusableText(text)
  if (broken !== undefined) return refusal("text", broken, text.replaceAll("\0", ""))
  const read = readTable(text)
  if ("problem" in read) return refusal("text", read.problem, text)
  const lines = withoutBlankEnd(read.lines)
  const width = Math.max(...lines.map((line) => line.length))
  if (width > mostColumns) return refusal("text", `Paste at most ${mostColumns} columns: this table has ${width}`, text)
  const headings = form["asked"] === undefined ? looksLikeHeadings(question, plainLine(lines[0])) : form["headings"] === "yes"
  const rows = lines.filter((line) => line.some((cell) => cell.trim() !== "")).length - (headings ? 1 : 0)
  if (rows < 1) return refusal("text", "Paste the rows as well: this table has headings only", text)
  const targets = targetsIn(question, form, lines, width, headings)
  // A list that was downloaded here must come back whole.
  const most = targets.includes(rowIdTarget) ? longestList : longestTable
  if (rows > most) {
    return refusal("text", `Paste at most ${most} rows at once: this table has ${rows}. Split it into several`, text)
  }
  return { table: { text, headings, lines, width, targets } }
}

const refusal = (target: string, message: string, text: string): ReadForm => ({ problem: { target, message }, text })

const unusableText = (text: string): string | undefined => {
  if (text.includes("\0")) return "Take the NUL character out of the table: it cannot be stored"
  return text.isWellFormed() ? undefined : "Take the broken character out of the table: half of it is missing"
}

const withoutBlankEnd = (lines: readonly (readonly string[])[]): readonly (readonly string[])[] =>
  lines.slice(0, lines.findLastIndex((line) => line.some((cell) => cell.trim() !== "")) + 1)

/** The cells of a line of headings, without guards against formulas. */
export const plainLine = (line: readonly string[] | undefined): readonly string[] => (line ?? []).map(unguardCell)

const targetsIn = (
  question: TableQuestion,
  form: Visit["form"],
  lines: readonly (readonly string[])[],
  width: number,
  headings: boolean,
): readonly (string | undefined)[] => {
  if (form["column-0"] !== undefined) {
    const known = new Set(targetsOf(question).map(({ id }) => id))
    return Array.from({ length: width }, (_, at) => {
      const chosen = String(form[`column-${at}`] ?? "")
      return known.has(chosen) ? chosen : undefined
    })
  }
  if (!headings) return targetsInOrder(question, width)
  const first = plainLine(lines[0])
  return guessTargets(
    question,
    Array.from({ length: width }, (_, at) => first[at] ?? ""),
  )
}

/** What is wrong with where the columns go. */
export const targetProblems = (question: TableQuestion, { targets }: Table): readonly PageProblem[] => {
  const twice = targets.flatMap((target, at) =>
    target !== undefined && targets.indexOf(target) < at
      ? [{ target: `column-${at}`, message: `Choose another column: "${labelOf(question, target)}" is taken already` }]
      : [],
  )
  const missing = question.columns.filter(({ id, required }) => required && !targets.includes(id))
  return [
    ...twice,
    ...missing.map(({ label }) => ({ target: "column-0", message: `Choose which column holds "${label}": every row needs it` })),
  ]
}

const labelOf = (question: TableQuestion, target: string): string =>
  targetsOf(question).find(({ id }) => id === target)?.label ?? target

/** A table that was downloaded here and kept its columns needs no look at them. */
export const isOwnDownload = (question: TableQuestion, { targets, headings }: Table): boolean =>
  headings && targets.includes(rowIdTarget) && question.columns.every(({ id }) => targets.includes(id))

/** The fields that carry the table to the next page, hidden. */
export const carriedFields = ({
  text,
  headings,
  targets,
}: Table): readonly { readonly name: string; readonly value: string }[] => [
  { name: "text", value: text },
  { name: "asked", value: "1" },
  ...(headings ? [{ name: "headings", value: "yes" }] : []),
  ...targets.map((target, at) => ({ name: `column-${at}`, value: target ?? "" })),
]
