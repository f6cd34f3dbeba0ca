/** Tokens of one statement → its structure. */
import { parseQuery } from "./parse-query.ts"
import { parseStatement } from "./parse-statement.ts"
import { newQuery, type Parse } from "./parsing.ts"
import type { Range, Structure } from "./structure.ts"
import type { Tokens } from "./tokens.ts"

/** More queries than any person writes into one statement. */
const mostQueries = 20_000

/** The structure of the statement that stands in a range of tokens; `undefined` when it has too many queries or sources to be written by people. */
export function parse(tokens: Tokens, statement: Range): Structure | undefined {
  const root = newQuery("statement", statement, statement.start)
  const structure: Structure = { tokens, statement, root, queries: [root], writes: [], writeAt: [], extraReads: [], changes: [] }
  const parsing: Parse = { structure, todo: [] }
  parseStatement(parsing, root)
  for (let query = parsing.todo.pop(); query !== undefined; query = parsing.todo.pop()) {
    if (structure.queries.length > mostQueries || structure.isOverfull === true) return undefined
    parseQuery(parsing, query)
  }
  return structure.isOverfull === true ? undefined : structure
}
