import type { Respondent } from "../assessment/model.ts"
import type { Letter } from "../mail/letter.ts"
import type { MessageKind, StoredEngagement } from "../store/store.ts"
import { roleName, type Work, workLeft } from "./work.ts"
import { dateText, withArticle } from "./words.ts"

/** Whom a letter goes to, and what is asked of them. */
export interface Addressee {
  readonly stored: StoredEngagement
  readonly person: Respondent
  readonly work: Work
}

export interface LetterLinks {
  readonly personal: string
  /** Address that ends reminders; absent where the letter is written by a person. */
  readonly unsubscribe?: string
}

/** The invitation of a respondent, or a reminder: who asks, what for, how long it takes, until when, and who sees what. */
export const writeLetter = (
  kind: MessageKind,
  to: Addressee,
  asker: string | undefined,
  { personal, unsubscribe }: LetterLinks,
): Letter => {
  const { title, client } = to.stored.engagement
  return {
    subject: `${kind === "invitation" ? "Your answers for" : "Reminder: your answers for"} ${title}, ${client}`,
    body: [
      `Hello ${to.person.name},`,
      ...(kind === "invitation" ? invitation(to, asker) : reminder(to, asker)),
      { href: personal, text: kind === "invitation" ? "Begin with your personal link" : "Go on with your personal link" },
      `The link is for you alone: whoever has it can read and change your answers.${untilText(to)}`,
      whoSees(to.stored),
    ],
    smallPrint: unsubscribe === undefined ? [] : [{ href: unsubscribe, text: "If you want no reminders" }],
  }
}

const anonymous = "The consultant"

const invitation = ({ stored, person, work }: Addressee, asker = anonymous): readonly string[] => [
  `${asker} asks how data is moved and used where you work, to find out with ${stored.engagement.client} what to change first and what is better left as it is.`,
  `You are asked as ${withArticle(roleName(stored, person.role))}: ${workLeft(work)}. You can stop at any time and come back; what you have answered stays. “I don't know” is a useful answer.`,
]

const reminder = ({ stored, work }: Addressee, asker = anonymous): readonly string[] => [
  `${asker} asked you how data is moved and used where you work, for ${stored.engagement.client}. Your answers are not submitted yet.`,
  work.answered > 0 ? `You have begun. What is left: ${workLeft(work)}.` : `What is asked: ${workLeft(work)}.`,
]

const untilText = (to: Addressee): string => {
  const until = lastDay(to.stored, to.person.id)
  return until === undefined ? "" : ` It works until ${dateText(until)}.`
}

/** When no answer is taken any more: the link ends, or the engagement closes before that. */
export const lastDay = ({ responses, terms }: StoredEngagement, person: string): number | undefined => {
  const expires = responses.find(({ respondent }) => respondent === person)?.link?.expiresAt
  const ends = [expires, terms.closesAt].filter((time) => time !== undefined)
  return ends.length === 0 ? undefined : Math.min(...ends)
}

const whoSees = ({ terms }: StoredEngagement): string =>
  terms.confidentiality === "role"
    ? "Who sees your answers: those who work on this engagement see them by role, without your name. Somebody who is the only one with a role can still be recognised by it."
    : "Who sees your answers: those who work on this engagement see them with your name. The report shows roles, not names, and may quote your comments with your role."
