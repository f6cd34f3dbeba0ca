/** Groups and aggregates: over all history, per period, in windows. */
import type { ConstructId } from "../../construct-table.ts"
import { areWords, isOpen, isSymbol, isWord, textOf } from "../cursor.ts"
import { cteOf } from "../relations.ts"
import type { Call, Core, Query, Range } from "../structure.ts"
import { type Tokens, kind } from "../tokens.ts"
import { aggregates, collecting, percentiles, periodFunctions, windowFunctionsOfTables } from "../words.ts"
import { type Search, note } from "./found.ts"
import { itemsOf, splitAtCommas } from "./select-items.ts"
import { inputsOf, isUpdating } from "./updating.ts"

export function findAggregates(search: Search): void {
  for (const query of search.structure.queries) {
    if (!search.ignored.has(query)) for (const core of query.cores) findIn(search, query, core)
  }
}

/** Calls of a SELECT that aggregate its rows. */
export const aggregatesOf = ({ calls }: Core): readonly Call[] =>
  calls.filter(({ name, over, clause }) => over === undefined && clause !== "other" && clause !== "from" && aggregates.has(name))

function findIn(search: Search, query: Query, core: Core): void {
  const { tokens } = search.structure
  const calls = aggregatesOf(core)
  const macro = groupMacro(tokens, core)
  if (core.groupBy === undefined && core.having === undefined && calls.length === 0 && macro === undefined) return
  const group = groupOf(tokens, query, core)
  const [from, to] = group.range === undefined ? placeOf(calls[0], macro ?? core.at) : [group.range.start - 2, group.range.end]
  note(search, group.construct, from, to, group.reason)
  if (group.isSets) note(search, "grouping-sets", from, to, textOf(tokens, from, to))
  for (const call of calls) findInCall(search, core, call, group.construct)
  if (core.having !== undefined && !isWindow(group.construct))
    note(search, "having", core.having.start - 1, core.having.end, textOf(tokens, core.having.start - 1, core.having.end))
}

const placeOf = (call: Call | undefined, otherwise: number): readonly [number, number] =>
  call === undefined ? [otherwise, otherwise + 1] : [call.at, call.close + 1]
const isWindow = (construct: ConstructId): boolean => construct === "window-tvf" || construct === "session-window"

interface Group {
  readonly construct: ConstructId
  readonly reason: string
  readonly range?: Range
  readonly isSets: boolean
}

function groupOf(tokens: Tokens, query: Query, core: Core): Group {
  const range = core.groupBy
  if (range === undefined)
    return { construct: windowOf(tokens, query, core) ?? "group-by", reason: "aggregates over all rows", isSets: false }
  const words = textOf(tokens, range.start - 2, range.end)
  const isSets =
    ["rollup", "cube"].some((word) => tokens.word.slice(range.start, range.end).includes(word)) || hasGroupingSets(tokens, range)
  const window = windowOf(tokens, query, core)
  if (window !== undefined) return { construct: window, reason: words, range, isSets }
  const period = periodIn(tokens, core, range)
  if (period !== undefined) return { construct: "group-by-period", reason: `${words}: by period (${period})`, range, isSets }
  return { construct: "group-by", reason: words, range, isSets }
}

function hasGroupingSets(tokens: Tokens, { start, end }: Range): boolean {
  for (let at = start; at < end; at++) if (areWords(tokens, at, "grouping", "sets")) return true
  return false
}

/** A macro that writes GROUP BY. */
const groupMacro = (tokens: Tokens, core: Core): number | undefined =>
  core.clauseMacros.find((at) => /(^|\.)group_by$/.test(tokens.word[at]!))

/** The window that the rows are grouped in: named in GROUP BY, or of the table function that is read. */
function windowOf(tokens: Tokens, query: Query, core: Core): ConstructId | undefined {
  const named = core.calls.find(({ name, clause }) => clause === "group" && windowFunctionsOfTables.has(name))
  if (named !== undefined) return named.name === "session" ? "session-window" : "window-tvf"
  const called = core.calls.find(({ name, clause }) => clause === "from" && windowFunctionsOfTables.has(name))
  if (called !== undefined) return called.name === "session" ? "session-window" : "window-tvf"
  const keys = core.groupBy === undefined ? [] : tokens.word.slice(core.groupBy.start, core.groupBy.end)
  if (!keys.includes("window_start") && !keys.includes("window_end")) return undefined
  const isRead = core.sources.some((source) => source.query !== undefined || cteOf(query, source.name) !== undefined)
  return isRead ? "window-tvf" : undefined
}

/** The function that makes a key a period, ordinals and names of columns followed to their expressions. */
function periodIn(tokens: Tokens, core: Core, range: Range): string | undefined {
  const items = itemsOf(tokens, core)
  const keys = isWord(tokens, range.start, "all") ? items : splitAtCommas(tokens, range)
  for (const key of keys) {
    const place = Number(tokens.text.slice(tokens.start[key.start], tokens.end[key.end - 1]))
    const item = tokens.kind[key.start] === kind.number ? (items[place - 1] ?? key) : key
    const period = periodFunctionIn(tokens, item) ?? periodOfColumn(tokens, core, item)
    if (period !== undefined) return period
  }
  return undefined
}

/** SELECTs that a column's name is followed through. */
const mostFollowed = 30

/** The function that makes a period of a column, here or in a query that is read. */
function periodOfColumn(tokens: Tokens, from: Core, key: Range): string | undefined {
  const todo: { readonly core: Core; readonly name: string }[] = []
  const name = columnIn(tokens, key)
  if (name !== undefined) todo.push({ core: from, name })
  for (const { core, name: wanted } of todo) {
    const item = itemsOf(tokens, core).find((each) => each.name === wanted)
    const period = item === undefined ? undefined : periodFunctionIn(tokens, item)
    if (period !== undefined) return period
    const next = item === undefined ? wanted : columnIn(tokens, item)
    if (next === undefined) continue
    const inner = inputsOf(core).flatMap(({ cores }) => cores.slice(0, 1))
    for (const each of inner) if (todo.length < mostFollowed) todo.push({ core: each, name: next })
  }
  return undefined
}

/** The name of a column that stands alone, or with an alias; `undefined` for other expressions. */
function columnIn(tokens: Tokens, { start, end }: Range): string | undefined {
  let at = start
  while (isSymbol(tokens, at + 1, ".") && at + 2 < end) at += 2
  const isName = tokens.kind[at] === kind.word || tokens.kind[at] === kind.quoted
  return isName && (at + 1 >= end || (tokens.kind[at + 1] !== kind.symbol && !isOpen(tokens, at + 1)))
    ? tokens.word[at]!.toLowerCase()
    : undefined
}

function periodFunctionIn(tokens: Tokens, { start, end }: Range): string | undefined {
  for (let at = start; at < end; at++) {
    const word = tokens.word[at]!
    if (tokens.kind[at] === kind.word && periodFunctions.has(word) && isOpen(tokens, at + 1)) return word
    if (word === "::" && tokens.word[at + 1] === "date") return "::date"
    if (word === "as" && tokens.word[at + 1] === "date" && tokens.kind[at + 2] === kind.close) return "CAST AS DATE"
    if (word === "date" && isOpen(tokens, at + 1)) return "date"
  }
  return undefined
}

function findInCall(search: Search, core: Core, call: Call, group: ConstructId): void {
  const { tokens } = search.structure
  const words = textOf(tokens, call.at, call.close + 1)
  const isDistinct = isWord(tokens, call.open + 1, "distinct")
  if (percentiles.has(call.name)) note(search, "percentile", call.at, call.close + 1, words)
  if (isWindow(group)) return
  if (isDistinct && !collecting.has(call.name)) note(search, "count-distinct", call.at, call.close + 1, words)
  if (collecting.has(call.name)) note(search, "collect", call.at, call.close + 1, words)
  if ((call.name === "min" || call.name === "max") && isUpdating(core))
    note(search, "min-max-updating", call.at, call.close + 1, `${words} over rows that change`)
}
