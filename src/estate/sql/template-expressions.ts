/** What a Jinja expression stands for, told from its form alone. */
import { type Piece, insideOf } from "./template-pieces.ts"

export interface Expression {
  /** A relation: "model", "source.table"; absent for everything else. */
  readonly name?: string
  /** The macro that writes what stands here; absent for values. */
  readonly macro?: string
  /** It writes nothing into the SQL. */
  readonly isBlank?: boolean
  readonly config?: Readonly<Record<string, string | readonly string[]>>
}

const value: Expression = {}
/** Functions of Jinja and dbt that give a value, and macros that give a scalar expression or a list of columns. */
const valueCalls =
  /^(var|env_var|target|adapter|api|builtins|run_started_at|invocation_id|loop|modules|range|return|dbt\.(?!date_spine|deduplicate)\w+|dbt_utils\.(star|surrogate_key|generate_surrogate_key|safe_\w+|width_bucket|haversine_distance|pretty_\w+|get_url_\w+|date_trunc|dateadd|datediff|split_part|hash|concat|type_\w+|current_timestamp|last_day|cast_\w+)|type_\w+|current_timestamp\w*|dbt_date\.\w+)\b/
const silentCalls = /^(config|log|docs|print|exceptions|do|set_sql_header|depends_on)\b/

/** Reads the inside of `{{ }}`; `variables` are those that the template has set to a relation or a text. */
export function readExpression(inside: string, variables: ReadonlyMap<string, Expression>): Expression {
  const text = inside.replace(/^[-+]/, "").replace(/[-+]$/, "").trim()
  if (text === "") return { isBlank: true }
  const [relation] = relationsIn(text)
  if (relation !== undefined && relation.start === 0 && isAlone(text, relation.end))
    return { name: relation.call === "ref" ? relation.words.at(-1)! : relation.words.join(".") }
  if (/^this\b/.test(text)) return { name: "{this}" }
  if (/^config\s*\(/.test(text)) return { isBlank: true, config: readConfig(text) }
  if (silentCalls.test(text)) return { isBlank: true }
  const literal = /^(['"])([^'"]*)\1/.exec(text)
  if (literal !== null) return /^[\s,]*$/.test(literal[2]!) || /\bif\b.*\bloop\./.test(text) ? { isBlank: true } : value
  const name = /^[A-Za-z_]\w*$/.exec(text)?.[0]
  if (name !== undefined) return variables.get(name) ?? value
  const call = /^([A-Za-z_][\w.]*)\s*\(/.exec(text)?.[1]
  if (call === undefined || valueCalls.test(text)) return value
  return { macro: call.toLowerCase() }
}

export interface Relation {
  readonly call: "ref" | "source"
  readonly words: readonly string[]
  readonly start: number
  readonly end: number
}

/** Every ref() and source() with literal arguments, in their order. */
export function relationsIn(text: string): readonly Relation[] {
  const calls = /\b(ref|source)\s*\(\s*(['"])([^'"]{1,300})\2\s*(?:,\s*(['"])([^'"]{1,300})\4\s*)?/g
  return [...text.matchAll(calls)].map((found) => ({
    call: found[1] as Relation["call"],
    words: [found[3]!, ...(found[5] === undefined ? [] : [found[5]])],
    start: found.index,
    end: found.index + found[0].length,
  }))
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

/** Nothing but the end of the call, and at most a version, stands after a reference. */
const isAlone = (text: string, end: number): boolean =>
  /^(,\s*(v|version)\s*=\s*['"\w.]+\s*)?\)\s*(\.\w+\s*)?$/.test(text.slice(end, end + 200))
