/**
 * The end of reminders, without a sign-in. The address holds the sha-256 of the personal link that came with the same mail: it leads to the
 * person and opens nothing. Mail programs post to it by themselves (RFC 8058), whatever they send as a body.
 */
import { unknownLink } from "./links.ts"
import { page, redirect, type Reply } from "./respond.ts"
import type { Handler, Tools, Visit } from "./visit.ts"

/** Asks; changes nothing, because mail scanners open links. */
export const askToUnsubscribe: Handler = async (visit, on) => unsubscribePage(visit, on)

/** Ends reminders. Answers with the page itself: a mail program must not be sent elsewhere. */
export const unsubscribe: Handler = async (visit, on) => {
  const link = await on.store.readLink(tokenOf(visit), visit.now)
  if (link === undefined) return unknownLink()
  await on.store.stopReminders(link.scope, true, visit.now)
  return unsubscribePage(visit, on)
}

/** Takes the wish back. */
export const subscribeAgain: Handler = async (visit, on) => {
  const link = await on.store.readLink(tokenOf(visit), visit.now)
  if (link === undefined) return unknownLink()
  await on.store.stopReminders(link.scope, false, visit.now)
  return redirect(`/u/${tokenOf(visit)}`)
}

const unsubscribePage = async (visit: Visit, { store }: Tools): Promise<Reply> => {
  const link = await store.readLink(tokenOf(visit), visit.now)
  const response = link && (await store.loadResponse(link.scope))
  if (response === undefined) return unknownLink()
  const { engagement, responses } = response.stored
  const state = responses.find(({ respondent }) => respondent === response.respondent.id)
  return page(
    "respond/unsubscribe",
    { title: ["Reminders", engagement.title], area: "respondent", place: engagement.title, width: "form" },
    { engagement, here: `/u/${tokenOf(visit)}`, stopped: state?.link?.unsubscribedAt !== undefined },
    { secret: true },
  )
}

const tokenOf = ({ params }: Visit): string => (/^[0-9a-f]{64}$/.test(params["token"] ?? "") ? (params["token"] ?? "") : "none")
