/** Macros of a dbt project: told from their own text, never run, whether they write a value, rows, or something that nobody can tell. */
import { areWords, isOpen, isWord } from "./cursor.ts"
import { keptPieces } from "./template-branches.ts"
import { readExpression } from "./template-expressions.ts"
import { cutTemplate, insideOf } from "./template-pieces.ts"
import { type Tokens, kind, tokenize } from "./tokens.ts"
import { aggregates } from "./words.ts"

/** Names of macros in lower case, each with what stands between `{% macro %}` and `{% endmacro %}`. */
export type Macros = ReadonlyMap<string, string>

/** The macros that a file defines. */
export function macrosIn(text: string): Macros {
  const macros = new Map<string, string>()
  let open: { readonly name: string; readonly start: number } | undefined
  for (const piece of cutTemplate(text)) {
    if (piece.type !== "tag") continue
    const inside = insideOf(text, piece)
    const name = /^macro\s+(\w+)/.exec(inside)?.[1]
    if (name !== undefined) open = { name: name.toLowerCase(), start: piece.end }
    else if (inside.startsWith("endmacro") && open !== undefined) macros.set(open.name, text.slice(open.start, piece.start))
  }
  return macros
}

/** `value`: an expression or a relation; `rows`: queries that keep no state; `state`: something that may keep state. */
export type MacroKind = "value" | "rows" | "state"

const told = new WeakMap<Macros, Map<string, MacroKind | undefined>>()

/** What a macro writes; `undefined` when its text, or that of one that it calls, is not there. */
export function macroKind(name: string, macros: Macros): MacroKind | undefined {
  const known = told.get(macros) ?? new Map<string, MacroKind | undefined>()
  told.set(macros, known)
  if (!known.has(name)) known.set(name, judge(name, macros))
  return known.get(name)
}

/** Macros that call each other are followed so far. */
const mostCalled = 20

function judge(name: string, macros: Macros): MacroKind | undefined {
  const todo = [name]
  let result: MacroKind = "value"
  let isWhole = true
  for (const each of todo) {
    const body = bodyOf(each, macros)
    if (body === undefined || todo.length > mostCalled) {
      isWhole = false
      continue
    }
    const { tokens, calls } = flatten(body)
    if (mayKeepState(tokens)) return "state"
    if (tokens.word.some((word, at) => tokens.kind[at] === kind.word && word === "select")) result = "rows"
    for (const call of calls) if (!todo.includes(call) && todo.length <= mostCalled) todo.push(call)
  }
  return isWhole ? result : undefined
}

/** The text of a macro; where it only asks for the adapter's own, that of `default__name`. */
function bodyOf(name: string, macros: Macros): string | undefined {
  const plain = name.slice(name.lastIndexOf(".") + 1)
  const body = macros.get(plain)
  return body !== undefined && /\badapter\s*\.\s*dispatch\s*\(/.test(body) ? macros.get(`default__${plain}`) : body
}

/** What all branches of a macro write, and the macros that it calls; what it asks the database while it runs is left out. */
function flatten(body: string): { readonly tokens: Tokens; readonly calls: readonly string[] } {
  const calls: string[] = []
  let asked = 0
  const pieces = cutTemplate(body)
  const { incremental } = keptPieces(body, pieces)
  const texts = pieces.map((piece) => {
    // What only an incremental run has counts as little as in a model.
    if (incremental.some(({ start, end }) => start <= piece.start && piece.end <= end)) return " "

    const inside = piece.type === "tag" ? insideOf(body, piece) : ""
    if (/^set\s+\w+$|^call\b/.test(inside)) asked++
    else if (/^end(set|call)\b/.test(inside)) asked = Math.max(0, asked - 1)
    if (asked > 0 || piece.type === "tag" || piece.type === "comment") return " "
    if (piece.type === "text") return body.slice(piece.start, piece.end)
    const { macro, isBlank } = readExpression(insideOf(body, piece), new Map())
    if (macro !== undefined && macro !== "return" && macro !== "caller") calls.push(macro)
    return isBlank === true ? " " : " x "
  })
  return { tokens: tokenize(texts.join("")), calls }
}

const keeping = new Set("join distinct intersect having qualify over limit pivot unpivot match_recognize recursive".split(" "))

function mayKeepState(tokens: Tokens): boolean {
  return tokens.word.some((word, at) => {
    if (tokens.kind[at] !== kind.word) return false
    if (keeping.has(word) || areWords(tokens, at, "group", "by") || areWords(tokens, at, "order", "by")) return true
    if (word === "union") return !isWord(tokens, at + 1, "all")
    if ((word === "exists" || word === "in") && isOpen(tokens, at + 1)) return isWord(tokens, at + 2, "select")
    return aggregates.has(word) && isOpen(tokens, at + 1)
  })
}
