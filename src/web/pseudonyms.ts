import { createHash } from "node:crypto"
import { anonymiser } from "../report/dossier.ts"
import type { StoredEngagement } from "../store/store.ts"

/**
 * The engagement without anybody's name, address or telling id: people are called by their role and a number, in an order that follows
 * from nothing they know. The same engagement always gives the same pseudonyms. Somebody who is the only one with a role can still be
 * recognised by it, which pages that promise this say.
 */
export const withoutNames = (stored: StoredEngagement): StoredEngagement => {
  const { engagement } = stored
  const names = pseudonyms(stored)
  const unnamed = unnamerOf(stored)
  const of = (id: string): string => names.get(id)?.id ?? id
  const inOrder = [...engagement.respondents].sort((one, other) => (of(one.id) < of(other.id) ? -1 : 1))
  return {
    ...stored,
    engagement: {
      ...engagement,
      respondents: inOrder.map(({ id, role, domains }) => ({
        id: of(id),
        name: names.get(id)?.name ?? role,
        role,
        ...(domains !== undefined && { domains }),
      })),
      answers: engagement.answers
        .map((answer) => unnamedValues({ ...answer, respondent: of(answer.respondent) }, unnamed))
        .sort((one, other) => (one.respondent < other.respondent ? -1 : one.respondent > other.respondent ? 1 : 0)),
    },
    responses: stored.responses.map((state) => ({ ...state, respondent: of(state.respondent) })),
  }
}

/** What consultants wrote and lists hold, with a role in the place of every full name: for those who may only read. */
export const wordsWithoutNames = (stored: StoredEngagement, named: StoredEngagement): StoredEngagement => {
  const unnamed = unnamerOf(named)
  const { engagement } = stored
  const result = {
    ...stored,
    engagement: {
      ...engagement,
      inventories: engagement.inventories.map((one) => ({ ...one, rows: one.rows.map((row) => unnamedValues(row, unnamed)) })),
      decisions: engagement.decisions.map((one) => unnamedValues(one, unnamed)),
      overrides: engagement.overrides.map((one) => unnamedValues(one, unnamed)),
    },
  }
  unnamedWords.add(result)
  return result
}

const unnamedWords = new WeakSet<StoredEngagement>()

/** Whether `wordsWithoutNames` made this: what is computed from it differs from what the same revision gives others. */
export const hasUnnamedWords = (stored: StoredEngagement): boolean => unnamedWords.has(stored)

type Unnamer = (text: string) => string

/** What puts a role in the place of every full name in a text. */
export const unnamerOf = ({ engagement, questionnaire }: StoredEngagement): Unnamer =>
  anonymiser(engagement, (id) => questionnaire.roles.find((role) => role.id === id)?.name ?? id)

/** The same record with each of its texts changed; ids hold no full name, for they have no space. */
const unnamedValues = <T extends object>(record: T, unnamed: Unnamer): T => {
  const changed = Object.entries(record).map(([key, value]) => [
    key,
    typeof value === "string" && value.includes(" ") ? unnamed(value) : value,
  ])
  return Object.fromEntries(changed) as T
}

/** Everybody under a role and a number: the id and the name that stand for them. */
export const pseudonyms = ({
  id,
  engagement,
  questionnaire,
}: StoredEngagement): ReadonlyMap<string, { id: string; name: string }> => {
  const shuffled = engagement.respondents
    .map((person) => ({ person, place: createHash("sha256").update(`${id}\n${person.id}`).digest("hex") }))
    .sort((one, other) => (one.place < other.place ? -1 : 1))
  const counts = new Map<string, number>()
  return new Map(
    shuffled.map(({ person }) => {
      const number = (counts.get(person.role) ?? 0) + 1
      counts.set(person.role, number)
      const role = questionnaire.roles.find((one) => one.id === person.role)?.name ?? person.role
      const several = engagement.respondents.filter((one) => one.role === person.role).length > 1
      return [person.id, { id: `${person.role}-${String(number).padStart(3, "0")}`, name: several ? `${role} ${number}` : role }]
    }),
  )
}
