import { engagementFrame, gone, inEngagement, withDone } from "../engagement.ts"
import { page, redirect } from "../respond.ts"
import { namesOf } from "../results.ts"
import { count } from "../words.ts"

const NOT_THERE = "This import is not there any more"

export const askToRemoveEstate = inEngagement(async (visit, { store }) => {
  const head = (await store.listEstates(visit.engagementScope)).find(({ id }) => id === visit.params["estate"])
  if (head === undefined) return gone(visit, NOT_THERE)
  const back = { href: `${visit.home}/estate`, text: "Estate" }
  return page("estate/remove", engagementFrame(visit, "estate", "Remove an import", { width: "form", back }), {
    name: head.name,
    domain: namesOf(visit.stored).domain(head.domain),
    statements: count(head.statements, "statement"),
    action: `${visit.home}/estate/imports/${encodeURIComponent(head.id)}/remove`,
    estate: `${visit.home}/estate`,
  })
})

/** Removes an import with the classes set by hand in it; a second time changes nothing. */
export const removeEstate = inEngagement(async (visit, { store }) => {
  const removed = await store.removeEstate(visit.engagementScope, visit.params["estate"] ?? "", visit.now)
  return removed ? redirect(withDone(`${visit.home}/estate`, "estate-removed")) : gone(visit, NOT_THERE)
})
