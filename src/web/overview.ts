import { formConsensus } from "../assessment/consensus.ts"
import { engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { matrixSvg, nextView } from "./assessment.ts"
import { page } from "./respond.ts"
import { assessmentOf, namesOf, percent, placingAxes } from "./results.ts"
import { aboutMinutes, count } from "./words.ts"

const NEXT_SHOWN = 6

/** The engagement at a glance: where each domain stands so far, who has answered, what to find out next. */
export const showOverview = inEngagement((visit) => {
  const { engagement, responses } = visit.stored
  const result = assessmentOf(visit.stored)
  const names = namesOf(visit.stored)
  const asked = result.next.slice(0, NEXT_SHOWN)
  return page("engagements/overview", engagementFrame(visit, "overview", engagement.title), {
    engagement,
    home: visit.home,
    people: count(engagement.respondents.length, "person", "people"),
    submitted: responses.filter((response) => response.submittedAt !== undefined).length,
    answers: count(engagement.answers.length, "answer"),
    drawing: result.domains.some((domain) => domain.position.quadrant !== undefined) ? matrixSvg(visit, 520) : undefined,
    domains: result.domains.map((domain) => ({
      name: domain.name,
      href: `${visit.home}/assessment?domain=${encodeURIComponent(domain.domain)}`,
      answers: `${visit.home}/answers/${encodeURIComponent(domain.domain)}`,
      wording: domain.position.statement,
      placed: domain.position.placed,
      coverage: placingAxes(visit.stored)
        .map((axis) => `${names.axis(axis)}: ${percent(domain.axes[axis]?.coverage ?? 0)} answered`)
        .join(", "),
      open: openText(visit, domain.domain),
    })),
    wording: result.organisation.wording,
    next: asked.map((one) => nextView(visit, one)),
    minutes: aboutMinutes(asked.reduce((sum, one) => sum + one.minutes, 0)),
    notices: result.notices,
  })
})

const openText = (visit: EngagementVisit, domain: string): string => {
  const consensus = formConsensus(visit.stored.questionnaire, visit.stored.engagement, domain)
  const disputed = consensus.filter((one) => one.disputed).length
  const open = consensus.filter((one) => one.state === "unanswered" || one.state === "dont-know").length
  return `${count(disputed, "disputed question")}, ${open} open`
}
