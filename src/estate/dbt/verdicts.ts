/** What dbt adds to the SQL of a statement: history of a snapshot, an incremental run, code instead of SQL. */
import { type ConstructId, constructTable } from "../construct-table.ts"
import type { FoundConstruct, Verdict } from "../model.ts"
import { withConstructs } from "../verdict.ts"

/** A construct that dbt adds around the text; it is shown at the beginning of the text, as no place of it shows it. */
export function addedBy(construct: ConstructId, reason: string): FoundConstruct {
  const { keepsState, factor } = constructTable[construct]
  return { construct, start: 0, end: 0, line: 1, reason, stateful: keepsState, factor }
}

/**
 * The verdict with one more construct, its class, state and output set anew. What is unknown or code stays so, but keeps
 * state if the added construct does. A construct that is there already is not added again.
 */
export function withConstruct(verdict: Verdict, added: FoundConstruct): Verdict {
  if (verdict.constructs.some(({ construct }) => construct === added.construct)) return verdict
  if (verdict.class === "code" || verdict.class === "unknown") {
    return { ...verdict, constructs: [...verdict.constructs, added], stateful: added.stateful ? true : verdict.stateful }
  }
  const { because } = verdict
  return { ...withConstructs(verdict, [added]), ...(because !== undefined && { because }) }
}

/**
 * Line of a raw text (from 1) in which dbt asks whether the run is incremental; absent where it does not. Comments of the
 * template do not count.
 */
export function incrementalLine(raw: string): number | undefined {
  let at = raw.indexOf(question)
  for (let from = 0; at >= 0;) {
    const comment = raw.indexOf("{#", from)
    if (comment < 0 || comment > at) return lineOf(raw, at)
    const end = raw.indexOf("#}", comment)
    if (end < 0) return undefined
    from = end + 2
    if (at < from) at = raw.indexOf(question, from)
  }
  return undefined
}

const question = "is_incremental"

function lineOf(text: string, at: number): number {
  let line = 1
  for (let end = text.indexOf("\n"); end >= 0 && end < at; end = text.indexOf("\n", end + 1)) line += 1
  return line
}
