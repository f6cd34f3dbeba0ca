import { computedPage, engagementFrame, type EngagementVisit } from "./engagement.ts"
import { nextView } from "./next.ts"
import { pagerView, pagingOf, withQuery } from "./paging.ts"
import { page } from "./respond.ts"
import { assessmentOf, isUnanswered } from "./results.ts"
import { aboutMinutes, count } from "./words.ts"

const PER_PAGE = 50

const REASONS = { unknown: "Unknown", disputed: "Disputed" } as const

/** Everything that is worth finding out, what could move most first; of one domain, or only what is unknown or disputed. */
export const showAgenda = computedPage((visit) => {
  const { domain, why } = choiceOf(visit)
  const all = isUnanswered(visit.stored) ? [] : assessmentOf(visit.stored).next
  const kept = all.filter((one) => (domain === undefined || one.domain === domain) && (why === undefined || one.why === why))
  const paging = pagingOf(kept.length, visit.query["page"], PER_PAGE)
  const path = `${visit.home}/next`
  const minutes = aboutMinutes(kept.reduce((sum, one) => sum + one.minutes, 0))
  const back = { href: visit.home, text: "Overview" }
  return page("results/agenda", engagementFrame(visit, "overview", "What to find out next", { width: "wide", back }), {
    path,
    domain: domainField(visit, domain),
    why: whyField(why),
    summary: kept.length === 0 ? "" : `${count(kept.length, "question")}, ${minutes} for all of them.`,
    next: kept.slice(paging.offset, paging.offset + PER_PAGE).map((one) => nextView(visit, one)),
    pager: pagerView(paging, "open questions", (number) =>
      withQuery(path, { domain, why, page: number === 1 ? undefined : String(number) }),
    ),
  })
})

const choiceOf = ({ stored, query }: EngagementVisit) => ({
  domain: stored.engagement.domains.find(({ id }) => id === query["domain"])?.id,
  why: (["unknown", "disputed"] as const).find((one) => one === query["why"]),
})

const domainField = ({ stored }: EngagementVisit, domain: string | undefined) => ({
  id: "domain",
  name: "domain",
  label: "Domain",
  choices: [
    { value: "", text: "All domains", checked: domain === undefined },
    ...stored.engagement.domains.map(({ id, name }) => ({ value: id, text: name, checked: id === domain })),
  ],
})

const whyField = (why: string | undefined) => ({
  id: "why",
  name: "why",
  label: "Why",
  choices: [
    { value: "", text: "Unknown or disputed", checked: why === undefined },
    ...Object.entries(REASONS).map(([value, text]) => ({ value, text, checked: value === why })),
  ],
})
