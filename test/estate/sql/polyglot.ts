/** What an independent parser says of a text: the tables read, and whether it keeps state. */
import { type Dialect, parse } from "@polyglot-sql/sdk"

export interface Facts {
  readonly reads: readonly string[]
  readonly stateful: boolean
  /** Kinds of nodes that keep state, for messages. */
  readonly because: readonly string[]
}

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value)

/** `undefined` when the parser refuses the text. */
export function factsOf(sql: string, dialect: string): Facts | undefined {
  const result = parse(sql, dialect as Dialect)
  if (!result.success || !Array.isArray(result.ast)) return undefined
  const reads = new Set<string>()
  const because = new Set<string>()
  for (const statement of result.ast as readonly unknown[]) walk(statement, "", new Set(), reads, because, true)
  return { reads: [...reads].toSorted(), stateful: because.size > 0, because: [...because].toSorted() }
}

const keeping = /^(group_by|distinct_on|window_function|pivot|unpivot|match_recognize|merge|update|delete|intersect|except|limit|fetch|top|connect|exists|in_subquery|any|having)$/
const aggregates =
  /^(count|sum|avg|min|max|array_agg|string_agg|list_agg|group_concat|median|any_value|approx_distinct|approx_count_distinct|stddev|stddev_pop|stddev_samp|variance|var_pop|var_samp|percentile_cont|percentile_disc|approx_percentile|percentile|max_by|min_by|array_concat_agg|json_agg|object_agg|mode|bool_and|bool_or|count_if|sum_if|first|last|aggregate_function|corr|collect_list|collect_set|map_agg)$/

function walk(value: unknown, key: string, ctes: ReadonlySet<string>, reads: Set<string>, because: Set<string>, isResult: boolean): void {
  if (Array.isArray(value)) {
    for (const each of value) walk(each, key, ctes, reads, because, isResult)
    return
  }
  if (!isNode(value)) return
  const visible = isNode(value["with"]) ? addCtes(value["with"], ctes, reads, because) : ctes
  for (const [name, inner] of Object.entries(value)) {
    if (name === "with" || inner === null || inner === false || (Array.isArray(inner) && inner.length === 0)) continue
    if (name === "table" && isNode(inner) && isNode(inner["name"]) && "alias_explicit_as" in inner) addRead(inner, visible, reads)
    if (keeping.test(name) || (aggregates.test(name) && isNode(inner))) because.add(name)
    if (name === "distinct" && inner === true && "from" in value) because.add("distinct")
    if (name === "union" && isNode(inner) && inner["all"] !== true) because.add("union")
    if (name === "joins" && Array.isArray(inner) && inner.some(isRealJoin)) because.add("join")
    if (name === "order_by" && isResult && ("from" in value || "left" in value)) because.add("order_by")
    if (name === "from" && isNode(inner) && Array.isArray(inner["expressions"]) && inner["expressions"].slice(1).some(isTable))
      because.add("comma join")
    walk(inner, name, visible, reads, because, isResult && !["from", "joins", "where_clause", "expressions"].includes(name))
  }
}

function addCtes(clause: Node, outer: ReadonlySet<string>, reads: Set<string>, because: Set<string>): ReadonlySet<string> {
  const names = new Set(outer)
  for (const cte of (clause["ctes"] as readonly Node[] | undefined) ?? []) {
    const name = ((cte["alias"] as Node)["name"] as string).toLowerCase()
    walk(cte["this"], "cte", clause["recursive"] === true ? new Set([...names, name]) : names, reads, because, false)
    names.add(name)
  }
  return names
}

function addRead(table: Node, ctes: ReadonlySet<string>, reads: Set<string>): void {
  const parts = ["catalog", "schema", "name"].flatMap((part) => {
    const value = table[part]
    return isNode(value) ? [value["name"] as string] : []
  })
  const name = parts.join(".").toLowerCase()
  if (parts.length > 1 || !ctes.has(name)) reads.add(name)
}

const isRealJoin = (join: unknown): boolean => isNode(join) && isTable(join["this"])

/** Not UNNEST, LATERAL or a table function. */
function isTable(value: unknown): boolean {
  if (!isNode(value)) return false
  const [name = "", inner] = Object.entries(value)[0] ?? []
  if (name === "alias" && isNode(inner)) return isTable(inner["this"])
  return name === "table" || name === "subquery" || name === "select" || name === "values"
}
