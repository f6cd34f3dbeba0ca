/** What a template's Jinja adds to its verdict, and when it leaves nothing to say. */
import type { ConstructId } from "../construct-table.ts"
import { constructTable } from "../construct-table.ts"
import type { FoundConstruct, Verdict } from "../model.ts"
import { type MacroKind, type Macros, macroKind } from "./macros.ts"
import type { Structure } from "./structure.ts"
import type { TemplateTokens } from "./template.ts"
import { type Tokens, kind } from "./tokens.ts"

/** Constructs that stand in Jinja: incremental parts, and set operations between the rounds of a loop. */
export function constructsOfTemplate({ incremental, between, tokens }: TemplateTokens): readonly FoundConstruct[] {
  const [part] = incremental
  return [
    ...tokens.kind.flatMap((what, at) => (what === kind.macro ? writtenBy(tokens, at) : [])),
    ...(part === undefined ? [] : [construct("incremental", part, "only an incremental run has this part")]),
    ...between.flatMap(({ start, end, text }) => {
      if (/^union(\s+distinct)?$/.test(text)) return [construct("distinct", { start, end }, "UNION between the rounds of a loop")]
      if (/^union\s+all/.test(text)) return [construct("union-all", { start, end }, "UNION ALL between the rounds of a loop")]
      return /\bjoin\b/.test(text) ? [construct("join-inner", { start, end }, "a join between the rounds of a loop")] : []
    }),
  ]
}

/** What macros that everybody uses are known to write. */
const known: readonly (readonly [name: RegExp, construct: ConstructId, reason: string])[] = [
  [/(^|\.)deduplicate$/, "keep-last", "keeps one row per key"],
  [/(^|\.)(date_spine|get_date_dimension|get_base_dates)$/, "full-ranking", "numbers the days of a calendar"],
]

function writtenBy({ start, end, word }: Tokens, at: number): readonly FoundConstruct[] {
  const found = known.find(([name]) => name.test(word[at]!))
  if (found === undefined) return []
  return [construct(found[1], { start: start[at]!, end: end[at]! }, `the macro ${word[at]} ${found[2]}`)]
}

function construct(
  id: ConstructId,
  { start, end }: { readonly start: number; readonly end: number },
  reason: string,
): FoundConstruct {
  const { keepsState, factor } = constructTable[id]
  return { construct: id, start, end, line: 1, reason, stateful: keepsState, factor }
}

/** Why the class needs the compiled SQL; `undefined` when the raw text says enough. What keeps state already does so whatever a macro adds. */
export function whyUnknown(
  { tokens, calls }: TemplateTokens,
  { root, queries }: Structure,
  { stateful }: Verdict,
  macros: Macros,
): string | undefined {
  const writer = tokens.word.find((_, at) => tokens.kind[at] === kind.macro) ?? calls[0]
  const cores = queries.flatMap((query) => query.cores)
  if (cores.length === 0) return writer === undefined ? undefined : `${needed} ${writer} writes its body`
  if (stateful === true) return undefined
  const kindAt = (at: number): MacroKind | undefined => macroKind(tokens.word[at]!, macros)
  const isUnclear = (at: number): boolean => kindAt(at) === undefined
  const keeping = tokens.kind.findIndex((what, at) => what === kind.macro && kindAt(at) === "state")
  if (keeping !== -1) return `${needed} ${tokens.word[keeping]} writes something that may keep state`
  const named = tokens.kind.findIndex((what, at) => what === kind.macro && isUnclear(at) && aggregating.test(tokens.word[at]!))
  if (named !== -1) return `${needed} ${tokens.word[named]} may write an aggregate or a window, by its name`
  const source = cores.flatMap(({ sources }) => sources).find((each) => each.kind === "macro" && isUnclear(each.start))
  if (source !== undefined) return `${needed} ${source.name[0]} writes what it reads from`
  const clause = cores.flatMap(({ clauseMacros }) => clauseMacros).find(isUnclear)
  if (clause !== undefined) return `${needed} ${tokens.word[clause]} writes a clause of it`
  const branch = tokens.kind.findIndex((what, at) => what === kind.macro && isBranch(tokens, at) && isUnclear(at))
  if (branch !== -1) return `${needed} ${tokens.word[branch]} writes a part of it`
  const last = tokens.kind.lastIndexOf(kind.macro)
  return root.cores.length === 0 && root.branches.length === 0 && last !== -1 && isUnclear(last)
    ? `${needed} ${tokens.word[last]} writes its result`
    : undefined
}

const aggregating =
  /(^|[._])(agg|aggregate|sum|count|max|min|avg|median|percentile|rank|row_number|lag|lead|first_value|last_value|window|over|dedup\w*|rolling|running|cumulative|latest)(_|$)/

const needed = "Needs compiled SQL: the macro"

/** A macro after these stands for a whole query. */
const isBranch = ({ word, kind: what }: Tokens, at: number): boolean => {
  const before = word[at - 1]
  if (before === undefined || before === "all" || before === "union" || before === "distinct") return true
  if (before !== "(") return false
  const opening = word[at - 2]
  return what[at - 2] === kind.word && opening !== undefined && beforeQueries.has(opening)
}

/** A bracket after these holds a query; after other words the arguments of a call, else an expression. */
const beforeQueries = new Set(
  "as from join in exists any some union all except intersect materialized lateral array into".split(" "),
)
