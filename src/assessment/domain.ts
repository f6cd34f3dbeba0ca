/** One domain scored: everything in its result that comes before findings and plan. */
import { consensusOf } from "./consensus.ts"
import type { DomainId, Engagement, Questionnaire, RespondentId } from "./model.ts"
import { placeOnMatrix } from "./position.ts"
import { findPerceptionGaps, profileDimensions } from "./profile.ts"
import type { AxisResult, Consensus, DomainResult, Interval } from "./result.ts"
import { type AxisScore, scoreAxes } from "./scoring.ts"
import { type LeftOut, testSensitivity } from "./sensitivity.ts"
import { settleWithoutEach } from "./settle.ts"
import { byAxisId, cappedIndices, layOutSheet, levelsOf, type Sheet } from "./sheet.ts"
import { simulate } from "./simulation.ts"
import { setTarget } from "./target.ts"
import { type DomainTestimony, gatherTestimony } from "./testimony.ts"

/** All of a domain's result that comes before findings and plan. */
export type DomainScores = Omit<DomainResult, "findings" | "cannotBeJudged" | "initiatives">

/**
 * Scores one domain: consensus, indices with interval, position, sensitivity, profile, gaps, target (part C).
 * Hand in the domain's share of the engagement (`splitByDomain`) where there are many domains.
 */
export function scoreDomain(
  questionnaire: Questionnaire,
  engagement: Engagement,
  domain: DomainId,
  options: { readonly seed: number; readonly draws: number },
): DomainScores {
  const sheet = layOutSheet(questionnaire)
  const testimony = gatherTestimony(questionnaire, engagement, domain)
  const consensus = consensusOf(testimony)
  const people = peopleIn(consensus)
  const leftOut = leaveEachOut(questionnaire, sheet, testimony, people)
  const scores = scoreAxes(sheet, consensus)
  const simulation = simulate(sheet, consensus, { domain, ...options })
  const roles = questionnaire.roles.map((role) => role.id).filter((id) => [...people.values()].includes(id))
  const indices = byAxisId(
    sheet,
    scores.map((each) => each.capped),
  )
  return {
    domain,
    name: engagement.domains.find((each) => each.id === domain)?.name ?? domain,
    respondents: people.size,
    roles,
    consensus,
    axes: Object.fromEntries(
      scores.map((each, at) => [each.axis, axisResult(each, simulation.intervals[at], spreadOf(leftOut, at))]),
    ),
    position: placeOnMatrix(sheet, scores, simulation.shares, { people: people.size, roles: roles.length }),
    sensitivity: testSensitivity(questionnaire, sheet, consensus, leftOut, { domain, seed: options.seed }),
    profile: profileDimensions(questionnaire, consensus),
    perceptionGaps: findPerceptionGaps(questionnaire, consensus),
    disputed: consensus.filter((each) => each.disputed).map((each) => each.question),
    unknown: unknownIn(consensus, scores),
    target: setTarget(questionnaire, engagement, domain, indices),
  }
}

/** One engagement per domain, each holding only what was said about it: one pass over everything that was said. */
export function splitByDomain(engagement: Engagement): ReadonlyMap<DomainId, Engagement> {
  const answers = Map.groupBy(engagement.answers, (each) => each.domain)
  const inventories = Map.groupBy(engagement.inventories, (each) => each.domain)
  const decisions = Map.groupBy(engagement.decisions, (each) => each.domain)
  return new Map(
    engagement.domains.map(({ id }) => [
      id,
      {
        ...engagement,
        answers: answers.get(id) ?? [],
        inventories: inventories.get(id) ?? [],
        decisions: decisions.get(id) ?? [],
      },
    ]),
  )
}

/** Everybody of whom an answer counts, with the role. */
function peopleIn(consensus: readonly Consensus[]): ReadonlyMap<RespondentId, string> {
  const people = new Map<RespondentId, string>()
  for (const { solo } of consensus) for (const each of solo) if (!each.hidden) people.set(each.respondent, each.role)
  return people
}

/** The indices without each respondent in turn; names tell roles, never persons (C.5). Nothing with fewer than two people. */
function leaveEachOut(
  questionnaire: Questionnaire,
  sheet: Sheet,
  testimony: DomainTestimony,
  people: ReadonlyMap<RespondentId, string>,
): readonly LeftOut[] {
  if (people.size < 2) return []
  const inRole = Map.groupBy(people, ([, role]) => role)
  const met = new Map<string, number>()
  return [...settleWithoutEach(testimony)].flatMap(([respondent, settled]) => {
    const role = people.get(respondent)
    if (role === undefined) return []
    const nth = (met.get(role) ?? 0) + 1
    met.set(role, nth)
    const title = questionnaire.roles.find((each) => each.id === role)?.name ?? role
    const name = `without one ${title} (${nth} of ${inRole.get(role)?.length ?? nth})`
    return [{ name, indices: cappedIndices(sheet, levelsOf(settled)) }]
  })
}

/** Lowest and highest index of an axis with one respondent left out. */
function spreadOf(leftOut: readonly LeftOut[], axis: number): Interval | undefined {
  const values = leftOut.map((each) => each.indices[axis]).filter((each) => each !== undefined)
  if (values.length === 0) return undefined
  return { low: values.reduce((a, b) => Math.min(a, b)), high: values.reduce((a, b) => Math.max(a, b)) }
}

function axisResult(score: AxisScore, interval: Interval | undefined, leaveOneOut: Interval | undefined): AxisResult {
  return { ...score, ...(interval === undefined ? {} : { interval }), ...(leaveOneOut === undefined ? {} : { leaveOneOut }) }
}

/** Questions that carry weight, apply, and have no level, in the order asked. */
function unknownIn(consensus: readonly Consensus[], scores: readonly AxisScore[]): readonly string[] {
  const unknown = new Set(scores.flatMap((each) => each.unknown))
  return consensus.map((each) => each.question).filter((id) => unknown.has(id))
}
