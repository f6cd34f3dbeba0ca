/** Names of relations: parted, folded, and matched where a text leaves out the database or the schema. */

/** Parts of a name in lower case without quotes: "`Sales`.Orders" → ["sales", "orders"]; a dot within braces parts nothing. */
export function partsOf(relation: string): readonly string[] {
  const parts: string[] = []
  let part = ""
  let depth = 0
  for (const sign of relation.toLowerCase()) {
    if (sign === "{") depth += 1
    else if (sign === "}") depth -= 1
    if (sign === "." && depth <= 0) {
      parts.push(part.trim())
      part = ""
    } else if (depth > 0 || !quotes.has(sign)) part += sign
  }
  return [...parts, part.trim()].filter((each) => each !== "")
}

/** The same in one piece, to compare with: "`Sales`.Orders" → "sales.orders". */
export const foldedName = (relation: string): string => partsOf(relation).join(".")

/** What a name stands before its last part: "sales" of "prod.sales.orders"; `undefined` where it has one part only. */
export const schemaOf = (relation: string): string | undefined => partsOf(relation).at(-2)

const quotes: ReadonlySet<string> = new Set(["`", '"', "[", "]"])

/** What was found for a name: the folded name of a written relation, several that fit as well, or nothing. */
export type Match = { readonly name: string } | "ambiguous" | undefined

/** Names that one statement mentions, read and written. */
export type Mentions = readonly string[]

/**
 * Finds written relations by name: the same name, else the one whose longest end is the same ("sales.orders" for
 * "prod.sales.orders" and the other way round). Two names that one statement mentions are two tables, however alike.
 */
export function relationFinder(written: Iterable<string>, mentions: Iterable<Mentions>): (relation: string) => Match {
  const whole = new Set([...written].map(foldedName))
  const byEnd = endsOf(whole)
  const apart = namesApart(mentions)
  const isOther = (short: string, long: string): boolean => apart.has(`${short}\n${long}`)
  return (relation) => {
    const name = foldedName(relation)
    if (whole.has(name)) return { name }
    const longer = byEnd.get(name)
    if (longer === several) return "ambiguous"
    if (longer !== undefined && !isOther(name, longer)) return { name: longer }
    const shorter = properEnds(name).find((end) => whole.has(end) && !isOther(end, name))
    return shorter === undefined ? undefined : { name: shorter }
  }
}

const several = "\n"

/** End of a name → the only relation that ends so, or `several`. */
function endsOf(names: Iterable<string>): ReadonlyMap<string, string> {
  const byEnd = new Map<string, string>()
  for (const name of names) for (const end of properEnds(name)) byEnd.set(end, byEnd.has(end) ? several : name)
  return byEnd
}

/** Pairs of names, the shorter one first, that one statement mentions beside each other. */
function namesApart(mentions: Iterable<Mentions>): ReadonlySet<string> {
  const apart = new Set<string>()
  for (const each of mentions) {
    const names = new Set(each.map(foldedName))
    for (const name of names) for (const end of properEnds(name)) if (names.has(end)) apart.add(`${end}\n${name}`)
  }
  return apart
}

// No catalog has names of more parts; without a limit a name of a thousand dots would cost a million.
const mostParts = 6

/** Ends of a folded name, the longest first: "a.b.c" → ["b.c", "c"]. */
function properEnds(name: string): readonly string[] {
  const parts = partsOf(name)
  if (parts.length > mostParts) return []
  return parts.slice(1).map((_, at) => parts.slice(at + 1).join("."))
}
