import type { EngagementSearch, EngagementSummary } from "../store/store.ts"
import { homeOf } from "./engagement.ts"
import { listFrame } from "./engagements.ts"
import { pagerView, pagingOf, withQuery } from "./paging.ts"
import { page } from "./respond.ts"
import type { AccountVisit, Handler } from "./visit.ts"
import { count, dateText } from "./words.ts"

const PER_PAGE = 25

const SORTS = { newest: "Newest first", title: "By title", client: "By client" } as const

/** The engagements that the account reaches: at work or archived, with words in title or client, sorted, by the page. */
export const listEngagements: Handler<AccountVisit> = async (visit, { store }) => {
  const choice = choiceOf(visit)
  const search = { words: wordsIn(choice.find), archived: choice.archived, sort: choice.sort, limit: PER_PAGE }
  const first = await store.findEngagements(visit.by, { ...search, offset: 0 })
  const paging = pagingOf(choice.archived ? first.archived : first.active, visit.query["page"], PER_PAGE)
  const shown = paging.page === 1 ? first : await store.findEngagements(visit.by, { ...search, offset: paging.offset })
  const href = (more: Partial<Choice>, number = 1): string => listHref({ ...choice, ...more }, number)
  return page("engagements/list", listFrame("Engagements"), {
    mayAdd: visit.session.account.role !== "reader",
    engagements: shown.engagements.map(summaryView),
    kinds: [
      { href: href({ archived: false }), text: `At work (${first.active})`, current: !choice.archived },
      { href: href({ archived: true }), text: `Archived (${first.archived})`, current: choice.archived },
    ],
    find: choice.find,
    archived: choice.archived,
    isEmpty: choice.find === "" && first.active + first.archived === 0,
    form: { find: findField(choice), sort: sortField(choice) },
    pager: pagerView(paging, "engagements", (number) => href({}, number)),
  })
}

interface Choice {
  readonly archived: boolean
  readonly sort: EngagementSearch["sort"]
  readonly find: string
}

/** What the address asks for; what it does not know, it leaves at the usual. */
const choiceOf = ({ query }: AccountVisit): Choice => ({
  archived: query["show"] === "archived",
  sort: (["newest", "title", "client"] as const).find((one) => one === query["sort"]) ?? "newest",
  find: (query["find"] ?? "").trim().slice(0, 100),
})

const wordsIn = (find: string): readonly string[] => find.split(/\s+/).filter((word) => word !== "")

const listHref = ({ archived, sort, find }: Choice, number: number): string =>
  withQuery("/", {
    show: archived ? "archived" : undefined,
    sort: sort === "newest" ? undefined : sort,
    find,
    page: number === 1 ? undefined : String(number),
  })

const summaryView = (one: EngagementSummary) => ({
  href: homeOf(one.id),
  title: one.title,
  client: one.client,
  created: dateText(one.createdAt),
  archived: one.archivedAt === null ? "" : dateText(one.archivedAt),
  domains: count(one.domains, "domain"),
  progress: `${one.submitted} of ${count(one.respondents, "person", "people")} submitted`,
  answers: count(one.answers, "answer"),
})

const findField = ({ find }: Choice) => ({ id: "find", name: "find", label: "Title or client", value: find, width: "medium" })

const sortField = ({ sort }: Choice) => ({
  id: "sort",
  name: "sort",
  label: "Sorted",
  choices: Object.entries(SORTS).map(([value, text]) => ({ value, text, checked: value === sort })),
})
