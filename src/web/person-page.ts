import type { Respondent } from "../assessment/model.ts"
import type { EngagementVisit } from "./engagement.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { listedPeople, messageText, STATES, stateDetail } from "./person-state.ts"
import type { Tools } from "./visit.ts"
import { dateText, timeText } from "./words.ts"

/** What the page of a person says of their links, their mail and their answers. */
export const linkSection = async (
  visit: EngagementVisit,
  { store, config }: Pick<Tools, "store" | "config">,
  person: Respondent,
  problems: readonly PageProblem[],
) => {
  const messages = await store.listMessages(visit.engagementScope, person.id)
  const listed = listedPeople(visit.stored, messages, visit.now).find((one) => one.person.id === person.id)
  const { link, submittedAt } = listed?.response ?? {}
  const inForce = link !== undefined && link.revokedAt === undefined
  return {
    state: listed === undefined ? "" : STATES[listed.state],
    detail: listed === undefined ? "" : stateDetail(listed),
    invited: link === undefined ? "" : dateText(link.issuedAt),
    seen: link?.lastUsedAt === undefined ? undefined : moment(link.lastUsedAt),
    hasLink: link !== undefined,
    inForce,
    unsubscribed: link?.unsubscribedAt === undefined ? "" : dateText(link.unsubscribedAt),
    until: {
      id: "until",
      name: "until",
      label: "Last day of the link",
      type: "date",
      width: "short",
      value: typed(visit.form["until"]) || (link === undefined ? "" : new Date(link.expiresAt).toISOString().slice(0, 10)),
      error: errorOf(problems, "until"),
    },
    submitted: submittedAt === undefined ? "" : `Submitted on ${dateText(submittedAt)}`,
    canMail: config.mail && person.email !== undefined && submittedAt === undefined && link?.revokedAt === undefined,
    messages: messages.map((message) => ({ text: messageText(message), at: moment(message.sentAt ?? message.createdAt) })),
  }
}

const moment = (time: number): { readonly iso: string; readonly text: string } => ({
  iso: new Date(time).toISOString(),
  text: timeText(time),
})
