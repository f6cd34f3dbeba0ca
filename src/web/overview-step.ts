import type { Assessment } from "../assessment/result.ts"
import { type EngagementVisit, mayChange } from "./engagement.ts"
import { answersHref } from "./listing.ts"
import { isAssessable, isUnanswered, placingAxes } from "./results.ts"
import { count, listed } from "./words.ts"

interface Step {
  readonly text: string
  /** Absent where the visitor may only read. */
  readonly link?: string
  readonly href?: string
}

/** Names listed in a sentence; of more, how many. */
const NAMED = 4

/** The one thing to do now; somebody who may only read is told where things stand, without a way to change them. */
export const nextStep = (visit: EngagementVisit, result: Assessment): Step => {
  const { step, isChange } = stepOf(visit, result)
  return isChange && !mayChange(visit) ? { text: step.text } : step
}

const stepOf = (visit: EngagementVisit, result: Assessment): { readonly step: Step; readonly isChange: boolean } => {
  const { engagement, responses } = visit.stored
  const people = `${visit.home}/people`
  const change = (text: string, link: string, href: string) => ({ step: { text, link, href }, isChange: true })
  const look = (text: string, link: string, href: string) => ({ step: { text, link, href }, isChange: false })
  if (engagement.domains.length === 0)
    return change("Every answer belongs to a business domain.", "Add a domain", `${visit.home}/domains/new`)
  if (engagement.respondents.length === 0) {
    const text = "Nobody is asked yet: at least two people of different roles in each domain."
    return change(text, "Add the people who know", `${people}/new`)
  }
  const linkless = responses.filter(({ link }) => link === undefined || link.revokedAt !== undefined).length
  if (isUnanswered(visit.stored) && linkless > 0) {
    const text = `${count(linkless, "person has", "people have")} no personal link yet.`
    return change(text, "Give each a link", people)
  }
  const unplaced = result.domains.filter((domain) => !isAssessable(domain, placingAxes(visit.stored)))
  if (unplaced.length > 0) {
    const names = unplaced.map(({ name }) => name)
    const text = `Too little is answered to place ${names.length > NAMED ? count(names.length, "domain") : listed(names)}.`
    return look(text, "See who is where", "#people")
  }
  const disputed = result.domains.toSorted((a, b) => b.disputed.length - a.disputed.length)[0]
  const [question] = disputed?.disputed ?? []
  if (disputed !== undefined && question !== undefined) {
    const all = result.domains.reduce((sum, domain) => sum + domain.disputed.length, 0)
    const text = `${count(all, "question is", "questions are")} disputed, most of them in ${disputed.name}.`
    const link = mayChange(visit) ? "Agree on them in a workshop" : "See what is disputed"
    return look(text, link, answersHref(visit, disputed.domain, question, { show: "disputed" }))
  }
  return look("Every domain is placed and nothing is disputed.", "Read the report", `${visit.home}/report`)
}
