/** Rows of a table of jobs, read: what each job is, and what is wrong with each cell. */
import { readSheetRows, type SheetProblem, type SheetRow } from "../../assessment/lists/sheet-rows.ts"
import { unguardCell } from "../../assessment/lists/sheet-cells.ts"
import { durationText } from "../../assessment/question-types/amounts.ts"
import { cleanText } from "../../assessment/text.ts"
import { jobTargets, plainJobs, unitIn } from "./job-columns.ts"
import type { JobTable } from "./job-table.ts"
import type { Measured } from "../model.ts"
import { intervalMinutes, runMinutes } from "./schedules.ts"

export interface JobRow {
  /** As the spreadsheet counts: the first line is 1, headings included. */
  readonly number: number
  readonly name: string
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  readonly readers: readonly string[]
  readonly owner?: string
  readonly measured: Measured
  readonly sql?: string
  readonly problems: readonly SheetProblem[]
}

/** Reads every row; formulas are texts like others. A name that stands twice is a problem of the second row. */
export function readJobRows({ lines, headings, targets }: JobTable): readonly JobRow[] {
  const first = headings ? 1 : 0
  const units = (headings ? (lines[0] ?? []) : []).map(unitIn)
  const body = lines.slice(first)
  const plain = body.map((line) => line.map((cell, at) => plainCell(cell, targets[at], units[at])))
  const rows = readSheetRows(plainJobs, plain, targets, first + 1)
  const seen = new Map<string, number>()
  return rows.map((row) => {
    const textOf = (target: string): string => unguardCell(body[row.number - first - 1]?.[targets.indexOf(target)] ?? "").trim()
    const job = jobOf(row, textOf)
    const name = job.name.toLowerCase()
    const before = seen.get(name)
    if (before === undefined) seen.set(name, row.number)
    return before === undefined || job.name === "" ? job : { ...job, problems: [...job.problems, doubled(job.name, before)] }
  })
}

/** Schedules and clock times as the durations that a list has; everything else as it is. */
function plainCell(cell: string, target: string | undefined, unit: string | undefined): string {
  if (target !== "interval" && target !== "runTime") return cell
  const typed = unguardCell(cell).trim()
  const withUnit = unit !== undefined && /^\d+(?:[.,]\d+)?$/.test(typed) ? `${typed} ${unit}` : typed
  const minutes = target === "interval" ? intervalMinutes(withUnit) : runMinutes(withUnit)
  return minutes === undefined ? cell : durationText(minutes)
}

function jobOf({ number, cells, problems }: SheetRow, textOf: (target: string) => string): JobRow {
  const reads = namesIn("reads", textOf("reads"))
  const writes = namesIn("writes", textOf("writes"))
  const sql = sqlIn(textOf("sql"))
  const numberIn = (id: string): number | undefined => (typeof cells[id] === "number" ? cells[id] : undefined)
  const [rows, runMinutes, everyMinutes] = [numberIn("rows"), numberIn("runTime"), numberIn("interval")]
  return {
    number,
    name: String(cells["name"] ?? ""),
    reads: reads.names,
    writes: writes.names,
    readers: namesIn("reader", String(cells["reader"] ?? "")).names,
    ...(cells["owner"] !== undefined && { owner: String(cells["owner"]) }),
    measured: {
      ...(rows !== undefined && { rows }),
      ...(runMinutes !== undefined && { runMinutes }),
      ...(everyMinutes !== undefined && { everyMinutes }),
    },
    ...(sql.text !== "" && { sql: sql.text }),
    problems: [...problems.map(withSchedules), ...reads.problems, ...writes.problems, ...sql.problems],
  }
}

const labelOf = (target: string): string => jobTargets.find(({ id }) => id === target)?.label ?? target

const withSchedules = (problem: SheetProblem): SheetProblem =>
  problem.label === labelOf("interval")
    ? { ...problem, message: `${problem.message}, hourly, daily, or a cron expression such as */15 * * * *` }
    : problem

const doubled = (typed: string, before: number): SheetProblem => ({
  label: labelOf("name"),
  typed,
  message: `Give this job another name: row ${before} has the same`,
})

/** Names parted by semicolons or line breaks; by commas where each of them could be nothing but a relation. */
function namesIn(
  target: string,
  cell: string,
): { readonly names: readonly string[]; readonly problems: readonly SheetProblem[] } {
  const cleaned = cleanText(cell, longestNames)
  if ("problem" in cleaned) return { names: [], problems: [problemOf(target, cell, cleaned.problem)] }
  const parts = partsAt(/[;\n]/, cleaned.text)
  if (parts.length !== 1 || !cleaned.text.includes(",")) return { names: parts, problems: [] }
  const byComma = partsAt(/,/, cleaned.text)
  if (byComma.every((name) => /^[^\s]+$/.test(name))) return { names: byComma, problems: [] }
  if (target === "reader") return { names: parts, problems: [] }
  return {
    names: [],
    problems: [problemOf(target, cell, "Part the names with semicolons: with this comma it could be one or several")],
  }
}

const partsAt = (sign: RegExp, text: string): readonly string[] => [
  ...new Set(
    text
      .split(sign)
      .map((name) => name.trim())
      .filter((name) => name !== ""),
  ),
]

function sqlIn(cell: string): { readonly text: string; readonly problems: readonly SheetProblem[] } {
  if (cell.length <= longestSql) return { text: cell.replaceAll("\r\n", "\n"), problems: [] }
  return {
    text: "",
    problems: [problemOf("sql", cell, `Give a text of at most ${longestSql} characters, or import it as a file`)],
  }
}

const problemOf = (target: string, typed: string, message: string): SheetProblem => ({ label: labelOf(target), typed, message })

const longestNames = 20_000
const longestSql = 1_000_000
