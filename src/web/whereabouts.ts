/** Who is where: how many are not invited yet, invited, at work, done; by role, by domain; and which roles nobody stands for. */
import type { Respondent } from "../assessment/model.ts"
import type { StoredEngagement } from "../store/store.ts"
import { type EngagementVisit, maySeePeople } from "./engagement.ts"
import { withQuery } from "./paging.ts"
import { capital } from "./results.ts"

/** How far somebody is. */
const STATES = {
  "not-invited": "Not invited",
  invited: "Invited",
  begun: "Begun",
  submitted: "Submitted",
} as const

type PersonState = keyof typeof STATES

const ORDER = Object.keys(STATES) as readonly PersonState[]

/** The table of people by state. Nobody is named; the numbers lead to the people for those who may see them. */
export const whereaboutsView = (visit: EngagementVisit) => {
  const { engagement, questionnaire } = visit.stored
  const states = statesOf(visit.stored)
  const row = (name: string, people: readonly Respondent[], filter: Readonly<Record<string, string>>) => ({
    name,
    total: people.length,
    cells: ORDER.map((state) => {
      const number = people.filter(({ id }) => states.get(id) === state).length
      const leads = number > 0 && maySeePeople(visit)
      return { state: STATES[state], number, href: leads ? withQuery(`${visit.home}/people`, { state, ...filter }) : undefined }
    }),
  })
  const asked = (domain: string): readonly Respondent[] =>
    engagement.respondents.filter(({ domains }) => domains?.includes(domain) ?? true)
  return {
    states: ORDER.map((state) => STATES[state]),
    all: row("Everybody", engagement.respondents, {}),
    roles: questionnaire.roles.map(({ id, name }) =>
      row(
        capital(name),
        engagement.respondents.filter(({ role }) => role === id),
        { role: id },
      ),
    ),
    domains: engagement.domains.map(({ id, name }) => ({
      ...row(name, asked(id), { domain: id }),
      missing: questionnaire.roles
        .filter((role) => !asked(id).some((person) => person.role === role.id))
        .map((role) => role.name),
    })),
  }
}

/** The state of each person: submitted, else begun with a first answer, else invited with a link that is not revoked. */
const statesOf = ({ engagement, responses }: StoredEngagement): ReadonlyMap<string, PersonState> => {
  const known = new Map(responses.map((response) => [response.respondent, response]))
  const begun = new Set(engagement.answers.map(({ respondent }) => respondent))
  return new Map(
    engagement.respondents.map(({ id }): [string, PersonState] => {
      const response = known.get(id)
      if (response?.submittedAt !== undefined) return [id, "submitted"]
      if (begun.has(id)) return [id, "begun"]
      return [id, response?.link !== undefined && response.link.revokedAt === undefined ? "invited" : "not-invited"]
    }),
  )
}
