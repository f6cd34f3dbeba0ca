import { isBare, isOpen, isWord, startsQuery } from "./cursor.ts"
import type { SetOperation } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

/** A set operation's words; EXCEPT and EXCLUDE of columns are none. */
export function setOperationAt(tokens: Tokens, at: number): SetOperation | undefined {
  if (tokens.kind[at] !== kind.word || !isBare(tokens, at)) return undefined
  const word = tokens.word[at]
  if (word !== "union" && word !== "intersect" && word !== "except" && word !== "minus") return undefined
  if (isWord(tokens, at - 1, "as")) return undefined
  if (word !== "union" && isOpen(tokens, at + 1) && !startsQuery(tokens, at + 2)) return undefined
  let end = at + 1
  const isAll = isWord(tokens, end, "all")
  while (["all", "distinct", "by", "name", "corresponding"].includes(tokens.word[end]!) && tokens.kind[end] === kind.word) end++
  const isNext =
    startsQuery(tokens, end) || isOpen(tokens, end) || tokens.kind[end] === kind.macro || isWord(tokens, end, "table")
  if (!isNext) return undefined
  const other = word === "minus" ? "except" : word
  return { kind: other === "union" ? (isAll ? "union all" : "union") : other, start: at, end }
}
