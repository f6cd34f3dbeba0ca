/** What is being parsed, and the queries that are still to be looked at. */
import { after } from "./cursor.ts"
import type { Core, Query, Range, Role, Structure } from "./structure.ts"

/** What is being parsed: the structure so far and the queries still to look at. */
export interface Parse {
  readonly structure: Structure
  readonly todo: Query[]
}

/** Puts a query on the list of those to look at. */
export function addQuery(parsing: Parse, query: Query): Query {
  parsing.structure.queries.push(query)
  parsing.todo.push(query)
  return query
}

export function newQuery(
  role: Role,
  { start, end }: Range,
  at: number,
  place: Pick<Query, "parent" | "core" | "clause" | "cte"> = {},
): Query {
  return { role, start, end, at, ...place, ctes: [], isRecursive: false, cores: [], setOperations: [], branches: [] }
}

/** A SELECT of which nothing is known yet. */
export const newCore = (query: Query, at: number): Core => ({
  query,
  at,
  sources: [],
  windows: new Map(),
  calls: [],
  subqueries: [],
  clauseMacros: [],
})

/** A bracketed query in a place that is no SELECT's. */
export function addOuterQuery(parsing: Parse, root: Query, open: number): Query {
  const inside = { start: open + 1, end: after(parsing.structure.tokens, open) - 1 }
  return addQuery(parsing, newQuery("from", inside, open, { parent: root }))
}
