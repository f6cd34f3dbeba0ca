/** What to find out next: the unknown and disputed questions that could move the position or the plan most. */
import { type Facts, judge } from "./conditions.ts"
import type { DomainScores } from "./domain.ts"
import { factsOf } from "./findings.ts"
import type { Anchor, Condition, Engagement, Question, QuestionId, Questionnaire, Rule, Severity } from "./model.ts"
import type { Consensus, NextQuestion } from "./result.ts"
import { cappedIndices, type Indices, layOutSheet, type Levels, levelsOf, quadrantOf, type Sheet } from "./sheet.ts"

/** Points of score for a possible change of quadrant, and for each rule that the answer would decide. */
const quadrantPoints = 10
const rulePoints: Readonly<Record<Severity, number>> = {
  critical: 4,
  high: 3,
  medium: 2,
  opportunity: 1.5,
  positive: 1,
  information: 0.5,
}
/** How much a point on an axis outside the matrix counts against a point on it. */
const outsideMatrix = 0.25
/** Minutes a group takes beyond asking: those furthest apart speak first, then everybody answers again. */
const discussion = 6
const anchors: readonly Anchor[] = [0, 1, 2, 3, 4]

/** A question at one of its plausible levels, and the indices that would follow. */
interface Supposed {
  readonly level: Anchor
  readonly indices: Indices
  readonly quadrant: string | undefined
}

/** What weighing needs to know about a domain. */
interface Place {
  readonly sheet: Sheet
  readonly scores: DomainScores
  readonly levels: Levels
  readonly facts: Facts
}

/**
 * Unknown and disputed questions of all domains, best first. An unknown question could be at any level, a disputed one
 * between the lowest and the highest that somebody gave. `score`: span on the matrix, a quarter of the span on the other
 * axes, and points for a change of quadrant and for each rule by its severity.
 */
export function findOutNext(
  questionnaire: Questionnaire,
  engagement: Engagement,
  domains: readonly DomainScores[],
): readonly NextQuestion[] {
  const sheet = layOutSheet(questionnaire)
  const rules = questionnaire.questions.map((question) => rulesOn(question, questionnaire))
  const found = domains.flatMap((scores) => {
    const place = { sheet, scores, levels: levelsOf(scores.consensus), facts: factsOf(questionnaire, engagement, scores) }
    const unknown = new Set(scores.unknown)
    return questionnaire.questions.flatMap((question, at) => {
      const consensus = scores.consensus[at]
      if (consensus === undefined) return []
      if (!isOpen(consensus)) return waitsForCells(place, question, rules[at] ?? [])
      const next = weigh(place, question, consensus, at, rules[at] ?? [])
      return consensus.disputed || unknown.has(question.id) || next.rules.length > 0 ? [next] : []
    })
  })
  return found.sort((a, b) => b.score - a.score)
}

/** An inventory whose blank cells keep rules from being judged: it moves no index, and the rules wait for it. */
function waitsForCells({ scores, facts }: Place, question: Question, rules: readonly Rule[]): readonly NextQuestion[] {
  const waiting = rules.filter((rule) => judge(rule.when, facts).ask.includes(question.id))
  if (question.type !== "table" || waiting.length === 0) return []
  const score = waiting.reduce((sum, rule) => sum + rulePoints[rule.severity], 0)
  return [
    {
      question: question.id,
      domain: scores.domain,
      why: "unknown",
      span: 0,
      couldChangeQuadrant: false,
      rules: waiting.map((rule) => rule.id),
      minutes: question.minutes,
      ask: question.primary,
      score,
    },
  ]
}

function isOpen({ state, disputed }: Consensus): boolean {
  return disputed || state === "dont-know" || state === "unanswered"
}

function weigh(place: Place, question: Question, consensus: Consensus, at: number, rules: readonly Rule[]): NextQuestion {
  const { sheet, scores } = place
  const supposed = plausibleLevels(consensus).map((level) => suppose(place, at, level))
  const spans = spansOf(supposed, sheet.axes.length)
  const onMatrix = spans.filter((_, axis) => axis === sheet.vertical || axis === sheet.horizontal)
  const outside = spans.filter((_, axis) => axis !== sheet.vertical && axis !== sheet.horizontal)
  const span = Math.max(0, ...onMatrix)
  const couldChangeQuadrant = changesQuadrant(supposed, scores.position.quadrant)
  const decided = rules.filter((rule) => isDecidedBy(rule, question, supposed, place))
  const points = decided.reduce((sum, rule) => sum + rulePoints[rule.severity], couldChangeQuadrant ? quadrantPoints : 0)
  return {
    question: question.id,
    domain: scores.domain,
    why: consensus.disputed ? "disputed" : "unknown",
    span,
    couldChangeQuadrant,
    rules: decided.map((rule) => rule.id),
    minutes: question.minutes + (consensus.disputed ? discussion : 0),
    ask: question.primary,
    score: span + outsideMatrix * Math.max(0, ...outside) + points,
  }
}

function plausibleLevels({ disputed, weightByAnchor }: Consensus): readonly Anchor[] {
  if (!disputed) return anchors
  const lowest = weightByAnchor.findIndex((each) => each > 0)
  const highest = weightByAnchor.findLastIndex((each) => each > 0)
  return anchors.filter((each) => each >= lowest && each <= highest)
}

function suppose({ sheet, levels }: Place, at: number, level: Anchor): Supposed {
  const supposed = levels.slice()
  supposed[at] = level
  const indices = cappedIndices(sheet, supposed)
  return { level, indices, quadrant: quadrantOf(sheet, indices) }
}

/** Per axis, highest minus lowest capped index over the plausible levels. */
function spansOf(supposed: readonly Supposed[], axes: number): readonly number[] {
  return Array.from({ length: axes }, (_, axis) => {
    const values = supposed.map((each) => each.indices[axis]).filter((each) => each !== undefined)
    return values.length === 0 ? 0 : Math.max(...values) - Math.min(...values)
  })
}

function changesQuadrant(supposed: readonly Supposed[], today: string | undefined): boolean {
  const quadrants = new Set(supposed.map((each) => each.quadrant))
  return quadrants.size > 1 || (today !== undefined && !quadrants.has(today))
}

/** A rule is decided when the levels lead to different outcomes, or when nothing but this question keeps it open. */
function isDecidedBy(rule: Rule, question: Question, supposed: readonly Supposed[], place: Place): boolean {
  const today = judge(rule.when, place.facts)
  if (today.truth === undefined && today.ask.length === 1 && today.ask[0] === question.id) return true
  const outcomes = new Set(supposed.map((each) => judge(rule.when, supposedFacts(place, question, each, supposed)).truth))
  return outcomes.size > 1 || (today.truth === undefined && !outcomes.has(undefined))
}

/** The facts with one question answered: at its lowest level a choice of several has every tick, elsewhere none. */
function supposedFacts(
  { facts, sheet }: Place,
  question: Question,
  { level, indices }: Supposed,
  all: readonly Supposed[],
): Facts {
  const isThis = (id: QuestionId): boolean => id === question.id
  const ticks = question.type === "multi" && level === all[0]?.level ? question.options.map((option) => option.id) : []
  return {
    ...facts,
    anchor: (id) => (isThis(id) ? level : facts.anchor(id)),
    state: (id) => (isThis(id) ? "answered" : facts.state(id)),
    ticks: (id) => (isThis(id) ? ticks : facts.ticks(id)),
    index: (axis) => indices[sheet.axes.findIndex((each) => each.axis.id === axis)],
  }
}

/** The rules that look at the question, or at an index on which it carries weight. */
function rulesOn(question: Question, questionnaire: Questionnaire): readonly Rule[] {
  const weights = questionnaire.scoring.weights[question.id] ?? {}
  return questionnaire.rules.filter((rule) => looksAt(rule.when, question.id, weights))
}

function looksAt(condition: Condition, question: QuestionId, weights: Readonly<Record<string, number>>): boolean {
  const child = (each: Condition): boolean => looksAt(each, question, weights)
  if ("all" in condition) return condition.all.some(child)
  if ("any" in condition) return condition.any.some(child)
  if ("not" in condition) return child(condition.not)
  if ("question" in condition) return condition.question === question
  if ("rows" in condition) return condition.rows === question
  return "index" in condition && (weights[condition.index] ?? 0) > 0
}
