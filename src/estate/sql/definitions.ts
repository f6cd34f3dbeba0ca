/** What definitions of tables in a file say of those that are read and written: connector, columns and key. */
import { after, areWords, isOpen, isWord } from "./cursor.ts"
import { splitAtCommas } from "./constructs/select-items.ts"
import { nameText, readName } from "./names.ts"
import { objectAt } from "./parse-statement.ts"
import type { Range } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

export interface Definition {
  /** Options of WITH, keys and values in lower case. */
  readonly options: ReadonlyMap<string, string>
  /** In lower case, in their order. */
  readonly columns: readonly string[]
  /** PRIMARY KEY, in lower case; empty without one. */
  readonly key: readonly string[]
}

/** Definitions by the name of the table in lower case. */
export type Definitions = ReadonlyMap<string, Definition>

/** What a CREATE TABLE whose brackets are paired says; `undefined` for everything else. */
export function definitionIn(tokens: Tokens, { start, end }: Range): readonly [name: string, Definition] | undefined {
  const name = readName(tokens, objectAt(tokens, start, end) ?? end)
  if (name === undefined || !isOpen(tokens, name.end)) return undefined
  const inside = { start: name.end + 1, end: after(tokens, name.end) - 1 }
  const parts = splitAtCommas(tokens, inside)
  const columns = parts
    .filter(({ start: at }) => !notColumns.has(tokens.word[at]!))
    .map(({ start: at }) => tokens.word[at]!.toLowerCase())
  const options = optionsIn(tokens, { start: inside.end, end })
  return [nameText(name.parts).toLowerCase(), { options, columns, key: keyIn(tokens, parts) }]
}

const notColumns = new Set(["primary", "watermark", "constraint", "unique", "foreign", "index", "period", "like"])

/** `PRIMARY KEY (a, b)` as a part of its own, or `id BIGINT PRIMARY KEY`. */
function keyIn(tokens: Tokens, parts: readonly Range[]): readonly string[] {
  for (const { start, end } of parts) {
    for (let at = start; at < end; at++) {
      if (!areWords(tokens, at, "primary", "key")) continue
      if (!isOpen(tokens, at + 2)) return [tokens.word[start]!.toLowerCase()]
      return splitAtCommas(tokens, { start: at + 3, end: after(tokens, at + 2) - 1 }).map((part) =>
        tokens.word[part.start]!.toLowerCase(),
      )
    }
  }
  return []
}

/** `WITH ('connector' = 'kafka', …)` */
function optionsIn(tokens: Tokens, { start, end }: Range): ReadonlyMap<string, string> {
  const options = new Map<string, string>()
  for (let at = start; at < end; at = after(tokens, at)) {
    if (!isWord(tokens, at, "with") || !isOpen(tokens, at + 1)) continue
    for (const part of splitAtCommas(tokens, { start: at + 2, end: after(tokens, at + 1) - 1 })) {
      if (tokens.kind[part.start] === kind.string) options.set(stringAt(tokens, part.start), stringAt(tokens, part.end - 1))
    }
  }
  return options
}

const stringAt = (tokens: Tokens, at: number): string =>
  tokens.text.slice(tokens.start[at]! + 1, tokens.end[at]! - 1).toLowerCase()
