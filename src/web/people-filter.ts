import type { StoredEngagement } from "../store/store.ts"
import { type Listed, type PersonState, STATES } from "./person-state.ts"
import { roleName } from "./work.ts"

/** What the people's list shows: read from the address, and leading back to it. */
export interface PeopleFilter {
  readonly text: string
  readonly state: PersonState | ""
  readonly role: string
  readonly domain: string
  readonly sort: Sort
  readonly descending: boolean
  readonly page: number
}

export const SORTS = {
  added: "As added",
  name: "Name",
  role: "Role",
  state: "State",
  expires: "End of the link",
  seen: "Last seen",
  answered: "Answers given",
} as const

export type Sort = keyof typeof SORTS

export const peopleOnPage = 50

/** Reads the query; what is not known counts as not asked for. */
export const readFilter = (
  query: Readonly<Record<string, string>>,
  { engagement, questionnaire }: StoredEngagement,
): PeopleFilter => {
  const known = (value: string | undefined, all: readonly { readonly id: string }[]): string =>
    all.some(({ id }) => id === value) ? (value ?? "") : ""
  const { state = "", sort = "" } = query
  const plain = sort.replace(/^-/, "")
  return {
    text: (query["text"] ?? "").trim().slice(0, 200),
    state: Object.hasOwn(STATES, state) ? (state as PersonState) : "",
    role: known(query["role"], questionnaire.roles),
    domain: known(query["domain"], engagement.domains),
    sort: Object.hasOwn(SORTS, plain) ? (plain as Sort) : "added",
    descending: sort.startsWith("-"),
    page: /^[1-9]\d{0,4}$/.test(query["page"] ?? "") ? Number(query["page"]) : 1,
  }
}

/** The query of an address that shows this, with a `?` where there is any. */
export const queryOf = ({ text, state, role, domain, sort, descending, page }: PeopleFilter): string => {
  const order = sort === "added" && !descending ? "" : `${descending ? "-" : ""}${sort}`
  const all = { text, state, role, domain, sort: order, page: page === 1 ? "" : String(page) }
  const query = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== "")).toString()
  return query === "" ? "" : `?${query}`
}

/** Those who fit, in the order asked for, on all pages. */
export const fitting = (people: readonly Listed[], filter: PeopleFilter, stored: StoredEngagement): readonly Listed[] => {
  const words = filter.text.toLowerCase()
  const chosen = people.filter(
    ({ person, state }) =>
      (filter.state === "" || state === filter.state) &&
      (filter.role === "" || person.role === filter.role) &&
      (filter.domain === "" || (person.domains?.includes(filter.domain) ?? true)) &&
      `${person.name}\n${person.email ?? ""}`.toLowerCase().includes(words),
  )
  if (filter.sort === "added") return filter.descending ? chosen.toReversed() : chosen
  const inOrder = chosen.toSorted(comparison(filter.sort, stored))
  return filter.descending ? inOrder.toReversed() : inOrder
}

/** Those on the filter's page; the last page when there are not so many. */
export const pageOf = (
  chosen: readonly Listed[],
  page: number,
): { readonly people: readonly Listed[]; readonly page: number; readonly pages: number } => {
  const pages = Math.max(1, Math.ceil(chosen.length / peopleOnPage))
  const shown = Math.min(page, pages)
  return { people: chosen.slice((shown - 1) * peopleOnPage, shown * peopleOnPage), page: shown, pages }
}

const collator = new Intl.Collator("en", { numeric: true })
const order = Object.keys(STATES)

const comparison = (sort: Exclude<Sort, "added">, stored: StoredEngagement): ((one: Listed, other: Listed) => number) => {
  const byNumber = (of: (one: Listed) => number) => (one: Listed, other: Listed) => of(one) - of(other)
  const byText = (of: (one: Listed) => string) => (one: Listed, other: Listed) => collator.compare(of(one), of(other))
  return {
    name: byText(({ person }) => person.name),
    role: byText(({ person }) => roleName(stored, person.role)),
    state: byNumber(({ state }) => order.indexOf(state)),
    expires: byNumber(({ response }) => response.link?.expiresAt ?? 0),
    seen: byNumber(({ response }) => response.link?.lastUsedAt ?? 0),
    answered: byNumber(({ answers }) => answers),
  }[sort]
}
