/** Reads SQL texts: what they write and read, and which constructs they hold. Linear in the length of the text. */
import type { Verdict } from "../model.ts"
import { unknownVerdict, verdictOf, withConstructs } from "../verdict.ts"
import type { Definitions } from "./definitions.ts"
import { findConstructs } from "./constructs/find.ts"
import { keyOf } from "./key.ts"
import { withLines } from "./lines.ts"
import { parse } from "./parse.ts"
import { readsOf } from "./relations.ts"
import { scan } from "./scan.ts"
import type { Range, Structure } from "./structure.ts"
import type { Macros } from "./macros.ts"
import { type TemplateTokens, tokenizeTemplate } from "./template.ts"
import { constructsOfTemplate, whyUnknown } from "./template-verdict.ts"
import { type Tokens, pairBrackets, tokenize } from "./tokens.ts"

/** What one text says. */
export interface Reading {
  /** Relations written, without quotes; empty for a bare query. */
  readonly writes: readonly string[]
  /** Relations read, without CTE names, functions and unnested columns. */
  readonly reads: readonly string[]
  readonly verdict: Verdict
  /** Columns that identify a row of the result, where the text says so: GROUP BY, MERGE's ON, DISTINCT ON. */
  readonly key?: readonly string[]
}

/** What a dbt model's raw text says, macros never executed. */
export interface TemplateReading extends Reading {
  /** Arguments of ref(): ["model"] or ["package", "model"]. */
  readonly refs: readonly (readonly string[])[]
  /** Arguments of source(): [source, table]. */
  readonly sources: readonly (readonly [string, string])[]
  /** Literal arguments of config(): materialized, unique_key, tags, …. */
  readonly config: Readonly<Record<string, string | readonly string[]>>
}

/** The one query (or statement) of a compiled dbt model. */
export function readQuery(text: string): Reading {
  const tokens = tokenize(text)
  if (tokens.kind.length === 0) return { writes: [], reads: [], verdict: unknownVerdict("The text is empty, or only comments") }
  return readRange(tokens, { start: 0, end: lastToken(tokens) })
}

/**
 * The raw text of a dbt model: "unknown: needs compiled SQL" where a macro writes its body. `macros`, when given, are looked at to
 * tell macros that write a value from those that may write more.
 */
export function readTemplate(text: string, macros: Macros = new Map()): TemplateReading {
  const template = tokenizeTemplate(text)
  const { tokens, refs, sources, config } = template
  const range = { start: 0, end: lastToken(tokens) }
  const broken = pairBrackets(tokens, 0, range.end) ?? tokens.broken
  const structure = parse(tokens, range)
  const reading =
    range.end === 0
      ? emptyReading
      : broken === undefined && structure !== undefined
        ? readStructure(structure)
        : readScan(tokens, range, broken ?? tooMany)
  const verdict = withConstructs(reading.verdict, withLines(text, constructsOfTemplate(template)))
  const because = structure === undefined ? undefined : whyUnknown(template, structure, verdict, macros)
  return {
    ...reading,
    reads: withMacros(reading.reads, template),
    verdict: because === undefined ? verdict : unknownVerdict(because),
    refs,
    sources,
    config,
  }
}

/** Common tables that a macro writes are no relations; what macros are given is read by them. */
function withMacros(reads: readonly string[], { ctes, others }: TemplateTokens): readonly string[] {
  const written = new Set(ctes.map(([name]) => name))
  return once([...reads.filter((name) => !written.has(name.toLowerCase())), ...ctes.map(([, model]) => model), ...others])
}

const tooMany = "it holds more queries or tables than people write"

const emptyReading: Reading = { writes: [], reads: [], verdict: unknownVerdict("The text is empty") }

/** Where a statement stands: its first place in the text, and the tables that its file defines. */
export interface Surroundings {
  readonly start: number
  readonly definitions?: Definitions
}

/** One statement of a text. Brackets are paired here, so that a broken statement leaves its neighbours alone. */
export function readRange(tokens: Tokens, range: Range, around: Surroundings = { start: 0 }): Reading {
  // A string that is never closed is the last token, and of the last statement alone.
  const broken = pairBrackets(tokens, range.start, range.end) ?? (range.end === tokens.kind.length ? tokens.broken : undefined)
  if (broken !== undefined) return readScan(tokens, range, broken, around.start)
  const structure = parse(tokens, range)
  return structure === undefined ? readScan(tokens, range, tooMany, around.start) : readStructure(structure, around)
}

function readStructure(structure: Structure, { start, definitions }: Surroundings = { start: 0 }): Reading {
  const { tokens, root, writes, changes } = structure
  const isEmpty = root.cores.length === 0 && root.branches.length === 0 && changes.length === 0
  const reads = readsOf(structure).map(({ name }) => name)
  if (isEmpty && reads.length === 0 && writes.length === 0)
    return { writes, reads, verdict: unknownVerdict("No query was found in it", "scanner") }
  const key = keyOf(structure)
  const constructs = withLines(tokens.text, findConstructs(structure, definitions), start)
  return { writes: once(writes), reads, verdict: verdictOf(constructs, "parser"), ...(key === undefined ? {} : { key }) }
}

function readScan(tokens: Tokens, range: Range, broken: string, start = 0): Reading {
  const { reads, writes, constructs } = scan(tokens, range)
  const verdict = verdictOf(withLines(tokens.text, constructs, start), "scanner")
  // Without brackets nobody can say that nothing was missed.
  if (!verdict.stateful) return { writes, reads, verdict: unknownVerdict(`The text cannot be understood: ${broken}`, "scanner") }
  return { writes, reads, verdict: { ...verdict, because: `Only words were read, because ${broken}` } }
}

/** Without the semicolon at the end. */
function lastToken({ kind, word }: Tokens): number {
  let end = kind.length
  while (end > 0 && word[end - 1] === ";") end--
  return end
}

const once = (names: readonly string[]): readonly string[] => [
  ...new Map(names.map((name) => [name.toLowerCase(), name])).values(),
]
