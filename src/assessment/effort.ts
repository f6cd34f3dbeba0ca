/** Effort in person-days (E.3): base plus counted units, times the multipliers of statement work. */
import type { Anchor, Initiative, InitiativeEffort, PlanSettings, Question, QuestionId, Questionnaire, Row } from "./model.ts"
import { judgeRow } from "./question-types/table.ts"
import type { EffortRange } from "./result.ts"

type Days = readonly [low: number, high: number]
type AnchorOf = (question: QuestionId) => Anchor | undefined

/** Points of a statement by the highest factor found in it, 1–5. */
const POINTS = [1, 2, 4, 7, 12] as const
/** A statement from this factor on is redesigned, and keeps state unless it is known not to. */
const REDESIGN_FACTOR = 3
/** Rule knowledge counts only where logic is redesigned (E.3: P3 to P5). */
const RULE_QUESTION: QuestionId = "SQL-06"
const FURTHER_STATEFUL = 0.5
const MULTIPLIER_LIMITS = { low: 0.6, high: 3 } as const
/** An estimate holds from three quarters to one and a half times what is expected. */
export const SPREAD = { low: 0.75, high: 1.5 } as const

/** What an estimate looks at in each domain an initiative covers. */
export interface EffortFacts {
  anchor(question: QuestionId): Anchor | undefined
  rows(question: QuestionId): readonly Row[] | undefined
}

/** Whole effort, the part of it that is done per unit, and where the figure comes from. */
export interface Estimate {
  readonly effort: EffortRange
  readonly perUnit: EffortRange
  readonly basis: string
  /** Units counted or assumed, up to the limit; absent where nothing is counted. */
  readonly units?: number
}

/** Whether an estimate is all units, and there are none: known, not assumed. */
export const isNothing = ({ units, effort }: Estimate): boolean => units === 0 && effort.high === 0

/** Estimates an initiative over one domain, or over all domains when it is done for the organisation. */
export function estimateEffort(
  questionnaire: Questionnaire,
  initiative: Initiative,
  domains: readonly EffortFacts[],
  platform: PlanSettings["platform"],
): Estimate {
  const { effort } = initiative
  const base = platform === "self-run" && effort.selfRun !== undefined ? effort.selfRun : effort.base
  const units = countUnits(questionnaire, effort, domains)
  const factors = multipliers(questionnaire, effort.multipliers, lowestAnchor(domains))
  const times = limited(factors.map((each) => each.factor))
  const repeated = scaled(effort.perUnit?.days ?? [0, 0], times * units.count)
  const once = scaled(base, times)
  return {
    effort: range(once[0] + repeated[0], once[1] + repeated[1]),
    perUnit: range(...repeated),
    basis: [baseInWords(base, units.words), multiplierInWords(factors, times)].filter((each) => each !== "").join("; "),
    ...(effort.perUnit === undefined ? {} : { units: units.count }),
  }
}

/** What the effort of a statement depends on (E.3). `unit` is the person-days of one point. */
export interface StatementSize {
  readonly factor: 1 | 2 | 3 | 4 | 5
  readonly furtherStateful: number
  readonly unit: number
  /** Where it is known: else a statement from factor 3 on, or with further stateful constructs, counts as stateful. */
  readonly stateful?: boolean
}

/**
 * Effort of one statement by the highest factor found in it (1–5) and its further stateful constructs (E.3):
 * unit × points + unit × 0.5 × further, times the multipliers; ranges from ×0.75 to ×1.5.
 */
export function statementEffort(questionnaire: Questionnaire, statement: StatementSize, anchor: AnchorOf): EffortRange {
  const times = limited(factorsOn(questionnaire, statement, anchor).map((each) => each.factor))
  const expected = statement.unit * pointsOf(statement) * times
  return { low: oneDecimal(expected * SPREAD.low), expected: oneDecimal(expected), high: oneDecimal(expected * SPREAD.high) }
}

/** How the effort of a statement came about: "7 points for factor 4, 0.5 for 1 further stateful construct; ×1.3 experience (OPS-01 at 1): ×1.3 in all". */
export function statementEffortInWords(questionnaire: Questionnaire, statement: StatementSize, anchor: AnchorOf): string {
  const { factor, furtherStateful: further } = statement
  const factors = factorsOn(questionnaire, statement, anchor)
  const points = pointsOf({ factor, furtherStateful: 0 })
  const base = `${points} ${points === 1 ? "point" : "points"} for factor ${factor}`
  const more = `${FURTHER_STATEFUL * further} for ${further} further stateful construct${further === 1 ? "" : "s"}`
  const times = multiplierInWords(factors, limited(factors.map((each) => each.factor)))
  return [further === 0 ? base : `${base}, ${more}`, times].filter((each) => each !== "").join("; ")
}

/** Points of a statement (E.3): of its highest factor, and half a point for each further stateful construct. */
export function pointsOf({ factor, furtherStateful }: Pick<StatementSize, "factor" | "furtherStateful">): number {
  return POINTS[factor - 1]! + FURTHER_STATEFUL * furtherStateful
}

/** A range with its midpoint as what is expected; one decimal, so that sums stay readable. */
export function range(low: number, high: number): EffortRange {
  return { low: oneDecimal(low), expected: oneDecimal((low + high) / 2), high: oneDecimal(high) }
}

/** The sum of ranges, end by end. */
export function sumOf(ranges: readonly EffortRange[]): EffortRange {
  const total = (end: keyof EffortRange): number => oneDecimal(ranges.reduce((sum, each) => sum + each[end], 0))
  return { low: total("low"), expected: total("expected"), high: total("high") }
}

type PerUnit = NonNullable<InitiativeEffort["perUnit"]>

/** Units of one domain, and why they are not simply counted. */
interface Count {
  readonly units: number
  readonly guess?: "missing" | "blank"
}

/** Units over all domains: listed rows that fit, the reference size where nobody can count them. */
function countUnits(
  questionnaire: Questionnaire,
  effort: InitiativeEffort,
  domains: readonly EffortFacts[],
): { readonly count: number; readonly words: string } {
  const { perUnit } = effort
  if (perUnit === undefined) return { count: 0, words: "" }
  const question = questionnaire.questions.find((each) => each.id === perUnit.rows)
  const counts = question === undefined ? [] : domains.map((domain) => countRows(question, perUnit, domain))
  const counted = counts.length === 0 ? perUnit.reference : counts.reduce((sum, { units }) => sum + units, 0)
  const count = Math.min(counted, perUnit.atMost ?? counted)
  const limit = count < counted ? `, at most ${count}` : ""
  return { count, words: `${counted} × ${perUnit.unit}${guessInWords(perUnit, counts)}${limit}, ${inDays(perUnit.days)} each` }
}

/** Rows that surely fit; while blank cells leave others open, the reference size within what the rows allow. */
function countRows(question: Question, { reference, where = [] }: PerUnit, domain: EffortFacts): Count {
  const rows = domain.rows(question.id)
  if (rows === undefined || question.type !== "table") return { units: reference, guess: "missing" }
  if (rows.length === 0 && question.whenEmpty === "missing") return { units: reference, guess: "missing" }
  const fits = rows.map((row) => judgeRow(row, where, question))
  const sure = fits.filter((each) => each === true).length
  const open = fits.filter((each) => each === undefined).length
  return open === 0 ? { units: sure } : { units: Math.max(sure, Math.min(reference, sure + open)), guess: "blank" }
}

function guessInWords({ rows }: PerUnit, counts: readonly Count[]): string {
  if (counts.length === 0) return " (reference size)"
  const words = [
    counts.some(({ guess }) => guess === "missing") ? `reference size where ${rows} is missing` : "",
    counts.some(({ guess }) => guess === "blank") ? `assumed where cells of ${rows} are blank` : "",
  ].filter((each) => each !== "")
  return words.length === 0 ? "" : ` (${words.join(", ")})`
}

interface Multiplier {
  readonly question: Question | undefined
  readonly anchor: Anchor | undefined
  readonly factor: number
}

/** An unknown level counts as ×1: the wave's upper end is what widens with it. */
function multipliers(
  questionnaire: Questionnaire,
  kind: InitiativeEffort["multipliers"],
  anchorOf: AnchorOf,
): readonly Multiplier[] {
  if (kind === "none") return []
  return questionnaire.effortMultipliers
    .filter((each) => each.to === "all" || kind === "stateful")
    .map((each) => multiplierFor(questionnaire, each, anchorOf))
}

function multiplierFor(
  questionnaire: Questionnaire,
  { question, factors }: Questionnaire["effortMultipliers"][number],
  anchorOf: AnchorOf,
): Multiplier {
  const anchor = anchorOf(question)
  const factor = anchor === undefined ? 1 : factors[anchor]
  return { question: questionnaire.questions.find((each) => each.id === question), anchor, factor }
}

/** What multiplies a statement: on state where it keeps some, on rules where it is redesigned. */
function factorsOn(
  questionnaire: Questionnaire,
  { factor, furtherStateful, stateful = factor >= REDESIGN_FACTOR || furtherStateful > 0 }: StatementSize,
  anchor: AnchorOf,
): readonly Multiplier[] {
  const applies = ({ question, to }: Questionnaire["effortMultipliers"][number]): boolean =>
    to === "all" || (question === RULE_QUESTION ? factor >= REDESIGN_FACTOR : stateful)
  return questionnaire.effortMultipliers.filter(applies).map((each) => multiplierFor(questionnaire, each, anchor))
}

/** The most cautious level among domains that have one. */
function lowestAnchor(domains: readonly EffortFacts[]): AnchorOf {
  return (question) =>
    domains.reduce<Anchor | undefined>((lowest, domain) => {
      const anchor = domain.anchor(question)
      return lowest === undefined || (anchor !== undefined && anchor < lowest) ? anchor : lowest
    }, undefined)
}

function limited(factors: readonly number[]): number {
  const product = factors.reduce((times, factor) => times * factor, 1)
  return Math.min(MULTIPLIER_LIMITS.high, Math.max(MULTIPLIER_LIMITS.low, product))
}

function baseInWords(base: Days, units: string): string {
  const once = base[1] > 0 ? `${inDays(base)} once` : ""
  return [once, units].filter((each) => each !== "").join("; ")
}

/** "10–20 days". */
export function inDays([low, high]: Days): string {
  if (low !== high) return `${low}–${high} days`
  return low === 1 ? "1 day" : `${low} days`
}

function multiplierInWords(factors: readonly Multiplier[], times: number): string {
  const words = factors.flatMap(({ question, anchor, factor }) => {
    if (question === undefined) return []
    if (anchor === undefined) return [`${question.short} not known (${question.id})`]
    return factor === 1 ? [] : [`×${factor} ${question.short} (${question.id} at ${anchor})`]
  })
  return words.length === 0 ? "" : `${words.join(", ")}: ×${Math.round(times * 100) / 100} in all`
}

const scaled = ([low, high]: Days, times: number): Days => [low * times, high * times]
const oneDecimal = (value: number): number => Math.round((value + Number.EPSILON) * 10) / 10
