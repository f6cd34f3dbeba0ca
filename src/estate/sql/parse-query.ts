/** A query → WITH, SELECTs, set operations, order. Queries inside it are put on a list, so that no depth is too deep. */
import { after, isBare, isOpen, isSymbol, isWord, startsQuery } from "./cursor.ts"
import { nameText, readName } from "./names.ts"
import { parseCore } from "./parse-core.ts"
import { parseInsert } from "./parse-insert.ts"
import { scanExpression } from "./parse-expressions.ts"
import { type Parse, addQuery, newCore, newQuery } from "./parsing.ts"
import { setOperationAt } from "./set-operations.ts"
import type { Query } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

/** WITH, then SELECTs and bracketed queries with set operations between them, then ORDER BY and LIMIT. */
export function parseQuery(parsing: Parse, query: Query): void {
  const { tokens } = parsing.structure
  let at = query.start
  while (at < query.end) {
    const operation = setOperationAt(tokens, at)
    if (operation !== undefined) {
      query.setOperations.push(operation)
      at = operation.end
    } else if (isWord(tokens, at, "with") && isBare(tokens, at)) at = parseCtes(parsing, query, at + 1)
    else if (at === query.start && isHeadByMacro(tokens, at)) at = parseCtes(parsing, query, at + 2)
    else if (isOpen(tokens, at) && startsQuery(tokens, at + 1)) at = parseBranch(parsing, query, at)
    else if (isBare(tokens, at) && (isWord(tokens, at, "select") || isWord(tokens, at, "from")))
      at = parseCore(parsing, query, at)
    else if (isWord(tokens, at, "insert")) at = parseInsert(parsing, at)
    else if (isWord(tokens, at, "values") && isOpen(tokens, at + 1)) at = parseValues(parsing, query, at)
    else at = parseTail(parsing, query, at)
  }
}

/** A macro that writes the head of a WITH: `{{ macro() }}, name AS (`. */
const isHeadByMacro = (tokens: Tokens, at: number): boolean =>
  tokens.kind[at] === kind.macro && isSymbol(tokens, at + 1, ",") && isWord(tokens, at + 3, "as") && isOpen(tokens, at + 4)

function parseBranch(parsing: Parse, query: Query, at: number): number {
  const end = after(parsing.structure.tokens, at)
  query.branches.push(addQuery(parsing, newQuery("branch", { start: at + 1, end: end - 1 }, at, { parent: query })))
  return end
}

/** Rows written out; queries may stand in them. */
function parseValues(parsing: Parse, query: Query, at: number): number {
  const core = newCore(query, at)
  query.cores.push(core)
  const { tokens } = parsing.structure
  let end = after(tokens, at + 1)
  while (end < query.end && isSymbol(tokens, end, ",") && isOpen(tokens, end + 1)) end = after(tokens, end + 1)
  scanExpression(parsing, core, "other", { start: at + 1, end })
  return end
}

/** ORDER BY and LIMIT after a bracketed query; anything else is passed over. */
function parseTail({ structure: { tokens } }: Parse, query: Query, at: number): number {
  if (isWord(tokens, at, "order") && isWord(tokens, at + 1, "by")) {
    let end = at + 2
    while (end < query.end && !isWord(tokens, end, "limit") && !isWord(tokens, end, "offset") && !isWord(tokens, end, "fetch"))
      end = after(tokens, end)
    query.orderBy = { start: at + 2, end }
    return end
  }
  if (isWord(tokens, at, "limit") || (isWord(tokens, at, "fetch") && query.branches.length > 0)) query.limit = at
  return after(tokens, at)
}

/** `name (columns) AS (query), …` */
function parseCtes(parsing: Parse, query: Query, from: number): number {
  const { tokens } = parsing.structure
  let at = from
  if (isWord(tokens, at, "recursive")) {
    query.isRecursive = true
    at++
  }
  while (at < query.end) {
    const name = readName(tokens, at)
    if (name === undefined) return Math.max(at, from)
    let open = isOpen(tokens, name.end) ? after(tokens, name.end) : name.end
    while (isWord(tokens, open, "as") || isWord(tokens, open, "not") || isWord(tokens, open, "materialized")) open++
    if (!isOpen(tokens, open)) return open
    const end = after(tokens, open)
    const cte = { name: nameText(name.parts).toLowerCase(), at, query: undefined as unknown as Query }
    cte.query = addQuery(parsing, newQuery("cte", { start: open + 1, end: end - 1 }, at, { parent: query, cte }))
    query.ctes.push(cte)
    at = end
    if (tokens.kind[at] !== kind.symbol || tokens.word[at] !== ",") return at
    at++
  }
  return at
}
