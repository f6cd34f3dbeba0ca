/** What an independent parser says of a text: the tables read, and whether it keeps state. */
import { type Dialect, parse } from "@polyglot-sql/sdk"

export interface Facts {
  /** In lower case, sorted. */
  readonly reads: readonly string[]
  readonly stateful: boolean
  /** Kinds of nodes that keep state, for messages. */
  readonly because: readonly string[]
}

type Node = Readonly<Record<string, unknown>>
const isNode = (value: unknown): value is Node => typeof value === "object" && value !== null && !Array.isArray(value)
const listOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [])

/** `undefined` when the parser refuses the text. */
export function factsOf(sql: string, dialect: string): Facts | undefined {
  const result = parse(sql, dialect as Dialect)
  if (!result.success || !Array.isArray(result.ast)) return undefined
  const found: Found = { reads: new Set(), because: new Set() }
  for (const statement of result.ast as readonly unknown[]) walk(statement, new Set(), found, true)
  return {
    reads: [...found.reads].toSorted(),
    stateful: found.because.size > 0,
    because: [...found.because].toSorted(),
  }
}

interface Found {
  readonly reads: Set<string>
  readonly because: Set<string>
}

const keeping =
  /^(group_by|distinct_on|window_function|pivot|unpivot|match_recognize|merge|update|delete|intersect|except|limit|fetch|top|connect)$/
const aggregates =
  /^(count|sum|avg|min|max|\w+_agg|group_concat|median|any_value|approx_\w+|stddev\w*|variance|var_\w+|percentile\w*|max_by|min_by|mode|bool_\w+|count_if|sum_if|aggregate_function|corr|collect_\w+)$/

function walk(value: unknown, outer: ReadonlySet<string>, found: Found, isResult: boolean): void {
  for (const each of listOf(value)) walk(each, outer, found, isResult)
  if (!isNode(value)) return
  const ctes = isNode(value["with"]) ? withCtes(value["with"], outer, found) : outer
  for (const [name, inner] of Object.entries(value)) {
    if (name === "with" || !isNode(inner)) {
      if (name === "distinct" && inner === true && "from" in value) found.because.add(name)
      for (const each of name === "with" ? [] : listOf(inner)) walk(each, ctes, found, isResult && name !== "expressions")
      if (name === "joins" && listOf(inner).some((join) => isNode(join) && isTable(join["this"]))) found.because.add("join")
      continue
    }
    judge(name, inner, value, ctes, found, isResult)
    walk(withoutTarget(name, inner), ctes, found, isResult && !["from", "where_clause", "cte"].includes(name))
  }
}

function judge(
  name: string,
  inner: Node,
  around: Node,
  ctes: ReadonlySet<string>,
  { reads, because }: Found,
  isResult: boolean,
): void {
  if (name === "table" && isNode(inner["name"]) && "alias_explicit_as" in inner) addRead(inner, ctes, reads)
  if (keeping.test(name) || aggregates.test(name)) because.add(name)
  if (name === "union" && inner["all"] !== true) because.add(name)
  if (name === "order_by" && isResult && ("from" in around || "left" in around)) because.add(name)
  if (name === "in" && isNode(inner["query"])) because.add("in")
  if ((name === "any" || name === "all") && isNode(inner["subquery"])) because.add(name)
  if (name === "exists" && readsTable(inner)) because.add(name)
  if (name === "from" && listOf(inner["expressions"]).slice(1).some(isTable)) because.add("comma join")
}

/** Without the table that is written. */
function withoutTarget(name: string, inner: Node): Node {
  if (!["insert", "update", "delete", "merge"].includes(name)) return inner
  return Object.fromEntries(Object.entries(inner).filter(([key]) => key !== "table" && !(name === "merge" && key === "this")))
}

function withCtes(clause: Node, outer: ReadonlySet<string>, found: Found): ReadonlySet<string> {
  const names = new Set(outer)
  for (const cte of listOf(clause["ctes"]) as readonly Node[]) {
    const name = ((cte["alias"] as Node)["name"] as string).toLowerCase()
    walk(cte["this"], clause["recursive"] === true ? new Set([...names, name]) : new Set(names), found, false)
    names.add(name)
  }
  return names
}

function addRead(table: Node, ctes: ReadonlySet<string>, reads: Set<string>): void {
  const parts = ["catalog", "schema", "name"].flatMap((part) => {
    const value = table[part]
    return isNode(value) ? [value["name"] as string] : []
  })
  const name = parts
    .filter((part) => part !== "")
    .join(".")
    .toLowerCase()
  if (parts.length > 1 || !ctes.has(name)) reads.add(name)
}

const readsTable = (value: unknown): boolean => {
  const inner: Found = { reads: new Set(), because: new Set() }
  walk(value, new Set(), inner, false)
  return inner.reads.size > 0
}

/** Not UNNEST, LATERAL or a table function. */
function isTable(value: unknown): boolean {
  if (!isNode(value)) return false
  const [name = "", inner] = Object.entries(value)[0] ?? []
  if (name === "alias" && isNode(inner)) return isTable(inner["this"])
  return name === "table" || name === "subquery" || name === "select" || name === "values"
}
