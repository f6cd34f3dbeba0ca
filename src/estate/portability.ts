/** Whether a statement may be called portable 1:1: the four conditions of E.2, each met, not met, or not known. */
import { classOf } from "./judgement.ts"
import type { OutputKind, Statement } from "./model.ts"
import { isRepeatable } from "./verdict.ts"

export interface Condition {
  readonly text: string
  readonly met: boolean | undefined
  readonly because: string
}

export interface Portability {
  /** `undefined` when nothing speaks against it and something is not known. */
  readonly portable: boolean | undefined
  readonly conditions: readonly Condition[]
}

/** What is known of the surroundings of a statement. */
export interface Surroundings {
  /** Whether every input arrives as a stream. */
  readonly inputsStream: boolean | undefined
  /** What the sink takes; `append` cannot take changes back. */
  readonly sinkTakes: "append" | "changelog" | undefined
}

/** Judges a statement in its surroundings. */
export function portabilityOf(statement: Statement, { inputsStream, sinkTakes }: Surroundings): Portability {
  const { verdict } = statement
  const kind = classOf(statement)
  const conditions: readonly Condition[] = [
    {
      text: "Every construct ports as it is",
      met: kind === "unknown" || kind === "code" ? undefined : kind === "P1",
      because: `class ${kind}`,
    },
    {
      text: "Its inputs arrive as a stream",
      met: inputsStream,
      because:
        inputsStream === undefined
          ? "not known how its inputs are captured"
          : inputsStream
            ? "they do"
            : "some are copied in batches",
    },
    {
      text: "It gives the same result when it runs again",
      met: verdict.readBy === "none" ? undefined : isRepeatable(verdict),
      because: repeatWords(statement),
    },
    {
      text: "Its sink takes what it puts out",
      met: sinkFits(verdict.output, sinkTakes),
      because: `it puts out ${outputWords(verdict.output)}`,
    },
  ]
  const portable = conditions.some(({ met }) => met === false)
    ? false
    : conditions.some(({ met }) => met === undefined)
      ? undefined
      : true
  return { portable, conditions }
}

function repeatWords({ verdict }: Statement): string {
  if (verdict.readBy === "none") return "there is no text to read"
  const found = verdict.constructs.find(
    ({ construct }) => construct === "run-time" || construct === "random-id" || construct === "limit",
  )
  return found === undefined ? "nothing in it depends on the time of the run" : found.reason
}

function sinkFits(output: OutputKind, takes: Surroundings["sinkTakes"]): boolean | undefined {
  if (output === "none") return undefined
  if (output === "as input" || output === "append") return true
  return takes === undefined ? undefined : takes === "changelog"
}

const outputWords = (output: OutputKind): string =>
  ({
    "as input": "whatever comes in",
    append: "rows that are only added",
    changelog: "rows that change",
    "not repeatable": "rows that differ at each run",
    none: "nothing that is known",
  })[output]
