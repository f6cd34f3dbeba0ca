/** Expressions → the calls in them with their windows, and the queries that stand in them. */
import { after, isOpen, isSymbol, isWord, opensQuery } from "./cursor.ts"
import { type Parse, addQuery, newQuery } from "./parsing.ts"
import type { Call, Clause, Core, Range, Role } from "./structure.ts"
import { type Tokens, kind } from "./tokens.ts"

/** Looks at every token of an expression once, brackets and all, but not inside its queries. */
export function scanExpression(parsing: Parse, core: Core, clause: Clause, { start, end }: Range): void {
  const { tokens } = parsing.structure
  const byEnd = new Map<number, Call>()
  for (let place = start; place < end; place++) {
    if (tokens.kind[place] === kind.macro && isWhereClauseWouldBe(tokens, place, start, clause)) core.clauseMacros.push(place)
    if (isOpen(tokens, place) && opensQuery(tokens, place)) {
      const inside = { start: place + 1, end: after(tokens, place) - 1 }
      const query = newQuery(roleAt(tokens, place), inside, place, { parent: core.query, core, clause })
      core.subqueries.push(addQuery(parsing, query))
      place = Math.max(place, inside.end)
    } else if (isOpen(tokens, place)) takeCall(tokens, core, clause, place, byEnd, parsing)
    else if (isWord(tokens, place, "over") && place > start) takeWindow(tokens, place, byEnd)
  }
}

/** Words before a bracket that are no function. */
const noFunction = new Set(
  `and or not in is like ilike between when then else case on where select by as from having over any all some exists distinct
  union except intersect interval values filter group within partition order array set using return rows range end with xor div
  mod sets rollup cube conflict key rlike regexp similar escape asc desc limit offset top into table lateral join`.split(/\s+/),
)

function takeCall(tokens: Tokens, core: Core, clause: Clause, open: number, byEnd: Map<number, Call>, parsing: Parse): void {
  const close = tokens.match[open]!
  const word = tokens.word[open - 1]
  if (open === 0 || word === undefined || tokens.kind[open - 1] === kind.symbol || tokens.kind[open - 1] === kind.string) return
  if (word === "filter" || (word === "group" && isWord(tokens, open - 2, "within"))) {
    const call = byEnd.get(word === "filter" ? open - 2 : open - 3)
    if (call !== undefined) byEnd.set(close, call)
    return
  }
  if ((tokens.kind[open - 1] !== kind.word && tokens.kind[open - 1] !== kind.quoted) || noFunction.has(word)) return
  // "* EXCLUDE (…) REPLACE (…)" chooses columns.
  if (isSymbol(tokens, open - 2, "*") || ((word === "replace" || word === "rename") && tokens.kind[open - 2] === kind.close))
    return
  let at = open - 1
  while (tokens.kind[at - 1] === kind.symbol && tokens.word[at - 1] === "." && at - 2 >= 0 && tokens.kind[at - 2] !== kind.close)
    at -= 2
  const name = at === open - 1 ? word.toLowerCase() : tokens.word.slice(at, open).join("").toLowerCase()
  const call: Call = { name, at, open, close, clause }
  core.calls.push(call)
  byEnd.set(close, call)
  takeTableArgument(parsing, tokens, open, close)
}

/** `TUMBLE(TABLE orders, …)` reads orders. */
function takeTableArgument(parsing: Parse, tokens: Tokens, open: number, close: number): void {
  for (let place = open + 1; place < close; place = after(tokens, place)) {
    if (!isWord(tokens, place, "table")) continue
    const parts = [tokens.text.slice(tokens.start[place + 1], tokens.end[place + 1])]
    let end = place + 2
    while (tokens.word[end] === "." && end < close) {
      parts.push(tokens.word[end + 1]!)
      end += 2
    }
    if (tokens.kind[place + 1] === kind.word || tokens.kind[place + 1] === kind.quoted)
      parsing.structure.extraReads.push({ name: parts.map((part) => part.replaceAll(/[`"]/g, "")), at: place + 1 })
  }
}

/** `OVER (…)` and `OVER name` belong to the call that ends before them; IGNORE NULLS may stand between. */
function takeWindow(tokens: Tokens, at: number, byEnd: ReadonlyMap<number, Call>): void {
  let end = at - 1
  while (
    end > 0 &&
    ["nulls", "ignore", "respect", "last", "first", "from"].includes(tokens.word[end]!) &&
    tokens.kind[end] === kind.word
  )
    end--
  const call = byEnd.get(end)
  if (call === undefined) return
  if (isOpen(tokens, at + 1)) call.over = { start: at + 2, end: tokens.match[at + 1]! }
  else call.over = { start: at + 1, end: at + 2 }
}

/** What a query in an expression is for, by the words before its bracket. */
function roleAt(tokens: Tokens, open: number): Role {
  const word = tokens.kind[open - 1] === kind.word ? tokens.word[open - 1] : ""
  const isNegated = isWord(tokens, open - 2, "not")
  if (word === "exists") return isNegated ? "not exists" : "exists"
  if (word === "in") return isNegated ? "not in" : "in"
  if (word === "any" || word === "some") return "in"
  if (word === "all") return "not in"
  return word === "array" ? "array" : "scalar"
}

/** A macro after a complete operand writes a clause or an operator, not a value. */
function isWhereClauseWouldBe(tokens: Tokens, place: number, start: number, clause: Clause): boolean {
  if (place === start || clause === "select") return false
  const before = tokens.kind[place - 1]
  if (before === kind.symbol || before === kind.open) return false
  return before !== kind.word || !noFunction.has(tokens.word[place - 1]!)
}
