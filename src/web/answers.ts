import { formConsensus } from "../assessment/consensus.ts"
import type { Question } from "../assessment/model.ts"
import type { Consensus } from "../assessment/result.ts"
import { heavyFrom, questionWeight } from "../assessment/weight.ts"
import { computedPage, domainOf, engagementFrame, type EngagementVisit, inEngagement, mayChange } from "./engagement.ts"
import { levelText } from "./levels.ts"
import {
  answersHref,
  type Filter,
  FILTERS,
  gateQuestions,
  listed,
  type Listing,
  listingOf,
  listingQuery,
  SORTS,
  type Sort,
  type Standing,
} from "./listing.ts"
import { withQuery } from "./paging.ts"
import { notFound, page, redirect } from "./respond.ts"

/** Goes to the first domain's answers. */
export const chooseDomain = inEngagement((visit) => {
  const first = visit.stored.engagement.domains[0]
  if (first !== undefined) return redirect(answersHref(visit, first.id))
  return page("engagements/no-domain", engagementFrame(visit, "answers", "Answers"), {
    home: visit.home,
    mayChange: mayChange(visit),
  })
})

/** One domain's answers by question: what counts, how far people disagree, what is missing. */
export const listAnswers = computedPage((visit) => {
  const domain = domainOf(visit)
  if (domain === undefined) return notFound()
  const { engagement, questionnaire } = visit.stored
  const listing = listingOf(visit)
  const all = formConsensus(questionnaire, engagement, domain.id)
  const rows = listed(visit.stored, all, listing)
  const role = questionnaire.roles.find(({ id }) => id === listing.role)
  return page("answers/list", engagementFrame(visit, "answers", `Answers: ${domain.name}`, { width: "wide" }), {
    domain,
    narrowed: narrowedText(visit, listing),
    found: rows.length,
    domains: engagement.domains.map((one) => ({
      href: answersHref(visit, one.id, "", listing),
      text: one.name,
      current: one.id === domain.id,
    })),
    filters: (Object.keys(FILTERS) as readonly Filter[]).map((show) => ({
      href: answersHref(visit, domain.id, "", { ...listing, show }),
      text: `${FILTERS[show].text} (${listed(visit.stored, all, { ...listing, show }).length})`,
      current: show === listing.show,
    })),
    heavy: listing.show === "heavy" || listing.sort === "weight" ? heavyText(visit) : "",
    form: listingForm(visit, domain.id, listing),
    print: withQuery(`${answersHref(visit, domain.id)}/print`, listingQuery(listing)),
    who: role === undefined ? "People" : `Answers as ${role.name}`,
    sections: sectionsOf(visit, rows, listing).map(({ id, name, rows: own }) => ({
      id,
      name,
      rows: own.map(([question, consensus]) => answerRow(visit, domain.id, question, consensus, listing)),
    })),
  })
})

/** What narrows the list, in words: "disputed, asked of data modeler". */
export const narrowedText = ({ stored }: EngagementVisit, { show, role, find }: Listing): string =>
  [
    ...(show === "all" ? [] : [FILTERS[show].text.toLowerCase()]),
    ...(role === undefined ? [] : [`asked of ${stored.questionnaire.roles.find(({ id }) => id === role)?.name ?? role}`]),
    ...(find === undefined ? [] : [`with “${find}”`]),
  ].join(", ")

const heavyText = ({ stored }: EngagementVisit): string => {
  const { largest, heavy } = heavyFrom(stored.questionnaire)
  return `A question's weight is what it adds to all indices together. Heavy questions weigh ${heavy} or more; the heaviest weighs ${largest}.`
}

const listingForm = (visit: EngagementVisit, domain: string, { show, sort, role, find }: Listing) => ({
  action: answersHref(visit, domain),
  show,
  role: {
    id: "role",
    name: "role",
    label: "Asked of",
    choices: [
      { value: "", text: "Everybody", checked: role === undefined },
      ...visit.stored.questionnaire.roles.map(({ id, name }) => ({ value: id, text: name, checked: id === role })),
    ],
  },
  sort: {
    id: "sort",
    name: "sort",
    label: "Sorted",
    choices: (Object.keys(SORTS) as readonly Sort[]).map((one) => ({ value: one, text: SORTS[one].text, checked: one === sort })),
  },
  find: { id: "find", name: "find", label: "With the words", value: find ?? "", width: "medium" },
})

/** By dimension in the order asked; sorted by a figure, all in one. */
const sectionsOf = ({ stored }: EngagementVisit, rows: readonly Standing[], { sort }: Listing) => {
  const sections =
    sort === "asked"
      ? stored.questionnaire.dimensions.map(({ id, name }) => ({
          id,
          name,
          rows: rows.filter(([question]) => question.dimension === id),
        }))
      : [{ id: "sorted", name: "", rows }]
  return sections.filter((section) => section.rows.length > 0)
}

const answerRow = (visit: EngagementVisit, domain: string, question: Question, consensus: Consensus, listing: Listing) => {
  const said = consensus.solo.filter((solo) => !solo.hidden && (listing.role === undefined || solo.role === listing.role))
  return {
    href: answersHref(visit, domain, question.id, listing),
    id: question.id,
    text: question.text,
    state: stateText(consensus),
    tone: stateTone(consensus),
    gate: gateQuestions(visit.stored).has(question.id),
    weight: questionWeight(visit.stored.questionnaire, question.id),
    level: consensus.anchor === undefined ? "" : levelText(question, consensus.anchor),
    anchor: consensus.anchor,
    counts: [0, 1, 2, 3, 4].map((level) => said.filter((solo) => solo.anchor === level).length),
    dontKnow: said.filter(({ status }) => status === "dont-know").length,
  }
}

/** The state of a question in a domain, in a word or two. */
export const stateText = (consensus: Consensus): string => {
  if (consensus.disputed) return "Disputed"
  const texts = {
    answered: "Answered",
    decided: "Agreed",
    "dont-know": "Nobody knows",
    "not-applicable": "Not applicable",
    skipped: "Skipped",
    unanswered: "Not answered",
  } as const
  return texts[consensus.state]
}

/** The class that goes with the state's word. */
export const stateTone = ({ disputed, state }: Consensus): string => {
  if (disputed) return "high"
  if (state === "decided") return "opportunity"
  return state === "answered" ? "" : "muted"
}
