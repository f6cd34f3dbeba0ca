import type { AxisResult, DomainResult, TargetAxis } from "../assessment/result.ts"
import { answersHref } from "./listing.ts"
import { computedPage, engagementFrame, type EngagementVisit, mayChange } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { nextView } from "./next.ts"
import { intervalsSvg, matrixSvg, profileSvg } from "./pictures.ts"
import { withQuery } from "./paging.ts"
import { page } from "./respond.ts"
import {
  assessmentOf,
  capital,
  chosenDomain,
  domainLinks,
  isAssessable,
  isUnanswered,
  namesOf,
  percent,
  placingAxes,
  reserveText,
  span,
  whole,
} from "./results.ts"
import { aboutMinutes, count, listed } from "./words.ts"

const NEXT_SHOWN = 12

/** Where a domain stands and how sure that is; why, answer by answer; the target; and what to find out next. */
export const showAssessment = computedPage((visit) => {
  const { stored, home } = visit
  const result = assessmentOf(stored)
  const domain = chosenDomain(visit, result)
  const title = domain === undefined ? "Assessment" : `Assessment: ${domain.name}`
  const frame = engagementFrame(visit, "assessment", title, { width: "wide" })
  if (domain === undefined) return page("engagements/no-domain", frame, { home, mayChange: mayChange(visit) })
  if (isUnanswered(stored)) {
    const locals = { home, mayChange: mayChange(visit), name: domain.name, domains: domainLinks(visit, "assessment", domain) }
    return page("results/nothing-to-assess", frame, locals)
  }
  const assessable = isAssessable(domain, placingAxes(stored))
  const next = result.next.filter((one) => one.domain === domain.domain)
  return page("results/assessment", frame, {
    home,
    name: domain.name,
    answers: answersHref(visit, domain.domain),
    domains: domainLinks(visit, "assessment", domain),
    statement: domain.position.statement,
    reserve: reserveText(domain, placingAxes(stored)),
    caveats: domain.position.caveats,
    shares: assessable ? sharesView(visit, domain) : [],
    draws: result.draws.toLocaleString("en-GB"),
    stability: assessable ? stabilityText(visit, domain) : "",
    drawings: {
      matrix: matrixSvg(visit, "Where the domains stand today"),
      intervals: intervalsSvg(visit, domain),
      profile: profileSvg(domain),
    },
    axes: Object.values(domain.axes).map((axis) => axisView(visit, domain, axis)),
    target: domain.target.axes === undefined ? domain.target.wording : "",
    targets: placingAxes(stored).flatMap((axis) => {
      const target = domain.target.axes?.[axis]
      return target === undefined ? [] : [targetView(visit, target)]
    }),
    products: domain.target.products.map((product) => ({
      name: product.product,
      consumers: product.consumers.join(", "),
      met: product.met === undefined ? "cannot be judged" : product.met ? "need is met, leave it in batch" : "need is not met",
    })),
    gaps: gapsView(visit, domain),
    next: next.slice(0, NEXT_SHOWN).map((one) => nextView(visit, one)),
    minutes: aboutMinutes(next.slice(0, NEXT_SHOWN).reduce((sum, one) => sum + one.minutes, 0)),
    nextMore: Math.max(0, next.length - NEXT_SHOWN),
    nextAll: withQuery(`${home}/next`, { domain: domain.domain }),
  })
})

const sharesView = (visit: EngagementVisit, { position }: DomainResult) =>
  Object.entries(position.shares)
    .filter(([, share]) => share >= 0.005)
    .toSorted(([, a], [, b]) => b - a)
    .map(([id, share]) => ({ name: namesOf(visit.stored).quadrant(id), share: percent(share) }))

const targetView = (visit: EngagementVisit, { axis, need, target, gap, because }: TargetAxis) => ({
  name: namesOf(visit.stored).axis(axis),
  target: whole(target),
  need,
  gap: gap < 0.5 ? "reached" : `${count(Math.round(gap), "point")} to go`,
  because: listed(because),
})

const gapsView = (visit: EngagementVisit, { perceptionGaps }: DomainResult) =>
  perceptionGaps
    .filter((gap) => Math.abs(gap.difference) >= 0.5)
    .map((gap) => ({
      name: visit.stored.questionnaire.dimensions.find(({ id }) => id === gap.dimension)?.name ?? gap.dimension,
      executives: gap.executives.toFixed(1),
      practitioners: gap.practitioners.toFixed(1),
      questions: gap.sharedQuestions.length,
    }))

const axisView = (visit: EngagementVisit, domain: DomainResult, axis: AxisResult) => {
  const names = namesOf(visit.stored)
  const isKnown = axis.capped !== undefined && axis.standing !== "not assessable"
  return {
    id: axis.axis,
    name: axis.name,
    value: axis.capped === undefined ? undefined : whole(axis.capped),
    interval: isKnown && axis.interval !== undefined ? span(axis.interval) : "",
    ranges: isKnown ? rangesOf(axis) : [],
    standing: axis.standing === "assessed" ? "" : axis.standing,
    coverage: percent(axis.coverage),
    gates: axis.gates.map((gate) => ({
      text: `${capital(gate.because)}.`,
      lowers: axis.raw !== undefined && axis.capped !== undefined && axis.capped < axis.raw && axis.capped <= gate.cap,
    })),
    parts: axis.parts.map((part) => ({
      name: part.name,
      score: part.score === undefined ? "not known" : whole(part.score),
    })),
    contributions: axis.contributions
      .toSorted((a, b) => b.missing - a.missing || b.points - a.points)
      .map((one) => {
        const question = names.question(one.question)
        return {
          id: one.question,
          href: answersHref(visit, domain.domain, one.question),
          short: names.short(one.question),
          anchor: one.anchor,
          level: question === undefined ? "" : levelText(question, one.anchor),
          weight: one.weight,
          points: one.points.toFixed(1),
          missing: one.missing.toFixed(1),
        }
      }),
    total: axis.contributions.reduce((sum, one) => sum + one.points, 0).toFixed(1),
    unknown: axis.unknown.map((id) => ({ text: `${id} ${names.short(id)}`, href: answersHref(visit, domain.domain, id) })),
  }
}

/** How far the index could lie elsewhere, where that says more than the index itself. */
const rangesOf = ({ cappedBounds, leaveOneOut }: AxisResult): readonly string[] => [
  ...(cappedBounds !== undefined && whole(cappedBounds.low) !== whole(cappedBounds.high)
    ? [`${span(cappedBounds)} with everything unknown at its worst and at its best`]
    : []),
  ...(leaveOneOut !== undefined && whole(leaveOneOut.low) !== whole(leaveOneOut.high)
    ? [`${span(leaveOneOut)} when any one respondent is left out`]
    : []),
]

const stabilityText = (visit: EngagementVisit, domain: DomainResult): string => {
  const names = namesOf(visit.stored)
  const { unchanged, decisive } = domain.sensitivity
  const stays = `The quadrant stays the same in ${percent(unchanged)} of the variants tried: other limits, weights a quarter up or down, one respondent or one dimension left out, order alone.`
  if (decisive.length === 0) return `${stays} No single answer would change it.`
  return `${stays} One answer alone could change it: ${decisive.map((id) => `${id} ${names.short(id)}`).join("; ")}.`
}
