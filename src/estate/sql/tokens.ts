/** SQL text → tokens, for every dialect at once: one pass, tolerant, each token with its place in the text. */
import { endOfComment, endOfQuoted, endOfWord, isDigit, isSpace, isWordStart, startsString } from "./characters.ts"

export const kind = { word: 0, quoted: 1, string: 2, number: 3, symbol: 4, open: 5, close: 6, macro: 7 } as const
export type Kind = (typeof kind)[keyof typeof kind]

/** Tokens as columns, so that a text of megabytes stays small. */
export interface Tokens {
  readonly text: string
  readonly kind: Kind[]
  readonly start: number[]
  readonly end: number[]
  /** Words in lower case, names without quotes, symbols; "" for strings and numbers. */
  readonly word: string[]
  /** The other bracket of an open or close one; -1 where there is none. */
  readonly match: number[]
  /** Why the text cannot be understood as a whole; absent when it can. */
  broken?: string
}

/** Tokens of a SQL text; a backslash escapes a quote unless that leaves the last string open. */
export function tokenize(text: string): Tokens {
  const tokens = startTokens(text)
  addTokens(tokens, 0, text.length, true)
  if (tokens.broken === openString) {
    const plain = startTokens(text)
    addTokens(plain, 0, text.length, false)
    if (plain.broken === undefined) return plain
  }
  return tokens
}

/** No tokens yet. */
export const startTokens = (text: string): Tokens => ({ text, kind: [], start: [], end: [], word: [], match: [] })

/** Adds the tokens of a range of the text. */
export function addTokens(tokens: Tokens, from: number, to: number, backslash: boolean): void {
  const { text } = tokens
  let at = from
  while (at < to) {
    const code = text.charCodeAt(at)
    if (isSpace(code)) at++
    else at = Math.min(to, next(tokens, at, to, code, backslash))
  }
}

/** Adds one token. */
export function addToken(tokens: Tokens, what: Kind, start: number, end: number, word: string): void {
  tokens.kind.push(what)
  tokens.start.push(start)
  tokens.end.push(end)
  tokens.word.push(word)
  tokens.match.push(-1)
}

/** Matches brackets of every shape in a range with a stack; gives why they do not fit, `undefined` when they do. */
export function pairBrackets(tokens: Tokens, from: number, to: number): string | undefined {
  const open: number[] = []
  let problem: string | undefined
  for (let at = from; at < to; at++) {
    if (tokens.kind[at] === kind.open) open.push(at)
    else if (tokens.kind[at] === kind.close) {
      const first = open.pop()
      if (first === undefined)
        problem ??= `a bracket is closed that was never opened (line ${lineAt(tokens.text, tokens.start[at]!)})`
      else {
        tokens.match[first] = at
        tokens.match[at] = first
      }
    }
  }
  const left = open[0]
  return (
    problem ?? (left === undefined ? undefined : `a bracket is never closed (line ${lineAt(tokens.text, tokens.start[left]!)})`)
  )
}

/** Line of a place in a text, from 1. */
export function lineAt(text: string, place: number): number {
  let line = 1
  for (let at = text.indexOf("\n"); at !== -1 && at < place; at = text.indexOf("\n", at + 1)) line++
  return line
}

const openString = "a string is never closed"

/** Reads what begins here; gives where the next may begin. */
function next(tokens: Tokens, at: number, to: number, code: number, backslash: boolean): number {
  const { text } = tokens
  if (code === 45 || code === 47 || code === 35) {
    const comment = endOfComment(text, at, code, code === 35 && followsFrom(tokens))
    if (comment !== -1) return comment
  }
  const first = startsString(text, at, code)
  if (first !== -1) return takeQuoted(tokens, at, first, backslash)
  if (isWordStart(text, at, code)) {
    const end = endOfWord(text, at, to)
    addToken(tokens, kind.word, at, end, text.slice(at, end).toLowerCase())
    return end
  }
  if (isDigit(code) || (code === 46 && isDigit(text.charCodeAt(at + 1)))) return takeNumber(tokens, at, to)
  if (code === 40 || code === 91) addToken(tokens, kind.open, at, at + 1, text[at]!)
  else if (code === 41 || code === 93) addToken(tokens, kind.close, at, at + 1, text[at]!)
  else {
    const end = at + symbolLength(text, at)
    addToken(tokens, kind.symbol, at, end, text.slice(at, end))
    return end
  }
  return at + 1
}

/** A string, or a name in quotes; `first` is where the quote stands. */
function takeQuoted(tokens: Tokens, at: number, first: number, backslash: boolean): number {
  const { text } = tokens
  const quote = text.charCodeAt(first)
  // PostgreSQL's E'…' is the one whose backslashes are never plain.
  const isEscaped = first > at && (text.charCodeAt(at) | 32) === 101
  const { end, inner, closed } = endOfQuoted(text, first, isEscaped || (backslash && quote !== 96))
  const isName = first === at && (quote === 34 || quote === 96)
  if (!closed) tokens.broken ??= openString
  addToken(
    tokens,
    isName ? kind.quoted : kind.string,
    at,
    end,
    isName ? text.slice(first + inner, Math.max(first + inner, end - inner)) : "",
  )
  return end
}

function takeNumber(tokens: Tokens, at: number, to: number): number {
  const { text } = tokens
  let end = at
  while (end < to && (isDigit(text.charCodeAt(end)) || isPoint(text, end))) end++
  const exponent = text.charCodeAt(end) | 32
  const sign = text.charCodeAt(end + 1)
  if (exponent === 101 && (isDigit(sign) || ((sign === 43 || sign === 45) && isDigit(text.charCodeAt(end + 2))))) {
    end += 2
    while (end < to && isDigit(text.charCodeAt(end))) end++
  }
  const whole = isWordStart(text, end, text.charCodeAt(end)) && text.charCodeAt(end - 1) !== 46 ? endOfWord(text, end, to) : end
  // "2024_orders" is a name, "10L" a number.
  if (whole - end > 2 || text.charCodeAt(end) === 95) addToken(tokens, kind.word, at, whole, text.slice(at, whole).toLowerCase())
  else addToken(tokens, kind.number, at, whole, "")
  return whole
}

/** The point of a number, not that between the parts of a name (`project-123.orders`). */
function isPoint(text: string, at: number): boolean {
  const after = text.charCodeAt(at + 1)
  return (
    text.charCodeAt(at) === 46 &&
    after !== 46 &&
    after !== 96 &&
    (isDigit(after) || !isWordStart(text, at + 1, after) || isExponent(text, at + 1))
  )
}

/** `e5` after "1." */
const isExponent = (text: string, at: number): boolean => (text.charCodeAt(at) | 32) === 101 && isDigit(text.charCodeAt(at + 1))

/** Only after these, or before a point, can "#name" be a table. */
const beforeNames = new Set(["from", "join", "into", "table", "update", "exists", "delete", "merge", "using"])

const followsFrom = ({ word }: Tokens): boolean => beforeNames.has(word.at(-1) ?? "")

/** Codes of the signs that begin a symbol of two or three: < > : = ! | - &. */
const starting = new Set([60, 62, 58, 61, 33, 124, 45, 38])
const pairs = new Set(["::", "=>", "<=", ">=", "<>", "!=", "||", "->", "==", ":=", "&&", "!~"])

function symbolLength(text: string, at: number): number {
  if (!starting.has(text.charCodeAt(at))) return 1
  if (text.startsWith("<=>", at) || text.startsWith("->>", at)) return 3
  return pairs.has(text.slice(at, at + 2)) ? 2 : 1
}
