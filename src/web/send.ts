import type { MessageKind } from "../store/store.ts"
import { amongPeople, type EngagementVisit, withDone } from "./engagement.ts"
import { peoplePage } from "./people.ts"
import { notFound, redirect, type Reply } from "./respond.ts"
import { namedIn, selectionPage } from "./selection.ts"
import type { Tools } from "./visit.ts"

const DAY = 24 * 60 * 60 * 1000

/** Puts invitations out for the people that the form names. */
export const sendInvitations = amongPeople((visit, on) => putOut(visit, on, "invitation"))

/** Puts reminders out for the people that the form names. */
export const sendReminders = amongPeople((visit, on) => putOut(visit, on, "reminder"))

/** A second click puts out nothing: the page then says that a message is on its way. */
const putOut = async (visit: EngagementVisit, on: Tools, kind: MessageKind): Promise<Reply> => {
  if (!on.config.mail) return notFound()
  const messages = namedIn(visit).map((respondent) => ({ id: on.newId(), respondent }))
  if (messages.length === 0) return peoplePage(visit, on, [{ target: "people", message: "Tick the people first" }])
  const until = visit.now + on.config.linkDays * DAY
  const judged = await on.store.putOutMessages(visit.engagementScope, kind, messages, until, visit.now)
  const number = judged?.filter(({ withheld }) => withheld === undefined).length ?? 0
  if (number > 0) return redirect(`${withDone(`${visit.home}/people`, `${kind}s`)}&number=${number}`)
  const action = kind === "invitation" ? "invite" : "remind"
  const isLimit = judged?.some(({ withheld }) => withheld === "limit") ?? false
  return selectionPage(
    visit,
    on,
    action,
    messages.map(({ respondent }) => respondent),
    isLimit ? 429 : 422,
  )
}
