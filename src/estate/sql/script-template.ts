/** Jinja in SQL scripts, which schedulers fill in before they run them: looked at as in dbt's models, never executed. */
import type { FoundConstruct } from "../model.ts"
import { unknownVerdict, withConstructs } from "../verdict.ts"
import type { Reading } from "./read.ts"
import type { Range } from "./structure.ts"
import { tokenizeTemplate } from "./template.ts"
import { constructsOfTemplate } from "./template-verdict.ts"
import { type Tokens, kind, tokenize } from "./tokens.ts"

export interface Script {
  readonly tokens: Tokens
  /** What the template adds to a statement, given statement after statement: see `withTemplate`. */
  readonly constructs: FoundConstruct[]
}

/** Tokens of a script, with or without Jinja. */
export function tokenizeScript(text: string): Script {
  if (!/\{\{|\{%/.test(text)) return { tokens: tokenize(text), constructs: [] }
  const template = tokenizeTemplate(text)
  const constructs = constructsOfTemplate(template).toSorted((one, other) => other.start - one.start)
  return { tokens: template.tokens, constructs }
}

/** The reading with what Jinja adds within the statement; unknown where a macro writes a part and the rest keeps no state. */
export function withTemplate(reading: Reading, { tokens, constructs }: Script, { start, end }: Range): Reading {
  const own: FoundConstruct[] = []
  // What stands between the rounds of a loop may come after the last token, before the semicolon.
  const limit = tokens.start[end] ?? Infinity
  for (let last = constructs.at(-1); last !== undefined && last.start < limit; last = constructs.at(-1)) {
    own.push(last)
    constructs.pop()
  }
  const verdict = reading.verdict.factor === undefined ? reading.verdict : withConstructs(reading.verdict, own)
  if (verdict.stateful !== false) return { ...reading, verdict }
  for (let at = start; at < end; at++) {
    if (tokens.kind[at] !== kind.macro) continue
    return { ...reading, verdict: unknownVerdict(`Needs the SQL as it runs: the macro ${tokens.word[at]} writes a part of it`) }
  }
  return { ...reading, verdict }
}
