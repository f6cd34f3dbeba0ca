/** Row counts of dbt's `catalog.json` and run times of its `run_results.json`. */
import { z } from "zod"
import { type FileProblem, inheritedNames, pathText } from "../../assessment/json-text.ts"
import { inWords, shapeProblems } from "../../assessment/shape-problems.ts"
import type { Measured, NodeId } from "../model.ts"
import { isObject, openJson } from "./open-json.ts"
import { artifactOf, notThe } from "./recognise.ts"

export interface Figures<Value> {
  readonly values: ReadonlyMap<NodeId, Value>
  readonly problems: readonly FileProblem[]
}

/** What adapters call the number of rows in the catalog. */
const rowStatistics = ["row_count", "num_rows", "rows", "table_rows", "approximate_row_count"]

/** Rows by id, or what is wrong with the file; problems name `catalog.json`. Tables without a count are left out. */
export function readCatalog(text: string): Figures<number> {
  const { data, problems } = open(text, "catalog", "catalog.json")
  if (data === undefined) return { values: new Map(), problems }
  const values = new Map<NodeId, number>()
  for (const section of ["nodes", "sources"]) {
    const entries = data[section]
    if (entries === undefined || entries === null) continue
    if (!isObject(entries)) return wrong("catalog.json", [section], `Give an object, { … }: this is ${inWords(entries)}`)
    for (const [id, entry] of Object.entries(entries)) {
      const rows = inheritedNames.has(id) ? undefined : rowsOf(entry)
      if (rows !== undefined) values.set(id, rows)
    }
  }
  return { values, problems: [] }
}

/** Minutes that each successful run took, by id, or what is wrong with the file; problems name `run_results.json`. */
export function readRunResults(text: string): Figures<number> {
  const name = "run_results.json"
  const { data, problems } = open(text, "run-results", name)
  if (data === undefined) return { values: new Map(), problems }
  if (!Array.isArray(data["results"])) {
    return wrong(
      name,
      ["results"],
      `Give a list, [ … ]: this is ${data["results"] === undefined ? "missing" : inWords(data["results"])}`,
    )
  }
  const values = new Map<NodeId, number>()
  for (const [at, result] of data["results"].entries()) {
    const { data: run, error } = runShape.safeParse(result)
    if (run === undefined) {
      const [issue] = error?.issues ?? []
      if (issue === undefined) continue
      const placed = shapeProblems({ ...issue, path: ["results", at, ...issue.path] }, data)
      return { values: new Map(), problems: placed.map((each) => inFile(name, each)) }
    }
    const hasRun = run.status === undefined || run.status === null || run.status === "success"
    if (hasRun && run.unique_id && run.execution_time !== undefined) values.set(run.unique_id, inMinutes(run.execution_time))
  }
  return { values, problems: [] }
}

/** Both figures of each id that has one. */
export function measuredOf(
  rows: ReadonlyMap<NodeId, number>,
  minutes: ReadonlyMap<NodeId, number>,
): ReadonlyMap<NodeId, Measured> {
  const measured = new Map<NodeId, Measured>()
  for (const [id, count] of rows) measured.set(id, { rows: count })
  for (const [id, taken] of minutes) measured.set(id, { ...measured.get(id), runMinutes: taken })
  return measured
}

const runShape = z.object({
  unique_id: z.string().nullish(),
  status: z.string().nullish().catch(undefined),
  execution_time: z.number().nonnegative().optional().catch(undefined),
})

function open(text: string, wanted: "catalog" | "run-results", name: string): ReturnType<typeof openJson> {
  const { data, problems } = openJson(text)
  if (data !== undefined && artifactOf(data).kind !== wanted) {
    return { problems: [inFile(name, notThe(wanted, data))] }
  }
  return { ...(data !== undefined && { data }), problems: problems.map((each) => inFile(name, each)) }
}

function rowsOf(entry: unknown): number | undefined {
  const statistics: unknown = isObject(entry) ? entry["stats"] : undefined
  if (!isObject(statistics)) return undefined
  for (const name of rowStatistics) {
    const found = Object.hasOwn(statistics, name) ? statistics[name] : undefined
    const value = isObject(found) ? found["value"] : undefined
    const rows = typeof value === "string" && /^\d{1,18}(\.0+)?$/.test(value) ? Number(value) : value
    if (typeof rows === "number" && Number.isFinite(rows) && rows >= 0) return Math.round(rows)
  }
  return undefined
}

function inMinutes(seconds: number): number {
  return Math.round((seconds / 60) * 10_000) / 10_000
}

function inFile(name: string, { path, message }: FileProblem): FileProblem {
  return { path: `${name} ${path}`, message }
}

function wrong(name: string, path: readonly string[], message: string): Figures<number> {
  return { values: new Map(), problems: [{ path: `${name} ${pathText(path)}`, message }] }
}
