/** What planning looks at in one domain: its findings, what its consumers lack, and what is already in place. */
import type { Facts } from "./conditions.ts"
import type { DomainScores } from "./domain.ts"
import type { Anchor, AxisId, DomainId, Effect, Initiative, QuestionId, Questionnaire } from "./model.ts"
import type { Finding } from "./result.ts"

/** One domain as planning sees it. */
export interface Situation {
  readonly domain: DomainId
  readonly name: string
  readonly scores: DomainScores
  readonly facts: Facts
  /** Findings of the domain and of the whole organisation. */
  readonly findings: readonly Finding[]
  /** Levels of today, for questions that have one. */
  readonly anchors: ReadonlyMap<QuestionId, Anchor>
  /** Questions whose answer is unknown or disputed. */
  readonly unsure: ReadonlySet<QuestionId>
  /** Every critical consumer gets what it requires, or no axis has a gap left: nothing has to move (R47). */
  readonly nothingMoves: boolean
}

/** A domain's situation from its scores, its facts, and the findings that concern it. */
export function situationOf(scores: DomainScores, facts: Facts, findings: readonly Finding[]): Situation {
  const anchors = new Map<QuestionId, Anchor>()
  for (const { question, anchor } of scores.consensus) if (anchor !== undefined) anchors.set(question, anchor)
  return {
    domain: scores.domain,
    name: scores.name,
    scores,
    facts,
    findings,
    anchors,
    unsure: new Set([...scores.unknown, ...scores.disputed]),
    nothingMoves: everyNeedIsMet(scores) || hasNoGap(scores),
  }
}

/**
 * Points between need and today on an axis, 0–100; `undefined` while it cannot be said what is needed, for instance while a
 * critical consumer leaves the required age blank. An axis that the consumers' need is measured on has none where every need
 * is met, whatever its index; axes that no consumer decides (readiness, ease) are lacking only as far as some consumer's need is.
 */
export function gapOn(questionnaire: Questionnaire, situation: Situation, axis: AxisId): number | undefined {
  const { target } = situation.scores
  if (target.axes === undefined) return undefined
  if (everyNeedIsMet(situation.scores) && isMeasuredByNeed(questionnaire, axis)) return 0
  const direct = target.axes[axis]
  if (target.open?.[axis] !== undefined && (direct?.gap ?? 0) === 0) return undefined
  if (direct !== undefined) return direct.gap
  const enabling = questionnaire.scoring.needs.enabling[axis] !== undefined
  return enabling && needsOf(situation.scores).includes(undefined) ? undefined : 0
}

/**
 * Whether every effect is reached already. An effect on a skipped question has nothing to raise; one on a question that does
 * not apply is left aside and proves nothing, so that at least one other has to. Without effects nothing proves it.
 */
export function isInPlace(initiative: Initiative, situations: readonly Situation[]): boolean {
  const effects = initiative.inPlaceAt ?? initiative.effects
  return situations.every((situation) => {
    const applying = effects.filter(({ question }) => situation.facts.state(question) !== "not-applicable")
    return applying.length > 0 && applying.every((effect) => isReached(effect, situation))
  })
}

/** Levels after effects: raised, never lowered; what is skipped or not applicable stays out (an unknown takes the effect's level). */
export function raised(
  anchors: ReadonlyMap<QuestionId, Anchor>,
  effects: readonly Effect[],
  facts: Facts,
): ReadonlyMap<QuestionId, Anchor> {
  const after = new Map(anchors)
  for (const { question, level } of effects) {
    if (isOut(question, facts)) continue
    const before = after.get(question)
    if (before === undefined || before < level) after.set(question, level)
  }
  return after
}

/** Situations an initiative acts on: its domain, or all of them. */
export function actsOn(situations: readonly Situation[], domain: DomainId | undefined): readonly Situation[] {
  return domain === undefined ? situations : situations.filter((each) => each.domain === domain)
}

function isReached({ question, level }: Effect, situation: Situation): boolean {
  const anchor = situation.anchors.get(question)
  return situation.facts.state(question) === "skipped" || (anchor !== undefined && anchor >= level)
}

function isOut(question: QuestionId, facts: Facts): boolean {
  const state = facts.state(question)
  return state === "skipped" || state === "not-applicable"
}

/** Whether each product with a critical consumer meets its need; `undefined` where nobody can say. */
function needsOf({ target }: DomainScores): readonly (boolean | undefined)[] {
  return target.products.filter((product) => Object.keys(product.classes).length > 0).map((product) => product.met)
}

function everyNeedIsMet(scores: DomainScores): boolean {
  const needs = needsOf(scores)
  return needs.length > 0 && needs.every((met) => met === true)
}

/** The classes of need on the axis look at a column that "need met" compares. */
function isMeasuredByNeed({ scoring }: Questionnaire, axis: AxisId): boolean {
  const { met, classes } = scoring.needs
  const compared = new Set(met.flatMap((each) => [each.column, each.atMostColumn, each.aboveColumn]))
  return (classes[axis] ?? []).some((need) => need.when.some((each) => compared.has(each.column)))
}

function hasNoGap({ target }: DomainScores): boolean {
  if (target.axes === undefined || target.open !== undefined) return false
  return Object.values(target.axes).every(({ gap }) => gap === 0)
}
