import { formConsensus } from "../assessment/consensus.ts"
import type { Question } from "../assessment/model.ts"
import type { Consensus } from "../assessment/result.ts"
import { domainOf, engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { notFound, page, redirect } from "./respond.ts"

/** What the list of answers can be narrowed to. */
export const FILTERS = {
  all: { text: "All", keeps: () => true },
  disputed: { text: "Disputed", keeps: ({ disputed }: Consensus) => disputed },
  unknown: { text: "Unknown", keeps: ({ state }: Consensus) => state === "unanswered" || state === "dont-know" },
  decided: { text: "Agreed", keeps: ({ state }: Consensus) => state === "decided" },
} as const

export type Filter = keyof typeof FILTERS

export const filterOf = (visit: EngagementVisit): Filter => {
  const asked = visit.query["show"] ?? "all"
  return Object.hasOwn(FILTERS, asked) ? (asked as Filter) : "all"
}

/** The address of the answers to a question, within a filter. */
export const answersHref = (visit: EngagementVisit, domain: string, question: string, filter: Filter): string => {
  const path = `${visit.home}/answers/${encodeURIComponent(domain)}/${encodeURIComponent(question)}`
  return filter === "all" ? path : `${path}?show=${filter}`
}

/** Goes to the first domain's answers. */
export const chooseDomain = inEngagement((visit) => {
  const first = visit.stored.engagement.domains[0]
  if (first !== undefined) return redirect(`${visit.home}/answers/${encodeURIComponent(first.id)}`)
  return page("engagements/no-domain", engagementFrame(visit, "answers", "Answers"), { home: visit.home })
})

/** One domain's answers by question: what counts, how far people disagree, what is missing. */
export const listAnswers = inEngagement((visit) => {
  const domain = domainOf(visit)
  if (domain === undefined) return notFound()
  const { engagement, questionnaire } = visit.stored
  const filter = filterOf(visit)
  const consensus = new Map(formConsensus(questionnaire, engagement, domain.id).map((one) => [one.question, one]))
  const sections = questionnaire.dimensions.map((dimension) => ({
    id: dimension.id,
    name: dimension.name,
    rows: questionnaire.questions.flatMap((question) => {
      const found = consensus.get(question.id)
      if (question.dimension !== dimension.id || found === undefined || !FILTERS[filter].keeps(found)) return []
      return [answerRow(visit, domain.id, question, found, filter)]
    }),
  }))
  const here = `${visit.home}/answers/${encodeURIComponent(domain.id)}`
  return page("answers/list", engagementFrame(visit, "answers", `Answers: ${domain.name}`, { width: "wide" }), {
    domain,
    domains: engagement.domains.map((one) => ({
      href: `${visit.home}/answers/${encodeURIComponent(one.id)}`,
      text: one.name,
      current: one.id === domain.id,
    })),
    filters: Object.entries(FILTERS).map(([id, { text, keeps }]) => ({
      href: id === "all" ? here : `${here}?show=${id}`,
      text: `${text} (${[...consensus.values()].filter((one) => keeps(one)).length})`,
      current: id === filter,
    })),
    sections: sections.filter(({ rows }) => rows.length > 0),
  })
})

const answerRow = (visit: EngagementVisit, domain: string, question: Question, consensus: Consensus, filter: Filter) => ({
  href: answersHref(visit, domain, question.id, filter),
  id: question.id,
  text: question.text,
  state: stateText(consensus),
  tone: consensus.disputed ? "high" : consensus.state === "dont-know" || consensus.state === "unanswered" ? "muted" : "",
  level: consensus.anchor === undefined ? "" : levelText(question, consensus.anchor),
  anchor: consensus.anchor,
  counts: countsByLevel(consensus),
  dontKnow: consensus.dontKnow,
})

/** How many people chose each level 0–4. */
export const countsByLevel = (consensus: Consensus): readonly number[] =>
  [0, 1, 2, 3, 4].map((level) => consensus.solo.filter((solo) => !solo.hidden && solo.anchor === level).length)

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
