/** Several respondents and decisions → one consensus per question, with spread, disputes and blind spots (C.2, C.4, C.5). */
import type { DomainId, Engagement, EvidenceGrade, Questionnaire } from "./model.ts"
import type { Consensus, SoloAnswer } from "./result.ts"
import { lowerMedian, medianOf, type Settled, settle, type Tally, tallyOf, ticksOf, unitsOf, weightOf } from "./settle.ts"
import { type DomainTestimony, gatherTestimony, type Testimony } from "./testimony.ts"

type Draft = { -readonly [K in keyof Consensus]: Consensus[K] }

const grades: readonly EvidenceGrade[] = ["claim", "document", "observed", "measured"]
const disputedFrom = 2

/** One consensus per question of the questionnaire, in the order asked. */
export function formConsensus(questionnaire: Questionnaire, engagement: Engagement, domain: DomainId): readonly Consensus[] {
  return consensusOf(gatherTestimony(questionnaire, engagement, domain))
}

/** One consensus per question, from what everybody said. */
export function consensusOf(testimony: DomainTestimony): readonly Consensus[] {
  const tallies = testimony.questions.map((each) => tallyOf(each.solo))
  const settled = settle(testimony, tallies)
  return testimony.questions.map((each, at) => describe(each, tallies[at] as Tally, settled[at] as Settled))
}

function describe(testimony: Testimony, tally: Tally, settled: Settled): Consensus {
  return settled.state === "skipped" ? skipped(testimony, settled) : asked(testimony, tally, settled)
}

/** Whatever was said about a skipped question is kept and does not count. */
function skipped(testimony: Testimony, settled: Settled): Consensus {
  const solo = testimony.solo.map((each) => (each.hidden ? each : { ...each, hidden: true }))
  return { ...base(testimony, tallyOf([]), settled), blindSpot: false, skippedBecause: settled.skippedBecause ?? "", solo }
}

function asked(testimony: Testimony, tally: Tally, settled: Settled): Consensus {
  const draft: Draft = base(testimony, tally, settled)
  const { decision } = testimony
  const median = medianOf(testimony, tally)
  const ticks = ticksOf(testimony, settled.state)
  const figure = figureOf(testimony, settled)
  const companion = medianFigure(testimony.solo.map((solo) => [solo.hidden ? undefined : solo.companion, solo]))
  if (median !== undefined) draft.median = median
  if (ticks !== undefined) draft.ticks = ticks
  if (figure !== undefined) draft.number = figure
  if (companion !== undefined) draft.companion = companion
  if (settled.state === "decided" && decision !== undefined) {
    draft.rationale = decision.rationale
    if (decision.dissent !== undefined) draft.dissent = decision.dissent
  }
  return draft
}

function base(testimony: Testimony, tally: Tally, settled: Settled): Draft {
  const { question } = testimony
  const range = rangeOf(tally)
  return {
    question: question.id,
    state: settled.state,
    ...(settled.anchor === undefined ? {} : { anchor: settled.anchor }),
    weightByAnchor: tally.units.map(weightOf) as unknown as Consensus["weightByAnchor"],
    range,
    deviation: deviationOf(tally),
    disputed: range >= disputedFrom && settled.state === "answered",
    answered: tally.answered,
    dontKnow: tally.dontKnow,
    notApplicable: tally.notApplicable,
    evidence: evidenceOf(testimony, settled),
    blindSpot: settled.state === "dont-know" && primaryDoesNotKnow(testimony),
    solo: testimony.solo,
  }
}

/** max − min of counted levels; 0 with fewer than two. */
function rangeOf(tally: Tally): number {
  const lowest = tally.units.findIndex((each) => each > 0)
  return lowest === -1 ? 0 : tally.units.findLastIndex((each) => each > 0) - lowest
}

/** Role-weighted mean absolute deviation from the median, in levels (C.5). */
function deviationOf({ units }: Tally): number {
  const median = lowerMedian(units)
  if (median === undefined) return 0
  const total = units.reduce((sum, each) => sum + each, 0)
  return units.reduce((sum, each, anchor) => sum + each * Math.abs(anchor - median), 0) / total
}

/** The decision's or inventory's own grade where it settles the question, else the best among the counted answers. */
function evidenceOf(testimony: Testimony, settled: Settled): EvidenceGrade {
  if (settled.state === "skipped") return "claim"
  const { decision, inventory, solo } = testimony
  if (settled.state === "decided" && decision?.evidence !== undefined) return decision.evidence
  const given = solo.filter((each) => !each.hidden && each.status === "answered").map((each) => each.evidence)
  if (inventory !== undefined) given.push(inventory.evidence ?? "claim")
  return grades.findLast((grade) => given.includes(grade)) ?? "claim"
}

function primaryDoesNotKnow({ question, solo }: Testimony): boolean {
  return solo.some((each) => !each.hidden && each.status === "dont-know" && question.primary.includes(each.role))
}

/** The decided figure, else the middle figure of those whose level is the consensus, so that figure and level agree. */
function figureOf({ question, decision, solo }: Testimony, settled: Settled): number | undefined {
  if (question.type !== "number") return undefined
  if (settled.state === "decided") return typeof decision?.value === "number" ? decision.value : undefined
  return medianFigure(solo.map((each) => [each.hidden || each.anchor !== settled.anchor ? undefined : each.value, each]))
}

/** Role-weighted lower median of figures; anything that is no number is left out. */
function medianFigure(figures: readonly (readonly [unknown, SoloAnswer])[]): number | undefined {
  const sorted = figures
    .filter((each): each is readonly [number, SoloAnswer] => typeof each[0] === "number")
    .sort((a, b) => a[0] - b[0])
  const at = lowerMedian(sorted.map(([, solo]) => unitsOf(solo.weight)))
  return at === undefined ? undefined : sorted[at]?.[0]
}
