/** What a statement begins with: what it writes, and where its query is. */
import { after, isOpen, isWord, startsQuery } from "./cursor.ts"
import { type Name, nameText, readName } from "./names.ts"
import { parseInsert } from "./parse-insert.ts"
import { parseQuery } from "./parse-query.ts"
import { type Parse, newCore } from "./parsing.ts"
import { parseMerge, parseRowChange } from "./parse-changes.ts"
import type { Query } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

/** Reads the head of the statement, then its query. */
export function parseStatement(parsing: Parse, root: Query): void {
  const { tokens, statement } = parsing.structure
  const at = statement.start
  switch (tokens.kind[at] === kind.word ? tokens.word[at] : "") {
    case "create":
    case "cache":
      return parseCreate(parsing, root)
    case "with":
      return parseWith(parsing, root)
    case "merge":
      return parseMerge(parsing, root, at)
    case "update":
    case "delete":
      return parseRowChange(parsing, root, at)
    case "insert":
    case "replace":
    case "upsert":
      return parseRest(parsing, root, parseInsert(parsing, at))
    case "load":
      return takeLoaded(parsing, at)
    case "copy":
      return parseCopy(parsing, root)
    case "export":
    case "unload":
    case "explain":
      return parseRest(parsing, root, firstQuery(tokens, at + 1, statement.end))
    case "pivot":
    case "unpivot":
      return parsePivot(parsing, root)
    default:
      return parseRest(parsing, root, at)
  }
}

/** `CREATE … TABLE|VIEW name … AS query`; without a query it is a definition. */
function parseCreate(parsing: Parse, root: Query): void {
  const { structure } = parsing
  const { tokens, statement } = structure
  const what = objectAt(tokens, statement.start, statement.end)
  if (what === undefined) return
  const name = readName(tokens, what)
  if (name === undefined) return
  const copied = copyOf(tokens, name.end)
  const query = asQuery(tokens, name.end, statement.end)
  if (copied !== undefined) structure.extraReads.push({ name: copied.parts, at: name.end })
  else if (query === undefined) return
  // A task writes what its statement writes.
  if (!tokens.word.slice(statement.start, what).includes("task")) {
    structure.writes.push(nameText(name.parts))
    structure.writeAt.push(what)
  }
  if (query === undefined) return
  if (isWord(tokens, query, "merge")) parseMerge(parsing, root, query)
  else if (isWord(tokens, query, "insert")) parseRest(parsing, root, parseInsert(parsing, query))
  else parseRest(parsing, root, query)
}

/** `CLONE other` and `COPY other` after a table's name: its rows come along. */
function copyOf(tokens: Tokens, at: number): Name | undefined {
  const place = isWord(tokens, at, "shallow") || isWord(tokens, at, "deep") ? at + 1 : at
  return isWord(tokens, place, "clone") || isWord(tokens, place, "copy") ? readName(tokens, place + 1) : undefined
}

/** `LOAD DATA … INTO TABLE name` */
function takeLoaded({ structure }: Parse, from: number): void {
  const { tokens, statement } = structure
  for (let at = from; at < statement.end; at++) {
    const isTarget = isWord(tokens, at, "into") || (isWord(tokens, at, "overwrite") && !isWord(tokens, at + 1, "into"))
    const place = at + (isWord(tokens, at + 1, "table") ? 2 : 1)
    const name = isTarget ? readName(tokens, place) : undefined
    if (name === undefined) continue
    structure.writes.push(nameText(name.parts))
    structure.writeAt.push(place)
    if (isWord(tokens, at, "overwrite") || isWord(tokens, at - 1, "overwrite"))
      structure.changes.push({ kind: "overwrite", at: from, end: name.end })
    return
  }
}

/** `WITH … SELECT`, or before a MERGE, UPDATE or DELETE. */
function parseWith(parsing: Parse, root: Query): void {
  const { tokens, statement } = parsing.structure
  let at = statement.start
  while (at < statement.end && !["select", "insert", "merge", "update", "delete", "from"].includes(tokens.word[at]!))
    at = after(tokens, at)
  if (!["merge", "update", "delete"].includes(tokens.word[at]!) || at >= statement.end)
    return parseRest(parsing, root, statement.start)
  Object.assign(root, { end: at })
  parseQuery(parsing, root)
  Object.assign(root, { start: at, end: statement.end })
  return isWord(tokens, at, "merge") ? parseMerge(parsing, root, at) : parseRowChange(parsing, root, at)
}

const objects = new Set(["table", "view", "stream", "task"])

/** `CREATE OR REPLACE ALGORITHM = MERGE DEFINER = 'root'@'localhost' SQL SECURITY INVOKER VIEW`: words between the two. */
const mostOptions = 24

/** First token of the name of the table or view that a CREATE makes; `undefined` for everything else. */
export function objectAt(tokens: Tokens, from: number, limit: number): number | undefined {
  for (let at = from + 1; at < limit && at - from < mostOptions && !isOpen(tokens, at); at++) {
    if (tokens.kind[at] !== kind.word) continue
    if (["as", "on", "function", "procedure", "trigger", "macro"].includes(tokens.word[at]!)) return undefined
    if (!objects.has(tokens.word[at]!)) continue
    let name = at + 1
    while (["if", "not", "exists", "table"].includes(tokens.word[name]!) && tokens.kind[name] === kind.word) name++
    return name
  }
  return undefined
}

/** Where the query after AS begins, brackets of columns and options passed over. */
function asQuery(tokens: Tokens, from: number, limit: number): number | undefined {
  for (let at = from; at < limit; at = after(tokens, at)) {
    const isBegin = startsQuery(tokens, at) || isWord(tokens, at, "insert") || isWord(tokens, at, "merge")
    if (isWord(tokens, at - 1, "as") && (isBegin || isOpen(tokens, at) || tokens.kind[at] === kind.macro)) return at
    // Some dialects leave AS out.
    if (isWord(tokens, at, "select") && at > from) return at
  }
  return undefined
}

/** `COPY INTO table FROM (query)`; a file or stage is no table. */
function parseCopy(parsing: Parse, root: Query): void {
  const { tokens, statement } = parsing.structure
  const place = isWord(tokens, statement.start + 1, "into") ? statement.start + 2 : statement.start + 1
  const name = readName(tokens, place)
  if (name !== undefined && !name.parts[0]!.startsWith("@")) {
    parsing.structure.writes.push(nameText(name.parts))
    parsing.structure.writeAt.push(place)
  }
  parseRest(parsing, root, firstQuery(tokens, name?.end ?? place, statement.end))
}

/** `PIVOT table ON column USING …` as a statement of its own. */
function parsePivot({ structure }: Parse, root: Query): void {
  const { tokens, statement } = structure
  const name = readName(tokens, statement.start + 1)
  if (name === undefined) return
  const core = newCore(root, statement.start)
  core.sources.push({
    kind: "table",
    name: name.parts,
    start: statement.start + 1,
    end: name.end,
    pivot: statement.start,
  })
  root.cores.push(core)
}

function parseRest({ structure, todo }: Parse, root: Query, start: number): void {
  Object.assign(root, { start })
  parseQuery({ structure, todo }, root)
  const into = root.cores.find((core) => core.into !== undefined && core.into !== "")
  if (into?.into !== undefined) {
    structure.writes.push(into.into)
    structure.writeAt.push(into.at)
  }
}

function firstQuery(tokens: Tokens, from: number, limit: number): number {
  for (let at = from; at < limit; at = isOpen(tokens, at) && !startsQuery(tokens, at + 1) ? after(tokens, at) : at + 1) {
    if (startsQuery(tokens, at)) return at
  }
  return limit
}
