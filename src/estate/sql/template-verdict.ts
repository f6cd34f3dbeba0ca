/** What a template's Jinja adds to its verdict, and when it leaves nothing to say. */
import type { ConstructId } from "../construct-table.ts"
import { constructTable } from "../construct-table.ts"
import type { FoundConstruct, Verdict } from "../model.ts"
import type { Structure } from "./structure.ts"
import type { TemplateTokens } from "./template.ts"
import { type Tokens, kind } from "./tokens.ts"

/** Constructs that stand in Jinja: incremental parts, and set operations between the rounds of a loop. */
export function constructsOfTemplate({ incremental, between }: TemplateTokens): readonly FoundConstruct[] {
  const [part] = incremental
  return [
    ...(part === undefined ? [] : [construct("incremental", part, "only an incremental run has this part")]),
    ...between.flatMap(({ start, end, text }) => {
      if (/^union(\s+distinct)?$/.test(text)) return [construct("distinct", { start, end }, "UNION between the rounds of a loop")]
      if (/^union\s+all/.test(text)) return [construct("union-all", { start, end }, "UNION ALL between the rounds of a loop")]
      return /\bjoin\b/.test(text) ? [construct("join-inner", { start, end }, "a join between the rounds of a loop")] : []
    }),
  ]
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
): string | undefined {
  const writer = tokens.word.find((_, at) => tokens.kind[at] === kind.macro) ?? calls[0]
  const hasBody = queries.some(({ cores }) => cores.length > 0)
  if (!hasBody) return writer === undefined ? undefined : `Needs compiled SQL: the macro ${writer} writes its body`
  if (stateful === true) return undefined
  const source = queries.flatMap(({ cores }) => cores.flatMap(({ sources }) => sources)).find((each) => each.kind === "macro")
  if (source !== undefined) return `Needs compiled SQL: the macro ${source.name[0]} writes what it reads from`
  const clause = queries.flatMap(({ cores }) => cores.flatMap(({ clauseMacros }) => clauseMacros))[0]
  if (clause !== undefined) return `Needs compiled SQL: the macro ${tokens.word[clause]} writes a clause of it`
  const branch = tokens.kind.findIndex((what, at) => what === kind.macro && isBranch(tokens, at))
  if (branch !== -1) return `Needs compiled SQL: the macro ${tokens.word[branch]} writes a part of it`
  return root.cores.length === 0 && root.branches.length === 0 && writer !== undefined
    ? `Needs compiled SQL: the macro ${writer} writes its result`
    : undefined
}

/** A macro after these stands for a whole query. */
const isBranch = ({ word, kind: what }: Tokens, at: number): boolean => {
  const before = word[at - 1]
  if (before === undefined || before === "all" || before === "union" || before === "distinct") return true
  if (before !== "(") return false
  const opening = word[at - 2]
  return what[at - 2] === kind.word && opening !== undefined && beforeQueries.has(opening)
}

/** A bracket after these holds a query; after other words the arguments of a call, else an expression. */
const beforeQueries = new Set("as from join in exists any some union all except intersect materialized lateral array into".split(" "))
