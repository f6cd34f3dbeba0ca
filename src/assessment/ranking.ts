/** Findings → initiatives in order of worth (E.5): rule weights, gap, confidence, effort; gates outside the ratio. */
import { type EffortFacts, type Estimate, estimateEffort } from "./effort.ts"
import type { AxisId, Condition, DomainId, Initiative, PlanSettings, QuestionId, Questionnaire, Severity } from "./model.ts"
import type { Finding } from "./result.ts"
import { opensGate } from "./restraint.ts"
import { type Situation, actsOn, gapOn } from "./situation.ts"

/** Weight of a rule by severity; every further rule counts half of the one before (C.10, no. 10). */
const SEVERITY_WEIGHT: Readonly<Record<Severity, number>> = {
  critical: 4,
  high: 3,
  medium: 2,
  opportunity: 1.5,
  positive: 1.5,
  information: 1,
}
const FURTHER_RULE = 0.5
/** Gap, as a share of 100 points, that counts where no axis is served. */
const GAP_WITHOUT_AXIS: Readonly<Record<string, number>> = { confidence: 0.25, cost: 0.2, focus: 0.2 }
/** Cautious gap while no critical consumer is listed: worth something, never worth more than a known need. */
const GAP_WHEN_TARGET_UNKNOWN = 0.15
/** Where everything is disputed or unknown a recommendation still counts a little, lest disagreement hide it. */
const LEAST_CONFIDENCE = 0.2
const EFFORT_DAMPING = 0.2

/** An initiative in one domain, or once for the organisation, on its way into the plan. */
export interface Candidate {
  readonly key: string
  readonly initiative: Initiative
  readonly domain?: DomainId
  readonly estimate: Estimate
  readonly score: number
  /** Leads away from a gate: placed before everything that is only worth its score. */
  readonly gate: boolean
  readonly findings: readonly Finding[]
  readonly reason: string
}

/** Unique in a plan: `I14@payments`, or `I01` for the organisation. */
export function keyOf(initiative: string, domain?: DomainId): string {
  return domain === undefined ? initiative : `${initiative}@${domain}`
}

/** Scopes in which an initiative can be done: each domain, or once for all. */
export function scopesOf(initiative: Initiative, situations: readonly Situation[]): readonly (DomainId | undefined)[] {
  return initiative.scope === "organisation" ? [undefined] : situations.map((each) => each.domain)
}

/** An initiative with its findings, score and effort, whether recommended or not. */
export function candidateFor(
  questionnaire: Questionnaire,
  situations: readonly Situation[],
  settings: PlanSettings,
  initiative: Initiative,
  domain: DomainId | undefined,
): Candidate {
  const places = actsOn(situations, domain)
  const estimate = estimateFor(questionnaire, situations, settings, initiative, domain)
  const findings = findingsFor(initiative, places)
  const concerned = places.filter((place) => findings.some((finding) => finding.domain === place.domain))
  const gap = widestGap(questionnaire, initiative, concerned.length > 0 ? concerned : places)
  const confidence = confidenceIn(questionnaire, findings, places)
  const damped = Math.max(1, estimate.effort.expected) ** EFFORT_DAMPING
  const gates = findings.filter((finding) => opensGate(questionnaire, finding, initiative, places))
  return {
    key: keyOf(initiative.id, domain),
    initiative,
    ...(domain === undefined ? {} : { domain }),
    estimate,
    score: Math.round(((ruleWeight(findings) * gap.share * confidence) / damped) * 1000) / 1000,
    gate: gates.length > 0,
    findings,
    reason: [gateInWords(gates), rulesInWords(findings, domain, places), gap.words, confidenceInWords(confidence)]
      .filter((each) => each !== "")
      .join("; "),
  }
}

/** Effort of an initiative in its scope. */
export function estimateFor(
  questionnaire: Questionnaire,
  situations: readonly Situation[],
  settings: PlanSettings,
  initiative: Initiative,
  domain: DomainId | undefined,
): Estimate {
  return estimateEffort(questionnaire, initiative, actsOn(situations, domain).map(effortFacts), settings.platform)
}

/** A skipped inventory is an empty one: an earlier answer says that there is nothing to list. */
function effortFacts({ anchors, facts }: Situation): EffortFacts {
  return {
    anchor: (question) => anchors.get(question),
    rows: (question) => (facts.state(question) === "skipped" ? [] : facts.rows(question)),
  }
}

function findingsFor(initiative: Initiative, places: readonly Situation[]): readonly Finding[] {
  const all = places.flatMap((place) => place.findings).filter((finding) => finding.initiatives.includes(initiative.id))
  return [...new Set(all)].sort((one, other) => SEVERITY_WEIGHT[other.severity] - SEVERITY_WEIGHT[one.severity])
}

/** Strongest rule + 1/2 of the second + 1/4 of the third … (E.5). */
function ruleWeight(findings: readonly Finding[]): number {
  return findings.reduce((sum, finding, place) => sum + SEVERITY_WEIGHT[finding.severity] * FURTHER_RULE ** place, 0)
}

interface Gap {
  readonly share: number
  readonly words: string
}

/** The widest gap among the axes served and the domains concerned, as a share of 100 points. */
function widestGap(questionnaire: Questionnaire, initiative: Initiative, places: readonly Situation[]): Gap {
  const gaps = places.flatMap((place) => initiative.serves.map((axis) => gapFor(questionnaire, place, axis)))
  return gaps.reduce((widest, gap) => (gap.share > widest.share ? gap : widest), { share: 0, words: "no need is left open" })
}

function gapFor(questionnaire: Questionnaire, place: Situation, axis: AxisId): Gap {
  const constant = GAP_WITHOUT_AXIS[axis]
  if (constant !== undefined) return { share: constant, words: `serves ${axis}` }
  const name = questionnaire.scoring.axes.find((each) => each.id === axis)?.name ?? axis
  const points = gapOn(questionnaire, place, axis)
  if (points === undefined) {
    return {
      share: GAP_WHEN_TARGET_UNKNOWN,
      words: `serves ${name}; target unknown in ${place.name}: list its critical consumers`,
    }
  }
  return { share: points / 100, words: `${name} in ${place.name} is ${Math.round(points)} points below what is needed` }
}

/** 1 − share of unknown or disputed questions among those the rules look at, counted per domain. */
function confidenceIn(questionnaire: Questionnaire, findings: readonly Finding[], places: readonly Situation[]): number {
  let asked = 0
  let unsure = 0
  for (const place of places) {
    const rules = new Set(findings.filter((each) => (each.domain ?? place.domain) === place.domain).map((each) => each.rule))
    const questions = new Set(questionnaire.rules.filter((rule) => rules.has(rule.id)).flatMap((rule) => questionsIn(rule.when)))
    asked += questions.size
    unsure += [...questions].filter((question) => place.unsure.has(question)).length
  }
  return asked === 0 ? 1 : Math.max(LEAST_CONFIDENCE, 1 - unsure / asked)
}

/** Questions a condition looks at, tables included. */
function questionsIn(condition: Condition): readonly QuestionId[] {
  if ("all" in condition) return condition.all.flatMap(questionsIn)
  if ("any" in condition) return condition.any.flatMap(questionsIn)
  if ("not" in condition) return questionsIn(condition.not)
  if ("question" in condition) return [condition.question]
  return "rows" in condition ? [condition.rows] : []
}

function gateInWords(gates: readonly Finding[]): string {
  return gates.length === 0 ? "" : `opens the gate ${[...new Set(gates.map((each) => each.rule))].join(", ")}, so it comes first`
}

function rulesInWords(findings: readonly Finding[], domain: DomainId | undefined, places: readonly Situation[]): string {
  const names = new Map(places.map((place) => [place.domain, place.name]))
  return findings
    .map(({ rule, severity, domain: where }) => {
      const place = domain === undefined && where !== undefined ? ` in ${names.get(where) ?? where}` : ""
      return `${rule} (${severity}${place})`
    })
    .join(", ")
}

function confidenceInWords(confidence: number): string {
  return confidence === 1 ? "" : `${Math.round(confidence * 100)} % of the answers behind it are agreed`
}
