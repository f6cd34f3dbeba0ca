/** The statements of a file: cut at semicolons, at GO, and where the next begins on a line of its own without either. */
import { areWords, isSymbol, isWord } from "./cursor.ts"
import type { Range } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"
import { statementStarts } from "./words.ts"

/** Ranges of tokens, one per statement, in their order. Bodies of procedures stay whole. */
export function splitStatements(tokens: Tokens): readonly Range[] {
  const ranges: Range[] = []
  const { length } = tokens.kind
  let start = 0
  let depth = 0
  const cut = (end: number, next: number): void => {
    if (end > start) ranges.push({ start, end })
    start = next
    depth = 0
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
      if (isWord(tokens, at, "go") && isLastOnLine(tokens, at)) cut(at, at + 1)
      else if (depth === 0 && startsAnew(tokens, start, at)) cut(at--, at + 1)
    }
  }
  cut(length, length)
  return ranges
}

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

function hasBefore(tokens: Tokens, from: number, word: string): boolean {
  for (let at = from; at < tokens.kind.length && !isSymbol(tokens, at, ";"); at++) if (isWord(tokens, at, word)) return true
  return false
}

/** The semicolon that ends a block, its inner ones passed over; the end of the text when none does. */
function endOfProcedure(tokens: Tokens, from: number): number {
  let depth = 0
  for (let at = from; at < tokens.kind.length; at++) {
    if (isSymbol(tokens, at, ";") && depth === 0) return at
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

/** Whether a statement begins although the one before has no semicolon. */
function startsAnew(tokens: Tokens, start: number, at: number): boolean {
  const word = tokens.word[at]!
  if (tokens.kind[at] !== kind.word || !statementStarts.has(word) || isSymbol(tokens, at + 1, ".")) return false
  const first = tokens.word[start]!
  if (
    ["explain", "create", "alter", "grant", "revoke", "merge", "comment"].includes(first) &&
    (word !== "create" || first !== "create")
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

const isIntoOrOverwrite = (tokens: Tokens, at: number): boolean => isWord(tokens, at, "into") || isWord(tokens, at, "overwrite")
