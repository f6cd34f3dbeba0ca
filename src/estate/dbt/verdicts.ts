/** What dbt adds to the SQL of a statement: history of a snapshot, an incremental run, code instead of SQL. */
import { type ConstructId, constructTable } from "../construct-table.ts"
import type { Factor, FoundConstruct, OutputKind, StatementClass, Verdict } from "../model.ts"

/** Without a text, or with one that is no SQL. */
export function unreadable(kind: "code" | "unknown", because: string): Verdict {
  return {
    class: kind,
    stateful: null,
    furtherStateful: 0,
    output: "none",
    constructs: [],
    readBy: "none",
    because,
  }
}

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
  const constructs = [...verdict.constructs, added]
  const stateful = added.stateful ? true : verdict.stateful
  if (verdict.class === "code" || verdict.class === "unknown") return { ...verdict, constructs, stateful }
  const before: number = verdict.factor ?? 0
  const leads = added.factor > before
  const factor = leads ? added.factor : (verdict.factor ?? added.factor)
  // What set the class until now counts among the further ones from now on.
  const displaced = verdict.constructs.some((each) => each.stateful && each.factor === before)
  const further = (leads ? displaced : added.stateful) ? 1 : 0
  return {
    ...verdict,
    class: classes[factor],
    factor,
    stateful,
    constructs,
    furtherStateful: verdict.furtherStateful + further,
    output: stronger(verdict.output, constructTable[added.construct].output),
  }
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

const classes: Readonly<Record<Factor, StatementClass>> = { 1: "P1", 2: "P2", 3: "P3", 4: "P4", 5: "P5" }

const outputs: readonly OutputKind[] = ["none", "as input", "append", "changelog", "not repeatable"]

function stronger(one: OutputKind, other: OutputKind): OutputKind {
  return outputs.indexOf(one) >= outputs.indexOf(other) ? one : other
}

function lineOf(text: string, at: number): number {
  let line = 1
  for (let end = text.indexOf("\n"); end >= 0 && end < at; end = text.indexOf("\n", end + 1)) line += 1
  return line
}
