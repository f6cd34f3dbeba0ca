/** Names of relations in a text. */
import { isSymbol } from "./cursor.ts"
import { type Tokens, kind } from "./tokens.ts"

export interface Name {
  /** Parts as written, without quotes: ["sales", "orders"]. */
  readonly parts: readonly string[]
  /** Token after the name. */
  readonly end: number
}

/** Stands for a name that a template makes while it runs. */
export const unknownName = "{}"

/** Whether nothing of a name is known before its template runs. */
export const isUnknownName = (parts: readonly string[]): boolean =>
  parts.length === 1 && parts[0]!.startsWith("{{") && parts[0]!.indexOf("}}") === parts[0]!.length - 2

/** The name that begins at a token; `undefined` when none does. */
export function readName(tokens: Tokens, from: number): Name | undefined {
  const parts: string[] = []
  let at = from
  for (;;) {
    const part = readPart(tokens, at)
    if (part === undefined) break
    for (const each of part.parts) parts.push(each)
    at = part.end
    // "db..table" leaves the schema out.
    while (isSymbol(tokens, at, ".") && isSymbol(tokens, at + 1, ".")) at++
    if (!isSymbol(tokens, at, ".")) break
    at++
  }
  return parts.length === 0 ? undefined : { parts, end: at }
}

/** One part: a word, something quoted, `[bracketed]`, or words with hyphens between (`my-project`). */
function readPart(tokens: Tokens, at: number): { readonly parts: readonly string[]; readonly end: number } | undefined {
  if (tokens.kind[at] === kind.quoted) return { parts: quotedParts(tokens, at), end: at + 1 }
  if (tokens.kind[at] === kind.open && tokens.word[at] === "[" && tokens.match[at]! > at + 1) {
    const end = tokens.match[at]!
    return { parts: [tokens.text.slice(tokens.end[at], tokens.start[end])], end: end + 1 }
  }
  if (tokens.kind[at] !== kind.word) return undefined
  if (tokens.word[at] === unknownName) return { parts: [tokens.text.slice(tokens.start[at], tokens.end[at])], end: at + 1 }
  let end = at + 1
  while (isHyphen(tokens, end) && isPartAfterHyphen(tokens, end + 1)) end += 2
  const written = tokens.text.slice(tokens.start[at], tokens.end[end - 1])
  return { parts: [written.includes("{{") ? written.replaceAll(/\s+/g, "") : written], end }
}

/** A ref() has one part; `project.dataset.table` in one pair of backticks has three. */
function quotedParts(tokens: Tokens, at: number): readonly string[] {
  const word = tokens.word[at]!
  if (tokens.text[tokens.start[at]!] === '"' || !word.includes(".")) return [word]
  return word.split(".").filter((part) => part !== "")
}

const isHyphen = (tokens: Tokens, at: number): boolean =>
  isSymbol(tokens, at, "-") && tokens.start[at] === tokens.end[at - 1] && tokens.start[at + 1] === tokens.end[at]

const isPartAfterHyphen = (tokens: Tokens, at: number): boolean =>
  tokens.kind[at] === kind.word || tokens.kind[at] === kind.number

/** The name as it is shown and compared: parts with dots. */
export const nameText = (parts: readonly string[]): string => parts.join(".")
