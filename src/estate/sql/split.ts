/** The statements of a file: cut at semicolons, at GO, and where the next begins on a line of its own without either. */
import { areWords, isOpen, isSymbol, isWord } from "./cursor.ts"
import type { Range } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"
import { statementStarts } from "./words.ts"

/** Ranges of tokens, one per statement, in their order. Bodies of procedures stay whole. */
export function splitStatements(tokens: Tokens): readonly Range[] {
  const ranges: Range[] = []
  const { length } = tokens.kind
  let start = 0
  let depth = 0
  let seen = nothing
  const hasCells = tokens.text.includes(cell)
  const cut = (end: number, next: number): void => {
    // Oracle's tools run what stands before a slash.
    if (end > start && !(end === start + 1 && isSymbol(tokens, start, "/"))) ranges.push({ start, end })
    start = next
    depth = 0
    seen = nothing
  }
  for (let at = 0; at < length; at++) {
    if (at === start) {
      const skip = wrapperAt(tokens, at)
      if (skip > at) {
        at = skip - 1
        start = skip
        continue
      }
      if (isProcedural(tokens, at)) {
        at = endOfProcedure(tokens, at)
        cut(at, at + 1)
        continue
      }
    }
    if (isSymbol(tokens, at, ";")) cut(at, at + 1)
    else if (tokens.kind[at] === kind.open) depth++
    else if (tokens.kind[at] === kind.close) depth = Math.max(0, depth - 1)
    else if (at > start && isFirstOnLine(tokens, at)) {
      if (isWord(tokens, at, "go") && isLastOnLine(tokens, at)) {
        cut(at, at + 1)
        continue
      }
      if (hasCells && gapBefore(tokens, at).includes(cell)) cut(at, at)
      if (depth === 0 && startsAnew(tokens, start, at, seen)) cut(at, at)
    }
    if (depth === 0 && tokens.kind[at] === kind.word) seen = look(tokens, at, seen)
  }
  cut(length, length)
  return ranges
}

/** Stands between the cells of a notebook that is kept as SQL. */
const cell = "-- COMMAND ----------"

const gapBefore = ({ text, start, end }: Tokens, at: number): string => text.slice(end[at - 1], start[at])

/** `EXECUTE STATEMENT SET BEGIN` and `BEGIN STATEMENT SET;` hold ordinary statements. */
function wrapperAt(tokens: Tokens, at: number): number {
  if (areWords(tokens, at, "execute", "statement") && areWords(tokens, at + 2, "set", "begin")) return at + 4
  if (
    areWords(tokens, at, "begin", "statement") ||
    areWords(tokens, at, "begin", "transaction") ||
    areWords(tokens, at, "begin", "tran")
  ) {
    let end = at
    while (end < tokens.kind.length && !isSymbol(tokens, end, ";")) end++
    return end + 1
  }
  if ((isWord(tokens, at, "begin") || isWord(tokens, at, "end")) && isSymbol(tokens, at + 1, ";")) return at + 2
  return at
}

const procedural = new Set(["begin", "while", "loop", "repeat"])

function isProcedural(tokens: Tokens, at: number): boolean {
  if (tokens.kind[at] !== kind.word) return false
  const word = tokens.word[at]!
  if (procedural.has(word)) return true
  if (word === "for") return isWord(tokens, at + 2, "in")
  if (word === "if") return hasBefore(tokens, at, "then")
  if (word !== "create" && word !== "alter") return false
  return tokens.word
    .slice(at + 1, at + 7)
    .some((each) => each === "procedure" || each === "function" || each === "trigger" || each === "proc" || each === "package")
}

/** Nobody writes a longer condition; a hostile text must not be looked at again and again. */
const longestLook = 2000

function hasBefore(tokens: Tokens, from: number, word: string): boolean {
  for (let at = from; at < Math.min(tokens.kind.length, from + longestLook) && !isSymbol(tokens, at, ";"); at++)
    if (isWord(tokens, at, word)) return true
  return false
}

/** The semicolon that ends a block, its inner ones passed over; the end of the text when none does. */
function endOfProcedure(tokens: Tokens, from: number): number {
  let depth = 0
  let brackets = 0
  for (let at = from; at < tokens.kind.length; at++) {
    if (tokens.kind[at] === kind.open) brackets++
    else if (tokens.kind[at] === kind.close) brackets = Math.max(0, brackets - 1)
    else if (isSymbol(tokens, at, ";")) {
      if (depth === 0) return at
      brackets = 0
    }
    // Words in brackets are functions and cases, no blocks.
    if (brackets > 0) continue
    if (isWord(tokens, at, "go") && isFirstOnLine(tokens, at) && isLastOnLine(tokens, at)) return at
    if (tokens.kind[at] !== kind.word || isSymbol(tokens, at - 1, ".")) continue
    const word = tokens.word[at]!
    if (word === "end") {
      depth = Math.max(0, depth - 1)
      if (["if", "loop", "case", "while", "for", "repeat"].includes(tokens.word[at + 1]!)) at++
    } else if (word === "begin" || word === "case" || word === "loop" || word === "repeat") depth++
    else if (word === "if" && startsBlock(tokens, at) && hasBefore(tokens, at, "then")) depth++
  }
  return tokens.kind.length
}

/** IF as a statement, not as a function or in IF EXISTS. */
const startsBlock = (tokens: Tokens, at: number): boolean =>
  isSymbol(tokens, at - 1, ";") ||
  at === 0 ||
  ["then", "else", "begin", "loop", "do"].includes(tokens.word[at - 1]!) ||
  (isFirstOnLine(tokens, at) && !areWords(tokens, at - 1, "end", "if"))

const isFirstOnLine = (tokens: Tokens, at: number): boolean =>
  at === 0 || tokens.text.slice(tokens.end[at - 1], tokens.start[at]).includes("\n")
const isLastOnLine = (tokens: Tokens, at: number): boolean =>
  at + 1 >= tokens.kind.length || tokens.text.slice(tokens.end[at], tokens.start[at + 1]).includes("\n")

/** Words that no other statement has at the head of a line. */
const alwaysNew = new Set(["create", "drop", "truncate", "declare", "exec", "alter", "use"])

/** What a statement has had so far outside of brackets. */
interface Seen {
  readonly as: boolean
  readonly select: boolean
}

const nothing: Seen = { as: false, select: false }

function look(tokens: Tokens, at: number, seen: Seen): Seen {
  if (isWord(tokens, at, "as") && !seen.as) return { ...seen, as: true }
  return isWord(tokens, at, "select") && !seen.select ? { ...seen, select: true } : seen
}

/** Whether a statement begins although the one before has no semicolon. */
function startsAnew(tokens: Tokens, start: number, at: number, seen: Seen): boolean {
  const word = tokens.word[at]!
  if (tokens.kind[at] !== kind.word || !statementStarts.has(word) || isSymbol(tokens, at + 1, ".")) return false
  const first = tokens.word[start]!
  if (first === "if" && !hasInner(tokens, start, at)) return false
  if (word === "select") return isSecondSelect(tokens, start, at, seen)
  const isDefinition = first === "create" && !seen.as && !seen.select
  if (
    ["explain", "create", "alter", "grant", "revoke", "merge", "comment"].includes(first) &&
    (word !== "create" || first !== "create") &&
    !(isDefinition && word === "insert")
  )
    return first === "create" && alwaysNew.has(word) && word !== "use" && !isWord(tokens, at - 1, "as")
  if (alwaysNew.has(word)) return tokens.kind[at - 1] !== kind.symbol && tokens.word[at - 1] !== "as"
  if (word === "insert") return isIntoOrOverwrite(tokens, at + 1) && !["from", "with"].includes(first) && first !== "insert"
  if (word === "merge") return isWord(tokens, at + 1, "into") && first !== "with"
  return (
    word === "update" &&
    isWord(tokens, at + 2, "set") &&
    first !== "with" &&
    tokens.word[at - 1] !== "on" &&
    tokens.word[at - 1] !== "for"
  )
}

/** Statements that hold no SELECT outside of brackets. */
const withoutSelect = new Set("drop truncate use set exec execute print update delete declare if".split(" "))

/** A SELECT at the head of a line, not after a set operation, in a statement that has its own already or needs none. */
function isSecondSelect(tokens: Tokens, start: number, at: number, seen: Seen): boolean {
  const first = tokens.word[start]!
  const before = tokens.kind[at - 1] === kind.word ? tokens.word[at - 1]! : ""
  if (["union", "all", "except", "intersect", "minus", "distinct", "as", "name", "begin", "then", "else"].includes(before))
    return false
  if (withoutSelect.has(first)) return true
  const isQuery = first === "select" || first === "insert" || (first === "with" && tokens.kind[at - 1] !== kind.close)
  return isQuery && seen.select && !hasHiveInserts(tokens, start, at)
}

/** Tokens of an IF and its condition that are looked through for its statement. */
const longestIf = 300

const inner = new Set("drop insert update delete exec execute print set truncate merge select create".split(" "))

/** Whether an IF has the one statement that it is for. */
function hasInner(tokens: Tokens, start: number, at: number): boolean {
  for (let place = start + 1; place < Math.min(at, start + longestIf); place++) {
    if (tokens.kind[place] === kind.word && inner.has(tokens.word[place]!) && !isOpen(tokens, place - 1)) return true
  }
  return at - start > longestIf
}

/** `INSERT … SELECT … INSERT … SELECT` of one FROM. */
function hasHiveInserts(tokens: Tokens, start: number, at: number): boolean {
  let place = at - 1
  while (place > start && !isWord(tokens, place, "insert") && !isWord(tokens, place, "select")) place--
  return place > start && isWord(tokens, place, "insert")
}

const isIntoOrOverwrite = (tokens: Tokens, at: number): boolean => isWord(tokens, at, "into") || isWord(tokens, at, "overwrite")
