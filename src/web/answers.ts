import { formConsensus } from "../assessment/consensus.ts"
import type { Question } from "../assessment/model.ts"
import type { Consensus } from "../assessment/result.ts"
import type { StoredEngagement } from "../store/store.ts"
import { computedPage, domainOf, engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { levelText } from "./levels.ts"
import { notFound, page, redirect } from "./respond.ts"

/** What the list of answers can be narrowed to. */
const FILTERS = {
  all: { text: "All", keeps: () => true },
  disputed: { text: "Disputed", keeps: ({ disputed }: Consensus) => disputed },
  unknown: { text: "Unknown", keeps: ({ state }: Consensus) => state === "unanswered" || state === "dont-know" },
  gate: { text: "Gates", keeps: ({ question }: Consensus, stored: StoredEngagement) => gateQuestions(stored).has(question) },
  decided: { text: "Agreed", keeps: ({ state }: Consensus) => state === "decided" },
} as const

type Filter = keyof typeof FILTERS

/** What is listed: by state, and only what one role is asked. */
export interface Listing {
  readonly show: Filter
  readonly role?: string
}

/** The listing that the address asks for. */
export const listingOf = (visit: EngagementVisit): Listing => {
  const asked = visit.query["show"] ?? "all"
  const role = visit.stored.questionnaire.roles.find(({ id }) => id === visit.query["role"])?.id
  return { show: Object.hasOwn(FILTERS, asked) ? (asked as Filter) : "all", ...(role !== undefined && { role }) }
}

/** The address of a domain's answers, or of one question's, within a listing. */
export const answersHref = (visit: EngagementVisit, domain: string, question = "", listing: Partial<Listing> = {}): string => {
  const { show = "all", role } = listing
  const query = new URLSearchParams({ ...(show !== "all" && { show }), ...(role !== undefined && { role }) }).toString()
  const path = `${visit.home}/answers/${encodeURIComponent(domain)}${question === "" ? "" : `/${encodeURIComponent(question)}`}`
  return query === "" ? path : `${path}?${query}`
}

/** A domain's questions in a listing, in the order asked, each with where it stands. */
export const listed = (
  stored: StoredEngagement,
  all: readonly Consensus[],
  { show, role }: Listing,
): readonly (readonly [Question, Consensus])[] => {
  const consensus = new Map(all.map((one) => [one.question, one]))
  return stored.questionnaire.questions.flatMap((question) => {
    const found = consensus.get(question.id)
    const isAsked = role === undefined || question.primary.includes(role) || question.secondary.includes(role)
    return found !== undefined && isAsked && FILTERS[show].keeps(found, stored) ? [[question, found] as const] : []
  })
}

/** Goes to the first domain's answers. */
export const chooseDomain = inEngagement((visit) => {
  const first = visit.stored.engagement.domains[0]
  if (first !== undefined) return redirect(answersHref(visit, first.id))
  return page("engagements/no-domain", engagementFrame(visit, "answers", "Answers"), { home: visit.home })
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
    narrowed: [...(listing.show === "all" ? [] : [FILTERS[listing.show].text.toLowerCase()]), ...(role ? [role.name] : [])].join(
      ", ",
    ),
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
    byRole: {
      action: answersHref(visit, domain.id),
      show: listing.show,
      field: {
        id: "role",
        name: "role",
        label: "Asked of",
        choices: [
          { value: "", text: "Everybody", checked: role === undefined },
          ...questionnaire.roles.map(({ id, name }) => ({ value: id, text: name, checked: id === role?.id })),
        ],
      },
    },
    who: role === undefined ? "People" : `Answers as ${role.name}`,
    sections: questionnaire.dimensions
      .map((dimension) => ({
        id: dimension.id,
        name: dimension.name,
        rows: rows
          .filter(([question]) => question.dimension === dimension.id)
          .map(([question, consensus]) => answerRow(visit, domain.id, question, consensus, listing)),
      }))
      .filter((section) => section.rows.length > 0),
  })
})

const answerRow = (visit: EngagementVisit, domain: string, question: Question, consensus: Consensus, listing: Listing) => {
  const said = consensus.solo.filter((solo) => !solo.hidden && (listing.role === undefined || solo.role === listing.role))
  return {
    href: answersHref(visit, domain, question.id, listing),
    id: question.id,
    text: question.text,
    state: stateText(consensus),
    tone: stateTone(consensus),
    gate: gateQuestions(visit.stored).has(question.id),
    level: consensus.anchor === undefined ? "" : levelText(question, consensus.anchor),
    anchor: consensus.anchor,
    counts: [0, 1, 2, 3, 4].map((level) => said.filter((solo) => solo.anchor === level).length),
    dontKnow: said.filter(({ status }) => status === "dont-know").length,
  }
}

/** Questions that can cap an index. */
const gateQuestions = ({ questionnaire }: StoredEngagement): ReadonlySet<string> =>
  new Set(questionnaire.scoring.gates.flatMap(({ zero, low }) => [...zero, ...(low?.questions ?? [])]))

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
