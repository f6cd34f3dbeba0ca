import type { Respondent } from "../assessment/model.ts"
import type { Message, ResponseState, StoredEngagement } from "../store/store.ts"
import { dateText } from "./words.ts"

/** Where somebody stands, in the words of the people's list; the first that fits. */
export const STATES = {
  submitted: "Submitted",
  revoked: "Revoked",
  expired: "Expired",
  begun: "Begun",
  undeliverable: "Undeliverable",
  invited: "Invited",
  "not-invited": "Not invited",
} as const

export type PersonState = keyof typeof STATES

/** Somebody of the list, with what the list is filtered and sorted by. */
export interface Listed {
  readonly person: Respondent
  readonly state: PersonState
  readonly response: ResponseState
  /** How many answers they gave. */
  readonly answers: number
  /** The newest. */
  readonly message?: Message
}

/** Everybody of the engagement, in its order. */
export const listedPeople = (stored: StoredEngagement, messages: readonly Message[], now: number): readonly Listed[] => {
  const answers = new Map<string, number>()
  for (const { respondent } of stored.engagement.answers) answers.set(respondent, (answers.get(respondent) ?? 0) + 1)
  const newest = new Map(messages.toReversed().map((message) => [message.respondent, message]))
  const responses = new Map(stored.responses.map((response) => [response.respondent, response]))
  return stored.engagement.respondents.map((person) => {
    const response = responses.get(person.id) ?? { respondent: person.id }
    const message = newest.get(person.id)
    const own = answers.get(person.id) ?? 0
    return { person, state: stateOfPerson(response, own, message, now), response, answers: own, ...(message && { message }) }
  })
}

const stateOfPerson = (
  { submittedAt, link }: ResponseState,
  answers: number,
  message: Message | undefined,
  now: number,
): PersonState => {
  if (submittedAt !== undefined) return "submitted"
  if (link?.revokedAt !== undefined) return "revoked"
  if (link !== undefined && link.expiresAt <= now) return "expired"
  if (answers > 0) return "begun"
  if (message?.state === "undeliverable" || message?.state === "given-up") return "undeliverable"
  return link === undefined ? "not-invited" : "invited"
}

/** What else there is to say of the state: since when, until when. */
export const stateDetail = ({ state, response: { submittedAt, link } }: Listed): string => {
  if (state === "submitted") return dateText(submittedAt ?? 0)
  if (link === undefined) return ""
  if (state === "revoked") return dateText(link.revokedAt ?? 0)
  return state === "expired" ? dateText(link.expiresAt) : `until ${dateText(link.expiresAt)}`
}

const WITHHELD: Readonly<Record<string, string>> = {
  gone: "the person is not there any more",
  "no-address": "no e-mail address",
  "not-invited": "not invited yet",
  submitted: "submitted already",
  revoked: "the link is revoked",
  unsubscribed: "wants no reminders",
  recent: "got one a short time ago, or will in a moment",
  closed: "the engagement takes no more answers",
  limit: "beyond the 200 invitations that an engagement may send in 24 hours",
}

/** Why somebody gets no message, in words. */
export const withheldText = (because: string): string => WITHHELD[because] ?? because

/** What became of a message: "Reminder sent 22 November 2026". */
export const messageText = ({ kind, state, createdAt, sentAt, problem = "" }: Message): string => {
  const what = kind === "invitation" ? "Invitation" : "Reminder"
  if (state === "sent") return `${what} sent ${dateText(sentAt ?? createdAt)}`
  if (state === "waiting") return problem === "" ? `${what} on its way` : `${what} waits: ${problem}`
  if (state === "withheld") return `${what} not sent: ${withheldText(problem)}`
  return `${what} ${state === "undeliverable" ? "undeliverable" : "given up after several tries"}: ${problem}`
}
