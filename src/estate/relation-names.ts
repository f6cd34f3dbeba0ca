/** Which relation a name means when imports write it with more or fewer of its parts: catalog.schema.table, schema.table, table. */

const MOST_PARTS = 3
/** Relations that are named where a name could mean several. */
const MOST_NAMED = 2

/** Relations by name; several entries may belong to one. */
export interface RelationIndex<T> {
  readonly byWhole: ReadonlyMap<string, Named<T>>
  /** By its last 3, 2 and 1 parts. */
  readonly byEnd: ReadonlyMap<string, Named<T>>
}

/** The first relation that is called so, what belongs to it, and further relations that it could be taken for. */
interface Named<T> {
  readonly whole: string
  readonly entries: T[]
  readonly others: string[]
}

/** Indexes entries by the names of their relations. */
export function indexRelations<T>(entries: Iterable<readonly [relation: string, entry: T]>): RelationIndex<T> {
  const byWhole = new Map<string, Named<T>>()
  const byEnd = new Map<string, Named<T>>()
  for (const [relation, entry] of entries) {
    const parts = partsOf(relation)
    const whole = parts.join(".")
    if (whole === "") continue
    const named = byWhole.get(whole) ?? { whole, entries: [], others: [] }
    named.entries.push(entry)
    if (byWhole.has(whole)) continue
    byWhole.set(whole, named)
    for (let count = 1; count <= Math.min(parts.length, MOST_PARTS); count++) {
      const end = endOf(parts, count)
      const known = byEnd.get(end)
      if (known === undefined) byEnd.set(end, { ...named, others: [] })
      else if (known.others.length < MOST_NAMED) known.others.push(whole)
    }
  }
  return { byWhole, byEnd }
}

/**
 * What a name means, folded to lower case: the relation that shares its last three or two parts, or, where one of the two names
 * is a bare table, the last one. `ambiguous` names several relations that it could mean; a table of the same name in another
 * schema is none of them.
 */
export function findRelation<T>(
  { byWhole, byEnd }: RelationIndex<T>,
  relation: string,
): { readonly entries: readonly T[] } | { readonly ambiguous: readonly string[] } | undefined {
  const parts = partsOf(relation)
  for (let count = Math.min(parts.length, MOST_PARTS); count >= 1; count--) {
    const isBareAgainstWhole = count === 1 && parts.length > 1
    const named = (isBareAgainstWhole ? byWhole : byEnd).get(endOf(parts, count))
    if (named === undefined) continue
    return named.others.length === 0 ? { entries: named.entries } : { ambiguous: [named.whole, ...named.others] }
  }
  return undefined
}

/** The last part of a relation's name, without quotes, in lower case. */
export function bareName(relation: string): string {
  return partsOf(relation).at(-1) ?? ""
}

/** "`Shop`.\"Orders\"" → shop, orders. */
function partsOf(relation: string): readonly string[] {
  return relation
    .toLowerCase()
    .replaceAll(/["'`[\]]/g, "")
    .split(".")
    .map((part) => part.trim())
    .filter((part) => part !== "")
}

const endOf = (parts: readonly string[], count: number): string => parts.slice(-count).join(".")
