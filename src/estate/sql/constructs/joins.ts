/** Joins: by kind, by what the condition compares, and by what the names say of the tables. */
import { type ConstructId } from "../../construct-table.ts"
import { textOf } from "../cursor.ts"
import { cteOf, isColumn, nameOf } from "../relations.ts"
import type { Core, Query, Range, Source } from "../structure.ts"
import { type Tokens } from "../tokens.ts"
import { windowFunctionsOfTables } from "../words.ts"
import { hasKey, isInterval, nullTested } from "./conditions.ts"
import { type Search, isFull, note, noteOnce } from "./found.ts"

/** Joins that keep both inputs whole: three of them in a SELECT make a chain. */
const regular: ReadonlySet<ConstructId> = new Set<ConstructId>(["join-inner", "join-outer", "join-dimension", "self-join"])

export function findJoins(search: Search): void {
  for (const query of search.structure.queries) {
    if (search.ignored.has(query)) continue
    for (const core of query.cores) if (core.sharesFrom !== true) findIn(search, query, core)
  }
}

function findIn(search: Search, query: Query, core: Core): void {
  const { tokens } = search.structure
  const joins: { readonly construct: ConstructId; readonly source: Source }[] = []
  for (const source of core.sources) {
    if (isFull(search)) break
    if (isList(core, source, search)) {
      noteOnce(
        search,
        "unnest",
        source.start,
        source.end,
        `${textOf(tokens, source.start, source.end)} turns a list in the record into rows`,
      )
    } else if (source.join !== undefined) {
      const { construct, because } = judge(search, query, core, source)
      const words = textOf(tokens, source.join.at, source.on?.end ?? source.end)
      note(search, construct, source.join.at, source.on?.end ?? source.end, because === "" ? words : `${words}: ${because}`)
      joins.push({ construct, source })
    }
  }
  findChain(search, core, joins)
}

/** A list inside the record, or a table function applied to it. */
function isList(core: Core, source: Source, { ignored }: Search): boolean {
  if (source.kind === "unnest" || isColumn(core, source)) return true
  if (source.kind === "values" && source.join?.isLateral === true) return true
  if (source.kind === "function")
    return (
      source.join !== undefined &&
      !windowFunctionsOfTables.has(source.name.at(-1)!.toLowerCase()) &&
      source.name[0]!.toLowerCase() !== "table"
    )
  return source.query !== undefined && source.join?.isLateral === true && ignored.has(source.query)
}

interface Judgement {
  readonly construct: ConstructId
  readonly because: string
}

function judge(search: Search, query: Query, core: Core, source: Source): Judgement {
  const { tokens } = search.structure
  const { kind, isNatural, isLateral } = source.join!
  if (source.temporal !== undefined) return judgeTemporal(tokens, source.temporal)
  if (kind === "asof") return { construct: "join-temporal", because: "joins the latest row before a time" }
  if (kind === "anti") return { construct: "anti-join", because: "" }
  if (kind === "semi") return { construct: "semi-join", because: "" }
  if (isLateral && source.query !== undefined) return { construct: "correlated-subquery", because: "a query for each row" }
  const isKeyed = isNatural || source.using !== undefined || hasKeyOf(tokens, core, source)
  if (!isKeyed)
    return {
      construct: "join-non-equality",
      because: kind === "cross" || kind === "comma" ? "no key joins them" : "nothing is compared for equality",
    }
  const condition = source.on ?? (source.using === undefined ? core.where : undefined)
  if (condition !== undefined && isInterval(tokens, condition, nameOf(source)))
    return { construct: "join-interval", because: "bounded in time" }
  if (isWindowed(tokens, source.on)) return { construct: "join-window", because: "both sides have the same window" }
  if (kind === "left" || kind === "right" || kind === "full") return judgeOuter(tokens, core, source)
  return judgeInner(search, query, core, source)
}

function hasKeyOf(tokens: Tokens, core: Core, source: Source): boolean {
  if (source.on !== undefined) return hasKey(tokens, source.on)
  const { kind } = source.join!
  if ((kind !== "comma" && kind !== "cross" && kind !== "inner") || core.where === undefined) return false
  return hasKey(tokens, core.where, nameOf(source))
}

function judgeTemporal(tokens: Tokens, { start, end }: Range): Judgement {
  const isNow = tokens.word.slice(start, end).some((word) => /^(proc(essing)?_?time|proctime)$/i.test(word))
  return isNow
    ? { construct: "join-lookup", because: "the value as it is when the row is processed" }
    : { construct: "join-temporal", because: "the value as it was at the row's time" }
}

function isWindowed(tokens: Tokens, on: Range | undefined): boolean {
  if (on === undefined) return false
  const words = new Set(tokens.word.slice(on.start, on.end))
  return words.has("window_start") && words.has("window_end")
}

/** An outer join whose other side must be missing is an anti join; a full one that keeps only differences is a reconciliation. */
function judgeOuter(tokens: Tokens, core: Core, source: Source): Judgement {
  const { kind } = source.join!
  const optional = kind === "right" ? core.sources[0] : source
  const test = kind === "full" || optional === undefined ? undefined : nullTested(tokens, core.where, nameOf(optional))
  if (test !== undefined)
    return { construct: "not-exists", because: `and ${textOf(tokens, test.start, test.end)} keeps only rows without a match` }
  if (kind === "full" && core.where !== undefined && comparesDifferences(tokens, core.where))
    return { construct: "reconciliation", because: "only differences between both sides are kept" }
  return { construct: "join-outer", because: "" }
}

function comparesDifferences(tokens: Tokens, { start, end }: Range): boolean {
  const words = tokens.word.slice(start, end)
  return (
    words.filter((word, at) => word === "is" && words[at + 1] === "null").length >= 2 ||
    (words.includes("null") && words.some((word) => word === "<>" || word === "!="))
  )
}

const dimension =
  /(^|_)(dims?|dimensions?|lookups?|lkp|ref|reference|calendar|countr(y|ies)|currenc(y|ies)|regions?|codes?|types?|categor(y|ies)|mappings?|map|status(es)?|seeds?|zip_?codes?|geograph(y|ies)|holidays?|units?|exchange_rates?)(_|$)/

function judgeInner({ structure: { tokens }, definitions }: Search, query: Query, core: Core, source: Source): Judgement {
  const name = source.name.at(-1)?.toLowerCase() ?? ""
  const others = core.sources.slice(0, core.sources.indexOf(source))
  const isSelf =
    source.name.length > 0 && others.some((other) => other.name.join(".").toLowerCase() === source.name.join(".").toLowerCase())
  if (isSelf && source.on !== undefined && isStep(tokens, source.on))
    return { construct: "self-join", because: "the table is joined to its own previous or next row" }
  const isIndexed = [...others, source].every(
    (each) => definitions?.get(each.name.join(".").toLowerCase())?.options.get("connector") === "fluss",
  )
  if (isIndexed) return { construct: "join-delta", because: "both sides are in a store with an index" }
  if (source.kind === "values") return { construct: "join-dimension", because: "a constant list" }
  const plain = cteOf(query, source.name)?.name ?? name
  if (dimension.test(plain)) return { construct: "join-dimension", because: `${plain} is taken for a dimension by its name` }
  return { construct: "join-inner", because: "" }
}

/** `+ 1`, `- 1` or an inequality in the condition. */
function isStep(tokens: Tokens, { start, end }: Range): boolean {
  for (let at = start; at < end; at++) {
    const word = tokens.word[at]
    if (word === "<" || word === ">" || word === "<=" || word === ">=") return true
    if ((word === "+" || word === "-") && tokens.text.slice(tokens.start[at + 1], tokens.end[at + 1]) === "1") return true
  }
  return false
}

/** Where every further input is a dimension, each join counts by itself (E.2). */
function findChain(
  search: Search,
  core: Core,
  joins: readonly { readonly construct: ConstructId; readonly source: Source }[],
): void {
  const chained = joins.filter(({ construct }) => regular.has(construct))
  if (
    chained.length < 3 ||
    chained.every(
      ({ source, construct }) => construct === "join-dimension" || dimension.test(source.name.at(-1)?.toLowerCase() ?? ""),
    )
  )
    return
  const first = chained[0]!.source
  const last = chained.at(-1)!.source
  const names = core.sources.map((source) => nameOf(source)).filter((name) => name !== "")
  note(
    search,
    "join-chain",
    first.join!.at,
    last.on?.end ?? last.end,
    `${chained.length} joins in one SELECT: ${names.slice(0, 8).join(", ")}${names.length > 8 ? ", …" : ""}`,
  )
}
