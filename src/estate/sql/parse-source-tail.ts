/** What stands after a source in FROM: alias, point in time, pivot, sample. */
import { after, areWords, isOpen, isSymbol, isWord } from "./cursor.ts"
import type { Parse } from "./parsing.ts"
import { scanExpression } from "./parse-expressions.ts"
import type { Core, Source } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"
import { reserved } from "./words.ts"

/** Reads everything up to the next join, comma or condition; gives the token after it. */
export function readSourceTail(parsing: Parse, core: Core, source: Source, from: number, limit: number): number {
  let place = from
  while (place < limit) {
    const next = readOne(parsing, core, source, place, limit)
    if (next === place) return place
    place = next
  }
  return Math.min(place, limit)
}

function readOne(parsing: Parse, core: Core, source: Source, place: number, limit: number): number {
  const { tokens } = parsing.structure
  if (tokens.kind[place] === kind.quoted && source.alias === undefined) return takeAlias(tokens, source, place)
  if (tokens.kind[place] !== kind.word) return place
  const word = tokens.word[place]!
  if (word === "pivot" || word === "unpivot") return takeBracket(parsing, core, source, "pivot", place)
  if (word === "match_recognize") return takeBracket(parsing, core, source, "matchRecognize", place)
  const temporal = temporalAt(tokens, place)
  if (temporal !== -1) {
    const end = endOfExpression(tokens, temporal, limit)
    source.temporal = { start: place, end }
    scanExpression(parsing, core, "from", { start: temporal, end })
    return end
  }
  if (word === "as" && tokens.kind[place + 1] !== kind.symbol) return takeAlias(tokens, source, place + 1)
  if (word === "tablesample" || word === "sample") return skipSample(tokens, place)
  if (word === "with" && (isOpen(tokens, place + 1) || isWord(tokens, place + 1, "ordinality"))) return after(tokens, place + 1)
  if (areWords(tokens, place, "with", "offset"))
    return isWord(tokens, place + 2, "as")
      ? place + 4
      : tokens.kind[place + 2] === kind.word && !reserved.has(tokens.word[place + 2]!)
        ? place + 3
        : place + 2
  if (word === "final" || word === "positional") return place + 1
  if ((word === "at" || word === "before" || word === "changes") && isOpen(tokens, place + 1))
    return takeTravel(parsing, core, source, place)
  if (word === "array" && isWord(tokens, place + 1, "join")) return place
  if (reserved.has(word) || source.alias !== undefined || isSymbol(tokens, place + 1, ".")) return place
  return takeAlias(tokens, source, place)
}

function takeAlias(tokens: Tokens, source: Source, place: number): number {
  if (tokens.kind[place] !== kind.word && tokens.kind[place] !== kind.quoted) return place
  source.alias ??= tokens.word[place]!.toLowerCase()
  return isOpen(tokens, place + 1) ? after(tokens, place + 1) : place + 1
}

function takeBracket(parsing: Parse, core: Core, source: Source, what: "pivot" | "matchRecognize", place: number): number {
  const { tokens } = parsing.structure
  let open = place + 1
  while (tokens.kind[open] === kind.word && open - place < 4) open++
  if (!isOpen(tokens, open)) return place + 1
  source[what] = place
  const end = after(tokens, open)
  scanExpression(parsing, core, "other", { start: open + 1, end: end - 1 })
  return end
}

/** First token of the point in time of `FOR SYSTEM_TIME AS OF`, `FOR TIMESTAMP AS OF`, `VERSION AS OF` …; -1 when none begins. */
function temporalAt(tokens: Tokens, at: number): number {
  const from = isWord(tokens, at, "for") ? at + 1 : at
  const isTime = ["system_time", "timestamp", "version", "system_version"].includes(tokens.word[from]!)
  return isTime && areWords(tokens, from + 1, "as", "of") ? from + 3 : -1
}

function takeTravel(parsing: Parse, core: Core, source: Source, place: number): number {
  const { tokens } = parsing.structure
  const end = after(tokens, place + 1)
  source.temporal = { start: place, end }
  scanExpression(parsing, core, "from", { start: place + 1, end })
  return end
}

/** An operand: words with dots and brackets, operators between. */
function endOfExpression(tokens: Tokens, from: number, limit: number): number {
  let place = from
  while (place < limit) {
    const isValue = tokens.kind[place] !== kind.symbol
    place = after(tokens, place)
    const isOperator = tokens.kind[place] === kind.symbol && tokens.word[place] !== ","
    if (isValue && !isOperator && !isOpen(tokens, place) && !(tokens.kind[place] === kind.string)) break
  }
  return Math.min(place, limit)
}

function skipSample(tokens: Tokens, at: number): number {
  let place = at + 1
  while (tokens.kind[place] === kind.word && ["system", "bernoulli", "row", "block", "reservoir"].includes(tokens.word[place]!))
    place++
  place = isOpen(tokens, place) ? after(tokens, place) : place
  return isWord(tokens, place, "repeatable") || isWord(tokens, place, "seed") ? after(tokens, place + 1) : place
}
