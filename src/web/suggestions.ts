import type { Suggestion } from "../store/store.ts"
import { amongPeople, changeAmongPeople, engagementFrame, type EngagementVisit, gone, withDone } from "./engagement.ts"
import { moment } from "./question-view.ts"
import { page, redirect } from "./respond.ts"
import { backToPeople } from "./person.ts"
import { decisionPage, readDecided } from "./suggestion-form.ts"
import type { Tools } from "./visit.ts"
import { count } from "./words.ts"

/** Colleagues whom respondents have named: those to decide on first, then what became of the others. */
export const listSuggestions = amongPeople(async (visit, { store }) => {
  const all = await store.listSuggestions(visit.engagementScope)
  const open = all.filter(({ decided }) => decided === undefined).map((one) => suggestionView(visit, one))
  const decided = all.filter(({ decided }) => decided !== undefined).toReversed()
  return page("people/suggestions", engagementFrame(visit, "people", "Suggested colleagues", { back: backToPeople(visit) }), {
    open,
    decided: decided.map((one) => suggestionView(visit, one)),
    home: visit.home,
  })
})

/** How many wait for a decision, in words; empty for none. */
export const openSuggestions = async (visit: EngagementVisit, { store }: Tools): Promise<string> => {
  const open = (await store.listSuggestions(visit.engagementScope)).filter(({ decided }) => decided === undefined).length
  return open === 0 ? "" : `${count(open, "colleague is", "colleagues are")} suggested: decide whom to ask`
}

/** The colleague as they would be added, to look over. */
export const showSuggestion = amongPeople(async (visit, on) => {
  const found = await suggestionOf(visit, on)
  if (found === undefined) return gone(visit, "This suggestion is not there any more")
  if (found.decided !== undefined) return redirect(`${visit.home}/suggestions`)
  return decisionPage(visit, found, undefined, [])
})

/** Adds the colleague as filled in, or declines. A second click finds it decided and changes nothing. */
export const decideSuggestion = changeAmongPeople(async (visit, on) => {
  const found = await suggestionOf(visit, on)
  if (found === undefined) return gone(visit, "This suggestion is not there any more")
  const list = `${visit.home}/suggestions`
  if (found.decided !== undefined) return redirect(list)
  if (visit.form["action"] === "decline") {
    const done = await on.store.declineSuggestion(visit.engagementScope, found.id, visit.now)
    return done ? redirect(withDone(list, "suggestion-declined")) : "again"
  }
  const { person, problems } = readDecided(visit, found)
  if (person === undefined) return decisionPage(visit, found, visit.form, problems)
  const replaces = found.section === undefined && visit.form["replaces"] === "yes"
  const done = await on.store.acceptSuggestion(visit.engagementScope, found.id, person, replaces, visit.now)
  return done ? redirect(withDone(list, "suggestion-added")) : "again"
})

const suggestionOf = async (visit: EngagementVisit, { store }: Tools): Promise<Suggestion | undefined> =>
  (await store.listSuggestions(visit.engagementScope)).find(({ id }) => id === visit.params["suggestion"])

const OUTCOME = { added: "Asked", declined: "Declined", withdrawn: "Taken back" } as const

const suggestionView = (visit: EngagementVisit, suggestion: Suggestion) => {
  const { engagement, questionnaire } = visit.stored
  const by = engagement.respondents.find(({ id }) => id === suggestion.respondent)?.name ?? suggestion.respondent
  const domain = engagement.domains.find(({ id }) => id === suggestion.section?.domain)?.name
  const section = questionnaire.dimensions.find(({ id }) => id === suggestion.section?.dimension)?.name
  return {
    href: `${visit.home}/suggestions/${encodeURIComponent(suggestion.id)}`,
    name: suggestion.name,
    email: suggestion.email ?? "",
    note: suggestion.note ?? "",
    by,
    what: suggestion.section === undefined ? `instead of ${by}` : `for ${section ?? "a section"}, ${domain ?? "a domain"}`,
    at: moment(suggestion.madeAt),
    outcome: suggestion.decided === undefined ? "" : OUTCOME[suggestion.decided.outcome],
    decidedAt: moment(suggestion.decided?.at ?? suggestion.madeAt),
  }
}
