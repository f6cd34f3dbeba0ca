/** Effort of statements in person-days (E.3), with the unit that fits the people who are to do it. */
import { type StatementSize, pointsOf, statementEffort, statementEffortInWords } from "../../assessment/effort.ts"
import type { QuestionId, Questionnaire } from "../../assessment/model.ts"
import type { EffortRange } from "../../assessment/result.ts"
import type { DomainFacts } from "./engagement-facts.ts"
import { judged } from "../judgement.ts"
import type { Factor, Statement, Verdict } from "../model.ts"

/** Person-days of one point where nobody gives a figure, and what a figure may make of it at most. */
const UNIT = 1
const UNIT_LIMITS = { low: 0.5, high: 3 } as const

/** What a statement that cannot be read may turn out to be: a plain port at best, a rebuild at worst. */
const UNREAD: Readonly<Record<"code" | "unknown", { readonly low: Factor; readonly expected: Factor; readonly high: Factor }>> = {
  code: { low: 2, expected: 4, high: 5 },
  unknown: { low: 1, expected: 3, high: 5 },
}

type Sized = Pick<Statement, "verdict" | "decision">

/** Efforts of the statements of a domain. */
export interface StatementEfforts {
  /** Person-days of one point, and where the figure comes from. */
  readonly unit: number
  readonly unitBasis: string
  effortOf(statement: Sized): EffortRange
  /** How the effort came about, multipliers in words. */
  basisOf(statement: Sized): string
}

/** The efforts of a domain's statements; `statements` are those that its unit is calibrated with. */
export function statementEfforts(
  questionnaire: Questionnaire,
  facts: DomainFacts,
  statements: readonly Sized[],
): StatementEfforts {
  const { unit, basis: unitBasis } = calibrated(facts, statements)
  const known = new Map<string, EffortRange>()
  const anchor = (question: QuestionId) => facts.anchor(question)
  return {
    unit,
    unitBasis,
    effortOf: (statement) => {
      const verdict = judged(statement)
      const key = [verdict.class, verdict.furtherStateful, verdict.stateful].join()
      const effort = known.get(key) ?? rangeOf(verdict, unit, (size) => statementEffort(questionnaire, size, anchor))
      known.set(key, effort)
      return effort
    },
    basisOf: (statement) =>
      [
        ...basisOf(statement, (size) => statementEffortInWords(questionnaire, { ...size, unit }, anchor)),
        `1 point is ${unit} person-day${unit === 1 ? "" : "s"} (${unitBasis})`,
      ].join("; "),
  }
}

/**
 * LEA-04's figure for a streaming pipeline, divided by the points of the statement that people had in mind (E.3). Nobody says
 * which one that was: the median of those that keep state is taken, for it is what such a figure is about.
 */
function calibrated(
  { streamingDays }: DomainFacts,
  statements: readonly Sized[],
): { readonly unit: number; readonly basis: string } {
  if (streamingDays === undefined || streamingDays <= 0)
    return { unit: UNIT, basis: "no figure for a streaming pipeline in LEA-04" }
  const verdicts = statements.map(judged).filter((each) => each.factor !== undefined)
  const stateful = verdicts.filter((each) => each.stateful === true)
  const points = (stateful.length > 0 ? stateful : verdicts)
    .flatMap(({ factor, furtherStateful }) => (factor === undefined ? [] : pointsOf({ factor, furtherStateful })))
    .sort((one, other) => one - other)
  const median = points[Math.floor((points.length - 1) / 2)]
  if (median === undefined) return { unit: UNIT, basis: "no statement to hold the figure of LEA-04 against" }
  const exact = streamingDays / median
  const unit = Math.round(Math.min(UNIT_LIMITS.high, Math.max(UNIT_LIMITS.low, exact)) * 100) / 100
  const limit =
    exact > UNIT_LIMITS.high ? `, at most ${UNIT_LIMITS.high}` : exact < UNIT_LIMITS.low ? `, at least ${UNIT_LIMITS.low}` : ""
  const typical = stateful.length > 0 ? "a typical statement that keeps state" : "a typical statement"
  return { unit, basis: `LEA-04: ${streamingDays} days for a streaming pipeline, ${median} points for ${typical}${limit}` }
}

function rangeOf(verdict: Verdict, unit: number, estimate: (size: StatementSize) => EffortRange): EffortRange {
  const { factor, furtherStateful } = verdict
  if (factor !== undefined) return estimate({ ...sizeOf(verdict, factor), unit })
  const { low, expected, high } = UNREAD[verdict.class === "code" ? "code" : "unknown"]
  return {
    low: estimate({ factor: low, furtherStateful: 0, unit, stateful: false }).low,
    expected: estimate({ factor: expected, furtherStateful, unit }).expected,
    high: estimate({ factor: high, furtherStateful, unit }).high,
  }
}

function basisOf({ verdict, decision }: Sized, words: (size: Omit<StatementSize, "unit">) => string): readonly string[] {
  const counted = judged({ verdict, ...(decision === undefined ? {} : { decision }) })
  const byHand = decision === undefined ? [] : [`classified by hand as ${decision.class}: ${decision.reason}`]
  if (counted.factor !== undefined) return [...byHand, words(sizeOf(counted, counted.factor))]
  const { low, expected, high } = UNREAD[counted.class === "code" ? "code" : "unknown"]
  const why = counted.because ?? (counted.class === "code" ? "code, not SQL" : "its text is not known")
  const range = `anything from factor ${low} to factor ${high} is possible, counted as factor ${expected} because nothing says more`
  return [...byHand, why, range, words({ factor: expected, furtherStateful: counted.furtherStateful })]
}

function sizeOf({ furtherStateful, stateful }: Verdict, factor: Factor): Omit<StatementSize, "unit"> {
  return { factor, furtherStateful, ...(stateful === null ? {} : { stateful }) }
}
