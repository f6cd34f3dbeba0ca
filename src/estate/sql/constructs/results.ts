/** What is done with whole results: DISTINCT, set operations, order and limit, common tables, pivots, patterns. */
import { after, textOf } from "../cursor.ts"
import { cteOf } from "../relations.ts"
import type { Core, Query } from "../structure.ts"
import { type Search, note, noteOnce } from "./found.ts"

export function findResults(search: Search): void {
  for (const query of search.structure.queries) {
    if (search.ignored.has(query)) continue
    findSetOperations(search, query)
    findOrder(search, query)
    findCtes(search, query)
    for (const core of query.cores) findInCore(search, core)
  }
}

function findSetOperations(search: Search, query: Query): void {
  const { tokens } = search.structure
  for (const { kind, start, end } of query.setOperations) {
    const words = textOf(tokens, start, end).toUpperCase()
    if (kind === "union all") noteOnce(search, "union-all", start, end, words)
    else if (kind === "union") note(search, "distinct", start, end, `${words} removes duplicates`)
    else note(search, "intersect-except", start, end, words)
  }
}

/** An order with a limit is a top-N; an order alone counts where the result leaves, not inside. */
function findOrder(search: Search, query: Query): void {
  const { tokens } = search.structure
  const { orderBy, limit } = query
  const isResult = query.role === "statement" || (query.role === "branch" && query.parent?.role === "statement")
  const top = query.cores.find((core) => core.top !== undefined)?.top
  const at = limit ?? top
  if (orderBy !== undefined && at !== undefined)
    note(
      search,
      "top-n",
      orderBy.start - 2,
      Math.max(orderBy.end, at + 2),
      `${textOf(tokens, orderBy.start - 2, orderBy.end)} with a limit`,
    )
  else if (at !== undefined) note(search, "limit", at, after(tokens, at + 1), `${textOf(tokens, at, at + 2)} without an order`)
  else if (orderBy !== undefined && isResult)
    note(search, "order-by", orderBy.start - 2, orderBy.end, textOf(tokens, orderBy.start - 2, orderBy.end))
}

function findCtes(search: Search, query: Query): void {
  const [first] = query.ctes
  if (first === undefined) return
  const recursive = query.ctes.find((cte) => readsItself(cte.query, cte.name))
  if (recursive !== undefined) note(search, "recursive-cte", recursive.at, recursive.at + 1, `${recursive.name} reads itself`)
  else
    noteOnce(
      search,
      "cte",
      first.at,
      first.at + 1,
      `WITH ${query.ctes
        .slice(0, 6)
        .map(({ name }) => name)
        .join(", ")}${query.ctes.length > 6 ? ", …" : ""}`,
    )
}

/** Whether a common table stands among its own sources. */
function readsItself(query: Query, name: string): boolean {
  return query.cores.some((core) =>
    core.sources.some(
      (source) => source.kind === "table" && source.name[0]?.toLowerCase() === name && cteOf(query, source.name)?.query === query,
    ),
  )
}

function findInCore(search: Search, core: Core): void {
  const { tokens } = search.structure
  if (core.distinctOn !== undefined) {
    const order = core.query.orderBy
    const isLast = order !== undefined && tokens.word.slice(order.start, order.end).includes("desc")
    note(
      search,
      isLast ? "keep-last" : "keep-first",
      core.distinct!,
      core.distinctOn.end + 1,
      textOf(tokens, core.distinct!, core.distinctOn.end + 1),
    )
  } else if (core.distinct !== undefined) note(search, "distinct", core.distinct, core.distinct + 1, "SELECT DISTINCT")
  if (core.qualify !== undefined)
    note(search, "qualify", core.qualify.start - 1, core.qualify.end, textOf(tokens, core.qualify.start - 1, core.qualify.end))
  if (core.connectBy !== undefined)
    noteOnce(search, "recursive-cte", core.connectBy, core.connectBy + 2, "CONNECT BY walks through a hierarchy")
  for (const { pivot, matchRecognize } of core.sources) {
    if (pivot !== undefined) note(search, "pivot", pivot, pivot + 1, textOf(tokens, pivot, pivot + 1).toUpperCase())
    if (matchRecognize !== undefined)
      note(search, "sequence", matchRecognize, matchRecognize + 1, "MATCH_RECOGNIZE finds a sequence of rows")
  }
}
