/** Functions with OVER: deduplication, top-N, rankings, running figures, looks back and ahead. */
import type { ConstructId } from "../../construct-table.ts"
import { after, areWords, isSymbol, isWord, textOf } from "../cursor.ts"
import type { Call, Core, Range, Structure } from "../structure.ts"
import { type Tokens, kind } from "../tokens.ts"
import { type Limit, limitsOf } from "./limits.ts"
import { type Search, isFull, note, noteOnce } from "./found.ts"
import { itemsOf } from "./select-items.ts"

export function findWindows(search: Search): void {
  let limits: ReadonlyMap<string, Limit> | undefined
  for (const query of search.structure.queries) {
    if (search.ignored.has(query)) continue
    for (const core of query.cores) {
      const calls = core.calls.filter(({ over }) => over !== undefined)
      if (calls.length === 0) continue
      limits ??= limitsOf(search.structure)
      for (const call of calls) if (!isFull(search)) judge(search, core, call, limits)
      findSeveral(search, core, calls)
    }
  }
}

function judge(search: Search, core: Core, call: Call, limits: ReadonlyMap<string, Limit>): void {
  const { tokens } = search.structure
  const spec = specOf(tokens, core, call)
  const [construct, because] = constructOf(search.structure, core, call, spec, limits)
  const end = endOf(tokens, call)
  const words = textOf(tokens, call.at, end)
  note(search, construct, call.at, end, because === "" ? words : `${words}: ${because}`)
  if (call.name === "lead" && /valid_to|end_date|effective_to|valid_until|dbt_valid_to/.test(aliasOf(tokens, core, call) ?? ""))
    noteOnce(search, "type-2", call.at, end, `${words} makes the end of a version's validity`)
  if (call.name === "lag" && isYearBack(tokens, call))
    noteOnce(search, "year-on-year", call.at, end, `${words} looks back a year`)
}

/** After the window's bracket, or its name. */
function endOf(tokens: Tokens, { over, close }: Call): number {
  if (over === undefined) return close + 1
  return tokens.kind[over.start - 1] === kind.open ? over.end + 1 : over.end
}

/** A window as it is written, or as its name says. */
interface Spec extends Range {
  readonly order?: Range
  readonly frame?: Range
}

function specOf(tokens: Tokens, core: Core, { over }: Call): Spec {
  const named = over === undefined ? undefined : core.windows.get(tokens.word[over.start]?.toLowerCase() ?? "")
  const range = (over !== undefined && over.end - over.start <= 1 ? named : undefined) ?? over ?? { start: 0, end: 0 }
  let order: number | undefined
  let frame: number | undefined
  for (let at = range.start; at < range.end; at = after(tokens, at)) {
    if (areWords(tokens, at, "order", "by")) order = at + 2
    else if (
      tokens.kind[at] === kind.word &&
      /^(rows|range|groups)$/.test(tokens.word[at]!) &&
      !isSymbol(tokens, at + 1, ".") &&
      at > range.start
    )
      frame ??= at
  }
  const end = frame ?? range.end
  return {
    ...range,
    ...(order === undefined ? {} : { order: { start: order, end } }),
    ...(frame === undefined ? {} : { frame: { start: frame, end: range.end } }),
  }
}

type Judgement = readonly [construct: ConstructId, because: string]

function constructOf(structure: Structure, core: Core, call: Call, spec: Spec, limits: ReadonlyMap<string, Limit>): Judgement {
  const { tokens } = structure
  switch (call.name) {
    case "row_number":
      return judgeRowNumber(tokens, core, call, spec, limits)
    case "rank":
    case "dense_rank":
      return limitOf(tokens, core, call, limits) === undefined
        ? ["full-ranking", "the whole partition is ranked"]
        : ["rank-top-n", "ties share a rank"]
    case "ntile":
    case "percent_rank":
    case "cume_dist":
      return ["full-ranking", "the whole partition is ranked"]
    case "lag":
      return ["lag", ""]
    case "lead":
      return ["lead", "the next row is not there yet"]
    default:
      return judgeFrame(tokens, spec)
  }
}

/** Kept first or last by time is deduplication, anything else with a limit top-N, without one a full ranking (E.2). */
function judgeRowNumber(tokens: Tokens, core: Core, call: Call, spec: Spec, limits: ReadonlyMap<string, Limit>): Judgement {
  const limit = limitOf(tokens, core, call, limits)
  if (limit === undefined) return ["full-ranking", "every row of the partition is numbered"]
  if (limit.most !== 1) return ["top-n", limit.words]
  if (spec.order === undefined || !isTime(tokens, spec.order))
    return ["top-n", `${limit.words}, ordered by something else than time`]
  return isDescending(tokens, spec.order) ? ["keep-last", limit.words] : ["keep-first", limit.words]
}

/** The limit on a ranking's column, or on the call itself in QUALIFY. */
function limitOf(tokens: Tokens, core: Core, call: Call, limits: ReadonlyMap<string, Limit>): Limit | undefined {
  if (call.clause === "qualify") return limits.get(`@${call.at}`)
  const alias = aliasOf(tokens, core, call)
  return alias === undefined ? undefined : limits.get(alias)
}

function aliasOf(tokens: Tokens, core: Core, call: Call): string | undefined {
  return itemsOf(tokens, core).find(({ start, end }) => start <= call.at && call.at < end)?.name
}

function judgeFrame(tokens: Tokens, { order, frame }: Spec): Judgement {
  if (order === undefined) return ["over-unsupported", "a figure over the whole partition needs rows still to come"]
  const words = frame === undefined ? [] : tokens.word.slice(frame.start, frame.end)
  if (words.includes("following")) return ["over-unsupported", "the frame looks ahead"]
  if (!isTime(tokens, order)) return ["over-unsupported", "ordered by something else than time"]
  if (isDescending(tokens, order)) return ["over-unsupported", "ordered by time descending"]
  return words.includes("unbounded") || frame === undefined ? ["over-unbounded", "from the first row on"] : ["over-bounded", ""]
}

const time =
  /(date|time|_at$|_ts$|^ts$|_on$|^day$|_day$|month|year|week|hour|minute|created|updated|modified|loaded|valid|effective|epoch|started|ended|begin|timestamp|seq|sequence|version|offset|_dt$|^dt$|_dttm|lsn|scn|synced|ingested|inserted|received|period)/

/** Whether the first column of an order is one of time, by its name. */
function isTime(tokens: Tokens, { start, end }: Range): boolean {
  for (let at = start; at < end; at++) {
    if (isSymbol(tokens, at, ",")) return false
    const isColumn = tokens.kind[at] === kind.word || tokens.kind[at] === kind.quoted
    if (isColumn && time.test(tokens.word[at]!.toLowerCase())) return true
  }
  return false
}

function isDescending(tokens: Tokens, { start, end }: Range): boolean {
  for (let at = start; at < end; at = after(tokens, at)) {
    if (isSymbol(tokens, at, ",")) return false
    if (isWord(tokens, at, "desc")) return true
  }
  return false
}

const isYearBack = (tokens: Tokens, { open, close }: Call): boolean => {
  for (let at = open + 1; at < close; at++) {
    if (tokens.kind[at] === kind.number && ["12", "52", "365"].includes(tokens.text.slice(tokens.start[at], tokens.end[at])))
      return true
  }
  return false
}

/** All windows of a SELECT have to be the same, those of rankings apart (E.2). */
function findSeveral(search: Search, core: Core, calls: readonly Call[]): void {
  const { tokens } = search.structure
  const figures = calls.filter(
    ({ name }) => !["row_number", "rank", "dense_rank", "ntile", "percent_rank", "cume_dist"].includes(name),
  )
  const specs = figures.map((call) => specOf(tokens, core, call)).map(({ start, end }) => tokens.word.slice(start, end).join(" "))
  const other = specs.findIndex((spec) => spec !== specs[0])
  const call = figures[other]
  if (call === undefined) return
  note(search, "over-unsupported", call.at, endOf(tokens, call), `${new Set(specs).size} different windows in one SELECT`)
}
