/** Queries in expressions: semi and anti joins, values of another table, and those that never leave the record. */
import { isSymbol, textOf } from "../cursor.ts"
import { isColumn, nameOf } from "../relations.ts"
import type { Core, Query, Structure } from "../structure.ts"
import { type Search, isFull, note, noteOnce } from "./found.ts"

export function findSubqueries(search: Search): void {
  const { queries, tokens } = search.structure
  for (const query of queries) {
    if (isFull(search)) break
    const words = textOf(tokens, query.at - (query.role.startsWith("not") ? 2 : query.role === "scalar" ? 0 : 1), query.end + 1)
    const show = (construct: Parameters<typeof note>[1], reason: string): void =>
      note(search, construct, query.at, query.end + 1, reason)
    if (search.ignored.has(query)) noteIgnored(search, query)
    else if (query.role === "in" || query.role === "exists") show("semi-join", words)
    else if (query.role === "not exists") show("not-exists", words)
    else if (query.role === "not in") show("not-in", words)
    else if (query.role === "scalar" || query.role === "array") {
      if (isCorrelated(query, search.structure)) show("correlated-subquery", `${words} looks at the row around it`)
      else if (readsTable(query)) show("correlated-subquery", `${words} is used as a value`)
    }
  }
}

function noteIgnored(search: Search, query: Query): void {
  const { tokens } = search.structure
  if (query.role === "cte" || query.role === "statement" || query.role === "branch") return
  if (isOwnHighWater(query, search.structure))
    noteOnce(
      search,
      "incremental",
      query.at,
      query.end + 1,
      `${textOf(tokens, query.at, query.end + 1)} looks up how far the last run came`,
    )
  else if (query.cores.some(({ sources }) => sources.length > 0))
    noteOnce(search, "unnest", query.at, query.end + 1, `${textOf(tokens, query.at, query.end + 1)} looks only into the record`)
}

const readsTable = (query: Query): boolean =>
  query.cores.some(({ sources }) => sources.some(({ kind }) => kind === "table" || kind === "query" || kind === "macro"))

/** Limits that no written query reaches, so that a hostile one stays quick. */
const mostLevels = 20
const mostLooked = 200
const longestLook = 5000

/** Whether a query names a source that stands around it. */
export function isCorrelated(query: Query, { tokens }: Structure): boolean {
  const own = new Set(query.cores.flatMap(({ sources }) => sources.map(nameOf)))
  const outer = new Set<string>()
  for (const core of coresAround(query)) for (const source of core.sources.slice(0, mostLooked)) outer.add(nameOf(source))
  const end = Math.min(query.end, query.start + longestLook)
  for (let at = query.start; at < end; at++) {
    const word = tokens.word[at]!.toLowerCase()
    if (isSymbol(tokens, at + 1, ".") && !isSymbol(tokens, at - 1, ".") && outer.has(word) && !own.has(word)) return true
  }
  return false
}

/** Queries in which nothing counts: those over lists of the record, and the look at one's own target (E.2, incremental predicate). */
export function ignoredQueries(structure: Structure): ReadonlySet<Query> {
  const ignored = new Set<Query>()
  for (const query of structure.queries) {
    if (isPerRecord(query) || isOwnHighWater(query, structure)) ignored.add(query)
  }
  return ignored
}

const inExpressions = new Set(["scalar", "array", "in", "not in", "exists", "not exists", "from"])

function isPerRecord(query: Query): boolean {
  if (query.core === undefined || !inExpressions.has(query.role) || query.cores.length === 0 || query.branches.length > 0)
    return false
  if (query.role === "from" && query.core.sources.find((source) => source.query === query)?.join?.isLateral !== true) return false
  const isList = query.cores.every((core) =>
    core.sources.every(
      (source) =>
        source.kind === "unnest" || source.kind === "values" || isColumn(core, source) || isOuterColumn(query, source.name),
    ),
  )
  return isList
}

/** `FROM t.items` where t stands around the query. */
function isOuterColumn(query: Query, name: readonly string[]): boolean {
  if (name.length < 2) return false
  return coresAround(query).some(({ sources }) =>
    sources.slice(0, mostLooked).some((source) => nameOf(source) === name[0]!.toLowerCase()),
  )
}

/** SELECTs in whose expressions a query stands, the nearest first. */
function coresAround(query: Query): readonly Core[] {
  const cores: Core[] = []
  for (let core = query.core; core !== undefined && cores.length < mostLevels; core = core.query.core) cores.push(core)
  return cores
}

/** `(SELECT max(time) FROM the table that is written)` */
function isOwnHighWater(query: Query, { writes }: Structure): boolean {
  if (query.role !== "scalar" || query.cores.length !== 1) return false
  const { sources } = query.cores[0]!
  const name = sources[0]?.name.join(".").toLowerCase()
  return (
    sources.length === 1 && name !== undefined && (name === "{this}" || writes.some((written) => written.toLowerCase() === name))
  )
}
