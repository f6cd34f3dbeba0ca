/** Conditions taken apart, for the checks. */
import type { Condition, RowPredicate } from "../model.ts"
import type { Path } from "./fault.ts"

/** A condition without all, any, not. */
export type Atom = Exclude<Condition, { all: unknown } | { any: unknown } | { not: unknown }>

/** The atoms of a condition with their places. */
export function atomsOf(condition: Condition, path: Path): readonly { readonly atom: Atom; readonly path: Path }[] {
  if ("all" in condition) return condition.all.flatMap((each, at) => atomsOf(each, [...path, "all", at]))
  if ("any" in condition) return condition.any.flatMap((each, at) => atomsOf(each, [...path, "any", at]))
  if ("not" in condition) return atomsOf(condition.not, [...path, "not"])
  return [{ atom: condition, path }]
}

/** The question that an atom looks at. */
export function questionIn(atom: Atom): string | undefined {
  if ("question" in atom) return atom.question
  return "rows" in atom ? atom.rows : undefined
}

/** The tests on rows of an atom, with their places. */
export function predicatesIn(
  atom: Atom,
  path: Path,
): readonly { readonly predicates: readonly RowPredicate[]; readonly path: Path }[] {
  if (!("rows" in atom)) return []
  return [
    ...(atom.where ? [{ predicates: atom.where, path: [...path, "where"] }] : []),
    ...("every" in atom ? [{ predicates: atom.every, path: [...path, "every"] }] : []),
  ]
}
