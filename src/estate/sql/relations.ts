/** Names → tables: a CTE in scope is none, a CTE's own body still reads the table that it shadows. */
import { isUnknownName, nameText } from "./names.ts"
import type { Core, Cte, Query, Source, Structure } from "./structure.ts"

/** A relation read, with its place. */
export interface Read {
  readonly name: string
  readonly at: number
}

/** Tables that the statement reads, each once, in the order of the text. */
export function readsOf(structure: Structure): readonly Read[] {
  const found: Read[] = structure.queries.flatMap((query) =>
    query.cores.flatMap((core) =>
      core.sources
        .filter(
          (source) =>
            source.kind === "table" &&
            !isUnknownName(source.name) &&
            !isColumn(core, source) &&
            cteOf(query, source.name) === undefined,
        )
        .map((source) => ({ name: nameText(source.name), at: source.start })),
    ),
  )
  for (const { name, at } of structure.extraReads) {
    if (cteOf(structure.root, name) === undefined) found.push({ name: nameText(name), at })
  }
  found.sort((one, other) => one.at - other.at)
  const first = new Map<string, Read>()
  for (const read of found) if (!first.has(read.name.toLowerCase())) first.set(read.name.toLowerCase(), read)
  return [...first.values()]
}

/** No written query is as deep; a hostile one has to stay quick. */
const mostLevels = 1000
const mostLooked = 200

/** The CTE that a name means where it stands in a query; `undefined` for tables. */
export function cteOf(from: Query, name: readonly string[]): Cte | undefined {
  if (name.length !== 1) return undefined
  const wanted = name[0]!.toLowerCase()
  let inside: Query | undefined
  let levels = 0
  for (let query: Query | undefined = from; query !== undefined && levels < mostLevels; inside = query, query = query.parent) {
    levels++
    const body = inside?.cte
    // A body sees the CTEs before it, and itself only when recursion is allowed.
    const limit =
      body === undefined || !query.ctes.includes(body)
        ? query.ctes.length
        : query.ctes.indexOf(body) + (query.isRecursive ? 1 : 0)
    for (let at = limit - 1; at >= 0; at--) if (query.ctes[at]!.name === wanted) return query.ctes[at]
  }
  return undefined
}

/** `FROM t, t.items`: a list inside a record of a source that stands before it. */
export function isColumn(core: Core, source: Source): boolean {
  if (source.name.length < 2 || source.join === undefined) return false
  const owner = source.name[0]!.toLowerCase()
  for (const other of core.sources.slice(0, mostLooked)) {
    if (other === source) return false
    if (nameOf(other) === owner) return true
  }
  return false
}

/** What columns of a source are called by: its alias, else the last part of its name. */
export const nameOf = ({ alias, name }: Source): string => alias ?? name.at(-1)?.toLowerCase() ?? ""
