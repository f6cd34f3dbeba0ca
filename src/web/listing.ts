/** The list of a domain's questions that a consultant works through: narrowed, sorted, searched. */
import type { Question } from "../assessment/model.ts"
import type { Consensus } from "../assessment/result.ts"
import { heavyFrom, questionWeight } from "../assessment/weight.ts"
import type { StoredEngagement } from "../store/store.ts"
import type { EngagementVisit } from "./engagement.ts"
import { withQuery } from "./paging.ts"

/** What the list can be narrowed to. */
export const FILTERS = {
  all: { text: "All", keeps: () => true },
  disputed: { text: "Disputed", keeps: ({ disputed }: Consensus) => disputed },
  unknown: { text: "Unknown", keeps: ({ state }: Consensus) => state === "unanswered" || state === "dont-know" },
  gate: { text: "Gates", keeps: ({ question }: Consensus, stored: StoredEngagement) => gateQuestions(stored).has(question) },
  heavy: { text: "Heavy", keeps: ({ question }: Consensus, stored: StoredEngagement) => isHeavy(stored, question) },
  decided: { text: "Agreed", keeps: ({ state }: Consensus) => state === "decided" },
} as const

export type Filter = keyof typeof FILTERS

/** How the list can be sorted: by a figure, highest first, and where it is the same in the order asked. */
export const SORTS = {
  asked: { text: "In the order asked", figure: () => 0 },
  spread: { text: "Furthest apart first", figure: ({ deviation, range }: Consensus) => deviation + range / 100 },
  weight: {
    text: "Heaviest first",
    figure: ({ question }: Consensus, { questionnaire }: StoredEngagement) => questionWeight(questionnaire, question),
  },
} as const

export type Sort = keyof typeof SORTS

export interface Listing {
  readonly show: Filter
  readonly sort: Sort
  /** Only what this role is asked. */
  readonly role?: string
  /** Only questions with these words in their id or text. */
  readonly find?: string
}

/** A question with where it stands. */
export type Standing = readonly [Question, Consensus]

/** The listing that the address asks for; what it does not know, it leaves at the usual. */
export const listingOf = (visit: EngagementVisit): Listing => {
  const role = visit.stored.questionnaire.roles.find(({ id }) => id === visit.query["role"])?.id
  const find = (visit.query["find"] ?? "").trim().slice(0, 100)
  return {
    show: oneOf(FILTERS, visit.query["show"], "all"),
    sort: oneOf(SORTS, visit.query["sort"], "asked"),
    ...(role !== undefined && { role }),
    ...(find !== "" && { find }),
  }
}

const oneOf = <K extends string>(known: Readonly<Record<K, unknown>>, asked: string | undefined, usual: K): K =>
  asked !== undefined && Object.hasOwn(known, asked) ? (asked as K) : usual

/** The address of a domain's answers, or of one question's, within a listing. */
export const answersHref = (visit: EngagementVisit, domain: string, question = "", listing: Partial<Listing> = {}): string => {
  const path = `${visit.home}/answers/${encodeURIComponent(domain)}`
  return withQuery(question === "" ? path : `${path}/${encodeURIComponent(question)}`, listingQuery(listing))
}

/** A listing as the address has it. */
export const listingQuery = ({ show = "all", sort = "asked", role, find }: Partial<Listing>) => ({
  show: show === "all" ? undefined : show,
  role,
  sort: sort === "asked" ? undefined : sort,
  find,
})

/** The questions of a listing, sorted. */
export const listed = (stored: StoredEngagement, all: readonly Consensus[], listing: Listing): readonly Standing[] => {
  const words = (listing.find ?? "").toLowerCase().split(/\s+/)
  const { show, role } = listing
  return standings(stored, all)
    .filter(([question, consensus]) => {
      const isAsked = role === undefined || question.primary.includes(role) || question.secondary.includes(role)
      const text = `${question.id} ${question.short} ${question.text}`.toLowerCase()
      return isAsked && words.every((word) => text.includes(word)) && FILTERS[show].keeps(consensus, stored)
    })
    .toSorted(inOrder(stored, listing.sort))
}

/** The questions before and after one in a listing, also where that one is no longer in it. */
export const neighbours = (stored: StoredEngagement, all: readonly Consensus[], listing: Listing, question: string) => {
  const rows = listed(stored, all, listing)
  const here = standings(stored, all).find(([one]) => one.id === question)
  if (here === undefined) return {}
  const compare = inOrder(stored, listing.sort)
  return {
    previous: rows.findLast((row) => compare(row, here) < 0)?.[0],
    next: rows.find((row) => compare(row, here) > 0)?.[0],
  }
}

const standings = ({ questionnaire }: StoredEngagement, all: readonly Consensus[]): readonly Standing[] => {
  const consensus = new Map(all.map((one) => [one.question, one]))
  return questionnaire.questions.flatMap((question) => {
    const found = consensus.get(question.id)
    return found === undefined ? [] : [[question, found] as const]
  })
}

const inOrder = (stored: StoredEngagement, sort: Sort) => {
  const places = new Map(stored.questionnaire.questions.map(({ id }, at) => [id, at]))
  const place = ([{ id }]: Standing): number => places.get(id) ?? 0
  const figure = ([, consensus]: Standing): number => SORTS[sort].figure(consensus, stored)
  return (one: Standing, other: Standing): number => figure(other) - figure(one) || place(one) - place(other)
}

/** Questions that can cap an index. */
export const gateQuestions = ({ questionnaire }: StoredEngagement): ReadonlySet<string> =>
  new Set(questionnaire.scoring.gates.flatMap(({ zero, low }) => [...zero, ...(low?.questions ?? [])]))

const isHeavy = ({ questionnaire }: StoredEngagement, question: string): boolean =>
  questionWeight(questionnaire, question) >= Math.max(1, heavyFrom(questionnaire).heavy)
