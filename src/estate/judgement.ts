/** What counts as the class of a statement: the word of a person before what was found in the text. */
import type { ClassMix, Factor, Statement, StatementClass, Verdict } from "./model.ts"

const FACTORS: Readonly<Record<StatementClass, Factor | undefined>> = {
  P1: 1,
  P2: 2,
  P3: 3,
  P4: 4,
  P5: 5,
  code: undefined,
  unknown: undefined,
}

/** The verdict on a statement with the hand decision, where there is one, in the place of class, factor and state. */
export function judged({ verdict, decision }: Pick<Statement, "verdict" | "decision">): Verdict {
  if (decision === undefined) return verdict
  const { factor: _, ...rest } = verdict
  const factor = FACTORS[decision.class]
  const furtherStateful = decision.stateful === false ? 0 : verdict.furtherStateful
  const { class: kind, stateful } = decision
  return { ...rest, class: kind, stateful, furtherStateful, ...(factor === undefined ? {} : { factor }) }
}

/** Number of statements in each class. */
export function mixOf(verdicts: Iterable<Pick<Verdict, "class">>): ClassMix {
  const mix: Record<StatementClass, number> = { P1: 0, P2: 0, P3: 0, P4: 0, P5: 0, code: 0, unknown: 0 }
  for (const verdict of verdicts) mix[verdict.class] += 1
  return mix
}

/** Whether a class takes a redesign that may fail, or is code that has to be written anew. */
export const isHard = (each: StatementClass): boolean => each === "P4" || each === "P5" || each === "code"

/** The class that counts for a statement, and whether it keeps state. */
export const classOf = (statement: Pick<Statement, "verdict" | "decision">): StatementClass => judged(statement).class
export const isStateful = (statement: Pick<Statement, "verdict" | "decision">): boolean | null => judged(statement).stateful
