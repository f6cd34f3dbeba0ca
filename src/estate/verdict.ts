/** Constructs → class, state and what a sink has to take (E.2). */
import { constructTable } from "./construct-table.ts"
import type { Factor, FoundConstruct, OutputKind, Verdict } from "./model.ts"

const classes = ["P1", "P2", "P3", "P4", "P5"] as const

/** The class of a statement by the highest factor found in it; it keeps state when one of its constructs does. */
export function verdictOf(constructs: readonly FoundConstruct[], readBy: "parser" | "scanner"): Verdict {
  const factor = constructs.reduce<Factor>((highest, each) => (each.factor > highest ? each.factor : highest), 1)
  const stateful = constructs.filter((each) => each.stateful)
  const isSetByState = stateful.some((each) => each.factor === factor)
  return {
    class: classes[factor - 1] ?? "P5",
    stateful: stateful.length > 0,
    factor,
    furtherStateful: stateful.length - (isSetByState ? 1 : 0),
    output: outputOf(constructs),
    constructs,
    readBy,
  }
}

/** A verdict where nobody can tell. */
export const unknownVerdict = (because: string, readBy: Verdict["readBy"] = "none"): Verdict => ({
  class: "unknown",
  stateful: null,
  furtherStateful: 0,
  output: "none",
  constructs: [],
  readBy,
  because,
})

/** For programs in another language: they keep their place in the graph. */
export const codeVerdict = (because = "Code, not SQL: a person has to say what it does"): Verdict => ({
  ...unknownVerdict(because),
  class: "code",
})

/** The same verdict with further constructs. */
export const withConstructs = (verdict: Verdict, further: readonly FoundConstruct[]): Verdict =>
  further.length === 0
    ? verdict
    : verdictOf([...verdict.constructs, ...further], verdict.readBy === "none" ? "scanner" : verdict.readBy)

/** One changing part makes all of the output change; what has no counterpart is rewritten into something that changes. */
function outputOf(constructs: readonly FoundConstruct[]): OutputKind {
  const outputs = new Set(
    constructs.map(({ construct, stateful }) =>
      stateful && constructTable[construct].output === "none" ? "changelog" : constructTable[construct].output,
    ),
  )
  if (outputs.has("changelog")) return "changelog"
  return outputs.has("append") ? "append" : "as input"
}

/** Why a statement cannot be moved as it is; the inputs are judged elsewhere. */
export function isRepeatable({ constructs }: Verdict): boolean {
  return constructs.every(({ construct }) => construct !== "run-time" && construct !== "random-id" && construct !== "limit")
}
