import type { AxisResult, DomainResult, NextQuestion } from "../assessment/result.ts"
import { drawIntervals } from "../report/charts/intervals.ts"
import { drawMatrix } from "../report/charts/matrix.ts"
import { drawProfile } from "../report/charts/profile.ts"
import { openDossier } from "../report/dossier.ts"
import { matrixOf } from "../report/sections/matrix-of.ts"
import { toSvg } from "../report/svg.ts"
import { answersHref } from "./answers.ts"
import { engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { page } from "./respond.ts"
import { chosenDomain, domainLinks, namesOf, percent, assessmentOf, span, whole } from "./results.ts"
import { aboutMinutes } from "./words.ts"

const NEXT_SHOWN = 12

/** Where a domain stands and how sure that is; why, answer by answer; the target; and what to find out next. */
export const showAssessment = inEngagement((visit) => {
  const { stored, home } = visit
  const result = assessmentOf(stored)
  const domain = chosenDomain(visit, result)
  const frame = engagementFrame(visit, "assessment", domain === undefined ? "Assessment" : `Assessment: ${domain.name}`)
  if (domain === undefined) return page("engagements/no-domain", frame, { home })
  const names = namesOf(stored)
  const next = result.next.filter((one) => one.domain === domain.domain)
  return page("results/assessment", frame, {
    home,
    name: domain.name,
    domains: domainLinks(visit, "assessment", domain),
    wording: domain.position.statement,
    placed: domain.position.placed,
    caveats: domain.position.caveats,
    shares: Object.entries(domain.position.shares)
      .filter(([, share]) => share >= 0.005)
      .toSorted(([, a], [, b]) => b - a)
      .map(([id, share]) => ({ name: names.quadrant(id), share: percent(share) })),
    drawings: { matrix: matrixSvg(visit, 560), intervals: intervalsSvg(visit, domain), profile: profileSvg(domain) },
    axes: Object.values(domain.axes).map((axis) => axisView(visit, domain, axis)),
    target: domain.target.wording,
    products: domain.target.products.map((product) => ({
      name: product.product,
      consumers: product.consumers.join(", "),
      met: product.met === undefined ? "Cannot be judged" : product.met ? "Need is met: leave it in batch" : "Need is not met",
    })),
    stability: stabilityText(visit, domain),
    gaps: domain.perceptionGaps
      .filter((gap) => Math.abs(gap.difference) >= 0.5)
      .map((gap) => ({
        name: stored.questionnaire.dimensions.find(({ id }) => id === gap.dimension)?.name ?? gap.dimension,
        executives: gap.executives.toFixed(1),
        practitioners: gap.practitioners.toFixed(1),
        questions: gap.sharedQuestions.length,
      })),
    next: next.slice(0, NEXT_SHOWN).map((one) => nextView(visit, one)),
    minutes: aboutMinutes(next.slice(0, NEXT_SHOWN).reduce((sum, one) => sum + one.minutes, 0)),
    nextMore: Math.max(0, next.length - NEXT_SHOWN),
    notices: result.notices,
  })
})

/** The matrix of all domains as they stand, with their targets. */
export const matrixSvg = (visit: EngagementVisit, size: number): string => {
  const { engagement, questionnaire } = visit.stored
  const assessment = assessmentOf(visit.stored)
  const dossier = openDossier({ engagement, questionnaire, assessment, date: "" })
  const look = { width: size, height: Math.round(size * 0.85), stops: false, title: "Where the domains stand today" }
  return toSvg(drawMatrix(matrixOf(dossier, assessment.domains, look)), "matrix")
}

const intervalsSvg = (visit: EngagementVisit, domain: DomainResult): string => {
  const rows = Object.values(domain.axes).map((axis) => {
    const target = domain.target.axes?.[axis.axis]?.target
    return {
      name: axis.name,
      ...(axis.capped !== undefined && { value: axis.capped }),
      ...(axis.gates.length > 0 && axis.raw !== undefined && axis.raw !== axis.capped && { raw: axis.raw }),
      ...(axis.interval !== undefined && { interval: axis.interval }),
      ...(axis.cappedBounds !== undefined && { bounds: axis.cappedBounds }),
      ...(target !== undefined && { target }),
      note: `${percent(axis.coverage)} answered`,
    }
  })
  const { limit } = visit.stored.questionnaire.scoring.placement
  return toSvg(drawIntervals([{ name: domain.name, rows }], limit, 640, `Indices of ${domain.name}`), "intervals")
}

const profileSvg = (domain: DomainResult): string => {
  const rows = domain.profile.map((one) => ({
    name: one.name,
    counts: one.counts,
    unknown: one.unknown,
    note: one.disputed > 0 ? `${one.disputed} disputed` : "",
  }))
  return toSvg(drawProfile(rows, 640, `Answers of ${domain.name} by dimension and level`), "profile")
}

const axisView = (visit: EngagementVisit, domain: DomainResult, axis: AxisResult) => {
  const names = namesOf(visit.stored)
  return {
    id: axis.axis,
    name: axis.name,
    value: axis.capped === undefined ? undefined : whole(axis.capped),
    interval: axis.interval === undefined ? "" : span(axis.interval),
    bounds: axis.cappedBounds === undefined ? "" : span(axis.cappedBounds),
    leaveOneOut: axis.leaveOneOut === undefined ? "" : span(axis.leaveOneOut),
    raw: axis.raw === undefined ? "" : whole(axis.raw),
    standing: axis.standing,
    coverage: percent(axis.coverage),
    gates: axis.gates.map((gate) => gate.because),
    parts: axis.parts.map((part) => ({
      name: part.name,
      score: part.score === undefined ? "not known" : whole(part.score),
      coverage: percent(part.coverage),
    })),
    contributions: axis.contributions
      .toSorted((a, b) => b.missing - a.missing || b.points - a.points)
      .map((one) => {
        const question = names.question(one.question)
        return {
          id: one.question,
          href: answersHref(visit, domain.domain, one.question, "all"),
          short: names.short(one.question),
          anchor: one.anchor,
          level: question === undefined ? "" : levelText(question, one.anchor),
          weight: one.weight,
          points: one.points.toFixed(1),
          missing: one.missing.toFixed(1),
        }
      }),
    total: axis.contributions.reduce((sum, one) => sum + one.points, 0).toFixed(1),
    unknown: axis.unknown.map((id) => ({ text: `${id} ${names.short(id)}`, href: answersHref(visit, domain.domain, id, "all") })),
  }
}

const stabilityText = (visit: EngagementVisit, domain: DomainResult): string => {
  const names = namesOf(visit.stored)
  const { unchanged, decisive } = domain.sensitivity
  const stays = `The quadrant stays the same in ${percent(unchanged)} of the variants tried: other limits, weights a quarter up or down, one respondent or one dimension left out, order alone.`
  if (decisive.length === 0) return `${stays} No single answer would change it.`
  return `${stays} One answer alone could change it: ${decisive.map((id) => `${id} ${names.short(id)}`).join("; ")}.`
}

/** One open question, with what it could move and whom to ask. */
export const nextView = (visit: EngagementVisit, one: NextQuestion) => {
  const names = namesOf(visit.stored)
  return {
    href: answersHref(visit, one.domain, one.question, "all"),
    id: one.question,
    short: names.short(one.question),
    domain: names.domain(one.domain),
    why: one.why === "unknown" ? "Unknown" : "Disputed",
    span: one.span < 0.5 ? "Does not move an index" : `Could move an index by ${whole(one.span)} points`,
    quadrant: one.couldChangeQuadrant,
    rules: one.rules.join(", "),
    minutes: one.minutes,
    ask: one.ask.map(names.role).join(", "),
  }
}
