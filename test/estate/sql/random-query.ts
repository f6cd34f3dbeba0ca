/** Random queries whose tables and state are known because they are made from them. */

export interface RandomQuery {
  readonly sql: string
  readonly reads: ReadonlySet<string>
  readonly stateful: boolean
}

/** Makes a query from a tape of numbers; a shorter or smaller tape makes a simpler one. */
export function randomQuery(tape: readonly number[]): RandomQuery {
  let at = 0
  const pick = (of: number): number => (tape[at++] ?? 0) % of
  const reads = new Set<string>()
  const state = { kept: false }
  const sql = queryOf({ pick, reads, state, depth: 0, ctes: [], isResult: true })
  return { sql, reads, stateful: state.kept }
}

interface Making {
  readonly pick: (of: number) => number
  readonly reads: Set<string>
  readonly state: { kept: boolean }
  readonly depth: number
  /** Names that mean a common table here. */
  readonly ctes: readonly string[]
  readonly isResult: boolean
}

const tables = ["orders", "customers", "raw.events", "db.sch.items", "select_log", "from_x"]
const mostDepth = 4

function queryOf(making: Making): string {
  const { pick, depth } = making
  const names: string[] = []
  const heads: string[] = []
  const count = depth < mostDepth ? pick(3) : 0
  for (let each = 0; each < count; each++) {
    const name = pick(3) === 0 ? "orders" : `cte_${depth}_${each}`
    if (names.includes(name)) continue
    heads.push(
      `${quoted(making, name)} as ${noise(pick)}(${queryOf({ ...making, depth: depth + 1, ctes: [...making.ctes, ...names], isResult: false })})`,
    )
    names.push(name)
  }
  const inner = { ...making, ctes: [...making.ctes, ...names] }
  const body = bodyOf(inner)
  return heads.length === 0 ? body : `with ${heads.join(", ")} ${body}`
}

/** SELECTs, with set operations between. */
function bodyOf(making: Making): string {
  const { pick, state, depth, isResult } = making
  const first = selectOf(making)
  if (pick(4) !== 1 || depth >= mostDepth) return `${first}${isResult ? orderOf(making) : ""}`
  const operation = ["union all", "union all", "union", "except", "intersect", "union distinct"][pick(6)] ?? ""
  if (operation !== "union all") state.kept = true
  return `${first}${noise(pick)}${operation} ${selectOf({ ...making, depth: depth + 1 })}`
}

function orderOf({ pick, state }: Making): string {
  const order = ["", "", "", "", " order by 1", " limit 10", " order by a desc limit 3"][pick(7)] ?? ""
  if (order !== "") state.kept = true
  return order
}

function selectOf(making: Making): string {
  const { pick, state } = making
  const isDistinct = pick(9) === 1
  const isGrouped = pick(6) === 1
  if (isDistinct || isGrouped) state.kept = true
  const columns = Array.from({ length: 1 + pick(3) }, () => columnOf(making))
  const source = sourceOf(making, "s0")
  const joins = Array.from({ length: pick(3) }, (_, each) => joinOf(making, `s${each + 1}`))
  const where = pick(2) === 1 ? ` where ${conditionOf(making)}` : ""
  const group = isGrouped ? ` group${noise(pick)}by 1${pick(3) === 1 ? " having count(*) > 1" : ""}` : ""
  return `select ${isDistinct ? "distinct " : ""}${columns.join(", ")}${noise(pick)}from ${source}${joins.join("")}${where}${group}`
}

function columnOf(making: Making): string {
  const { pick, state, depth } = making
  const kind = pick(14)
  if (kind === 1) {
    state.kept = true
    return (
      ["row_number() over (partition by a order by b) as rn", "sum(x) over w1 as s", "lag(a) over (order by ts)"][pick(3)] ?? ""
    )
  }
  if (kind === 2 && depth < mostDepth) {
    state.kept = true
    const value = pick(2) === 0 ? `(select max(v) from ${tableOf(making)})` : `(select v from ${tableOf(making)} where k = 1)`
    return pick(2) === 0 ? `${value} as m` : `coalesce(${value}, 0) as m`
  }
  const plain = [
    "a",
    "s0.b as c",
    "'select x from hidden join y' as t",
    "case when a = 1 then 'group by' else \"order\" end as k",
    "cast(a as decimal(10, 2))",
    "coalesce(a, 'it''s', null) as z",
    "extract(year from ts) as y",
    "a::int as i",
    "[1, 2, 3] as l",
    "s0.order as o",
    "trim(both ' ' from a)",
  ]
  return plain[pick(plain.length)] ?? ""
}

function sourceOf(making: Making, alias: string): string {
  const { pick, depth } = making
  if (pick(4) === 1 && depth < mostDepth)
    return `(${noise(pick)}${queryOf({ ...making, depth: depth + 1, isResult: false })})${noise(pick)}as ${alias}`
  return `${tableOf(making)} ${pick(2) === 0 ? "" : "as "}${alias}`
}

/** A table, noted as read unless a common table has its name. */
function tableOf(making: Making): string {
  const { pick, reads, ctes } = making
  const name = ctes.length > 0 && pick(2) === 1 ? (ctes[pick(ctes.length)] ?? "") : (tables[pick(tables.length)] ?? "")
  if (!ctes.includes(name)) reads.add(name)
  return quoted(making, name)
}

function joinOf(making: Making, alias: string): string {
  const { pick, state } = making
  if (pick(4) === 1) return [` cross join unnest(s0.items) as ${alias}`, ` left join unnest(s0.list) as ${alias}`][pick(2)] ?? ""
  state.kept = true
  const join = ["join", "left join", "inner join", "full outer join", "left outer join", "cross join", ","][pick(7)] ?? ""
  const condition =
    join === "cross join" || join === ","
      ? ""
      : pick(3) === 0
        ? " using (id)"
        : ` on s0.id = ${alias}.id and ${alias}.x <> 'join'`
  return `${join === "," ? "" : noise(pick)}${join} ${sourceOf(making, alias)}${condition}`
}

function conditionOf(making: Making): string {
  const { pick, state, depth } = making
  const kind = pick(8)
  if (kind === 1 && depth < mostDepth) {
    state.kept = true
    const head = ["a in", "a not in", "exists", "not exists"][pick(4)] ?? ""
    return `${head} (${queryOf({ ...making, depth: depth + 1, isResult: false })})`
  }
  const plain = [
    "a = 1",
    "a in (1, 2)",
    "b like '%from orders%'",
    "a is not distinct from b",
    "a between 1 and 2 or c is null",
    "(a, b) in ((1, 2))",
  ]
  return plain[kind % plain.length] ?? ""
}

function quoted({ pick }: Making, name: string): string {
  const how = pick(4)
  if (how === 1)
    return name
      .split(".")
      .map((part) => `"${part}"`)
      .join(".")
  if (how === 2) return `\`${name}\``
  return how === 3 ? name.toUpperCase() : name
}

/** White space and comments that say nothing. */
function noise(pick: (of: number) => number): string {
  return [" ", "\n", " /* join hidden on 1 = 1 */ ", " -- group by x\n", "\t", " /* it's */ "][pick(6)] ?? " "
}
