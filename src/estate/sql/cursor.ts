/** Looking at tokens. */
import { type Tokens, kind } from "./tokens.ts"

export const isWord = (tokens: Tokens, at: number, word: string): boolean =>
  tokens.kind[at] === kind.word && tokens.word[at] === word

/** Whether this word and the one after it are these two. */
export const areWords = (tokens: Tokens, at: number, first: string, second: string): boolean =>
  isWord(tokens, at, first) && isWord(tokens, at + 1, second)

export const isSymbol = (tokens: Tokens, at: number, symbol: string): boolean =>
  tokens.kind[at] === kind.symbol && tokens.word[at] === symbol

export const isOpen = (tokens: Tokens, at: number): boolean => tokens.kind[at] === kind.open && tokens.word[at] === "("

/** A word that is no part of a qualified name: nothing with a dot before or after it. */
export const isBare = (tokens: Tokens, at: number): boolean =>
  tokens.kind[at] === kind.word && !isSymbol(tokens, at - 1, ".") && !isSymbol(tokens, at + 1, ".")

/** The token after this one, or after its closing bracket. */
export function after(tokens: Tokens, at: number): number {
  const match = tokens.kind[at] === kind.open ? tokens.match[at]! : -1
  return (match > at ? match : at) + 1
}

/** Brackets around a query that are looked through: a hostile text must not be looked at again and again. */
const mostBrackets = 16

/** Whether a query begins here, brackets before it included. */
export function startsQuery(tokens: Tokens, from: number): boolean {
  let at = from
  while (isOpen(tokens, at) && at - from < mostBrackets) at++
  if (tokens.kind[at] !== kind.word) return false
  const word = tokens.word[at]
  if (word === "select") return !isSymbol(tokens, at + 1, ".")
  if (word === "with") return at === from || !isOpen(tokens, at + 1)
  if (word === "from") return at === from && tokens.kind[at + 1] !== kind.symbol
  return word === "values" && at > from - 1 && isOpen(tokens, at + 1) && at === from
}

/** Whether a bracket holds a query and nothing else: `coalesce((SELECT …), 0)` and `((SELECT …) x JOIN y)` begin with one. */
export function opensQuery(tokens: Tokens, open: number): boolean {
  let at = open
  for (; isOpen(tokens, at + 1) && at - open < mostBrackets; at++) {
    const next = after(tokens, at + 1)
    if (next !== tokens.match[at] && !followsBranch.has(tokens.word[next]!)) return false
  }
  return startsQuery(tokens, at + 1)
}

/** What may follow a bracketed query inside of another bracket. */
const followsBranch = new Set(["union", "intersect", "except", "minus", "order", "limit", "offset", "fetch"])

/** The text of a range, one space in place of white space, cut to a length that can be shown. */
export function textOf(tokens: Tokens, start: number, end: number, longest = 160): string {
  if (end <= start) return ""
  const from = tokens.start[start]!
  const whole = tokens.text.slice(from, Math.min(tokens.end[end - 1]!, from + longest * 4)).replaceAll(/\s+/g, " ")
  return whole.length <= longest ? whole : `${whole.slice(0, longest - 1)}…`
}
