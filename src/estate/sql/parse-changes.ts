/** MERGE, UPDATE and DELETE: a target, what it is matched with, and the columns of the match. */
import { after, isOpen, isSymbol, isWord, startsQuery } from "./cursor.ts"
import { nameText, readName } from "./names.ts"
import { parseQuery } from "./parse-query.ts"
import { scanExpression } from "./parse-expressions.ts"
import { type Parse, addOuterQuery, newCore } from "./parsing.ts"
import type { Core, Query, Range } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

/** `MERGE INTO target USING source ON condition WHEN …` */
export function parseMerge(parsing: Parse, root: Query, from: number): void {
  const { structure } = parsing
  const { tokens, statement } = structure
  const place = isWord(tokens, from + 1, "into") ? from + 2 : from + 1
  const target = takeTarget(parsing, place)
  structure.changes.push({ kind: "merge", at: from, end: target.end })
  let at = target.end
  if (isWord(tokens, at, "using")) {
    const source = readName(tokens, at + 1)
    if (isOpen(tokens, at + 1) && startsQuery(tokens, at + 2)) addOuterQuery(parsing, root, at + 1)
    else if (source !== undefined && !isOpen(tokens, source.end)) structure.extraReads.push({ name: source.parts, at: at + 1 })
    at = isOpen(tokens, at + 1) ? after(tokens, at + 1) : (source?.end ?? at + 1)
  }
  const rest = { start: at, end: statement.end }
  structure.key = matchedColumns(tokens, rest, structure.target)
  scanExpression(parsing, emptyCore(root, at), "other", rest)
}

/** `UPDATE target SET … [FROM …] [WHERE …]` and `DELETE FROM target [USING …] [WHERE …]` */
export function parseRowChange(parsing: Parse, root: Query, from: number): void {
  const { structure } = parsing
  const { tokens, statement } = structure
  const isUpdate = isWord(tokens, from, "update")
  const place = isWord(tokens, from + 1, "from") ? from + 2 : from + 1
  const target = takeTarget(parsing, place)
  structure.changes.push({ kind: isUpdate ? "update" : "delete", at: from, end: target.end })
  Object.assign(root, { start: target.end })
  // A DELETE's USING is read as the FROM that it is.
  if (isWord(tokens, target.end, "using")) tokens.word[target.end] = "from"
  parseQuery(parsing, root)
  nameTarget(parsing)
  if (root.cores.length === 0)
    scanExpression(parsing, emptyCore(root, target.end), "other", { start: target.end, end: statement.end })
}

/** `UPDATE a SET … FROM orders AS a` writes orders. */
function nameTarget({ structure }: Parse): void {
  const [written] = structure.writes
  const source = structure.root.cores
    .flatMap(({ sources }) => sources)
    .find(({ kind: what, alias }) => what === "table" && alias !== undefined && alias === written?.toLowerCase())
  if (source !== undefined) structure.writes[0] = nameText(source.name)
}

function takeTarget({ structure }: Parse, place: number): { readonly end: number } {
  const { tokens } = structure
  const name = readName(tokens, place)
  if (name === undefined) return { end: place + 1 }
  structure.writes.push(nameText(name.parts))
  structure.writeAt.push(place)
  const { alias, end } = aliasAfter(tokens, name.end)
  structure.target = alias ?? name.parts.at(-1)!.toLowerCase()
  return { end }
}

/** Columns of the target that MERGE's ON compares. */
function matchedColumns(tokens: Tokens, { start, end }: Range, target: string | undefined): readonly string[] {
  const columns: string[] = []
  for (let at = start; at < end && !isWord(tokens, at, "when"); at++) {
    if (tokens.word[at]!.toLowerCase() === target && isSymbol(tokens, at + 1, "."))
      columns.push(tokens.word[at + 2]!.toLowerCase())
  }
  return [...new Set(columns)]
}

function emptyCore(query: Query, at: number): Core {
  const core = newCore(query, at)
  query.cores.push(core)
  return core
}

/** The alias after a table's name. */
function aliasAfter(tokens: Tokens, at: number): { readonly alias: string | undefined; readonly end: number } {
  const place = isWord(tokens, at, "as") ? at + 1 : at
  const isName = tokens.kind[place] === kind.word || tokens.kind[place] === kind.quoted
  if (!isName || ["using", "set", "from", "where", "on", "when"].includes(tokens.word[place]!) || isSymbol(tokens, place, "("))
    return { alias: undefined, end: at }
  return { alias: tokens.word[place]!.toLowerCase(), end: place + 1 }
}
