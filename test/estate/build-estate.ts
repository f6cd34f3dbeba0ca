/** Estates made by hand: statements with verdicts as a reader would give them, sources and consumers by a few words. */
import { type ConstructId, constructTable } from "../../src/estate/construct-table.ts"
import type { Consumer, Estate, Factor, Source, Statement, StatementClass, Verdict } from "../../src/estate/model.ts"

/** A verdict on these constructs, in the order of the text; none is a plain port. */
export function found(...constructs: readonly ConstructId[]): Verdict {
  const rows = constructs.map((id) => constructTable[id])
  const factor = Math.max(1, ...rows.map((row) => row.factor)) as Factor
  const states = rows.filter((row) => row.keepsState)
  const leading = rows.find((row) => row.factor === factor)
  const outputs = new Set(rows.map((row) => row.output))
  return {
    class: `P${factor}` as StatementClass,
    stateful: states.length > 0,
    factor,
    furtherStateful: states.length - (leading?.keepsState ? 1 : 0),
    output: outputs.has("changelog") ? "changelog" : outputs.has("append") ? "append" : "as input",
    constructs: constructs.map((construct, at) => ({
      construct,
      start: at,
      end: at + 1,
      line: 1,
      reason: construct,
      stateful: constructTable[construct].keepsState,
      factor: constructTable[construct].factor,
    })),
    readBy: "parser",
  }
}

/** Nobody could read it. */
export const unread: Verdict = {
  class: "unknown",
  stateful: null,
  furtherStateful: 0,
  output: "none",
  constructs: [],
  readBy: "none",
  because: "A macro writes its body",
}

/** A dbt-like model that is a plain port and reads `dependsOn`; `more` is what a test is about. */
export function statement(id: string, dependsOn: readonly string[] = [], more: Partial<Statement> = {}): Statement {
  return {
    id,
    name: id,
    kind: "model",
    writes: [id],
    reads: [],
    dependsOn,
    textSource: "compiled",
    verdict: found(),
    differences: [],
    ...more,
  }
}

/** A declared source, of a system of its own unless told. */
export function source(id: string, more: Partial<Source> = {}): Source {
  return { id, name: id, kind: "source", ...more }
}

/** An exposure that reads these. */
export function exposure(name: string, reads: readonly string[], more: Partial<Consumer> = {}): Consumer {
  return { id: `exposure.${name}`, name, kind: "dashboard", reads, ...more }
}

/** An import of these. */
export function estate(parts: Partial<Estate>): Estate {
  return {
    format: "headwater-estate/1",
    origin: { kind: "dbt-manifest", name: "shop", passedOver: {} },
    statements: [],
    sources: [],
    consumers: [],
    notices: [],
    ...parts,
  }
}
