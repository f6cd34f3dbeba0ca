/** FROM → sources with their joins. Bracketed joins are put on a list instead of recursing. */
import { after, areWords, isBare, isOpen, isSymbol, isWord, startsQuery } from "./cursor.ts"
import { readName } from "./names.ts"
import { type Parse, addQuery, newQuery } from "./parsing.ts"
import { scanExpression } from "./parse-expressions.ts"
import { readSourceTail } from "./parse-source-tail.ts"
import type { Core, JoinKind, Range, Source } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"
import { reserved, unnesting } from "./words.ts"

type Join = NonNullable<Source["join"]>

/** Reads the sources of a FROM into its SELECT. */
export function parseFrom(parsing: Parse, core: Core, range: Range): void {
  const todo: { readonly range: Range; readonly join: Join | undefined }[] = [{ range, join: undefined }]
  for (let next = todo.pop(); next !== undefined; next = todo.pop()) {
    parseSources(parsing, core, next.range, next.join, (nested, join) => todo.push({ range: nested, join }))
  }
}

function parseSources(
  parsing: Parse,
  core: Core,
  range: Range,
  first: Join | undefined,
  nest: (range: Range, join: Join | undefined) => void,
): void {
  const { tokens } = parsing.structure
  let place = range.start
  let join = first
  let isExpected = true
  while (place < range.end) {
    const view = isWord(tokens, place, "lateral") && isWord(tokens, place + 1, "view")
    const joined = isExpected || view ? undefined : joinAt(tokens, place)
    if (view) {
      place = parseLateralView(parsing, core, place)
      isExpected = false
    } else if (isExpected) {
      const source = readSource(parsing, core, place, range.end, join, nest)
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
    } else place = readCondition(parsing, core, place, range.end)
  }
}

/** ON and USING belong to the latest source; a macro here writes something unknown. */
function readCondition(parsing: Parse, core: Core, place: number, limit: number): number {
  const { tokens } = parsing.structure
  const source = core.sources.findLast(({ join, on, using }) => join !== undefined && on === undefined && using === undefined)
  if (isWord(tokens, place, "on") && isBare(tokens, place)) {
    const end = endOfOn(tokens, place + 1, limit)
    if (source !== undefined) source.on = { start: place + 1, end }
    scanExpression(parsing, core, "on", { start: place + 1, end })
    return Math.max(end, place + 1)
  }
  if (isWord(tokens, place, "using") && isOpen(tokens, place + 1)) {
    const end = after(tokens, place + 1)
    if (source !== undefined) source.using = { start: place + 2, end: end - 1 }
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

function readSource(
  parsing: Parse,
  core: Core,
  from: number,
  limit: number,
  join: Join | undefined,
  nest: (range: Range, join: Join | undefined) => void,
): Source {
  const { tokens } = parsing.structure
  let place = from
  let isLateral = join?.isLateral ?? false
  while (isWord(tokens, place, "lateral") || (isWord(tokens, place, "only") && tokens.kind[place + 1] !== kind.symbol)) {
    isLateral ||= isWord(tokens, place, "lateral")
    place++
  }
  const source: Source = { ...readWhat(parsing, core, place), start: from, end: place }
  if (join !== undefined) source.join = { ...join, isLateral }
  core.sources.push(source)
  let end = endOfWhat(tokens, source, place)
  if (source.kind === "nested") {
    nest({ start: place + 1, end: end - 1 }, join)
    core.sources.pop()
  }
  end = readSourceTail(parsing, core, source, Math.max(end, place + 1), limit)
  return Object.assign(source, { end })
}

type What = Pick<Source, "kind" | "name" | "query">

/** A table, a bracketed query, a function, values or a macro. */
function readWhat(parsing: Parse, core: Core, place: number): What {
  const { tokens } = parsing.structure
  if (tokens.kind[place] === kind.macro) return { kind: "macro", name: [tokens.word[place]!] }
  if (isOpen(tokens, place)) {
    if (!startsQuery(tokens, place + 1))
      return { kind: isOpen(tokens, place + 1) || tokens.kind[place + 1] !== kind.symbol ? "nested" : "values", name: [] }
    const inside = { start: place + 1, end: after(tokens, place) - 1 }
    return {
      kind: "query",
      name: [],
      query: addQuery(parsing, newQuery("from", inside, place, { parent: core.query, core, clause: "from" })),
    }
  }
  if (isWord(tokens, place, "values")) return { kind: "values", name: [] }
  if (tokens.word[place]?.startsWith("@") && isSymbol(tokens, place + 1, "/")) return { kind: "stage", name: [] }
  if (tokens.kind[place] === kind.string) return { kind: "stage", name: [] }
  const name = readName(tokens, place)
  if (name === undefined) return { kind: "values", name: [] }
  if (!isOpen(tokens, name.end)) return { kind: "table", name: name.parts }
  const called = name.parts.at(-1)!.toLowerCase()
  scanExpression(parsing, core, "from", { start: place, end: after(tokens, name.end) })
  const isList = unnesting.has(called) || (called === "table" && unnesting.has(tokens.word[name.end + 1]!))
  return { kind: isList ? "unnest" : "function", name: name.parts }
}

function endOfWhat(tokens: Tokens, source: Source, place: number): number {
  if (source.kind === "values") return isWord(tokens, place, "values") ? after(tokens, place + 1) : after(tokens, place)
  if (source.kind === "query" || source.kind === "nested") return after(tokens, place)
  const name = readName(tokens, place)
  if (name === undefined) return after(tokens, place)
  return source.kind === "table" || !isOpen(tokens, name.end) ? name.end : after(tokens, name.end)
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

const joinWords = new Set("natural global inner left right full cross outer semi anti asof any all straight_join join".split(" "))

/** The join that begins at a word. `left(…)` is a function and no join. */
function joinAt(tokens: Tokens, at: number): { readonly join: Join; readonly end: number } | undefined {
  if (tokens.kind[at] !== kind.word || !joinWords.has(tokens.word[at]!) || isSymbol(tokens, at - 1, ".")) return undefined
  let end = at
  while (end - at < 6 && tokens.kind[end] === kind.word && joinWords.has(tokens.word[end]!) && tokens.word[end] !== "join") end++
  const words = tokens.word.slice(at, end)
  const isApply = isWord(tokens, end, "apply") && (words.includes("cross") || words.includes("outer"))
  const isStraight = words.at(-1) === "straight_join"
  if (!isWord(tokens, end, "join") && !isApply && !isStraight) return undefined
  const join = { kind: joinKind(words, isApply), at, isNatural: words.includes("natural"), isLateral: isApply }
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
