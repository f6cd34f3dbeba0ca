import type { Assessment, DomainResult } from "../assessment/result.ts"
import { answersHref } from "./answers.ts"
import { computedPage, engagementFrame, type EngagementVisit } from "./engagement.ts"
import { matrixSvg } from "./pictures.ts"
import { nextView } from "./next.ts"
import { editionText, newerQuestionnaire } from "./questionnaire.ts"
import { aboutEngagement } from "./about-engagement.ts"
import { page } from "./respond.ts"
import { answeredText, assessmentOf, capital, isAssessable, isUnanswered, placingAxes, reserveText } from "./results.ts"
import { aboutMinutes, count, listed } from "./words.ts"

const NEXT_SHOWN = 6

/** The engagement at a glance: what to do now, where each domain stands so far, what to find out next. */
export const showOverview = computedPage((visit, on) => {
  const { engagement, responses } = visit.stored
  const result = assessmentOf(visit.stored)
  const placing = placingAxes(visit.stored)
  const silent = isUnanswered(visit.stored)
  const asked = silent ? [] : result.next.slice(0, NEXT_SHOWN)
  const unplaced = result.domains.filter((domain) => !isAssessable(domain, placing)).map(({ name }) => name)
  const newer = newerQuestionnaire(visit.stored, on)
  const drawing = matrixSvg(visit, "Where the domains stand today")
  return page("engagements/overview", engagementFrame(visit, "overview", engagement.title, { width: "wide" }), {
    engagement,
    home: visit.home,
    about: aboutEngagement(visit),
    people: `${count(engagement.respondents.length, "person", "people")} asked`,
    submitted: `${responses.filter((response) => response.submittedAt !== undefined).length} submitted`,
    answers: count(engagement.answers.length, "answer"),
    step: nextStep(visit, result),
    newer: newer && { text: editionText(newer, visit.stored.questionnaire), href: `${visit.home}/questionnaire` },
    drawing,
    unplaced: drawing === undefined ? "" : listed(unplaced),
    domains: result.domains.map((domain) => domainView(visit, domain)),
    wording: silent ? "" : result.organisation.wording,
    next: asked.map((one) => nextView(visit, one)),
    minutes: aboutMinutes(asked.reduce((sum, one) => sum + one.minutes, 0)),
    notices: result.notices,
  })
})

const domainView = (visit: EngagementVisit, domain: DomainResult) => {
  const disputed = domain.disputed.length
  const open = domain.consensus.filter((one) => one.state === "unanswered" || one.state === "dont-know").length
  const answers = `${visit.home}/answers/${encodeURIComponent(domain.domain)}`
  return {
    name: domain.name,
    href: `${visit.home}/assessment?domain=${encodeURIComponent(domain.domain)}`,
    wording: capital(domain.position.statement),
    reserve: reserveText(domain, placingAxes(visit.stored)),
    coverage: capital(answeredText(visit.stored, domain)),
    disputed: { text: count(disputed, "disputed question"), href: disputed > 0 ? `${answers}?show=disputed` : undefined },
    open: { text: count(open, "open question"), href: open > 0 ? `${answers}?show=unknown` : undefined },
  }
}

interface Step {
  readonly text: string
  readonly link: string
  readonly href: string
}

/** The one thing to do now. */
const nextStep = (visit: EngagementVisit, result: Assessment): Step => {
  const { engagement, responses } = visit.stored
  const people = `${visit.home}/people`
  if (engagement.domains.length === 0)
    return { text: "Every answer belongs to a business domain.", link: "Add a domain", href: `${visit.home}/domains/new` }
  if (engagement.respondents.length === 0)
    return {
      text: "Nobody is asked yet: at least two people of different roles in each domain.",
      link: "Add the people who know",
      href: `${people}/new`,
    }
  const linkless = responses.filter(({ link }) => link === undefined || link.revokedAt !== undefined).length
  if (isUnanswered(visit.stored) && linkless > 0)
    return {
      text: `${count(linkless, "person has", "people have")} no personal link yet.`,
      link: "Give each a link",
      href: people,
    }
  const unplaced = result.domains.filter((domain) => !isAssessable(domain, placingAxes(visit.stored)))
  if (unplaced.length > 0)
    return {
      text: `Too little is answered to place ${listed(unplaced.map(({ name }) => name))}.`,
      link: "See who has answered",
      href: people,
    }
  const disputed = result.domains.toSorted((a, b) => b.disputed.length - a.disputed.length)[0]
  const [question] = disputed?.disputed ?? []
  if (disputed !== undefined && question !== undefined) {
    const all = result.domains.reduce((sum, domain) => sum + domain.disputed.length, 0)
    return {
      text: `${count(all, "question is", "questions are")} disputed, most of them in ${disputed.name}.`,
      link: "Agree on them in a workshop",
      href: answersHref(visit, disputed.domain, question, { show: "disputed" }),
    }
  }
  return { text: "Every domain is placed and nothing is disputed.", link: "Read the report", href: `${visit.home}/report` }
}
