/** FROM → sources with their joins. Bracketed joins are put on a list instead of recursing. */
import { after, areWords, isBare, isOpen, isSymbol, isWord, opensQuery, startsQuery } from "./cursor.ts"
import { readName } from "./names.ts"
import { type Parse, addQuery, newQuery } from "./parsing.ts"
import { scanExpression } from "./parse-expressions.ts"
import { readSourceTail } from "./parse-source-tail.ts"
import type { Core, JoinKind, Range, Source } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"
import { reserved, unnesting, windowFunctionsOfTables } from "./words.ts"

type Join = NonNullable<Source["join"]>

/** Reads the sources of a FROM into its SELECT. */
export function parseFrom(parsing: Parse, core: Core, range: Range): void {
  const todo: Source[] = []
  parseSources(parsing, core, range, undefined, todo)
  for (let bracket = todo.pop(); bracket !== undefined; bracket = todo.pop()) {
    const first = core.sources.length
    parseSources(parsing, core, { start: bracket.start + 1, end: bracket.end - 1 }, bracket.join, todo)
    const source = core.sources[first]
    if (source !== undefined && bracket.join !== undefined) takeCondition(source, bracket)
  }
}

/** More sources than any person writes into one FROM. */
const mostSources = 5000

function structureTakes({ structure }: Parse, { sources }: Core): boolean {
  if (sources.length < mostSources) return true
  structure.isOverfull = true
  return false
}

/** What joins a bracket joins the first source in it. */
function takeCondition(source: Source, { on, using }: Source): void {
  if (on !== undefined) source.on = on
  if (using !== undefined) source.using = using
}

function parseSources(parsing: Parse, core: Core, range: Range, first: Join | undefined, todo: Source[]): void {
  const { tokens } = parsing.structure
  // Those of this level that may still get a condition, brackets among them.
  const open: Source[] = []
  let place = range.start
  let join = first
  let isExpected = true
  while (place < range.end && structureTakes(parsing, core)) {
    const view = isWord(tokens, place, "lateral") && isWord(tokens, place + 1, "view")
    const joined = isExpected || view ? undefined : joinAt(tokens, place)
    if (view) {
      place = parseLateralView(parsing, core, place)
      isExpected = false
    } else if (isExpected) {
      const source = readSource(parsing, core, place, range.end, join, todo)
      if (join !== undefined && place > range.start) open.push(source)
      place = source.end
      isExpected = false
    } else if (joined !== undefined) {
      join = joined.join
      place = joined.end
      isExpected = true
    } else if (isSymbol(tokens, place, ",")) {
      join = { kind: "comma", at: place, isNatural: false, isLateral: false }
      place++
      isExpected = true
    } else place = readCondition(parsing, core, open, place, range.end)
  }
}

/** ON and USING belong to the latest source; a macro here writes something unknown. */
function readCondition(parsing: Parse, core: Core, open: Source[], place: number, limit: number): number {
  const { tokens } = parsing.structure
  if (isWord(tokens, place, "on") && isBare(tokens, place)) {
    const end = endOfOn(tokens, place + 1, limit)
    const source = open.pop()
    if (source !== undefined) source.on = { start: place + 1, end }
    scanExpression(parsing, core, "on", { start: place + 1, end })
    return Math.max(end, place + 1)
  }
  if (isWord(tokens, place, "using")) {
    const end = after(tokens, place + 1)
    const source = open.pop()
    const inside = isOpen(tokens, place + 1) ? 1 : 0
    if (source !== undefined) source.using = { start: place + 1 + inside, end: end - inside }
    return end
  }
  if (tokens.kind[place] === kind.macro) core.clauseMacros.push(place)
  return after(tokens, place)
}

function endOfOn(tokens: Tokens, from: number, limit: number): number {
  for (let place = from; place < limit; place = after(tokens, place)) {
    if (isSymbol(tokens, place, ",") || joinAt(tokens, place) !== undefined) return place
    if (isWord(tokens, place, "lateral") && isWord(tokens, place + 1, "view")) return place
    // In "a JOIN b JOIN c ON … ON …" the second condition belongs to the first join.
    if (isWord(tokens, place, "on") && isBare(tokens, place)) return place
  }
  return limit
}

function readSource(parsing: Parse, core: Core, from: number, limit: number, join: Join | undefined, todo: Source[]): Source {
  const { tokens } = parsing.structure
  let place = from
  let isLateral = join?.isLateral ?? false
  while (isWord(tokens, place, "lateral") || (isWord(tokens, place, "only") && tokens.kind[place + 1] !== kind.symbol)) {
    isLateral ||= isWord(tokens, place, "lateral")
    place++
  }
  const what = readWhat(parsing, core, place)
  const isArray = join !== undefined && isWord(tokens, tokens.word[join.at] === "left" ? join.at + 1 : join.at, "array")
  const source: Source = { ...what, kind: isArray && what.kind === "table" ? "unnest" : what.kind, start: from, end: place }
  if (join !== undefined) source.join = { ...join, isLateral }
  const end = endOfWhat(tokens, source, place)
  if (source.kind === "nested") {
    todo.push(source)
    return Object.assign(source, { start: place, end })
  }
  core.sources.push(source)
  return Object.assign(source, { end: readSourceTail(parsing, core, source, Math.max(end, place + 1), limit) })
}

type What = Pick<Source, "kind" | "name" | "query">

/** A table, a bracketed query, a function, values or a macro. */
function readWhat(parsing: Parse, core: Core, place: number): What {
  const { tokens } = parsing.structure
  if (tokens.kind[place] === kind.macro) return { kind: "macro", name: [tokens.word[place]!] }
  if (isOpen(tokens, place)) {
    if (isWord(tokens, place + 1, "values")) return { kind: "values", name: [] }
    if (!opensQuery(tokens, place))
      return { kind: isOpen(tokens, place + 1) || tokens.kind[place + 1] !== kind.symbol ? "nested" : "values", name: [] }
    const inside = { start: place + 1, end: after(tokens, place) - 1 }
    return {
      kind: "query",
      name: [],
      query: addQuery(parsing, newQuery("from", inside, place, { parent: core.query, core, clause: "from" })),
    }
  }
  if (isWord(tokens, place, "values")) return { kind: "values", name: [] }
  if (tokens.kind[place] === kind.word && tokens.word[place]!.startsWith("@")) return { kind: "stage", name: [] }
  if (tokens.kind[place] === kind.string) return { kind: "stage", name: [] }
  const name = readName(tokens, place)
  if (name === undefined) return { kind: "values", name: [] }
  if (!isOpen(tokens, name.end)) return { kind: "table", name: name.parts }
  const called = name.parts.at(-1)!.toLowerCase()
  const streamed = called === "stream" ? readName(tokens, name.end + 1) : undefined
  if (streamed !== undefined && streamed.end === tokens.match[name.end]) return { kind: "table", name: streamed.parts }
  scanExpression(parsing, core, "from", { start: place, end: after(tokens, name.end) })
  return {
    kind: unnesting.has(called) || (called === "table" && isRowFunction(tokens, name.end)) ? "unnest" : "function",
    name: name.parts,
  }
}

/** `TABLE(function(…))` that is no window over a table. */
const isRowFunction = (tokens: Tokens, open: number): boolean =>
  tokens.kind[open + 1] === kind.word &&
  !windowFunctionsOfTables.has(tokens.word[open + 1]!) &&
  readName(tokens, open + 1)?.end !== tokens.match[open]

function endOfWhat(tokens: Tokens, source: Source, place: number): number {
  if (source.kind === "values") return isWord(tokens, place, "values") ? endOfRows(tokens, place + 1) : after(tokens, place)
  if (source.kind === "query" || source.kind === "nested") return after(tokens, place)
  const name = readName(tokens, place)
  if (name === undefined) return after(tokens, place)
  return !isOpen(tokens, name.end) ? name.end : after(tokens, name.end)
}

/** `(1, 'a'), (2, 'b')` */
function endOfRows(tokens: Tokens, from: number): number {
  let end = after(tokens, from)
  while (isSymbol(tokens, end, ",") && isOpen(tokens, end + 1) && !startsQuery(tokens, end + 2)) end = after(tokens, end + 1)
  return end
}

/** `LATERAL VIEW [OUTER] explode(x) t AS a, b` */
function parseLateralView(parsing: Parse, core: Core, at: number): number {
  const { tokens } = parsing.structure
  let place = at + 2
  if (isWord(tokens, place, "outer")) place++
  const name = readName(tokens, place)
  const close = name !== undefined && isOpen(tokens, name.end) ? after(tokens, name.end) : after(tokens, place)
  scanExpression(parsing, core, "from", { start: place, end: close })
  let end = close
  if (tokens.kind[end] === kind.word && !reserved.has(tokens.word[end]!)) end++
  if (isWord(tokens, end, "as")) {
    end += 2
    while (isSymbol(tokens, end, ",") && tokens.kind[end + 1] === kind.word) end += 2
  }
  const join = { kind: "comma" as const, at, isNatural: false, isLateral: true }
  core.sources.push({ kind: "unnest", name: name?.parts ?? [], start: at, end, join })
  return end
}

const joinWords = new Set(
  "natural global inner left right full cross outer semi anti asof any all array paste straight_join join".split(" "),
)

/** The join that begins at a word. `left(…)` is a function and no join. */
function joinAt(tokens: Tokens, at: number): { readonly join: Join; readonly end: number } | undefined {
  if (tokens.kind[at] !== kind.word || !joinWords.has(tokens.word[at]!) || isSymbol(tokens, at - 1, ".")) return undefined
  let end = at
  while (end - at < 6 && tokens.kind[end] === kind.word && joinWords.has(tokens.word[end]!) && tokens.word[end] !== "join") end++
  const words = tokens.word.slice(at, end)
  const isApply = isWord(tokens, end, "apply") && (words.includes("cross") || words.includes("outer"))
  const isStraight = words.at(-1) === "straight_join"
  if (!isWord(tokens, end, "join") && !isApply && !isStraight) return undefined
  const isLateral = isApply || words.includes("array")
  const join = { kind: joinKind(words, isApply), at, isNatural: words.includes("natural"), isLateral }
  return { join, end: isStraight ? end : end + 1 }
}

function joinKind(words: readonly string[], isApply: boolean): JoinKind {
  if (isApply) return words.includes("outer") ? "left" : "cross"
  const kinds: readonly JoinKind[] = ["anti", "semi", "asof", "full", "right", "left", "cross"]
  return kinds.find((each) => words.includes(each)) ?? "inner"
}

/** Whether a join is given by these two words; for scans without structure. */
export const isJoinAt = (tokens: Tokens, at: number): boolean =>
  joinAt(tokens, at) !== undefined && !areWords(tokens, at, "all", "join")
