import type { Assessment, DomainResult } from "../assessment/result.ts"
import { coverageMap } from "./coverage-map.ts"
import { computedPage, engagementFrame, type EngagementVisit, mayChange } from "./engagement.ts"
import { answersHref } from "./listing.ts"
import { nextView } from "./next.ts"
import { nextStep } from "./overview-step.ts"
import { matrixSvg } from "./pictures.ts"
import { editionText, newerQuestionnaire } from "./questionnaire.ts"
import { aboutEngagement } from "./about-engagement.ts"
import { page } from "./respond.ts"
import { answeredText, assessmentOf, capital, isAssessable, isUnanswered, percent, placingAxes, reserveText } from "./results.ts"
import { whereaboutsView } from "./whereabouts.ts"
import { aboutMinutes, count, listed } from "./words.ts"

const NEXT_SHOWN = 8

/** The engagement at a glance: what to do now, where each domain stands so far, who is where, what to find out next. */
export const showOverview = computedPage((visit, on) => {
  const { engagement, responses } = visit.stored
  const result = assessmentOf(visit.stored)
  const placing = placingAxes(visit.stored)
  const silent = isUnanswered(visit.stored)
  const asked = silent ? [] : result.next.slice(0, NEXT_SHOWN)
  const unplaced = result.domains.filter((domain) => !isAssessable(domain, placing)).map(({ name }) => name)
  const newer = mayChange(visit) ? newerQuestionnaire(visit.stored, on) : undefined
  const drawing = matrixSvg(visit, "Where the domains stand today")
  return page("engagements/overview", engagementFrame(visit, "overview", engagement.title, { width: "wide" }), {
    engagement,
    home: visit.home,
    about: aboutEngagement(visit),
    mayChange: mayChange(visit),
    people: `${count(engagement.respondents.length, "person", "people")} asked`,
    submitted: `${responses.filter((response) => response.submittedAt !== undefined).length} submitted`,
    answers: count(engagement.answers.length, "answer"),
    step: { link: undefined, href: "", ...nextStep(visit, result) },
    newer: newer && { text: editionText(newer, visit.stored.questionnaire), href: `${visit.home}/questionnaire` },
    drawing,
    unplaced: drawing === undefined ? "" : listed(unplaced),
    soFar: silent ? "" : soFarText(visit, result),
    hollow: result.domains.some((domain) => isAssessable(domain, placing) && !domain.position.placed),
    domains: result.domains.map((domain) => domainView(visit, domain)),
    wording: silent ? "" : result.organisation.wording,
    coverage: silent ? undefined : coverageMap(visit, result),
    whereabouts: engagement.respondents.length === 0 ? undefined : whereaboutsView(visit),
    next: asked.map((one) => nextView(visit, one)),
    nextMore: silent ? 0 : result.next.length - asked.length,
    minutes: aboutMinutes(asked.reduce((sum, one) => sum + one.minutes, 0)),
    notices: result.notices,
  })
})

/** How far the matrix can be relied on: "Indicative: 34 % of the weight is answered …". */
const soFarText = (visit: EngagementVisit, { domains }: Assessment): string => {
  const placing = placingAxes(visit.stored)
  const shares = domains.flatMap((domain) => placing.map((axis) => domain.axes[axis]?.coverage ?? 0))
  const covered = `${percent(shares.reduce((sum, share) => sum + share, 0) / Math.max(1, shares.length))} of the weight on the matrix is answered`
  const indicative = domains.filter((domain) => reserveText(domain, placing) === "indicative").length
  const missing = domains.filter((domain) => reserveText(domain, placing) === "not assessable").length
  if (indicative + missing === 0) return `${covered}. Enough people said enough to place every domain.`
  const parts = [
    ...(indicative > 0 ? [`${count(indicative, "domain is", "domains are")} indicative only`] : []),
    ...(missing > 0 ? [`${count(missing, "domain", "domains")} cannot be placed at all`] : []),
  ]
  return `Indicative: ${covered}. ${capital(listed(parts))}, because too little is answered or by too few people.`
}

const domainView = (visit: EngagementVisit, domain: DomainResult) => {
  const disputed = domain.disputed.length
  const open = domain.consensus.filter((one) => one.state === "unanswered" || one.state === "dont-know").length
  const to = (show: "disputed" | "unknown"): string => answersHref(visit, domain.domain, "", { show })
  const reserve = reserveText(domain, placingAxes(visit.stored))
  return {
    name: domain.name,
    href: `${visit.home}/assessment?domain=${encodeURIComponent(domain.domain)}`,
    wording: capital(domain.position.statement),
    reserve,
    coverage: `${reserve === "indicative" ? "Indicative: " : ""}${answeredText(visit.stored, domain)}`,
    short: placingAxes(visit.stored)
      .map((axis) => percent(domain.axes[axis]?.coverage ?? 0))
      .join(" and "),
    disputed: { text: count(disputed, "disputed question"), href: disputed > 0 ? to("disputed") : undefined },
    open: { text: count(open, "open question"), href: open > 0 ? to("unknown") : undefined },
  }
}
