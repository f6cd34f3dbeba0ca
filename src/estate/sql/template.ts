/** A dbt model's raw text → tokens. Jinja is looked at, never executed: known calls become names, what cannot be known stays a macro. */
import { unknownName } from "./names.ts"
import { type KeptPiece, keptPieces } from "./template-branches.ts"
import { type Expression, referencesIn } from "./template-expressions.ts"
import { cutTemplate } from "./template-pieces.ts"
import { type Tokens, kind, tokenize } from "./tokens.ts"

export interface TemplateTokens {
  readonly tokens: Tokens
  readonly refs: readonly (readonly string[])[]
  readonly sources: readonly (readonly [string, string])[]
  readonly config: Readonly<Record<string, string | readonly string[]>>
  /** Ranges of the text that only an incremental run has. */
  readonly incremental: readonly { readonly start: number; readonly end: number }[]
  /** Set operations that a loop puts between its rounds: "union", "union all". */
  readonly between: readonly { readonly start: number; readonly end: number; readonly text: string }[]
  /** Blocks that a macro is called with. */
  readonly calls: readonly string[]
  /** Relations that macros are given, and those of further rounds of loops. */
  readonly others: readonly string[]
  /** Common tables that macros write, each with the model that it reads. */
  readonly ctes: readonly (readonly [name: string, model: string])[]
}

/** Stands for an expression in the text that is tokenized; no SQL has it. */
const mask = "\uE000"

/** Tokens of a template, names in place of ref() and source(), each with its place in the template. */
export function tokenizeTemplate(text: string): TemplateTokens {
  const { kept, incremental, between, calls } = keptPieces(text, cutTemplate(text))
  const tokens = tokenize(kept.map((piece) => maskOf(text, piece)).join(""))
  const expressions = kept.flatMap(({ expression }) => expression ?? [])
  const ctes = expressions.flatMap((each) => each.ctes ?? [])
  const config = Object.fromEntries(expressions.flatMap((each) => Object.entries(each.config ?? {})))
  const { refs, sources } = referencesIn(text, kept)
  return {
    tokens: nameTokens(text, tokens, new Map(kept.map((piece) => [piece.start, piece]))),
    refs: [...refs, ...ctes.map(([, model]) => [model])],
    sources,
    config,
    incremental,
    between: [...between, ...kept.flatMap(betweenRounds)],
    calls,
    others: expressions.flatMap((each) => each.others ?? []),
    ctes,
  }
}

/** The piece as it is tokenized, as long as it was; what is dropped is blank. */
function maskOf(text: string, { start, end, type, isKept, expression }: KeptPiece): string {
  if (type === "text" && isKept) return text.slice(start, end)
  if (expression !== undefined && !expression.isBlank) return mask.repeat(end - start)
  return " ".repeat(end - start)
}

const betweenRounds = ({ start, end, expression }: KeptPiece): TemplateTokens["between"] =>
  expression?.between === undefined ? [] : [{ start, end, text: expression.between }]

/** Gives masked tokens the name or macro that they stand for. */
function nameTokens(text: string, tokens: Tokens, pieces: ReadonlyMap<number, KeptPiece>): Tokens {
  for (let at = 0; at < tokens.kind.length; at++) {
    if (!tokens.word[at]!.includes(mask)) continue
    const start = tokens.start[at]!
    const piece = pieces.get(start)
    if (piece?.expression !== undefined && piece.end === tokens.end[at]) nameToken(tokens, at, piece.expression)
    else tokens.word[at] = writtenAt(text, tokens, at)
  }
  return { ...tokens, text }
}

/** A name of which an expression is a part, without quotes and white space. */
function writtenAt(text: string, { kind: what, start, end }: Tokens, at: number): string {
  const quote = what[at] === kind.quoted ? 1 : 0
  const written = text.slice((start[at] ?? 0) + quote, (end[at] ?? 0) - quote)
  return written.replaceAll(/\s+/g, "").toLowerCase()
}

function nameToken(tokens: Tokens, at: number, { name, macro }: Expression): void {
  tokens.kind[at] = name !== undefined ? kind.quoted : macro !== undefined ? kind.macro : kind.word
  tokens.word[at] = name ?? macro ?? unknownName
}
