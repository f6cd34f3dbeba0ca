/** A dbt model's raw text → tokens. Jinja is looked at, never executed: known calls become names, what cannot be known stays a macro. */
import { type Piece, cutTemplate } from "./template-pieces.ts"
import { type Expression, readExpression, referencesIn } from "./template-expressions.ts"
import { keptPieces } from "./template-branches.ts"
import { unknownName } from "./names.ts"
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
}

/** Stands for an expression in the text that is tokenized; no SQL has it. */
const mask = "\uE000"

/** Tokens of a template, names in place of ref() and source(), each with its place in the template. */
export function tokenizeTemplate(text: string): TemplateTokens {
  const pieces = cutTemplate(text)
  const { kept, incremental, between, calls, variables } = keptPieces(text, pieces)
  const expressions = new Map<number, Expression>()
  const masked = kept.map((piece) => maskOf(text, piece, variables, expressions)).join("")
  const tokens = tokenize(masked)
  const named = nameTokens(text, tokens, expressions)
  const config = Object.assign({}, ...[...expressions.values()].map((each) => each.config ?? {})) as TemplateTokens["config"]
  return { tokens: named, ...referencesIn(text, kept), config, incremental, between, calls }
}

/** The piece as it is tokenized, as long as it was; what is dropped is blank. */
function maskOf(
  text: string,
  piece: Piece & { readonly isKept: boolean },
  variables: ReadonlyMap<string, Expression>,
  expressions: Map<number, Expression>,
): string {
  const { start, end, type } = piece
  if (type === "text" && piece.isKept) return text.slice(start, end)
  if (type === "expression" && piece.isKept) {
    const expression = readExpression(text.slice(start + 2, end - 2), variables)
    expressions.set(start, expression)
    if (!expression.isBlank) return mask.repeat(end - start)
  }
  return " ".repeat(end - start)
}

/** Gives masked tokens the name or macro that they stand for. */
function nameTokens(text: string, tokens: Tokens, expressions: ReadonlyMap<number, Expression>): Tokens {
  for (let at = 0; at < tokens.kind.length; at++) {
    if (!tokens.word[at]!.includes(mask)) continue
    const start = tokens.start[at]!
    const expression = expressions.get(start)
    const isWhole = expression !== undefined && tokens.word[at]!.length === endOf(text, start) - start
    if (!isWhole) tokens.word[at] = text.slice(start, tokens.end[at]).replaceAll(/\s+/g, "").toLowerCase()
    else if (expression.name !== undefined) {
      tokens.kind[at] = kind.quoted
      tokens.word[at] = expression.name
    } else {
      tokens.kind[at] = expression.macro === undefined ? kind.word : kind.macro
      tokens.word[at] = expression.macro ?? unknownName
    }
  }
  return { ...tokens, text }
}

const endOf = (text: string, start: number): number => {
  const end = text.indexOf("}}", start)
  return end === -1 ? text.length : end + 2
}
