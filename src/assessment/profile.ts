/** Per dimension: the distribution of levels, and where executives and practitioners see it differently (C.2, C.5). */
import type { Anchor, Dimension, Questionnaire } from "./model.ts"
import type { Consensus, DimensionProfile, PerceptionGap } from "./result.ts"

type Side = "executive" | "practitioner"

/** The profile of every dimension, over the questions that carry weight. */
export function profileDimensions(questionnaire: Questionnaire, consensus: readonly Consensus[]): readonly DimensionProfile[] {
  const gates = new Set(questionnaire.scoring.gates.flatMap((gate) => [...gate.zero, ...(gate.low?.questions ?? [])]))
  return questionnaire.dimensions.map((dimension) => profile(dimension, scoredIn(questionnaire, dimension, consensus), gates))
}

/**
 * Executives' mean minus practitioners' mean per dimension, over the questions that both sides answered, each question
 * counting the same. Every dimension with at least one such question.
 */
export function findPerceptionGaps(questionnaire: Questionnaire, consensus: readonly Consensus[]): readonly PerceptionGap[] {
  const sides = new Map(questionnaire.roles.map((role) => [role.id, role.side]))
  const dimensionOf = new Map(questionnaire.questions.map((question) => [question.id, question.dimension]))
  const shared = consensus.flatMap((each) => {
    const executives = meanOf(each, "executive", sides)
    const practitioners = meanOf(each, "practitioner", sides)
    return executives === undefined || practitioners === undefined ? [] : [{ question: each.question, executives, practitioners }]
  })
  return questionnaire.dimensions.flatMap((dimension) => {
    const own = shared.filter((each) => dimensionOf.get(each.question) === dimension.id)
    if (own.length === 0) return []
    const executives = mean(own.map((each) => each.executives))
    const practitioners = mean(own.map((each) => each.practitioners))
    const difference = withoutNoise(executives - practitioners)
    return [{ dimension: dimension.id, executives, practitioners, difference, sharedQuestions: own.map((each) => each.question) }]
  })
}

function scoredIn(questionnaire: Questionnaire, dimension: Dimension, consensus: readonly Consensus[]): readonly Consensus[] {
  const { weights } = questionnaire.scoring
  return consensus.filter((each, at) => {
    const isScored = Object.values(weights[each.question] ?? {}).some((weight) => weight > 0)
    return isScored && questionnaire.questions[at]?.dimension === dimension.id
  })
}

function profile(dimension: Dimension, own: readonly Consensus[], gates: ReadonlySet<string>): DimensionProfile {
  const count = (fits: (each: Consensus) => boolean): number => own.filter(fits).length
  const at = (anchor: Anchor): number => count((each) => each.anchor === anchor)
  const answered = own.filter(
    (each): each is Consensus & { anchor: Anchor } => each.anchor !== undefined && gates.has(each.question),
  )
  const lowest = answered.reduce<(typeof answered)[number] | undefined>(
    (low, each) => (low === undefined || each.anchor < low.anchor ? each : low),
    undefined,
  )
  return {
    dimension: dimension.id,
    name: dimension.name,
    counts: [at(0), at(1), at(2), at(3), at(4)],
    unknown: count((each) => each.state !== "skipped" && each.state !== "not-applicable" && each.anchor === undefined),
    notApplicable: count((each) => each.state === "not-applicable"),
    skipped: count((each) => each.state === "skipped"),
    disputed: count((each) => each.disputed),
    ...(lowest === undefined ? {} : { lowestGate: { question: lowest.question, anchor: lowest.anchor } }),
  }
}

function meanOf(consensus: Consensus, side: Side, sides: ReadonlyMap<string, string>): number | undefined {
  const anchors = consensus.solo
    .filter((solo) => !solo.hidden && sides.get(solo.role) === side)
    .map((solo) => solo.anchor)
    .filter((anchor) => anchor !== undefined)
  return anchors.length === 0 ? undefined : mean(anchors)
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, each) => sum + each, 0) / values.length
}

/** Thirds of a level must not decide whether a gap reaches 1.0. */
function withoutNoise(difference: number): number {
  return Math.round(difference * 1e9) / 1e9
}
