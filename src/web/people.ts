import { amongPeople, engagementFrame, type EngagementVisit } from "./engagement.ts"
import type { SelectField } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { fitting, pageOf, type PeopleFilter, peopleOnPage, queryOf, readFilter, type Sort, SORTS } from "./people-filter.ts"
import { type Listed, listedPeople, messageText, STATES, stateDetail } from "./person-state.ts"
import { reminderSection } from "./reminder-section.ts"
import { page, type Reply } from "./respond.ts"
import { openSuggestions } from "./suggestions.ts"
import type { Tools } from "./visit.ts"
import { roleName, workOf } from "./work.ts"
import { count, dateText } from "./words.ts"

/** Everybody who is asked, with their role, their link, how far they are, and what was mailed to them. */
export const listPeople = amongPeople((visit, on) => peoplePage(visit, on))

/** The list, with what is wrong with what was just sent. */
export const peoplePage = async (visit: EngagementVisit, on: Tools, problems: readonly PageProblem[] = []): Promise<Reply> => {
  const { stored, home } = visit
  const { store, config } = on
  const messages = await store.listMessages(visit.engagementScope)
  const everybody = listedPeople(stored, messages, visit.now)
  const filter = readFilter(visit.query, stored)
  const chosen = fitting(everybody, filter, stored)
  const shown = pageOf(chosen, filter.page)
  const notice = numberNotice(visit.query)
  return page(
    "people/list",
    engagementFrame(visit, "people", "People", { width: "wide", problems, ...(notice !== undefined && { notice }) }),
    {
      home,
      suggested: await openSuggestions(visit, on),
      everybody: everybody.length,
      tally: tallyOf(everybody),
      filters: filterFields(visit, filter),
      filtered: queryOf({ ...filter, page: 1, sort: "added", descending: false }) !== "",
      found: `${count(chosen.length, "person", "people")}${chosen.length < everybody.length ? ` of ${everybody.length}` : ""}`,
      heads: HEADS.map(([sort, text]) => head(visit, filter, sort, text)),
      people: shown.people.map((one) => rowOf(visit, one)),
      pages: pageLinks(visit, filter, shown.page, shown.pages),
      select: `${home}/people/selection${queryOf({ ...filter, page: shown.page })}`,
      onPage: shown.people.length,
      fits: chosen.length,
      selectError: problems.find(({ target }) => target === "people")?.message,
      mail: config.mail,
      reminders: config.mail ? reminderSection(visit, problems) : undefined,
      missing: missingRoles(visit),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

/** What was done, with its number. */
const numberNotice = ({ done = "", number = "" }: Readonly<Record<string, string>>): string | undefined => {
  if (!/^[1-9]\d{0,3}$/.test(number)) return undefined
  if (done === "people-added") return `${count(Number(number), "person is", "people are")} added. Next, invite them.`
  if (done !== "invitations" && done !== "reminders") return undefined
  const what = done.slice(0, -1)
  return `${count(Number(number), `${what} is`, `${what}s are`)} on the way. The list says what became of each.`
}

const tallyOf = (everybody: readonly Listed[]): string => {
  const counts = Map.groupBy(everybody, ({ state }) => state)
  return Object.entries(STATES)
    .flatMap(([state, text]) => {
      const number = counts.get(state as Listed["state"])?.length ?? 0
      return number === 0 ? [] : [`${number} ${text.toLowerCase()}`]
    })
    .join(", ")
}

const HEADS = [
  ["name", "Name"],
  ["role", "Role"],
  [undefined, "Asked about"],
  ["state", "State"],
  ["seen", "Last seen"],
  ["answered", "Answered"],
  [undefined, "Mail"],
] as const satisfies readonly (readonly [Sort | undefined, string])[]

const head = (visit: EngagementVisit, filter: PeopleFilter, sort: Sort | undefined, text: string) => {
  const current = sort !== undefined && filter.sort === sort
  return {
    text,
    number: sort === "answered",
    href:
      sort === undefined
        ? undefined
        : `${visit.home}/people${queryOf({ ...filter, sort, descending: current && !filter.descending, page: 1 })}`,
    order: current ? (filter.descending ? "descending" : "ascending") : undefined,
  }
}

const filterFields = ({ stored }: EngagementVisit, filter: PeopleFilter) => {
  const { engagement, questionnaire } = stored
  const select = (
    name: "state" | "role" | "domain",
    label: string,
    all: readonly (readonly [string, string])[],
  ): SelectField => ({
    id: name,
    name,
    label,
    choices: [["", "All"] as const, ...all].map(([value, text]) => ({ value, text, checked: filter[name] === value })),
  })
  const used = new Set(engagement.respondents.map(({ role }) => role))
  const orders = Object.entries(SORTS).flatMap(([sort, text]) => [
    { value: sort, text, checked: filter.sort === sort && !filter.descending },
    ...(filter.sort === sort && filter.descending ? [{ value: `-${sort}`, text: `${text}, backwards`, checked: true }] : []),
  ])
  return {
    text: { id: "text", name: "text", label: "Name or e-mail", value: filter.text, width: "medium", error: undefined },
    state: select("state", "State", Object.entries(STATES)),
    role: select(
      "role",
      "Role",
      questionnaire.roles.filter(({ id }) => used.has(id)).map(({ id, name }) => [id, name]),
    ),
    domain: select(
      "domain",
      "Domain",
      engagement.domains.map(({ id, name }) => [id, name]),
    ),
    sort: { id: "sort", name: "sort", label: "Sort by", choices: orders } satisfies SelectField,
  }
}

const rowOf = (visit: EngagementVisit, listed: Listed) => {
  const { person, response, message } = listed
  const work = workOf(
    visit.stored,
    person,
    visit.stored.engagement.answers.filter(({ respondent }) => respondent === person.id),
  )
  const seen = response.link?.lastUsedAt
  return {
    id: person.id,
    href: `${visit.home}/people/${encodeURIComponent(person.id)}`,
    name: person.name,
    email: person.email ?? "",
    role: roleName(visit.stored, person.role),
    domains: person.domains === undefined ? "all domains" : work.domains.join(", "),
    state: STATES[listed.state],
    kind: listed.state,
    detail: stateDetail(listed),
    seen: seen === undefined ? "" : dateText(seen),
    progress: `${work.answered} of ${work.total}`,
    mail: [
      message === undefined ? (person.email === undefined ? "No e-mail address" : "") : messageText(message),
      response.link?.unsubscribedAt === undefined ? "" : "Wants no reminders",
    ]
      .filter((text) => text !== "")
      .join(". "),
  }
}

const pageLinks = (visit: EngagementVisit, filter: PeopleFilter, current: number, pages: number) => {
  const to = (page: number) => `${visit.home}/people${queryOf({ ...filter, page })}`
  return {
    text: pages === 1 ? "" : `Page ${current} of ${pages}, ${peopleOnPage} on each`,
    before: current > 1 ? to(current - 1) : undefined,
    after: current < pages ? to(current + 1) : undefined,
  }
}

const missingRoles = ({ stored }: EngagementVisit): string => {
  const used = new Set(stored.engagement.respondents.map(({ role }) => role))
  return stored.questionnaire.roles
    .filter(({ id }) => !used.has(id))
    .map(({ name }) => name)
    .join(", ")
}
