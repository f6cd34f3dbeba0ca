/** What a SELECT's columns are: their expressions and names. */
import { after, isSymbol, isWord } from "../cursor.ts"
import type { Core, Range } from "../structure.ts"
import { type Tokens, kind } from "../tokens.ts"

export interface Item extends Range {
  /** In lower case; absent for an expression without a name. */
  readonly name?: string
}

const known = new WeakMap<Core, readonly Item[]>()

/** The columns of a SELECT in their order. */
export function itemsOf(tokens: Tokens, core: Core): readonly Item[] {
  if (core.select === undefined) return []
  const items = known.get(core) ?? splitAtCommas(tokens, core.select).map((range) => ({ ...range, ...named(tokens, range) }))
  known.set(core, items)
  return items
}

/** Ranges between the commas outside of brackets. */
export function splitAtCommas(tokens: Tokens, { start, end }: Range): readonly Range[] {
  const ranges: Range[] = []
  let from = start
  for (let at = start; at < end; at = after(tokens, at)) {
    if (!isSymbol(tokens, at, ",")) continue
    ranges.push({ start: from, end: at })
    from = at + 1
  }
  return from < end ? [...ranges, { start: from, end }] : ranges
}

function named(tokens: Tokens, { start, end }: Range): { readonly name?: string } {
  const last = end - 1
  if (tokens.kind[last] !== kind.word && tokens.kind[last] !== kind.quoted) return {}
  if (last > start && isSymbol(tokens, last - 1, "::")) return {}
  if (last > start && tokens.kind[last - 1] === kind.symbol && tokens.word[last - 1] !== ".") return {}
  return last > start && isWord(tokens, last, "end") ? {} : { name: tokens.word[last]!.toLowerCase() }
}
