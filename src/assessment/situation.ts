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
  /** Every consumer gets what it requires on every axis: leave it in batch (R47). */
  readonly allMet: boolean
}

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
    allMet: allMet(scores),
  }
}

/**
 * Points between need and today on an axis, 0–100; `undefined` while no critical consumer is known.
 * Axes that no consumer decides (readiness, ease) are lacking only as far as some consumer's need is.
 */
export function gapOn(questionnaire: Questionnaire, situation: Situation, axis: AxisId): number | undefined {
  const { target, axes } = situation.scores
  if (target.axes === undefined) return undefined
  const direct = target.axes[axis]
  if (direct !== undefined) return direct.gap
  const level = questionnaire.scoring.needs.enabling[axis]
  if (level === undefined || situation.allMet) return 0
  const today = axes[axis]?.capped ?? axes[axis]?.bounds?.low ?? 0
  return Math.max(0, level - today)
}

/** Whether every effect is reached already; an effect on a skipped question has nothing to raise. Without effects nothing proves it. */
export function isInPlace(initiative: Initiative, situations: readonly Situation[]): boolean {
  if (initiative.effects.length === 0) return false
  return situations.every((situation) => initiative.effects.every((effect) => isReached(effect, situation)))
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
  return isOut(question, situation.facts) || (anchor !== undefined && anchor >= level)
}

function isOut(question: QuestionId, facts: Facts): boolean {
  const state = facts.state(question)
  return state === "skipped" || state === "not-applicable"
}

/** No axis has a gap left, or every product's consumers are served and no axis asks for more than that. */
function allMet({ target }: DomainScores): boolean {
  const gaps = Object.values(target.axes ?? {}).map((each) => each.gap)
  return target.axes !== undefined && gaps.every((gap) => gap === 0)
}
