import { assess } from "../assessment/assess.ts"
import type { Question } from "../assessment/model.ts"
import type { Assessment, DomainResult } from "../assessment/result.ts"
import type { StoredEngagement } from "../store/store.ts"
import type { EngagementVisit } from "./engagement.ts"
import { hasUnnamedWords } from "./pseudonyms.ts"
import { listed } from "./words.ts"

const KEPT = 8
const computed = new Map<string, Assessment>()

/**
 * The result of an engagement as it stands. The last few are kept in memory: the same revision gives the same result. A result
 * names people by their ids, so the one with pseudonyms is kept apart from the one without.
 */
export const assessmentOf = (stored: StoredEngagement): Assessment => {
  const key = keyOf(stored)
  const known = computed.get(key)
  const result = known ?? assess(stored.questionnaire, stored.engagement)
  computed.delete(key)
  computed.set(key, result)
  for (const oldest of computed.keys()) if (computed.size > KEPT) computed.delete(oldest)
  return result
}

/** Stands for an engagement as it stands, as this visitor sees it. */
export const keyOf = (stored: StoredEngagement): string => {
  const { id, revision, questionnaire, engagement } = stored
  const { title, respondents, answers } = engagement
  const people = respondents.map((person) => person.id)
  return JSON.stringify([id, revision, questionnaire.hash, title, answers.length, people, hasUnnamedWords(stored)])
}

/** The domain that a page is about: the one asked for in the address, else the first. */
export const chosenDomain = (visit: EngagementVisit, result: Assessment): DomainResult | undefined =>
  result.domains.find(({ domain }) => domain === visit.query["domain"]) ?? result.domains[0]

/** Links to the same page for each domain. */
export const domainLinks = (visit: EngagementVisit, path: string, chosen: DomainResult | undefined) =>
  visit.stored.engagement.domains.map((domain) => ({
    href: `${visit.home}/${path}?domain=${encodeURIComponent(domain.id)}`,
    text: domain.name,
    current: domain.id === chosen?.domain,
  }))

/** Looks up questions, domains, initiatives, roles by id; an unknown id is shown as it is. */
export const namesOf = ({ questionnaire, engagement }: StoredEngagement) => {
  const names = <T extends { readonly id: string }>(list: readonly T[], name: (item: T) => string) => {
    const known = new Map(list.map((item) => [item.id, name(item)]))
    return (id: string): string => known.get(id) ?? id
  }
  const questions = new Map(questionnaire.questions.map((question) => [question.id, question]))
  return {
    question: (id: string): Question | undefined => questions.get(id),
    short: names(questionnaire.questions, (question) => question.short),
    domain: names(engagement.domains, (domain) => domain.name),
    initiative: names(questionnaire.initiatives, (initiative) => initiative.title),
    role: names(questionnaire.roles, (role) => role.name),
    rule: names(questionnaire.rules, (rule) => rule.name),
    theme: names(questionnaire.themes, (theme) => theme.name),
    quadrant: names(questionnaire.scoring.quadrants, (quadrant) => quadrant.name),
    axis: names(questionnaire.scoring.axes, (axis) => axis.name),
  }
}

/** An index as people read it: a whole number. */
export const whole = (value: number): string => String(Math.round(value))

/** "41 to 58". */
export const span = ({ low, high }: { readonly low: number; readonly high: number }): string => `${whole(low)} to ${whole(high)}`

/** "about 8 to 15 days" of work, in whole person-days. */
export const days = ({ low, high }: { readonly low: number; readonly high: number }): string =>
  Math.round(low) === Math.round(high) ? whole(low) : `${whole(low)}–${whole(high)}`

export const percent = (share: number): string => `${Math.round(share * 100)}\u00a0%`

/** Whether enough is answered to say where a domain stands. */
export const isAssessable = (domain: DomainResult, placing: readonly string[]): boolean =>
  placing.every((axis) => domain.axes[axis]?.standing !== "not assessable" && domain.axes[axis]?.capped !== undefined)

/** The reserve under which a domain's position is to be read, in words; empty for a placement. */
export const reserveText = (domain: DomainResult, placing: readonly string[]): string => {
  if (domain.position.placed) return ""
  return isAssessable(domain, placing) ? "indicative" : "not assessable"
}

/** "9 % of Speed of insight and 12 % of Data integrity are answered". */
export const answeredText = (stored: StoredEngagement, domain: DomainResult): string => {
  const names = namesOf(stored)
  const shares = placingAxes(stored).map((axis) => `${percent(domain.axes[axis]?.coverage ?? 0)} of ${names.axis(axis)}`)
  return `${listed(shares)} are answered`
}

/** Whether nothing at all was said: then there is nothing to find, to plan or to report. */
export const isUnanswered = ({ engagement }: StoredEngagement): boolean =>
  engagement.answers.length + engagement.inventories.length + engagement.decisions.length === 0

/** The two axes of the matrix. */
export const placingAxes = ({ questionnaire }: StoredEngagement): readonly string[] => [
  questionnaire.scoring.placement.vertical,
  questionnaire.scoring.placement.horizontal,
]

/** The first letter large: the engine's words begin in the middle of a sentence. */
export const capital = (text: string): string => text.replace(/^./u, (first) => first.toUpperCase())
