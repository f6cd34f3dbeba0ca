/** The structure of a SQL statement: queries in queries, each with its clauses as ranges of tokens. */
import type { Tokens } from "./tokens.ts"

/** Tokens from `start` up to, not including, `end`. */
export interface Range {
  readonly start: number
  readonly end: number
}

/** Where a query stands. `branch`: an operand in brackets of a set operation. */
export type Role = "statement" | "cte" | "from" | "branch" | "in" | "not in" | "exists" | "not exists" | "scalar" | "array"

export interface Query extends Range {
  readonly role: Role
  /** Token that the query hangs on: its bracket, or the word before it. */
  readonly at: number
  readonly parent?: Query
  /** The SELECT in whose clause it stands. */
  readonly core?: Core
  readonly clause?: Clause
  readonly ctes: Cte[]
  /** The CTE that this query is the body of. */
  readonly cte?: Cte
  isRecursive: boolean
  readonly cores: Core[]
  readonly setOperations: SetOperation[]
  orderBy?: Range
  limit?: number
  /** Operands that are bracketed. */
  readonly branches: Query[]
}

export interface Cte {
  readonly name: string
  readonly at: number
  query: Query
}

export interface SetOperation extends Range {
  readonly kind: "union all" | "union" | "intersect" | "except"
}

export type Clause = "select" | "from" | "on" | "where" | "group" | "having" | "qualify" | "order" | "set" | "other"

/** One SELECT. */
export interface Core {
  readonly query: Query
  readonly at: number
  distinct?: number
  distinctOn?: Range
  select?: Range
  /** First is what stands after FROM. */
  readonly sources: Source[]
  /** Several SELECTs of one FROM (multi-insert): they are counted once. */
  sharesFrom?: true
  where?: Range
  groupBy?: Range
  having?: Range
  qualify?: Range
  readonly windows: Map<string, Range>
  readonly calls: Call[]
  readonly subqueries: Query[]
  /** Macros that stand where a clause would. */
  readonly clauseMacros: number[]
  connectBy?: number
  top?: number
  into?: string
}

export type JoinKind = "inner" | "left" | "right" | "full" | "cross" | "semi" | "anti" | "asof" | "comma"

export interface Source extends Range {
  readonly kind: "table" | "query" | "function" | "unnest" | "values" | "macro" | "stage" | "nested"
  /** Absent for the first. */
  join?: { readonly kind: JoinKind; readonly at: number; readonly isNatural: boolean; readonly isLateral: boolean }
  /** Parts of the name, as written. */
  readonly name: readonly string[]
  query?: Query
  alias?: string
  on?: Range
  using?: Range
  /** FOR SYSTEM_TIME AS OF and its like. */
  temporal?: Range
  pivot?: number
  matchRecognize?: number
}

export interface Call {
  /** In lower case, with its qualifiers: "sum", "dbt.hash". */
  readonly name: string
  readonly at: number
  readonly open: number
  readonly close: number
  readonly clause: Clause
  over?: Range
}

/** Everything that was understood of one statement. */
export interface Structure {
  readonly tokens: Tokens
  readonly statement: Range
  readonly root: Query
  readonly queries: Query[]
  readonly writes: string[]
  /** Place of each write, for what is said about it. */
  readonly writeAt: number[]
  /** Tables read outside of FROM: MERGE's source, Flink's TABLE arguments. */
  readonly extraReads: { readonly name: readonly string[]; readonly at: number }[]
  /** What changes rows or replaces a table as a whole. */
  readonly changes: {
    readonly kind: "merge" | "update" | "delete" | "overwrite" | "multi-insert" | "procedure"
    readonly at: number
    readonly end: number
  }[]
  /** Columns that identify a row, where the statement says so. */
  key?: readonly string[]
  /** It holds more sources than people write. */
  isOverfull?: true
  /** Alias or name of a MERGE's or UPDATE's target. */
  target?: string
}
