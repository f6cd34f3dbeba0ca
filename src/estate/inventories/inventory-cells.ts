/** What SQL-01 asks about a statement, answered from the constructs that were found in its text. */
import type { Cell } from "../../assessment/model.ts"
import type { ConstructId } from "../construct-table.ts"
import { isStateful } from "../judgement.ts"
import type { FoundConstruct, Statement } from "../model.ts"

type Cells = Readonly<Record<string, Cell>>

/**
 * Cells of joins, aggregation, window functions, deduplication, set operations, user functions and other constructs. "None" in
 * the first five says that no state is kept, which is what the question's score counts: so a statement that keeps state some
 * other way has one of them blank, and one that nobody could read has only what was found.
 */
export function constructCells(statement: Statement): Cells {
  const stateful = isStateful(statement)
  const found = choicesOf(statement.verdict.constructs)
  if (stateful === null) return found
  if (!stateful && statement.decision !== undefined) return nothing
  const saysState = scored.some((column) => found[column] !== undefined && !keepsNone.has([found[column]].flat().join()))
  const { aggregation, ...others } = nothing
  return { ...(stateful && !saysState ? others : { ...others, aggregation }), ...found }
}

/** Columns that the question's score looks at. */
const scored = ["joins", "aggregation", "windowFunctions", "deduplication", "setOperations"] as const

const keepsNone: ReadonlySet<string> = new Set(["none", "union-all"])

const nothing = {
  joins: ["none"],
  aggregation: ["none"],
  windowFunctions: ["none"],
  deduplication: "none",
  setOperations: ["none"],
  userFunctions: "none",
} as const satisfies Cells

type Choices = Readonly<Partial<Record<keyof typeof nothing | "other", string>>>

/** Columns of one choice take the one that asks for the most work. */
const oneOf: Readonly<Record<string, readonly string[]>> = {
  deduplication: ["keep-last", "keep-first", "distinct"],
  userFunctions: ["table", "scalar"],
}

function choicesOf(constructs: readonly FoundConstruct[]): Cells {
  const chosen = new Map<string, Set<string>>()
  for (const construct of constructs) {
    for (const [column, option] of Object.entries(choicesIn(construct))) {
      chosen.set(column, (chosen.get(column) ?? new Set()).add(option))
    }
  }
  return Object.fromEntries(
    Array.from(chosen, ([column, options]): [string, Cell] => {
      const order = oneOf[column]
      return [column, order === undefined ? [...options] : (order.find((each) => options.has(each)) ?? "none")]
    }),
  )
}

/** The construct table has one row where the question tells two apart: the text that was found decides. */
function choicesIn({ construct, reason }: FoundConstruct): Choices {
  if (construct === "distinct") return /\bunion\b/i.test(reason) ? { setOperations: "union" } : { deduplication: "distinct" }
  if (construct === "join-outer") return { joins: /\bfull\b/i.test(reason) ? "full" : "left" }
  if (construct === "join-non-equality") return { joins: /\bcross\b/i.test(reason) ? "cross" : "non-equality" }
  return choices[construct] ?? {}
}

const choices: Readonly<Partial<Record<ConstructId, Choices>>> = {
  "union-all": { setOperations: "union-all" },
  "intersect-except": { setOperations: "intersect-except" },
  "join-lookup": { joins: "lookup" },
  "join-dimension": { joins: "inner" },
  "join-inner": { joins: "inner" },
  "join-chain": { joins: "inner" },
  "join-interval": { joins: "inner" },
  "join-temporal": { joins: "inner" },
  "join-window": { joins: "inner" },
  "join-delta": { joins: "inner" },
  "self-join": { joins: "inner" },
  "semi-join": { joins: "semi" },
  "anti-join": { joins: "anti" },
  "not-exists": { joins: "anti" },
  "not-in": { joins: "anti" },
  reconciliation: { joins: "full" },
  "correlated-subquery": { joins: "inner", other: "correlated-subquery" },
  "recursive-cte": { joins: "inner", other: "recursion" },
  "group-by": { aggregation: "history" },
  "min-max-updating": { aggregation: "history" },
  "grouping-sets": { aggregation: "history" },
  having: { aggregation: "history" },
  collect: { aggregation: "history" },
  "count-distinct": { aggregation: "distinct-history" },
  percentile: { aggregation: "percentile" },
  "group-by-period": { aggregation: "windowed" },
  "window-tvf": { aggregation: "windowed" },
  "session-window": { aggregation: "windowed" },
  pivot: { aggregation: "history", other: "pivot" },
  "year-on-year": { aggregation: "history", other: "year-on-year" },
  "user-aggregate": { aggregation: "history", userFunctions: "table" },
  "user-function": { userFunctions: "scalar" },
  "keep-first": { windowFunctions: "row-number", deduplication: "keep-first" },
  "keep-last": { windowFunctions: "row-number", deduplication: "keep-last" },
  "top-n": { windowFunctions: "top-n" },
  limit: { windowFunctions: "top-n" },
  "rank-top-n": { windowFunctions: "ranking" },
  "full-ranking": { windowFunctions: "ranking" },
  "over-bounded": { windowFunctions: "look-back" },
  "over-unbounded": { windowFunctions: "look-back" },
  lag: { windowFunctions: "look-back" },
  "over-unsupported": { windowFunctions: "look-ahead" },
  lead: { windowFunctions: "look-ahead" },
  sequence: { windowFunctions: "look-ahead" },
  merge: { other: "merge" },
  "run-time": { other: "relative-to-today" },
  procedure: { other: "procedural" },
  "type-2": { other: "type-2-history" },
}
