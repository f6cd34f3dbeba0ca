/** Levels → the indices of a domain, each with contributions, gates, bounds, coverage and standing (C.2–C.4). */
import type { Anchor, QuestionId } from "./model.ts"
import type { AxisResult, Consensus, Contribution, GateHit, Interval, PartScore, Standing } from "./result.ts"
import { capOn, type Levels, levelsOf, onGrid, questionsAtOrBelow, rawIndex, type Sheet, type SheetAxis } from "./sheet.ts"

/** An axis before anything is simulated or left out. */
export type AxisScore = Omit<AxisResult, "interval" | "leaveOneOut">

interface Weighted {
  readonly question: QuestionId
  readonly weight: number
  readonly state: Consensus["state"]
  readonly anchor?: Anchor
}

/** Coverage from which an axis is assessed, or indicative, and the share of not applicable that blocks placement (C.4). */
export const standingLimits = { assessed: 0.6, indicative: 0.4, notApplicable: 0.15 }

/** Scores every axis, in the order of the scoring file. `consensus` holds every question in the order asked. */
export function scoreAxes(sheet: Sheet, consensus: readonly Consensus[]): readonly AxisScore[] {
  const levels = levelsOf(consensus)
  return sheet.axes.map((axis) => scoreAxis(axis, consensus, levels))
}

function scoreAxis(sheetAxis: SheetAxis, consensus: readonly Consensus[], levels: Levels): AxisScore {
  const { axis } = sheetAxis
  const all = Array.from(sheetAxis.questions, (at, place) =>
    weighted(consensus[at] as Consensus, sheetAxis.weights[place] as number),
  )
  const applicable = all.filter(applies)
  const raw = rawIndex(sheetAxis, levels)
  const gates = gateHits(sheetAxis, consensus, levels, raw)
  const bounds = boundsOf(applicable)
  const coverage = coverageOf(applicable)
  const notApplicable = shareOf(
    all.filter((each) => each.state === "not-applicable"),
    all,
  )
  return {
    axis: axis.id,
    name: axis.name,
    ...(raw === undefined ? {} : { raw, capped: Math.min(raw, capOn(sheetAxis, levels)) }),
    gates,
    ...(bounds === undefined ? {} : { bounds, cappedBounds: capped(bounds, sheetAxis, consensus) }),
    coverage,
    notApplicable,
    standing: standingOf(coverage, notApplicable, halfOfGatesAnswered(sheetAxis, consensus)),
    parts: axis.parts.map((part) => scorePart(part, applicable)),
    contributions: contributionsOf(applicable),
    unknown: applicable.filter((each) => each.anchor === undefined).map((each) => each.question),
  }
}

function weighted({ question, state, anchor }: Consensus, weight: number): Weighted {
  return { question, weight, state, ...(anchor === undefined ? {} : { anchor }) }
}

function applies({ state }: { readonly state: Consensus["state"] }): boolean {
  return state !== "skipped" && state !== "not-applicable"
}

/**
 * Points are differences of the running index, rounded to the grid: they add up to `raw` to the last bit, in any order,
 * and a question at level 0 has exactly none.
 */
function contributionsOf(applicable: readonly Weighted[]): readonly Contribution[] {
  const counted = applicable.filter((each): each is Weighted & { anchor: Anchor } => each.anchor !== undefined)
  const possible = 4 * total(counted)
  let gained = 0
  let lost = 0
  return counted.map(({ question, weight, anchor }) => {
    const before = { gained, lost }
    gained += weight * anchor
    lost += weight * (4 - anchor)
    const points = onGrid((100 * gained) / possible) - onGrid((100 * before.gained) / possible)
    const missing = onGrid((100 * lost) / possible) - onGrid((100 * before.lost) / possible)
    return { question, anchor, weight, points, missing }
  })
}

/** Every gate that closes, with its questions: one hit for those at 0, one for those that are low together (C.3). */
function gateHits(axis: SheetAxis, consensus: readonly Consensus[], levels: Levels, raw: number | undefined): readonly GateHit[] {
  return axis.gates.flatMap(({ gate, zero, low }) => {
    const hit = (at: readonly number[], level: string): GateHit => {
      const questions = at.map((each) => (consensus[each] as Consensus).question)
      const effect = raw !== undefined && raw <= gate.cap ? "; no effect here, the index is not above it" : ""
      const because = `capped at ${gate.cap} because ${inWords(questions)} ${questions.length === 1 ? "is" : "are"} at level ${level}${effect}`
      return { axis: axis.axis.id, cap: gate.cap, questions, because }
    }
    const atZero = questionsAtOrBelow(zero, levels, 0)
    const areLow = gate.low === undefined ? [] : questionsAtOrBelow(low, levels, gate.low.atMost)
    return [
      ...(atZero.length > 0 ? [hit(atZero, "0")] : []),
      ...(gate.low !== undefined && areLow.length >= gate.low.count ? [hit(areLow, `${gate.low.atMost} or lower`)] : []),
    ]
  })
}

/** The index with every unknown question at 0, and at 4; absent when nothing on the axis applies (C.4). */
function boundsOf(applicable: readonly Weighted[]): Interval | undefined {
  const possible = 4 * total(applicable)
  if (possible === 0) return undefined
  const at = (unknown: number): number =>
    onGrid((100 * applicable.reduce((sum, each) => sum + each.weight * (each.anchor ?? unknown), 0)) / possible)
  return { low: at(0), high: at(4) }
}

/** Bounds after the gates that close when every unknown question is at 0, and at 4. */
function capped({ low, high }: Interval, axis: SheetAxis, consensus: readonly Consensus[]): Interval {
  const cap = (unknown: Anchor): number =>
    capOn(axis, levelsOf(consensus.map(({ state, anchor }) => (applies({ state }) ? { anchor: anchor ?? unknown } : {}))))
  return { low: Math.min(low, cap(0)), high: Math.min(high, cap(4)) }
}

function scorePart(
  part: { id: string; name: string; questions: readonly QuestionId[] },
  applicable: readonly Weighted[],
): PartScore {
  const own = applicable.filter((each) => part.questions.includes(each.question))
  const counted = own.filter((each) => each.anchor !== undefined)
  const score = boundsOf(counted)?.low
  return { id: part.id, name: part.name, ...(score === undefined ? {} : { score }), coverage: coverageOf(own) }
}

/** Answered weight / applicable weight; 0 when nothing applies. */
function coverageOf(applicable: readonly Weighted[]): number {
  return shareOf(
    applicable.filter((each) => each.anchor !== undefined),
    applicable,
  )
}

function standingOf(coverage: number, notApplicable: number, gatesAnswered: boolean): Standing {
  if (coverage < standingLimits.indicative || notApplicable > standingLimits.notApplicable) return "not assessable"
  return coverage >= standingLimits.assessed && gatesAnswered ? "assessed" : "indicative"
}

/** At least half of the axis' gate questions that apply have a level (C.4). */
function halfOfGatesAnswered(axis: SheetAxis, consensus: readonly Consensus[]): boolean {
  const numbers = new Set(axis.gates.flatMap((each) => [...each.zero, ...each.low]))
  const gates = [...numbers].map((at) => consensus[at] as Consensus).filter(applies)
  return 2 * gates.filter((each) => each.anchor !== undefined).length >= gates.length
}

function shareOf(some: readonly Weighted[], all: readonly Weighted[]): number {
  return all.length === 0 ? 0 : total(some) / total(all)
}

function total(questions: readonly Weighted[]): number {
  return questions.reduce((sum, each) => sum + each.weight, 0)
}

function inWords(ids: readonly string[]): string {
  return ids.length < 2 ? ids.join("") : `${ids.slice(0, -1).join(", ")} and ${ids.at(-1) ?? ""}`
}
