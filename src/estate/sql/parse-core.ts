/** One SELECT → its clauses. */
import { after, areWords, isBare, isOpen, isSymbol, isWord } from "./cursor.ts"
import { nameText, readName } from "./names.ts"
import { type Parse, newCore } from "./parsing.ts"
import { setOperationAt } from "./set-operations.ts"
import { scanExpression } from "./parse-expressions.ts"
import { parseFrom } from "./parse-from.ts"
import type { Clause, Core, Query, Range } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

interface Mark {
  readonly clause: Clause | "window" | "limit" | "into" | "connect" | "layout"
  /** First token after the clause's words. */
  readonly body: number
}

/** Reads a SELECT (or a FROM that stands first) up to a set operation or the end of its query; gives the token after it. */
export function parseCore(parsing: Parse, query: Query, at: number): number {
  const { tokens } = parsing.structure
  const core = newCore(query, at)
  query.cores.push(core)
  let place = at
  while (place < query.end) {
    if (place > at && (setOperationAt(tokens, place) !== undefined || startsNext(tokens, place, core))) break
    const mark = markAt(tokens, place)
    if (mark === undefined) {
      place = after(tokens, place)
      continue
    }
    const end = endOfClause(tokens, mark, query.end)
    takeClause(parsing, core, place, mark, { start: mark.body, end })
    place = Math.max(end, place + 1)
  }
  return place
}

/** A further INSERT, or a second SELECT without a set operation, begins something new. */
function startsNext(tokens: Tokens, at: number, core: Core): boolean {
  if (isInsert(tokens, at)) return true
  return isWord(tokens, at, "select") && isBare(tokens, at) && core.select !== undefined
}

function takeClause(parsing: Parse, core: Core, at: number, mark: Mark, range: Range): void {
  const { tokens } = parsing.structure
  const { query } = core
  switch (mark.clause) {
    case "select":
      core.select = takeDistinct(tokens, core, range)
      return scanExpression(parsing, core, "select", core.select)
    case "from":
      return parseFrom(parsing, core, range)
    case "where":
      core.where = range
      return scanExpression(parsing, core, "where", range)
    case "group":
      core.groupBy = range
      return scanExpression(parsing, core, "group", range)
    case "having":
      core.having = range
      return scanExpression(parsing, core, "having", range)
    case "qualify":
      core.qualify = range
      return scanExpression(parsing, core, "qualify", range)
    case "order":
      query.orderBy = range
      return scanExpression(parsing, core, "order", range)
    case "window":
      return takeWindows(parsing, core, range)
    case "limit":
      query.limit = at
      return
    case "into":
      core.into = nameText(readName(tokens, afterTemporary(tokens, mark.body))?.parts ?? [])
      return
    case "connect":
      core.connectBy = at
      return scanExpression(parsing, core, "other", range)
    default:
      return scanExpression(parsing, core, "other", range)
  }
}

/** DISTINCT, DISTINCT ON (…) and TOP n before the list. */
function takeDistinct(tokens: Tokens, core: Core, { start, end }: Range): Range {
  let place = start
  if (isWord(tokens, place, "all") && !isSymbol(tokens, place + 1, ".")) place++
  if (isWord(tokens, place, "distinct") || (isWord(tokens, place, "unique") && tokens.kind[place + 1] === kind.word)) {
    core.distinct = place
    place++
    if (isWord(tokens, place, "on") && isOpen(tokens, place + 1)) {
      core.distinctOn = { start: place + 2, end: after(tokens, place + 1) - 1 }
      place = after(tokens, place + 1)
    }
  }
  if (isWord(tokens, place, "top") && (tokens.kind[place + 1] === kind.number || isOpen(tokens, place + 1))) {
    core.top = place
    place = after(tokens, place + 1)
  }
  return { start: place, end }
}

/** `SELECT … INTO TEMP TABLE name` */
function afterTemporary(tokens: Tokens, from: number): number {
  let at = from
  while (["temp", "temporary", "unlogged", "table"].includes(tokens.word[at]!) && tokens.kind[at + 1] === kind.word) at++
  return at
}

/** `WINDOW name AS (…), …` */
function takeWindows(parsing: Parse, core: Core, { start, end }: Range): void {
  const { tokens } = parsing.structure
  for (let place = start; place < end; place = after(tokens, place)) {
    if (!isWord(tokens, place + 1, "as") || !isOpen(tokens, place + 2)) continue
    const close = after(tokens, place + 2)
    core.windows.set(tokens.word[place]!.toLowerCase(), { start: place + 3, end: close - 1 })
    place = close - 1
  }
  scanExpression(parsing, core, "other", { start, end })
}

/** A clause ends where the next begins. */
function endOfClause(tokens: Tokens, mark: Mark, limit: number): number {
  for (let place = mark.body; place < limit; place = after(tokens, place)) {
    if (place === mark.body && mark.clause === "select") continue
    if (tokens.kind[place] !== kind.word) continue
    if (markAt(tokens, place) !== undefined || setOperationAt(tokens, place) !== undefined) return place
    if (isInsert(tokens, place)) return place
  }
  return limit
}

/** A statement, not the function of that name. */
const isInsert = (tokens: Tokens, at: number): boolean =>
  isWord(tokens, at, "insert") && (isWord(tokens, at + 1, "into") || isWord(tokens, at + 1, "overwrite"))

/** The clause that begins at a word; `undefined` when none does. */
export function markAt(tokens: Tokens, at: number): Mark | undefined {
  if (tokens.kind[at] !== kind.word || isSymbol(tokens, at - 1, ".")) return undefined
  const word = tokens.word[at]!
  switch (word) {
    case "select":
    case "where":
    case "having":
      return isSymbol(tokens, at + 1, ".") || (word !== "select" && isWord(tokens, at - 1, "as"))
        ? undefined
        : { clause: word, body: at + 1 }
    case "prewhere":
      return { clause: "where", body: at + 1 }
    case "from":
      return isDistinctFrom(tokens, at) ? undefined : { clause: "from", body: at + 1 }
    case "qualify":
      return isAfterExpression(tokens, at) && !isSymbol(tokens, at + 1, ",") ? { clause: "qualify", body: at + 1 } : undefined
    case "group":
    case "order":
      return followedByBy(tokens, at, word)
    case "sort":
    case "cluster":
    case "distribute":
      return isWord(tokens, at + 1, "by") ? { clause: "layout", body: at + 2 } : undefined
    case "window":
      return isWord(tokens, at + 2, "as") && isOpen(tokens, at + 3) ? { clause: "window", body: at + 1 } : undefined
    case "limit":
      return isAfterExpression(tokens, at) ? { clause: "limit", body: at + 1 } : undefined
    case "fetch":
      return isWord(tokens, at + 1, "first") || isWord(tokens, at + 1, "next") ? { clause: "limit", body: at + 1 } : undefined
    case "into":
      return readName(tokens, at + 1) === undefined ? undefined : { clause: "into", body: at + 1 }
    case "connect":
    case "start":
      return areWords(tokens, at, "connect", "by") || areWords(tokens, at, "start", "with")
        ? { clause: "connect", body: at + 2 }
        : undefined
    default:
      return undefined
  }
}

function followedByBy(tokens: Tokens, at: number, word: "group" | "order"): Mark | undefined {
  const by = isWord(tokens, at + 1, "by") ? at + 1 : areWords(tokens, at + 1, "siblings", "by") ? at + 2 : undefined
  if (by === undefined) return undefined
  // "WITHIN GROUP (ORDER BY …)" stands in brackets of its own and never reaches here.
  return { clause: word, body: by + 1 }
}

/** `IS [NOT] DISTINCT FROM` compares. */
const isDistinctFrom = (tokens: Tokens, at: number): boolean =>
  isWord(tokens, at - 1, "distinct") && (isWord(tokens, at - 2, "is") || isWord(tokens, at - 2, "not"))

/** Not as a column's name at the head of a list. */
const isAfterExpression = (tokens: Tokens, at: number): boolean =>
  !isSymbol(tokens, at - 1, ",") && !isWord(tokens, at - 1, "select") && !isWord(tokens, at - 1, "as")
