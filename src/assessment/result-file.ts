/** The complete result of an assessment as one JSON document. */
import type { AxisId, DomainId, Engagement } from "./model.ts"
import type { Assessment, AxisResult, DomainResult, Plan } from "./result.ts"

export const resultFormat = "headwater-result/1"

/**
 * The assessment with, for each domain, a digest under plain names: its indices and sub-scores, quadrant, shares and
 * wording, findings by id, moves, waves and trajectory. `null` stands where there is nothing to say yet.
 */
export function resultOf(engagement: Engagement, assessment: Assessment) {
  return {
    format: resultFormat,
    title: engagement.title,
    client: engagement.client,
    ...assessment,
    domains: assessment.domains.map((domain) => ({
      ...digest(domain, assessment.plan),
      ...domain,
      findings: domain.findings.map(withId),
    })),
  }
}

/** The result as text: the same assessment is always the same bytes. */
export function writeResultFile(engagement: Engagement, assessment: Assessment): string {
  return `${JSON.stringify(resultOf(engagement, assessment), undefined, 2)}\n`
}

function digest(domain: DomainResult, plan: Plan) {
  const axes = Object.values(domain.axes)
  return {
    id: domain.domain,
    indices: byAxis(axes, indexOf),
    subScores: byAxis(axes, (axis) =>
      axis.parts.map(({ id, name, score, coverage }) => ({ id, name, score: score ?? null, coverage })),
    ),
    quadrant: domain.position.quadrant ?? null,
    shares: domain.position.shares,
    wording: domain.position.wording,
    statement: domain.position.statement,
    moves: plan.moves.filter((move) => concerns(move, domain.domain)),
    waves: plan.waves.map((wave) => ({
      number: wave.number,
      start: wave.start,
      finish: wave.finish,
      initiatives: wave.items.filter((item) => concerns(item, domain.domain)).map((item) => item.id),
    })),
    trajectory: plan.trajectory.find((each) => each.domain === domain.domain)?.stops ?? [],
  }
}

function indexOf(axis: AxisResult) {
  const { raw = null, capped = null, interval = null, bounds = null, cappedBounds = null, coverage, standing } = axis
  return { raw, capped, interval, bounds, cappedBounds, coverage, standing }
}

function byAxis<T>(axes: readonly AxisResult[], of: (axis: AxisResult) => T): Readonly<Record<AxisId, T>> {
  return Object.fromEntries(axes.map((axis) => [axis.axis, of(axis)]))
}

function withId(finding: DomainResult["findings"][number]) {
  return { id: finding.rule, ...finding }
}

/** Whether something is done in the domain, or once for the whole organisation. */
function concerns(item: { readonly domain?: DomainId }, domain: DomainId): boolean {
  return item.domain === undefined || item.domain === domain
}
