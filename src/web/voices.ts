/** What people said to one question: paged, by role and by level, with the statistics that D2 of the interface names. */
import { isSafeLink } from "../assessment/links.ts"
import type { Anchor, Question } from "../assessment/model.ts"
import { questionType } from "../assessment/question-types/register.ts"
import type { Consensus, SoloAnswer } from "../assessment/result.ts"
import { statisticsOf } from "../assessment/statistics.ts"
import { EVIDENCE } from "./decision-form.ts"
import type { EngagementVisit } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { answersHref, listingOf, listingQuery } from "./listing.ts"
import { pagerView, pagingOf, withQuery } from "./paging.ts"
import { capital, namesOf, percent } from "./results.ts"
import { count } from "./words.ts"

const PER_PAGE = 50
const LEVELS = [0, 1, 2, 3, 4] as const
const WITHOUT_LEVEL = ["dont-know", "not-applicable"] as const

/** Who is shown: everybody, or those of one role, or at one level. */
interface Choice {
  readonly by?: string
  readonly at?: string
}

/** The answers of a page, the ways to the others, and the filters. */
export const voicesView = (visit: EngagementVisit, domain: string, question: Question, { solo }: Consensus) => {
  const choice = choiceOf(visit)
  const kept = solo.filter((one) => isChosen(one, choice))
  const paging = pagingOf(kept.length, visit.query["page"], PER_PAGE)
  const href = (chosen: Choice, page = 1): string => voicesHref(visit, domain, question.id, chosen, page)
  return {
    total: solo.length,
    kept: kept.length,
    solos: kept.slice(paging.offset, paging.offset + PER_PAGE).map((one) => voiceView(visit, question, one)),
    pager: pagerView(paging, "what people said", (page) => href(choice, page)),
    all: choice.by === undefined && choice.at === undefined ? undefined : href({}),
    filter: solo.length < 2 ? undefined : filterForm(visit, domain, question.id, solo, choice),
    table: solo.length < 2 ? [] : roleRows(visit, solo, href),
  }
}

const choiceOf = ({ stored, query }: EngagementVisit): Choice => {
  const by = stored.questionnaire.roles.find(({ id }) => id === query["by"])?.id
  const at = [...LEVELS.map(String), ...WITHOUT_LEVEL].find((one) => one === query["at"])
  return { ...(by !== undefined && { by }), ...(at !== undefined && { at }) }
}

const isChosen = (solo: SoloAnswer, { by, at }: Choice): boolean =>
  (by === undefined || solo.role === by) && (at === undefined || placeOf(solo) === at)

/** The level, or why there is none. */
const placeOf = ({ anchor, status }: SoloAnswer): string => (anchor === undefined ? status : String(anchor))

const voicesHref = (visit: EngagementVisit, domain: string, question: string, { by, at }: Choice, page: number): string => {
  const query = { ...listingQuery(listingOf(visit)), by, at, page: page === 1 ? undefined : String(page) }
  return `${withQuery(answersHref(visit, domain, question), query)}#said`
}

const filterForm = (
  visit: EngagementVisit,
  domain: string,
  question: string,
  solo: readonly SoloAnswer[],
  { by, at }: Choice,
) => {
  const roles = visit.stored.questionnaire.roles.filter(({ id }) => solo.some(({ role }) => role === id))
  const places = [...LEVELS.toReversed().map(String), ...WITHOUT_LEVEL].filter((one) =>
    solo.some((each) => placeOf(each) === one),
  )
  return {
    action: `${answersHref(visit, domain, question)}#said`,
    kept: Object.entries(listingQuery(listingOf(visit))).flatMap(([name, value]) =>
      value === undefined ? [] : [{ name, value }],
    ),
    by: {
      id: "by",
      name: "by",
      label: "Said by",
      choices: [
        { value: "", text: "Every role", checked: by === undefined },
        ...roles.map(({ id, name }) => ({ value: id, text: name, checked: id === by })),
      ],
    },
    at: {
      id: "at",
      name: "at",
      label: "At",
      choices: [
        { value: "", text: "Every level", checked: at === undefined },
        ...places.map((one) => ({ value: one, text: placeText(one), checked: one === at })),
      ],
    },
  }
}

const placeText = (place: string): string =>
  place === "dont-know" ? "Don't know" : place === "not-applicable" ? "Not applicable" : `Level ${place}`

/** People by role and level: the table behind the picture, each number a way to those people's answers. */
const roleRows = (visit: EngagementVisit, solo: readonly SoloAnswer[], href: (choice: Choice) => string) =>
  visit.stored.questionnaire.roles
    .map(({ id, name }) => {
      const own = solo.filter(({ role, hidden }) => role === id && !hidden)
      const cell = (at: string) => ({
        number: own.filter((one) => placeOf(one) === at).length,
        place: placeText(at),
        href: href({ by: id, at }),
      })
      return { name: capital(name), total: own.length, cells: [...LEVELS.map(String), ...WITHOUT_LEVEL].map(cell) }
    })
    .filter(({ total }) => total > 0)

const voiceView = ({ stored }: EngagementVisit, question: Question, solo: SoloAnswer) => ({
  name: stored.engagement.respondents.find((person) => person.id === solo.respondent)?.name ?? solo.respondent,
  role: capital(namesOf(stored).role(solo.role)),
  short: solo.role,
  answer: soloText(question, solo),
  anchor: solo.anchor,
  comment: solo.comment ?? "",
  links: (solo.links ?? []).filter(isSafeLink),
  evidence: EVIDENCE[solo.evidence],
  hidden: solo.hidden,
})

const soloText = (question: Question, { status, value, reason }: SoloAnswer): string => {
  if (status === "dont-know") return reason === undefined ? "Doesn't know" : `Doesn't know: ${reason}`
  if (status === "not-applicable") return `Not applicable: ${reason ?? ""}`
  if (value === undefined) return ""
  return questionType(question).describe(question, value) || "An answer that is not offered any more"
}

/** The statistics by name, each person counting once; empty where nobody gave a level. */
export const statisticsView = (visit: EngagementVisit, domain: string, question: Question, { solo }: Consensus) => {
  const { n, dontKnow, notApplicable, levels, polarised } = statisticsOf(solo)
  const waiting = waitingFor(visit, domain, question, solo)
  const facts = [
    { name: "Answered with a level", value: String(n) },
    { name: "Don't know", value: String(dontKnow) },
    ...(notApplicable > 0 ? [{ name: "Not applicable", value: String(notApplicable) }] : []),
    { name: "Asked, not answered", value: String(waiting) },
    ...(levels === undefined || n < 2
      ? []
      : [
          { name: "Median", value: String(levels.median) },
          { name: "Middle half (p25–p75)", value: `${levels.p25}–${levels.p75}` },
          { name: "Lowest to highest", value: `${levels.lowest}–${levels.highest}` },
          { name: "Agreement (within one level of the median)", value: percent(levels.agreement) },
        ]),
  ]
  return { facts, polarised }
}

const waitingFor = ({ stored }: EngagementVisit, domain: string, question: Question, solo: readonly SoloAnswer[]): number => {
  const said = new Set(solo.map(({ respondent }) => respondent))
  const roles = new Set([...question.primary, ...question.secondary])
  return stored.engagement.respondents.filter(
    ({ id, role, domains }) => roles.has(role) && (domains?.includes(domain) ?? true) && !said.has(id),
  ).length
}

/** Where people stand, in a line each, for a list on paper: "Level 3, at most hourly: 2 data modelers, 1 sponsor". */
export const levelLines = ({ stored }: EngagementVisit, question: Question, { solo }: Consensus) => {
  const counted = solo.filter(({ hidden }) => !hidden)
  return [...LEVELS.toReversed().map(String), ...WITHOUT_LEVEL].flatMap((place) => {
    const own = counted.filter((one) => placeOf(one) === place)
    if (own.length === 0) return []
    const words = /^\d$/.test(place) ? levelText(question, Number(place) as Anchor) : placeText(place)
    const roles = stored.questionnaire.roles.flatMap(({ id, name }) => {
      const number = own.filter(({ role }) => role === id).length
      return number === 0 ? [] : [number === 1 ? name : `${number} × ${name}`]
    })
    return [
      { anchor: /^\d$/.test(place) ? place : "", words, people: count(own.length, "person", "people"), roles: roles.join(", ") },
    ]
  })
}
