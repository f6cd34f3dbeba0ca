/** What a join's condition compares. */
import { after, isSymbol, isWord } from "../cursor.ts"
import type { Range } from "../structure.ts"
import { type Tokens, kind } from "../tokens.ts"

/** Whether two sides are compared for equality; an OR beside it leaves no key. `of`: one side has to be this source's, where both are named. */
export function hasKey(tokens: Tokens, range: Range, of?: string): boolean {
  if (hasTopLevel(tokens, range, "or")) return false
  for (let at = range.start + 1; at < range.end - 1; at++) {
    if (isEquality(tokens, at) && comparesSides(tokens, at, of)) return true
  }
  return false
}

/** `=`, `==`, `<=>`, `IS NOT DISTINCT FROM`. */
const isEquality = (tokens: Tokens, at: number): boolean =>
  isSymbol(tokens, at, "=") ||
  isSymbol(tokens, at, "==") ||
  isSymbol(tokens, at, "<=>") ||
  (isWord(tokens, at, "from") && isWord(tokens, at - 1, "distinct") && isWord(tokens, at - 2, "not"))

function comparesSides(tokens: Tokens, at: number, of: string | undefined): boolean {
  if (isLiteral(tokens, at - 1) || isLiteral(tokens, at + 1)) return false
  const left = qualifierBefore(tokens, at)
  const right = qualifierAfter(tokens, at)
  if (left === undefined || right === undefined) return true
  return left !== right && (of === undefined || left === of || right === of)
}

const literalWords = new Set([
  "true",
  "false",
  "null",
  "date",
  "timestamp",
  "interval",
  "current_date",
  "current_timestamp",
  "{}",
])

const isLiteral = (tokens: Tokens, at: number): boolean =>
  tokens.kind[at] === kind.string ||
  tokens.kind[at] === kind.number ||
  (tokens.kind[at] === kind.word &&
    !isSymbol(tokens, at + 1, ".") &&
    !isSymbol(tokens, at - 1, ".") &&
    literalWords.has(tokens.word[at]!))

/** First part of the qualified column that ends before an operator. */
function qualifierBefore(tokens: Tokens, at: number): string | undefined {
  let place = at - 1
  if (!isSymbol(tokens, place - 1, ".")) return undefined
  while (isSymbol(tokens, place - 1, ".") && place >= 2) place -= 2
  return tokens.word[place]?.toLowerCase()
}

const qualifierAfter = (tokens: Tokens, at: number): string | undefined =>
  isSymbol(tokens, at + 2, ".") ? tokens.word[at + 1]!.toLowerCase() : undefined

/** Whether a word stands in a range outside of brackets. */
export function hasTopLevel(tokens: Tokens, { start, end }: Range, word: string): boolean {
  for (let at = start; at < end; at = after(tokens, at)) if (isWord(tokens, at, word)) return true
  return false
}

const timeArithmetic =
  /^(interval|date_?add|date_?sub|add_(days|months|hours)|timestamp_?add|timestamp_?sub|datetime_(add|sub)|unix_timestamp|date_?diff|timestamp_?diff|datetime_diff)$/

/** Whether parts of a condition that compare a source with another one bound their distance in time from both sides. */
export function isInterval(tokens: Tokens, range: Range, source: string): boolean {
  const parts = conjunctsOf(tokens, range).filter((part) => comparesWith(tokens, part, source))
  const words = parts.flatMap(({ start, end }) => tokens.word.slice(start, end))
  if (!words.some((word) => timeArithmetic.test(word))) return false
  const below = words.some((word) => word === "<" || word === "<=")
  const above = words.some((word) => word === ">" || word === ">=")
  return words.includes("between") || (below && above) || words.some((word) => /(date|timestamp|time)_?diff$/.test(word))
}

/** Whether columns of the source and of another one stand in a part that is not an equality alone. */
function comparesWith(tokens: Tokens, { start, end }: Range, source: string): boolean {
  const named = new Set<string>()
  let isCompared = false
  for (let at = start; at < end; at++) {
    isCompared ||= /^([<>]=?|between)$/.test(tokens.word[at]!)
    if (isSymbol(tokens, at + 1, ".") && !isSymbol(tokens, at - 1, ".")) named.add(tokens.word[at]!.toLowerCase())
  }
  return isCompared && named.size > 1 && named.has(source)
}

/** Parts that AND joins outside of brackets; the AND of a BETWEEN joins none. */
function conjunctsOf(tokens: Tokens, { start, end }: Range): readonly Range[] {
  const parts: Range[] = []
  let from = start
  let isBetween = false
  for (let at = start; at < end; at = after(tokens, at)) {
    if (isWord(tokens, at, "between")) isBetween = true
    if (!isWord(tokens, at, "and")) continue
    if (isBetween) isBetween = false
    else {
      parts.push({ start: from, end: at })
      from = at + 1
    }
  }
  return [...parts, { start: from, end }]
}

/** Columns of a source that are tested for NULL in a condition whose parts are all joined by AND. */
export function nullTested(
  tokens: Tokens,
  range: Range | undefined,
  source: string,
): { readonly start: number; readonly end: number } | undefined {
  if (range === undefined || hasTopLevel(tokens, range, "or")) return undefined
  for (let at = range.start; at < range.end; at = after(tokens, at)) {
    if (!isWord(tokens, at, "is") || !isWord(tokens, at + 1, "null")) continue
    if (isSymbol(tokens, at - 2, ".") && tokens.word[at - 3]?.toLowerCase() === source) return { start: at - 3, end: at + 2 }
  }
  return undefined
}
