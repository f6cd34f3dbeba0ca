/** What words in order say of a statement whose structure cannot be understood: one pass, no brackets needed. */
import type { ConstructId } from "../construct-table.ts"
import { constructTable } from "../construct-table.ts"
import type { FoundConstruct } from "../model.ts"
import { areWords, isOpen, isSymbol, isWord } from "./cursor.ts"
import { nameText, readName } from "./names.ts"
import { isJoinAt } from "./parse-from.ts"
import type { Range } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"
import { aggregates, rankings, unnesting } from "./words.ts"

export interface Scan {
  readonly reads: readonly string[]
  readonly writes: readonly string[]
  readonly constructs: readonly FoundConstruct[]
}

/** Scans a range of tokens. */
export function scan(tokens: Tokens, { start, end }: Range): Scan {
  const reads = new Map<string, string>()
  const writes = new Map<string, string>()
  const ctes = new Set<string>()
  const constructs: FoundConstruct[] = []
  const note = (construct: ConstructId, at: number, to: number, reason: string): void => {
    if (constructs.length >= 200) return
    const { keepsState, factor } = constructTable[construct]
    constructs.push({
      construct,
      start: tokens.start[at]!,
      end: tokens.end[to - 1]!,
      line: 0,
      reason,
      stateful: keepsState,
      factor,
    })
  }
  for (let at = start; at < end; at++) {
    if (tokens.kind[at] !== kind.word || isSymbol(tokens, at - 1, ".")) continue
    const word = tokens.word[at]!
    if (isWord(tokens, at + 1, "as") && isOpen(tokens, at + 2)) ctes.add(word)
    const target = isWrite(tokens, at, word) ? writes : word === "from" || word === "using" || word === "join" ? reads : undefined
    if (target !== undefined) addName(tokens, at + 1, target)
    scanWord(tokens, at, word, note)
  }
  for (const cte of ctes) reads.delete(cte)
  return { reads: [...reads.values()], writes: [...writes.values()], constructs }
}

/** Words before what is written. */
function isWrite(tokens: Tokens, at: number, word: string): boolean {
  if (word === "into") return true
  if (word === "table") return isWord(tokens, at - 1, "overwrite") || isWord(tokens, at - 1, "truncate")
  if (word === "from") return isWord(tokens, at - 1, "delete")
  const name = word === "update" ? readName(tokens, at + 1) : undefined
  return name !== undefined && (isWord(tokens, name.end, "set") || isWord(tokens, name.end + 1, "set"))
}

function addName(tokens: Tokens, at: number, names: Map<string, string>): void {
  const name = readName(tokens, isWord(tokens, at, "table") ? at + 1 : at)
  if (name === undefined || isOpen(tokens, name.end) || isWord(tokens, at, "select") || isWord(tokens, at, "values")) return
  const text = nameText(name.parts)
  names.set(text.toLowerCase(), text)
}

type Note = (construct: ConstructId, at: number, to: number, reason: string) => void

function scanWord(tokens: Tokens, at: number, word: string, note: Note): void {
  const next = tokens.word[at + 1]
  if (isJoinAt(tokens, at) && tokens.word[at - 1] !== word && !isJoinAt(tokens, at - 1)) {
    const words = tokens.word.slice(at, at + 4)
    const isList = words.includes("cross") && tokens.word.slice(at, at + 5).some((each) => unnesting.has(each))
    if (isList) note("unnest", at, at + 2, "a list in the record is turned into rows")
    else
      note(
        joinOf(words),
        at,
        at + 1,
        words
          .slice(0, words.indexOf("join") + 1)
          .join(" ")
          .toUpperCase(),
      )
  } else if (areWords(tokens, at, "group", "by")) note("group-by", at, at + 2, "GROUP BY")
  else if (word === "having") note("having", at, at + 1, "HAVING")
  else if (word === "distinct" && !(tokens.word[at - 1] === "is" || tokens.word[at - 1] === "not"))
    note(tokens.word[at - 1] === "(" ? "count-distinct" : "distinct", at, at + 1, "DISTINCT")
  else if (word === "over" && isOpen(tokens, at + 1)) note("over-unsupported", at, at + 1, "OVER: the window is not understood")
  else if (word === "union")
    note(next === "all" ? "union-all" : "distinct", at, at + 1, next === "all" ? "UNION ALL" : "UNION removes duplicates")
  else if (
    (word === "intersect" || word === "minus" || word === "except") &&
    (next === "select" || next === "all" || next === "(")
  )
    note("intersect-except", at, at + 1, word.toUpperCase())
  else if (word === "exists" && isOpen(tokens, at + 1) && tokens.word[at + 2] === "select")
    note(tokens.word[at - 1] === "not" ? "not-exists" : "semi-join", at, at + 1, "EXISTS")
  else if (word === "in" && isOpen(tokens, at + 1) && tokens.word[at + 2] === "select")
    note(tokens.word[at - 1] === "not" ? "not-in" : "semi-join", at, at + 1, "IN (SELECT …)")
  else if (word === "merge" && next === "into") note("merge", at, at + 2, "MERGE INTO")
  else if (word === "insert" && next === "overwrite") note("overwrite", at, at + 2, "INSERT OVERWRITE")
  else if (word === "recursive" && tokens.word[at - 1] === "with") note("recursive-cte", at, at + 1, "WITH RECURSIVE")
  else if (word === "limit" && tokens.kind[at + 1] === kind.number) note("limit", at, at + 2, "LIMIT")
  else if (isOpen(tokens, at + 1) && aggregates.has(word) && !isWindowed(tokens, at))
    note("group-by", at, at + 1, `${word.toUpperCase()}()`)
  else if (isOpen(tokens, at + 1) && rankings.has(word)) note("full-ranking", at, at + 1, `${word.toUpperCase()}()`)
}

function joinOf(words: readonly string[]): ConstructId {
  if (words.includes("anti")) return "anti-join"
  if (words.includes("semi")) return "semi-join"
  if (words.includes("cross")) return "join-non-equality"
  return words.includes("left") || words.includes("right") || words.includes("full") ? "join-outer" : "join-inner"
}

const isWindowed = (tokens: Tokens, at: number): boolean => {
  const close = tokens.match[at + 1] ?? -1
  return close > 0 && isWord(tokens, close + 1, "over")
}
