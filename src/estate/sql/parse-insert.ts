import { after, isOpen, isWord, startsQuery } from "./cursor.ts"
import { nameText, readName } from "./names.ts"
import type { Parse } from "./parsing.ts"
import type { Structure } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

/** `INSERT INTO|OVERWRITE [TABLE] name [PARTITION (…)] [(columns)]` before its query. */
export function parseInsert({ structure }: Parse, at: number): number {
  const { tokens, statement } = structure
  if (isWord(tokens, at + 1, "all") || isWord(tokens, at + 1, "first") || isWord(tokens, at + 2, "all"))
    return parseInsertAll(structure, at)
  let place = at + 1
  let isOverwrite = false
  while (
    ["into", "overwrite", "or", "replace", "table", "ignore", "local", "directory"].includes(tokens.word[place]!) &&
    tokens.kind[place] === kind.word
  ) {
    isOverwrite ||= isWord(tokens, place, "overwrite")
    place++
  }
  const name = readName(tokens, place)
  let end = name?.end ?? place
  if (name !== undefined) {
    structure.writes.push(nameText(name.parts))
    structure.writeAt.push(place)
  } else if (tokens.kind[place] === kind.string) {
    structure.writes.push(tokens.text.slice(tokens.start[place]! + 1, tokens.end[place]! - 1))
    structure.writeAt.push(place)
    end = place + 1
  }
  if (isOverwrite) structure.changes.push({ kind: "overwrite", at, end })
  if (structure.writes.length === 2) structure.changes.push({ kind: "multi-insert", at, end })
  while (end < statement.end && isBeforeQuery(tokens, end)) end = after(tokens, end)
  return end
}

/** `INSERT ALL|FIRST [WHEN condition THEN] INTO name …` up to the query that feeds all of them. */
function parseInsertAll(structure: Structure, at: number): number {
  const { tokens, statement } = structure
  let end = at + 1
  for (; end < statement.end && !startsQuery(tokens, end); end = after(tokens, end)) {
    const name = isWord(tokens, end, "into") ? readName(tokens, end + 1) : undefined
    if (name === undefined) continue
    structure.writes.push(nameText(name.parts))
    structure.writeAt.push(end + 1)
  }
  structure.changes.push({ kind: "multi-insert", at, end: Math.min(at + 2, statement.end) })
  return end
}

/** Column lists, partitions and options between a target and its query. */
function isBeforeQuery(tokens: Tokens, at: number): boolean {
  if (isOpen(tokens, at)) return !startsQuery(tokens, at + 1)
  return tokens.kind[at] !== kind.word || !["select", "with", "from", "values", "insert", "table"].includes(tokens.word[at]!)
}
