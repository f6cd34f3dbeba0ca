/** What would have to be different for the quadrant to change: the variants of C.7 and the decisive questions. */
import type { Anchor, QuestionId, Questionnaire } from "./model.ts"
import { seededRandom } from "./random.ts"
import type { Consensus, Sensitivity } from "./result.ts"
import { byAxisId, capOn, cappedIndices, type Indices, type Levels, levelsOf, none, quadrantOf, type Sheet } from "./sheet.ts"

/** The indices without one respondent; `name` says which, by role. */
export interface LeftOut {
  readonly name: string
  readonly indices: Indices
}

interface Variant {
  readonly name: string
  readonly quadrant: string | undefined
}

const limits = [45, 55]
const weightVariants = 50
const weightsFrom = 0.75
const weightsTo = 1.25
/** Order-only scoring counts the questions at this level or higher. */
const highFrom = 3
const decisiveQuestions = 3
const anchors: readonly Anchor[] = [0, 1, 2, 3, 4]

/** Tests the quadrant of a domain against other limits, weights, respondents, dimensions and mere order (C.7). */
export function testSensitivity(
  questionnaire: Questionnaire,
  sheet: Sheet,
  consensus: readonly Consensus[],
  leftOut: readonly LeftOut[],
  options: { readonly domain: string; readonly seed: number },
): Sensitivity {
  const levels = levelsOf(consensus)
  const quadrant = quadrantOf(sheet, cappedIndices(sheet, levels))
  const variants = [
    ...limits.map((limit) => atLimit(sheet, levels, limit)),
    ...withOtherWeights(sheet, levels, options),
    ...leftOut.map(({ name, indices }) => ({ name, quadrant: quadrantOf(sheet, indices) })),
    ...withoutEachDimension(questionnaire, sheet, levels),
    { name: `share of questions at level ${highFrom} or higher`, quadrant: quadrantOf(sheet, orderOnly(sheet, levels)) },
  ].map((each) => judgeVariant(each, quadrant))
  const quickPass = scoreQuickPass(questionnaire, sheet, levels)
  return {
    unchanged: variants.filter((each) => each.same).length / variants.length,
    variants,
    decisive: quadrant === undefined ? [] : findDecisive(sheet, consensus, levels, quadrant),
    ...(quickPass === undefined ? {} : { quickPass }),
  }
}

/** Caps move with the limit: a closed gate says "not on the high side", whatever the limit is. */
function atLimit(sheet: Sheet, levels: Levels, limit: number): Variant {
  return {
    name: `limit at ${limit} instead of ${sheet.limit}`,
    quadrant: quadrantOf(sheet, cappedIndices(sheet, levels, undefined, limit - sheet.limit), limit),
  }
}

function withOtherWeights(sheet: Sheet, levels: Levels, options: { domain: string; seed: number }): readonly Variant[] {
  const random = seededRandom(options.seed, options.domain, "weights")
  return Array.from({ length: weightVariants }, (_, at) => {
    const weights = sheet.axes.map((axis) =>
      axis.weights.map((weight) => weight * (weightsFrom + (weightsTo - weightsFrom) * random())),
    )
    return {
      name: `other weights, draw ${at + 1} of ${weightVariants}`,
      quadrant: quadrantOf(sheet, cappedIndices(sheet, levels, weights)),
    }
  })
}

function withoutEachDimension(questionnaire: Questionnaire, sheet: Sheet, levels: Levels): readonly Variant[] {
  return questionnaire.dimensions.flatMap((dimension) => {
    const rest = levels.map((level, at) => (questionnaire.questions[at]?.dimension === dimension.id ? none : level))
    const isSame = rest.every((level, at) => level === levels[at])
    return isSame ? [] : [{ name: `without ${dimension.name}`, quadrant: quadrantOf(sheet, cappedIndices(sheet, rest)) }]
  })
}

/** Share of an axis' answered questions at level 3 or higher, × 100, gates applied: it uses the order of levels only. */
function orderOnly(sheet: Sheet, levels: Levels): Indices {
  return sheet.axes.map((axis) => {
    const answered = [...axis.questions].map((at) => levels[at] as number).filter((level) => level !== none)
    if (answered.length === 0) return undefined
    const share = (100 * answered.filter((level) => level >= highFrom).length) / answered.length
    return Math.min(share, capOn(axis, levels))
  })
}

/** The core questions alone; only where more than the core is answered. */
function scoreQuickPass(questionnaire: Questionnaire, sheet: Sheet, levels: Levels): Sensitivity["quickPass"] {
  const core = levels.map((level, at) => (questionnaire.questions[at]?.core === true ? level : none))
  const isAnswered = core.some((level) => level !== none)
  if (!isAnswered || core.every((level, at) => level === levels[at])) return undefined
  const indices = cappedIndices(sheet, core)
  const quadrant = quadrantOf(sheet, indices)
  return { ...(quadrant === undefined ? {} : { quadrant }), values: byAxisId(sheet, indices) }
}

/**
 * Up to three questions whose answer alone would change the quadrant. First those that nobody knows, then the disputed,
 * then those where one level is enough, then the rest, decided ones last; within each, the heaviest first.
 */
function findDecisive(sheet: Sheet, consensus: readonly Consensus[], levels: Levels, quadrant: string): readonly QuestionId[] {
  const candidates = consensus.flatMap((each, at) => {
    if (each.state === "skipped" || each.state === "not-applicable") return []
    const weight = placingWeight(sheet, at)
    const changing = anchors.filter((anchor) => anchor !== each.anchor && quadrantWith(sheet, levels, at, anchor) !== quadrant)
    return changing.length === 0 ? [] : [{ question: each.question, order: plausibility(each, changing), weight, at }]
  })
  return candidates
    .sort((a, b) => a.order - b.order || b.weight - a.weight || a.at - b.at)
    .slice(0, decisiveQuestions)
    .map((each) => each.question)
}

/** Quadrant with one question at another level. */
function quadrantWith(sheet: Sheet, levels: Levels, question: number, anchor: Anchor): string | undefined {
  const changed = levels.slice()
  changed[question] = anchor
  return quadrantOf(sheet, cappedIndices(sheet, changed))
}

/** 0 is the most plausible change. */
function plausibility({ state, anchor, disputed, weightByAnchor }: Consensus, changing: readonly Anchor[]): number {
  if (anchor === undefined) return 0
  if (state === "decided") return 4
  if (disputed && changing.some((each) => weightByAnchor[each] > 0)) return 1
  return changing.some((each) => Math.abs(each - anchor) === 1) ? 2 : 3
}

/** The larger of a question's weights on the two axes of the matrix. */
function placingWeight(sheet: Sheet, question: number): number {
  const weights = [sheet.vertical, sheet.horizontal].map((place) => {
    const axis = sheet.axes[place]
    return axis?.weights[axis.questions.indexOf(question)] ?? 0
  })
  return Math.max(...weights)
}

function judgeVariant({ name, quadrant }: Variant, today: string | undefined): Sensitivity["variants"][number] {
  const same = quadrant === today
  return quadrant === undefined ? { name, same } : { name, quadrant, same }
}
