/** What a Jinja expression stands for, told from its form alone. */
import { type Piece, insideOf } from "./template-pieces.ts"

export interface Expression {
  /** A relation: "model", "source.table"; absent for everything else. */
  readonly name?: string
  /** Further relations that it stands for in other rounds of a loop, or that a macro is given. */
  readonly others?: readonly string[]
  /** The macro that writes what stands here; absent for values. */
  readonly macro?: string
  /** Names of common tables that a macro writes, each with the model that it reads. */
  readonly ctes?: readonly (readonly [name: string, model: string])[]
  /** What stands between the rounds of a loop. */
  readonly between?: string
  /** It writes nothing into the SQL. */
  readonly isBlank?: boolean
  readonly config?: Readonly<Record<string, string | readonly string[]>>
}

const value: Expression = {}
/** Functions of Jinja and dbt that give a value, and macros that give a scalar expression, a list of columns or a relation. */
const valueCalls =
  /^(var|env_var|target|adapter|api|builtins|run_started_at|invocation_id|loop|modules|range|ref|source|dbt\.(?!date_spine|deduplicate)\w+|dbt_utils\.(star|surrogate_key|generate_surrogate_key|safe_\w+|width_bucket|haversine_distance|pretty_\w+|get_url_\w+|date_trunc|dateadd|datediff|split_part|hash|concat|type_\w+|current_timestamp|last_day|cast_\w+)|type_\w+|current_timestamp\w*|dbt_date\.(?!get_date_dimension|get_base_dates)\w+|(\w+\.)?\w*(source|ref|relation|table)(_name|_path)?)\s*[.(|[]/
const silentCalls = /^(config|log|docs|print|exceptions|do|set_sql_header|depends_on)\b/
/** Nobody writes more in front of what matters. */
const longestLook = 2000

/** Reads the inside of `{{ }}`; `variables` are those that the template has set to a relation or a text. */
export function readExpression(inside: string, variables: ReadonlyMap<string, Expression>): Expression {
  const text = inside
    .replace(/^[-+]/, "")
    .replace(/[-+]$/, "")
    .trim()
    .replace(/^builtins\./, "")
  if (text === "") return { isBlank: true }
  const [relation] = relationsIn(text.slice(0, longestLook))
  if (relation?.start === 0) return { name: nameOf(relation) }
  if (/^this\b/.test(text)) return { name: "{this}" }
  if (/^config\s*\(/.test(text)) return { isBlank: true, config: readConfig(text) }
  if (silentCalls.test(text)) return { isBlank: true }
  if (text.startsWith("[")) return listOf(text)
  const literal = /^(['"])([^'"]*)\1/.exec(text)
  if (literal !== null) return readLiteral(literal[2]!, text)
  const name = /^[A-Za-z_]\w*(?=\s*(\||$))/.exec(text)?.[0]
  if (name !== undefined) return variables.get(name) ?? value
  const call = /^([A-Za-z_][\w.]*)\s*\(/.exec(text)?.[1]
  if (call === undefined || valueCalls.test(text)) return value
  return { macro: call.toLowerCase(), others: relationsIn(text).map(nameOf), ...ctesIn(call, text) }
}

/** What `{% for name in list %}` makes of a name: the relations of the list, one after the other. */
export function readLoop(list: string, variables: ReadonlyMap<string, Expression>): Expression {
  const { others = [] } = readExpression(list, variables)
  const [first, ...further] = others
  return first === undefined ? value : { name: first, others: further }
}

const listOf = (text: string): Expression => ({ others: relationsIn(text).map(nameOf) })

const nameOf = ({ call, words }: Relation): string => (call === "ref" ? words.at(-1)! : words.join("."))

/** A text written out; between the rounds of a loop it is a sign or a set operation. */
function readLiteral(literal: string, text: string): Expression {
  if (/\bloop\./.test(text.slice(0, longestLook))) return { isBlank: true, between: literal.trim().toLowerCase() }
  return /^[\s,]*$/.test(literal) ? { isBlank: true } : value
}

/** `simple_cte([('name', 'model'), …])` writes the head of a WITH. */
function ctesIn(call: string, text: string): Pick<Expression, "ctes"> {
  if (!/cte/i.test(call)) return {}
  const pairs = text.matchAll(/\(\s*['"](\w{1,200})['"]\s*,\s*['"](\w{1,200})['"]/g)
  return { ctes: [...pairs].map((found) => [found[1]!.toLowerCase(), found[2]!] as const) }
}

export interface Relation {
  readonly call: "ref" | "source"
  readonly words: readonly string[]
  readonly start: number
  readonly end: number
}

/** Every ref() and source() whose arguments are written out, in their order. */
export function relationsIn(text: string): readonly Relation[] {
  const calls = /\b(ref|source)\s*\(\s*(['"])([^'"]{1,300})\2\s*(?:,\s*(['"])([^'"]{1,300})\4\s*)?(?=[,)])/g
  return [...text.matchAll(calls)]
    .map((found) => ({
      call: found[1] as Relation["call"],
      words: [found[3]!, ...(found[5] === undefined ? [] : [found[5]])],
      start: found.index,
      end: found.index + found[0].length,
    }))
    .filter(({ call, words }) => call === "ref" || words.length === 2)
}

/** The references of all kept expressions and tags, each once. */
export function referencesIn(
  text: string,
  pieces: readonly (Piece & { readonly isKept: boolean })[],
): { readonly refs: readonly (readonly string[])[]; readonly sources: readonly (readonly [string, string])[] } {
  const found = pieces
    .filter(({ type, isKept }) => isKept && (type === "expression" || type === "tag"))
    .flatMap((piece) => relationsIn(insideOf(text, piece)))
  const once = [...new Map(found.map((each) => [`${each.call} ${each.words.join("\0")}`, each])).values()]
  return {
    refs: once.filter(({ call }) => call === "ref").map(({ words }) => words),
    sources: once.filter(({ call, words }) => call === "source" && words.length === 2).map(({ words }) => [words[0]!, words[1]!]),
  }
}

/** Literal arguments of config(): texts, lists of texts, words and numbers. */
function readConfig(text: string): Readonly<Record<string, string | readonly string[]>> {
  const given = /\b(\w{1,60})\s*=\s*(?:(['"])([^'"]{0,500})\2|\[([^[\]]{0,2000})\]|([\w.]{1,100}))/g
  const entries = [...text.matchAll(given)].map((found) => {
    const list = found[4] === undefined ? undefined : [...found[4].matchAll(/(['"])([^'"]{0,300})\1/g)].map((each) => each[2]!)
    return [found[1]!, list ?? found[3] ?? found[5] ?? ""] as const
  })
  return Object.fromEntries(entries)
}
