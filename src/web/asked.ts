import { type Section, sectionsFor } from "../assessment/answers.ts"
import type { Domain, Question } from "../assessment/model.ts"
import type { OnRecord } from "../assessment/path.ts"
import { type Progress, progressOf, type SectionProgress } from "../assessment/progress.ts"
import type { Response, StoredAnswer, Suggestion } from "../store/store.ts"

/** What one respondent is asked about one domain: what is hoped for, and what may be answered with more time. */
export interface Asked {
  readonly domain: Domain
  readonly answers: readonly StoredAnswer[]
  readonly record: OnRecord
  readonly main: Progress
  readonly more: Progress
  /** Whom the respondent leaves a section to, by its dimension. */
  readonly left: ReadonlyMap<string, Suggestion>
  /** What is still the respondent's own to answer, of what is hoped for. */
  readonly open: { readonly questions: number; readonly minutes: number }
  /** Rows of the domain's lists that wait for this respondent. */
  readonly waiting: Response["waiting"]
}

/** Everything asked of the respondent, domain by domain, with how far it is. */
export const askedOf = (response: Response): readonly Asked[] => {
  const { questionnaire, engagement } = response.stored
  const { role, domains } = response.respondent
  const main = sectionsFor(questionnaire, role)
  const more = withoutThose(sectionsFor(questionnaire, role, "full"), main)
  return engagement.domains
    .filter((domain) => domains?.includes(domain.id) ?? true)
    .map((domain) => {
      const record = recordOf(response, domain.id)
      const left = leftIn(response, domain.id)
      const unleft = main.filter(({ dimension }) => !left.has(dimension.id))
      const own = progressOf(questionnaire, unleft, record)
      return {
        domain,
        answers: record.answers,
        record,
        main: progressOf(questionnaire, main, record),
        more: progressOf(questionnaire, more, record),
        left,
        open: { questions: own.total - own.answered, minutes: own.minutesLeft },
        waiting: response.waiting.filter((list) => list.domain === domain.id),
      }
    })
}

const recordOf = ({ answers, stored }: Response, domain: string) => ({
  answers: answers.filter((answer) => answer.domain === domain),
  inventories: stored.engagement.inventories.filter((one) => one.domain === domain),
})

/** One section of a domain, or `undefined` when the respondent is not asked it. */
export const findSection = (
  asked: readonly Asked[],
  domain: string | undefined,
  dimension: string | undefined,
  more: boolean,
): { readonly asked: Asked; readonly section: SectionProgress } | undefined => {
  const one = asked.find((one) => one.domain.id === domain)
  const section = (more ? one?.more : one?.main)?.sections.find((section) => section.dimension.id === dimension)
  return one && section && { asked: one, section }
}

/** A question asked of the respondent in a domain, whether it applies or falls away. */
export const findQuestion = (
  asked: readonly Asked[],
  domain: string | undefined,
  id: string | undefined,
): { readonly asked: Asked; readonly question: Question; readonly dimension: string; readonly more: boolean } | undefined => {
  const one = asked.find((one) => one.domain.id === domain)
  if (one === undefined) return undefined
  for (const more of [false, true]) {
    for (const section of (more ? one.more : one.main).sections) {
      const question = everyQuestion(section).find((question) => question.id === id)
      if (question !== undefined) return { asked: one, question, dimension: section.dimension.id, more }
    }
  }
  return undefined
}

/** The questions of a section, those that fall away included. */
export const everyQuestion = (section: SectionProgress): readonly Question[] => [
  ...section.questions,
  ...section.skipped.map((one) => one.question),
]

/** Left is what the consultant has not declined and the respondent has not taken back. */
const leftIn = ({ suggestions }: Response, domain: string): ReadonlyMap<string, Suggestion> =>
  new Map(
    suggestions
      .filter(({ section, decided }) => section?.domain === domain && (decided === undefined || decided.outcome === "added"))
      .map((suggestion) => [suggestion.section?.dimension ?? "", suggestion]),
  )

/** Questions still open and minutes they take, over all domains. */
export const openQuestions = (asked: readonly Asked[]): { readonly questions: number; readonly minutes: number } => ({
  questions: asked.reduce((sum, one) => sum + one.open.questions, 0),
  minutes: asked.reduce((sum, one) => sum + one.open.minutes, 0),
})

/** The address of a section's form. */
export const sectionPath = (domain: string, dimension: string, more = false): string =>
  `/respond/${encodeURIComponent(domain)}/${encodeURIComponent(dimension)}${more ? "?more=1" : ""}`

const withoutThose = (all: readonly Section[], those: readonly Section[]): readonly Section[] => {
  const ids = new Set(those.flatMap((section) => section.questions.map((question) => question.id)))
  return all
    .map((section) => ({ ...section, questions: section.questions.filter((question) => !ids.has(question.id)) }))
    .filter((section) => section.questions.length > 0)
}
