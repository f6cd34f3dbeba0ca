/** Rules + answers → findings with their evidence, and the rules that cannot be judged yet. */
import { type Because, type Facts, judge } from "./conditions.ts"
import type { DomainScores } from "./domain.ts"
import type { Condition, Engagement, Question, QuestionId, Questionnaire, Row, Rule } from "./model.ts"
import type { AxisResult, Consensus, Evidence, Finding, Unjudged } from "./result.ts"

/** Id of the finding about questions that even those closest to them could not answer (C.4). */
export const BLIND_SPOT = "BLIND-SPOT"
/** The workshop that closes blind spots and disputes, where the questionnaire has it. */
const RECONCILE = "I00"

/** Rules that hold, and rules that nobody can judge yet. */
export interface Judged {
  readonly findings: readonly Finding[]
  readonly cannotBeJudged: readonly Unjudged[]
}

/** Judges every rule about a single domain, in the order of the file; the domain's blind spots come last. */
export function findInDomain(questionnaire: Questionnaire, scores: DomainScores, facts: Facts): Judged {
  const rules = questionnaire.rules.filter((rule) => !spansDomains(rule.when))
  const judged = judgeRules(rules, facts, scores)
  return { ...judged, findings: [...judged.findings, ...blindSpots(questionnaire, scores)] }
}

/** Judges the rules that compare domains with each other. */
export function findInOrganisation(questionnaire: Questionnaire, domains: readonly DomainScores[]): Judged {
  const rules = questionnaire.rules.filter((rule) => spansDomains(rule.when))
  return judgeRules(rules, organisationFacts(questionnaire, domains))
}

/** The facts of one domain that conditions look at. `engagement` may hold other domains too. */
export function factsOf(questionnaire: Questionnaire, engagement: Engagement, scores: DomainScores): Facts {
  const consensus = new Map(scores.consensus.map((each) => [each.question, each]))
  const questions = questionsById(questionnaire)
  const rows = new Map<QuestionId, readonly Row[]>(
    engagement.inventories.filter((each) => each.domain === scores.domain).map((each) => [each.question, each.rows]),
  )
  return {
    anchor: (question) => consensus.get(question)?.anchor,
    state: (question) => consensus.get(question)?.state ?? "unanswered",
    ticks: (question) => consensus.get(question)?.ticks,
    rows: (question) => rows.get(question),
    index: (axis) => scores.axes[axis]?.capped,
    question: (question) => known(questions, question),
    unknownOn: (axis) => unknownOn(questionnaire, scores, axis),
    gaps: scores.perceptionGaps,
  }
}

function organisationFacts(questionnaire: Questionnaire, domains: readonly DomainScores[]): Facts {
  const questions = questionsById(questionnaire)
  return {
    anchor: unknown,
    state: () => "unanswered",
    ticks: unknown,
    rows: unknown,
    index: unknown,
    question: (question) => known(questions, question),
    unknownOn: (axis) => [
      ...new Set(
        domains
          .filter((scores) => scores.position.quadrant === undefined)
          .flatMap((scores) => unknownOn(questionnaire, scores, axis)),
      ),
    ],
    quadrants: domains.map((scores) => scores.position.quadrant),
  }
}

const unknown = (): undefined => undefined

function judgeRules(rules: readonly Rule[], facts: Facts, scores?: DomainScores): Judged {
  const findings: Finding[] = []
  const cannotBeJudged: Unjudged[] = []
  const consensus = new Map(scores?.consensus.map((each) => [each.question, each]))
  const where = scores === undefined ? {} : { domain: scores.domain }
  for (const rule of rules) {
    const { truth, because, ask } = judge(rule.when, facts)
    if (truth === true) findings.push({ ...findingOf(rule), ...where, evidence: evidenceOf(because, consensus) })
    if (truth === undefined && ask.length > 0) cannotBeJudged.push({ rule: rule.id, name: rule.name, ...where, ask })
  }
  return { findings, cannotBeJudged }
}

function findingOf(rule: Rule): Omit<Finding, "domain" | "evidence"> {
  const { id, name, finding, severity, gate, theme, initiatives } = rule
  return { rule: id, name, finding, severity, gate, theme, initiatives }
}

/** One piece of evidence per question, with the comments of everybody whose answer counts, by role. */
function evidenceOf(because: readonly Because[], consensus: ReadonlyMap<QuestionId, Consensus>): readonly Evidence[] {
  const merged = new Map<string, Because>()
  for (const each of because) {
    const key = each.question ?? `fact ${each.fact}`
    merged.set(key, joined(merged.get(key), each))
  }
  return Array.from(merged.values(), (each) => ({ ...each, comments: commentsOn(consensus.get(each.question ?? "")) }))
}

function joined(one: Because | undefined, other: Because): Because {
  if (one === undefined) return other
  const rows = [...new Set([...(one.rows ?? []), ...(other.rows ?? [])])]
  const facts = [...new Set([one.fact, other.fact].filter((each) => each !== undefined))]
  return {
    ...one,
    ...other,
    ...(rows.length > 0 ? { rows } : {}),
    ...(facts.length > 0 ? { fact: facts.join("; ") } : {}),
  }
}

function commentsOn(consensus: Consensus | undefined): Evidence["comments"] {
  return (consensus?.solo ?? []).flatMap(({ hidden, comment, role }) =>
    hidden || comment === undefined || comment.trim() === "" ? [] : [{ role, text: comment }],
  )
}

/** One finding for all of a domain's blind spots, unless the questionnaire brings a rule of its own with that id. */
function blindSpots(questionnaire: Questionnaire, scores: DomainScores): readonly Finding[] {
  const blind = scores.consensus.filter((each) => each.blindSpot)
  if (blind.length === 0 || questionnaire.rules.some((rule) => rule.id === BLIND_SPOT)) return []
  const reconcile = questionnaire.initiatives.find((each) => each.id === RECONCILE)
  const questions = questionsById(questionnaire)
  return [
    {
      rule: BLIND_SPOT,
      name: "Blind spots",
      finding: `The people closest to the matter could not answer ${blind.length === 1 ? "this question" : `these ${blind.length} questions`}, and nobody else could. That nobody knows is a result in itself.`,
      severity: "medium",
      gate: false,
      theme: reconcile?.theme ?? questionnaire.themes[0]?.id ?? "",
      domain: scores.domain,
      evidence: blind.map((each) => ({
        question: each.question,
        fact: `nobody knows: ${known(questions, each.question).short}`,
        comments: commentsOn(each),
      })),
      initiatives: reconcile === undefined ? [] : [reconcile.id],
    },
  ]
}

/** Questions that keep an index, or the place on the matrix, from being known. */
function unknownOn(questionnaire: Questionnaire, scores: DomainScores, axis?: string): readonly QuestionId[] {
  const { vertical, horizontal } = questionnaire.scoring.placement
  const axes = axis === undefined ? [vertical, horizontal] : [axis]
  const results: readonly (AxisResult | undefined)[] = axes.map((each) => scores.axes[each])
  return [...new Set(results.flatMap((each) => (each?.capped === undefined ? (each?.unknown ?? []) : [])))]
}

function spansDomains(condition: Condition): boolean {
  if ("all" in condition) return condition.all.some(spansDomains)
  if ("any" in condition) return condition.any.some(spansDomains)
  if ("not" in condition) return spansDomains(condition.not)
  return "domainsApart" in condition
}

function questionsById(questionnaire: Questionnaire): ReadonlyMap<QuestionId, Question> {
  return new Map(questionnaire.questions.map((question) => [question.id, question]))
}

function known(questions: ReadonlyMap<QuestionId, Question>, id: QuestionId): Question {
  const question = questions.get(id)
  if (question === undefined) throw new Error(`The questionnaire has no question ${id}`)
  return question
}
