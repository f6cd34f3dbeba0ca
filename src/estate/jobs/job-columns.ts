/** Columns of a table of jobs, and where those of a scheduler's or an ETL tool's export go. */
import { guessTargets, looksLikeHeadings, type Target, targetsInOrder } from "../../assessment/lists/mapping.ts"
import { unguardCell } from "../../assessment/lists/sheet-cells.ts"
import type { Column, TableQuestion } from "../../assessment/model.ts"

const column = (id: string, label: string, type: Column["type"], required = false): Column => ({ id, label, type, required })

/** Cells that are read like those of any list. */
const plainColumns = [
  column("name", "Name", "text", true),
  column("interval", "Runs every", "duration"),
  column("runTime", "Run time", "duration"),
  column("rows", "Rows per run", "number"),
  column("owner", "Owner", "text"),
  column("reader", "Reader", "text"),
]
/** Cells with several names, and texts longer than a cell of a list may be. */
const longColumns = [column("reads", "Reads", "text"), column("writes", "Writes", "text"), column("sql", "SQL text", "text")]

const list = (columns: readonly Column[]): TableQuestion => ({
  id: "jobs",
  type: "table",
  item: "job",
  columns,
  whenEmpty: "missing",
  text: "",
  short: "",
  why: "",
  evidence: "",
  dimension: "",
  core: false,
  minutes: 0,
  primary: [],
  secondary: [],
  seed: [],
})

/** The table as a list whose cells are read one by one, and with its long columns for the mapping. */
export const plainJobs = list(plainColumns)
const wholeJobs = list(
  [plainColumns[0], longColumns[0], longColumns[1], ...plainColumns.slice(1), longColumns[2]].flatMap((each) => each ?? []),
)

/** Everything that a column can be, for the choice by hand. */
export const jobTargets: readonly Target[] = wholeJobs.columns.map(({ id, label }) => ({ id, label }))

/** The target of each column as its heading suggests; `undefined` where nothing fits. */
export function guessJobTargets(headings: readonly string[]): readonly (string | undefined)[] {
  const known = new Set(jobTargets.map(({ id }) => id))
  return guessTargets(wholeJobs, headings.map(ownWord)).map((target) => (known.has(target ?? "") ? target : undefined))
}

/** Name, reads, writes, interval and so on, for a table without headings. */
export const jobTargetsInOrder = (columns: number): readonly (string | undefined)[] => targetsInOrder(wholeJobs, columns)

export const looksLikeJobHeadings = (first: readonly string[]): boolean => looksLikeHeadings(wholeJobs, first.map(ownWord))

/** The unit that a heading gives to bare numbers: "min" of "Run time (min)". */
export const unitIn = (heading: string): string | undefined =>
  plain(heading)
    .split(" ")
    .findLast((word) => units.has(word))

const units = new Set(["s", "sec", "secs", "seconds", "min", "mins", "minutes", "h", "hrs", "hours", "days"])

const plain = (heading: string): string =>
  unguardCell(heading)
    .replaceAll(/(\p{Ll})(\p{Lu})/gu, "$1 $2")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()

/** The heading without units and averages, in the word that the list has for it. */
function ownWord(heading: string): string {
  const told = plain(heading)
    .split(" ")
    .filter((word) => !units.has(word) && !["avg", "average", "mean", "typical", "usual", "in"].includes(word))
    .join(" ")
  return Object.entries(words).find(([, others]) => others.includes(told))?.[0] ?? told
}

/** Words that schedulers and ETL tools have above such columns. */
const words: Readonly<Record<string, readonly string[]>> = {
  name: ["job", "job name", "job id", "task", "task name", "dag", "dag id", "workflow", "pipeline", "package", "mapping", "flow"],
  reads: [
    "read",
    "source",
    "sources",
    "source table",
    "source tables",
    "input",
    "inputs",
    "input tables",
    "from",
    "reads from",
    "upstream",
  ],
  writes: [
    "write",
    "target",
    "targets",
    "target table",
    "target tables",
    "output",
    "outputs",
    "output tables",
    "to",
    "writes to",
    "destination",
    "sink",
    "sinks",
    "loads",
  ],
  interval: ["schedule", "schedule interval", "cron", "cron expression", "frequency", "cadence", "every", "period"],
  runTime: ["run time", "runtime", "duration", "run duration", "elapsed", "elapsed time"],
  rows: ["row count", "rows processed", "rows loaded", "records", "volume"],
  owner: ["team", "owner team", "responsible", "contact"],
  reader: ["readers", "consumer", "consumers", "used by", "read by", "downstream", "for whom"],
  sql: ["query", "statement", "sql query", "sql statement", "command", "code"],
}
