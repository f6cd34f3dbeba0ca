/** The seeded simulation of C.6: what the indices could be, given who said what, what nobody knows, and on what evidence. */
import { seededRandom } from "./random.ts"
import type { Consensus, Interval } from "./result.ts"
import { unitsOf } from "./settle.ts"
import { quadrantAt, type Sheet, type SheetAxis, type SheetGate } from "./sheet.ts"

/** What the draws say. */
export interface Simulation {
  /** 5–95 % of the capped index per axis, in the order of the scoring file; absent where nothing on the axis is answered. */
  readonly intervals: readonly (Interval | undefined)[]
  /** Share of draws per quadrant id, 0–1; empty where a placing axis has no index. */
  readonly shares: Readonly<Record<string, number>>
}

/** The draws of one question: the level, which gates look at, and the value with noise, which the index takes. */
interface QuestionDraws {
  readonly level: Uint8Array
  readonly value: Float64Array
}

/** Share of the weight at level 0, at 1 or lower, at 2 or lower, at 3 or lower. */
type Steps = readonly [number, number, number, number]

const lowPercent = 5
const highPercent = 95
/** Half a level to either side, where nothing but claims supports a level. */
const noise = 0.5

/**
 * Simulates one domain. Every question has a stream of its own, seeded with `seed`, the domain and the question: other
 * domains, other questions and the order of answers change nothing in it, and raising an answer never lowers a draw.
 */
export function simulate(
  sheet: Sheet,
  consensus: readonly Consensus[],
  options: { readonly domain: string; readonly seed: number; readonly draws: number },
): Simulation {
  const drawn = consensus.map((each) => (applies(each) ? drawQuestion(each, options) : undefined))
  const indices = sheet.axes.map((axis) => (isAnswered(axis, consensus) ? drawIndex(axis, drawn, options.draws) : undefined))
  return {
    intervals: indices.map((each) => (each === undefined ? undefined : intervalOf(each))),
    shares: sharesOf(sheet, indices[sheet.vertical], indices[sheet.horizontal]),
  }
}

function applies({ state }: Consensus): boolean {
  return state !== "skipped" && state !== "not-applicable"
}

/** An axis on which nothing is answered would show an interval around 50 that is made of nothing but ignorance. */
function isAnswered(axis: SheetAxis, consensus: readonly Consensus[]): boolean {
  return axis.questions.some((at) => consensus[at]?.anchor !== undefined)
}

/**
 * One respondent's level per draw, likely by role weight; a decision or an inventory is certain, an unknown is anything
 * from 0 to 4. Where only claims support it, noise of up to half a level, kept within 0–4, is added to the value.
 */
function drawQuestion(consensus: Consensus, options: { domain: string; seed: number; draws: number }): QuestionDraws {
  const { domain, seed, draws } = options
  const level = new Uint8Array(draws)
  const steps = cumulativeShares(consensus)
  if (steps === undefined) level.fill(consensus.anchor ?? 0)
  else drawLevels(level, steps, seededRandom(seed, domain, consensus.question, "level"))
  const value = Float64Array.from(level)
  if (consensus.anchor !== undefined && consensus.evidence === "claim") {
    const random = seededRandom(seed, domain, consensus.question, "noise")
    for (let at = 0; at < draws; at++) value[at] = Math.min(4, Math.max(0, (value[at] as number) + noise * (2 * random() - 1)))
  }
  return { level, value }
}

/** Absent when only one level is possible. */
function cumulativeShares({ state, anchor, weightByAnchor }: Consensus): Steps | undefined {
  if (anchor === undefined) return [0.2, 0.4, 0.6, 0.8]
  const units = weightByAnchor.map(unitsOf)
  if (state === "decided" || units.filter((each) => each > 0).length < 2) return undefined
  const total = units.reduce((sum, each) => sum + each, 0)
  const upTo = (level: number): number => units.slice(0, level + 1).reduce((sum, each) => sum + each, 0) / total
  return [upTo(0), upTo(1), upTo(2), upTo(3)]
}

/** Fills in levels by chance. Comparisons are added up, because branches that chance decides are slow. */
function drawLevels(level: Uint8Array, steps: Steps, random: () => number): void {
  const [zero, one, two, three] = steps
  for (let at = 0; at < level.length; at++) {
    const chance = random()
    level[at] = Number(chance >= zero) + Number(chance >= one) + Number(chance >= two) + Number(chance >= three)
  }
}

/** The capped index of every draw, over all questions that apply. */
function drawIndex(axis: SheetAxis, drawn: readonly (QuestionDraws | undefined)[], draws: number): Float64Array {
  const index = new Float64Array(draws)
  let possible = 0
  axis.questions.forEach((at, place) => {
    const value = drawn[at]?.value
    if (value === undefined) return
    const weight = axis.weights[place] as number
    possible += 4 * weight
    for (let draw = 0; draw < draws; draw++) index[draw] = (index[draw] as number) + weight * (value[draw] as number)
  })
  for (let draw = 0; draw < draws; draw++) index[draw] = (100 * (index[draw] as number)) / possible
  for (const gate of axis.gates) capDraws(index, gate, drawn)
  return index
}

/** Caps the draws in which the gate closes; a question that does not apply closes nothing. */
function capDraws(index: Float64Array, { gate, zero, low }: SheetGate, drawn: readonly (QuestionDraws | undefined)[]): void {
  const levels = (questions: readonly number[]): Uint8Array[] =>
    questions.map((at) => drawn[at]?.level).filter((each) => each !== undefined)
  const atZero = levels(zero)
  const areLow = levels(low)
  for (let draw = 0; draw < index.length; draw++) {
    let lowCount = 0
    for (const level of areLow) if ((level[draw] as number) <= (gate.low?.atMost ?? -1)) lowCount++
    const closes = lowCount >= (gate.low?.count ?? Infinity) || atZero.some((level) => level[draw] === 0)
    if (closes && (index[draw] as number) > gate.cap) index[draw] = gate.cap
  }
}

/** Nearest rank on the sorted draws: the smallest value with at least 5 %, or 95 %, of the draws at or below it. */
function intervalOf(index: Float64Array): Interval {
  const sorted = index.toSorted()
  const at = (percent: number): number => sorted[Math.max(0, Math.ceil((sorted.length * percent) / 100) - 1)] as number
  return { low: at(lowPercent), high: at(highPercent) }
}

/** Share of draws per quadrant; a value at the limit is high, as for the index itself. */
function sharesOf(
  sheet: Sheet,
  vertical: Float64Array | undefined,
  horizontal: Float64Array | undefined,
): Record<string, number> {
  if (vertical === undefined || horizontal === undefined) return {}
  const counts: [number, number, number, number] = [0, 0, 0, 0]
  for (let draw = 0; draw < vertical.length; draw++) {
    const side = ((vertical[draw] as number) >= sheet.limit ? 2 : 0) + ((horizontal[draw] as number) >= sheet.limit ? 1 : 0)
    counts[side as 0 | 1 | 2 | 3]++
  }
  const sides = counts.map((count, side) => [quadrantAt(sheet, side >= 2, side % 2 === 1), count / vertical.length] as const)
  return Object.fromEntries(sheet.quadrants.map((quadrant) => [quadrant.id, sides.find(([id]) => id === quadrant.id)?.[1] ?? 0]))
}
