/** Where each question of a domain stands: its state and level, by skip rules, decisions, inventories and medians (C.2, C.4). */
import { type Facts, judge } from "./conditions.ts"
import type { Anchor, Question, RespondentId } from "./model.ts"
import type { ConsensusState, SoloAnswer } from "./result.ts"
import type { DomainTestimony, Testimony } from "./testimony.ts"

/** Where a question stands: enough to score it. */
export interface Settled {
  readonly state: ConsensusState
  readonly anchor?: Anchor
  readonly skippedBecause?: string
}

/** What was said about one question, counted. Weights are whole millionths: sums are exact, so halves count as reached. */
export interface Tally {
  /** Role weight per level 0–4 of counted answers. */
  readonly units: Units
  readonly answered: number
  readonly dontKnow: number
  readonly notApplicable: number
}

type Units = [number, number, number, number, number]

const unitsPerWeight = 1_000_000

/** Settles every question in the order asked: a skip rule looks at what is settled before it. */
export function settle(testimony: DomainTestimony, tallies: readonly Tally[]): readonly Settled[] {
  return walk(testimony, tallies, () => undefined)
}

/**
 * Where every question would stand had one respondent said nothing, for each respondent in turn (C.6, C.7). Only what
 * the respondent said is taken out of the tallies, so the cost grows with the number of answers and no faster.
 */
export function* settleWithoutEach(testimony: DomainTestimony): Generator<readonly [RespondentId, readonly Settled[]]> {
  const tallies = testimony.questions.map((each) => tallyOf(each.solo))
  const all = settle(testimony, tallies)
  for (const [respondent, said] of testimony.respondents) {
    const without = tallies.map((each, at) => {
      const solo = said[at]
      return solo === undefined || solo.hidden ? each : minus(each, solo)
    })
    yield [respondent, walk(testimony, without, (at) => (without[at] === tallies[at] ? all[at] : undefined), respondent)]
  }
}

/** Counts the answers that are not hidden. */
export function tallyOf(solos: readonly SoloAnswer[]): Tally {
  const units: Units = [0, 0, 0, 0, 0]
  const count = { answered: 0, "dont-know": 0, "not-applicable": 0 }
  for (const solo of solos) {
    if (solo.hidden) continue
    count[solo.status]++
    if (solo.anchor !== undefined) units[solo.anchor] += unitsOf(solo.weight)
  }
  return { units, answered: count.answered, dontKnow: count["dont-know"], notApplicable: count["not-applicable"] }
}

/** A role weight in whole millionths. */
export function unitsOf(weight: number): number {
  return Math.round(weight * unitsPerWeight)
}

/** Whole millionths as a role weight. */
export function weightOf(units: number): number {
  return units / unitsPerWeight
}

/** Place of the lower median: the first value, in ascending order, at which half of the weight is reached (C.2). */
export function lowerMedian(units: readonly number[]): number | undefined {
  const total = units.reduce((sum, each) => sum + each, 0)
  let reached = 0
  for (let at = 0; at < units.length; at++) {
    reached += units[at] as number
    if (reached > 0 && 2 * reached >= total) return at
  }
  return undefined
}

/** Level of the inventory, else the role-weighted lower median of the answers. */
export function medianOf(testimony: Testimony, tally: Tally): Anchor | undefined {
  return testimony.inventoryAnchor ?? (lowerMedian(tally.units) as Anchor | undefined)
}

/** Options ticked by anybody, or decided, in the order of the question; only where a choice of several is answered. */
export function ticksOf(testimony: Testimony, state: ConsensusState, without?: RespondentId): readonly string[] | undefined {
  const { question, decision, solo } = testimony
  if (question.type !== "multi" || (state !== "answered" && state !== "decided")) return undefined
  const said = solo.filter((each) => !each.hidden && each.respondent !== without).map((each) => each.value)
  const lists = (state === "decided" && decision?.value !== undefined ? [decision.value] : said).filter(
    (each) => typeof each === "object",
  )
  if (lists.length === 0) return undefined
  const ticked = new Set(lists.flat())
  return question.options.map((option) => option.id).filter((id) => ticked.has(id))
}

/** `known` gives back what need not be settled again; questions with a skip rule always are. */
function walk(
  testimony: DomainTestimony,
  tallies: readonly Tally[],
  known: (at: number) => Settled | undefined,
  without?: RespondentId,
): readonly Settled[] {
  const settled: Settled[] = []
  const facts = factsSoFar(testimony, settled, without)
  testimony.questions.forEach((each, at) => {
    const { skip } = each.question
    if (skip !== undefined && judge(skip.when, facts).truth === true)
      settled.push({ state: "skipped", skippedBecause: skip.because })
    else settled.push((skip === undefined ? known(at) : undefined) ?? settleOne(each, tallies[at] as Tally))
  })
  return settled
}

function factsSoFar(testimony: DomainTestimony, settled: readonly Settled[], without: RespondentId | undefined): Facts {
  const at = (id: string): number => testimony.number.get(id) ?? -1
  return {
    anchor: (id) => settled[at(id)]?.anchor,
    state: (id) => settled[at(id)]?.state ?? "unanswered",
    ticks: (id) => {
      const each = testimony.questions[at(id)]
      return each === undefined ? undefined : ticksOf(each, settled[at(id)]?.state ?? "unanswered", without)
    },
    rows: (id) => testimony.questions[at(id)]?.inventory?.rows,
    index: () => undefined,
    question: (id) => testimony.questions[at(id)]?.question as Question,
  }
}

/** The states of C.4, looked for in this order: skipped, decided, answered, don't know, not applicable, unanswered. */
function settleOne(testimony: Testimony, tally: Tally): Settled {
  const { question, inventory, decision, decisionAnchor } = testimony
  if (question.type === "table" && inventory?.rows.length === 0 && question.whenEmpty === "skip")
    return { state: "skipped", skippedBecause: `There is no ${question.item} in this domain.` }
  if (decision !== undefined)
    return decisionAnchor === undefined ? { state: "decided" } : { state: "decided", anchor: decisionAnchor }
  const anchor = medianOf(testimony, tally)
  if (anchor !== undefined) return { state: "answered", anchor }
  const onlyListed = question.type === "table" && question.score === undefined && (inventory?.rows.length ?? 0) > 0
  if (tally.answered > 0 || onlyListed) return { state: "answered" }
  if (tally.dontKnow > 0) return { state: "dont-know" }
  return { state: tally.notApplicable > 0 ? "not-applicable" : "unanswered" }
}

function minus(tally: Tally, solo: SoloAnswer): Tally {
  const units: Units = [...tally.units]
  if (solo.anchor !== undefined) units[solo.anchor] -= unitsOf(solo.weight)
  return {
    units,
    answered: tally.answered - (solo.status === "answered" ? 1 : 0),
    dontKnow: tally.dontKnow - (solo.status === "dont-know" ? 1 : 0),
    notApplicable: tally.notApplicable - (solo.status === "not-applicable" ? 1 : 0),
  }
}
