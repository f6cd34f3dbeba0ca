/** The estate in a list of jobs, from any scheduler or ETL tool. */
import type { FileProblem } from "../../assessment/json-text.ts"
import { type JobMapping, type JobTable, mappingProblems, openJobTable } from "./job-table.ts"
import { type JobRow, readJobRows } from "./job-rows.ts"
import type { EstateReading } from "../files/import-files.ts"
import { linkByName } from "../files/lineage.ts"
import type { Consumer, Estate, Notice, Statement } from "../model.ts"
import { readJobSql } from "./job-sql.ts"
import { unknownVerdict } from "../verdict.ts"

export interface JobListOptions {
  /** What was read, for people: the file's name, or what the list is called. */
  readonly name: string
  readonly mapping?: JobMapping
  /** Numbers of rows with problems that are left out on purpose. */
  readonly leaveOut?: readonly number[] | "all with problems"
}

export interface JobListReading extends EstateReading {
  /** Absent where the text is no table. */
  readonly table?: JobTable
  /** Every row with the problems of its cells, for a look before it is taken. */
  readonly rows: readonly JobRow[]
}

/** Reads a table of jobs: the preview of its rows, and the estate once its columns are known and its bad rows right or left out. */
export function readJobList(text: string, { name, mapping, leaveOut = [] }: JobListOptions): JobListReading {
  const opened = openJobTable(text, mapping)
  if ("problem" in opened) return { problems: [{ path: name, message: opened.problem }], notices: [], rows: [] }
  const { table } = opened
  const wrong = mappingProblems(table).map((message) => ({ path: name, message }))
  if (wrong.length > 0) return { problems: wrong, notices: [], table, rows: [] }
  const rows = readJobRows(table)
  const isBad = ({ problems }: JobRow): boolean => problems.length > 0
  const isLeftOut = (row: JobRow): boolean => isBad(row) && (leaveOut === "all with problems" || leaveOut.includes(row.number))
  const taken = rows.filter((row) => !isLeftOut(row))
  const problems = taken.filter(isBad).flatMap((row) => problemsOf(row, name))
  if (problems.length > 0) return { problems, notices: [], table, rows }
  if (taken.length === 0)
    return { problems: [{ path: name, message: "Keep at least one job: all are left out" }], notices: [], table, rows }
  const estate = estateOf(taken, rows.filter(isLeftOut), name)
  return { estate, problems: [], notices: estate.notices, table, rows }
}

const problemsOf = ({ number, problems }: JobRow, name: string): readonly FileProblem[] =>
  problems.map(({ label, typed, message }) => ({
    path: `${name}, row ${number}, ${label}`,
    message: `${message}${found(typed)}`,
  }))

const found = (typed: string): string =>
  typed === "" ? "" : ` (it has "${typed.length > 60 ? `${typed.slice(0, 57).toWellFormed()}…` : typed}")`

function estateOf(rows: readonly JobRow[], leftOut: readonly JobRow[], name: string): Estate {
  const statements = rows.map(statementOf)
  const { dependsOn, sources, notices } = linkByName(statements)
  const skipped = leftOut.map(({ number }): Notice => ({ place: `${name}, row ${number}`, message: "Left out: it has problems" }))
  return {
    format: "headwater-estate/1",
    origin: { kind: "job-list", name, passedOver: leftOut.length === 0 ? {} : { "row with problems": leftOut.length } },
    statements: statements.map((each) => ({ ...each, dependsOn: dependsOn.get(each.id) ?? [] })),
    sources,
    consumers: consumersOf(rows),
    notices: [...skipped, ...notices],
  }
}

function statementOf({ name, reads, writes, owner, measured, sql }: JobRow): Statement {
  const read = sql === undefined ? undefined : readJobSql(sql)
  return {
    id: jobId(name),
    name,
    kind: "job",
    writes: writes.length > 0 ? writes : (read?.writes ?? []),
    reads: reads.length > 0 ? reads : (read?.reads ?? []),
    dependsOn: [],
    ...(sql !== undefined && { text: sql }),
    textSource: read === undefined || read.verdict.readBy === "none" ? "none" : "raw",
    verdict: read?.verdict ?? withoutText,
    differences: [],
    ...(owner !== undefined && { owner }),
    ...(read?.key !== undefined && { key: read.key }),
    ...(Object.keys(measured).length > 0 && { measured }),
  }
}

const jobId = (name: string): string => `job.${name}`

const withoutText = unknownVerdict("A job list holds no SQL: add its text in a column of its own, or set the class by hand")

/** Readers of the list, each with the jobs that it reads. */
function consumersOf(rows: readonly JobRow[]): readonly Consumer[] {
  const readers = new Map<string, { readonly name: string; readonly reads: string[] }>()
  for (const { name, readers: named } of rows) {
    for (const reader of named) {
      const known = readers.get(reader.toLowerCase())
      if (known === undefined) readers.set(reader.toLowerCase(), { name: reader, reads: [jobId(name)] })
      else known.reads.push(jobId(name))
    }
  }
  return Array.from(readers, ([folded, { name, reads }]) => ({ id: `reader.${folded}`, name, kind: "reader", reads }))
}
