/** Limits on columns: which names are compared with a number in WHERE, ON or QUALIFY anywhere in a statement. */
import { after, isSymbol, isWord, textOf } from "../cursor.ts"
import type { Core, Range, Structure } from "../structure.ts"
import { type Tokens, kind } from "../tokens.ts"

export interface Limit {
  /** Largest number that passes. */
  readonly most: number
  readonly words: string
}

/** Limits by the name of the column in lower case, or "@" and the token of the call where QUALIFY limits it directly. */
export function limitsOf({ tokens, queries }: Structure): ReadonlyMap<string, Limit> {
  const limits = new Map<string, Limit>()
  for (const query of queries) {
    for (const core of query.cores) for (const range of conditionsOf(core)) addLimits(tokens, range, limits)
  }
  return limits
}

const conditionsOf = (core: Core): readonly Range[] =>
  [core.where, core.qualify, core.having, ...core.sources.map(({ on }) => on)].filter((range) => range !== undefined)

const comparisons = new Set(["=", "==", "<", "<=", "<=>"])

function addLimits(tokens: Tokens, { start, end }: Range, limits: Map<string, Limit>): void {
  for (let at = start; at < end; at++) {
    const isCompared = tokens.kind[at] === kind.symbol && comparisons.has(tokens.word[at]!)
    if (isCompared && tokens.kind[at + 1] === kind.number) {
      const number = numberAt(tokens, at + 1) - (tokens.word[at] === "<" ? 1 : 0)
      addLimit(tokens, at - 1, { most: number, words: textOf(tokens, at - 1, at + 2) }, limits)
    } else if (
      isCompared &&
      tokens.word[at] === "=" &&
      tokens.kind[at - 1] === kind.number &&
      tokens.kind[at + 1] === kind.word
    ) {
      let name = at + 1
      while (isSymbol(tokens, name + 1, ".")) name += 2
      limits.set(tokens.word[name]!.toLowerCase(), { most: numberAt(tokens, at - 1), words: textOf(tokens, at - 1, name + 1) })
    } else if (isWord(tokens, at, "between") || isWord(tokens, at, "in")) {
      addLimit(tokens, at - 1, { most: 2, words: textOf(tokens, at - 1, after(tokens, at + 1)) }, limits)
    }
  }
}

function addLimit(tokens: Tokens, before: number, limit: Limit, limits: Map<string, Limit>): void {
  if (tokens.kind[before] === kind.word || tokens.kind[before] === kind.quoted) {
    limits.set(tokens.word[before]!.toLowerCase(), limit)
    return
  }
  // "row_number() over (…) = 1": back from the window's bracket to the call.
  const over = tokens.match[before] ?? -1
  if (over > 2 && isWord(tokens, over - 1, "over") && tokens.match[over - 2]! > 0)
    limits.set(`@${tokens.match[over - 2]! - 1}`, limit)
}

const numberAt = (tokens: Tokens, at: number): number => Number.parseFloat(tokens.text.slice(tokens.start[at], tokens.end[at]))
