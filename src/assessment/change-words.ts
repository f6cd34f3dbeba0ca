/** How a difference is told: "Called “new”, before “old”". */

/** Whether two parts of a questionnaire say the same, whatever the order of their keys. */
export function isSame(before: unknown, after: unknown): boolean {
  return before === after || canonical(before) === canonical(after)
}

/** A sentence when the two differ. Text is quoted in full: an author wants to see both. */
export function reworded(what: string, before: string | undefined, after: string | undefined): readonly string[] {
  if ((before ?? "") === (after ?? "")) return []
  if (!after) return [`${what}: “${before ?? ""}” is gone`]
  return [before ? `${what}: “${after}”, before “${before}”` : `${what}: “${after}”, before none`]
}

/** A sentence when two plain values differ. */
export function changedTo(what: string, before: string | number, after: string | number): readonly string[] {
  return before === after ? [] : [`${what}: ${after}, before ${before}`]
}

/** A sentence of its own when two structures differ. */
export function differs(sentence: string, before: unknown, after: unknown): readonly string[] {
  return isSame(before, after) ? [] : [sentence]
}

interface Sorted<T> {
  readonly added: readonly T[]
  readonly removed: readonly T[]
  readonly kept: readonly (readonly [before: T, after: T])[]
}

/** Two lists of things with ids, told apart. */
export function byId<T>(before: readonly T[], after: readonly T[], id: (item: T) => string | number): Sorted<T> {
  const old = new Map(before.map((item) => [id(item), item]))
  const now = new Set(after.map(id))
  return {
    added: after.filter((item) => !old.has(id(item))),
    removed: before.filter((item) => !now.has(id(item))),
    kept: after.flatMap((item) => {
      const known = old.get(id(item))
      return known === undefined ? [] : [[known, item] as const]
    }),
  }
}

/** "a, b", or "nobody" and the like for none. */
export function listOr(none: string, items: readonly string[]): string {
  return items.length === 0 ? none : items.join(", ")
}

function canonical(value: unknown): string {
  return (
    JSON.stringify(value, (_key, part: unknown) =>
      typeof part === "object" && part !== null && !Array.isArray(part)
        ? Object.fromEntries(Object.entries(part).toSorted(([a], [b]) => (a < b ? -1 : 1)))
        : part,
    ) ?? "nothing"
  )
}
