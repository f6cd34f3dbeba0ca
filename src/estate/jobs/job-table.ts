/** A table of jobs as pasted or uploaded: its lines, and where each column goes. */
import { unguardCell } from "../../assessment/lists/sheet-cells.ts"
import { guessJobTargets, jobTargets, jobTargetsInOrder, looksLikeJobHeadings } from "./job-columns.ts"
import { readTable } from "./table-text.ts"

export interface JobTable {
  /** Every line, headings included. */
  readonly lines: readonly (readonly string[])[]
  /** Whether the first line names the columns. */
  readonly headings: boolean
  /** Where each column goes; `undefined` for those that are left out. */
  readonly targets: readonly (string | undefined)[]
}

/** What a person chose instead of the proposal. */
export interface JobMapping {
  readonly headings?: boolean
  readonly targets?: readonly (string | undefined)[]
}

/** Opens a table with the chosen mapping, or with the one that its headings suggest. */
export function openJobTable(text: string, chosen: JobMapping = {}): { readonly table: JobTable } | { readonly problem: string } {
  if (text.trim() === "") return { problem: "Give a table with at least one job: this one is empty" }
  if (text.includes("\0")) return { problem: "Give the table as text: a CSV file, or rows copied from a spreadsheet" }
  const read = readTable(text.toWellFormed())
  if ("problem" in read) return read
  const lines = read.lines.slice(0, read.lines.findLastIndex(holdsText) + 1)
  const width = lines.reduce((most, line) => Math.max(most, line.length), 0)
  if (width > mostColumns) return { problem: `Give at most ${mostColumns} columns: this table has ${width}` }
  const first = Array.from({ length: width }, (_, at) => unguardCell(lines[0]?.[at] ?? ""))
  const headings = chosen.headings ?? looksLikeJobHeadings(first)
  const jobs = lines.slice(headings ? 1 : 0).filter(holdsText).length
  if (jobs === 0) return { problem: "Give the rows as well: this table has headings only" }
  if (jobs > mostJobs) return { problem: `Give at most ${mostJobs} jobs at once: this table has ${jobs}` }
  const targets = chosen.targets ?? (headings ? guessJobTargets(first) : jobTargetsInOrder(width))
  return { table: { lines, headings, targets } }
}

/** What is wrong with where the columns go. */
export function mappingProblems({ targets }: JobTable): readonly string[] {
  const labelOf = (target: string): string => jobTargets.find(({ id }) => id === target)?.label ?? target
  const known = new Set(jobTargets.map(({ id }) => id))
  const given = targets.flatMap((target) => target ?? [])
  const unknown = given.filter((target) => !known.has(target))
  const twice = given.filter((target, at) => given.indexOf(target) < at)
  return [
    ...unknown.map((target) => `There is no column "${target}" that a job could have`),
    ...twice.map((target) => `Choose another column for one of them: "${labelOf(target)}" is taken twice`),
    ...(given.includes("name") ? [] : ['Choose which column holds "Name": every job needs one']),
  ]
}

const mostColumns = 60
const mostJobs = 50_000

const holdsText = (line: readonly string[]): boolean => line.some((cell) => cell.trim() !== "")
