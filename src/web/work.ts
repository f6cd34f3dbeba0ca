import { sectionsFor } from "../assessment/answers.ts"
import type { Respondent } from "../assessment/model.ts"
import { type KeptAnswer } from "../assessment/path.ts"
import { progressOf } from "../assessment/progress.ts"
import type { StoredEngagement } from "../store/store.ts"
import { aboutMinutes, count, listed } from "./words.ts"

/** What somebody is asked over all their domains, and how far they are. */
export interface Work {
  readonly answered: number
  readonly total: number
  readonly minutesLeft: number
  /** Names of the domains. */
  readonly domains: readonly string[]
}

type Said = KeptAnswer & { readonly domain: string }

/** The work of one person; `own` are this person's answers. */
export const workOf = ({ engagement, questionnaire }: StoredEngagement, person: Respondent, own: readonly Said[]): Work => {
  const sections = sectionsFor(questionnaire, person.role)
  const domains = engagement.domains.filter(({ id }) => person.domains?.includes(id) ?? true)
  const progress = domains.map(({ id }) =>
    progressOf(questionnaire, sections, {
      answers: own.filter(({ domain }) => domain === id),
      inventories: engagement.inventories.filter(({ domain }) => domain === id),
    }),
  )
  const sum = (of: "answered" | "total" | "minutesLeft"): number => progress.reduce((all, one) => all + one[of], 0)
  return {
    answered: sum("answered"),
    total: sum("total"),
    minutesLeft: sum("minutesLeft"),
    domains: domains.map(({ name }) => name),
  }
}

/** "42 questions about Orders and Billing, about 35 minutes". */
export const workLeft = ({ answered, total, minutesLeft, domains }: Work): string =>
  answered >= total
    ? "nothing but to check your answers and submit them"
    : `${count(total - answered, "question")} about ${listed(domains)}, ${aboutMinutes(minutesLeft)}`

/** The name of a role, as the questionnaire has it. */
export const roleName = ({ questionnaire }: StoredEngagement, role: string): string =>
  questionnaire.roles.find(({ id }) => id === role)?.name ?? role
