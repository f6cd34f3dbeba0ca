import { textOf } from "../mail/letter.ts"
import type { Addressed, MessageKind } from "../store/store.ts"
import { amongPeople, engagementFrame, type EngagementVisit } from "./engagement.ts"
import { listOf } from "./fields.ts"
import { typed } from "./forms.ts"
import { writeLetter } from "./letters.ts"
import { fitting, pageOf, readFilter } from "./people-filter.ts"
import { peoplePage } from "./people.ts"
import { backToPeople, personOf } from "./person.ts"
import { type Listed, listedPeople, withheldText } from "./person-state.ts"
import { page, type Reply } from "./respond.ts"
import type { Tools } from "./visit.ts"
import { roleName, workOf } from "./work.ts"
import { count } from "./words.ts"

/** What can be done with many people at once, and where it is done. */
const ACTIONS = {
  invite: { title: "Invite by e-mail", path: "invite", button: (number: number) => `Send ${count(number, "invitation")}` },
  remind: { title: "Remind by e-mail", path: "remind", button: (number: number) => `Send ${count(number, "reminder")}` },
  links: { title: "Links for a mail merge", path: "links.csv", button: (number: number) => `Make ${count(number, "link")}` },
  sheet: { title: "Sheets to print", path: "sheet", button: (number: number) => `Make ${count(number, "sheet")}` },
  revoke: {
    title: "Revoke links",
    path: "revoke",
    button: (number: number) => `Revoke for ${count(number, "person", "people")}`,
  },
} as const

type Action = keyof typeof ACTIONS

/** Says what is about to be done, with whom, and who is left out and why; does nothing yet. */
export const askAboutSelection = amongPeople(async (visit, on) => {
  const action = typed(visit.form["action"])
  const ids = await selected(visit, on)
  if (!Object.hasOwn(ACTIONS, action) || (!on.config.mail && (action === "invite" || action === "remind"))) {
    return peoplePage(visit, on, [{ target: "people", message: "Select what to do with these people" }])
  }
  if (ids.length === 0) {
    return peoplePage(visit, on, [
      { target: "people", message: "Tick the people first, or choose all on this page or all that fit the filter" },
    ])
  }
  return selectionPage(visit, on, action as Action, ids)
})

/** The ids of those who are meant: ticked, all on the page, or all that fit the filter. */
const selected = async (visit: EngagementVisit, { store }: Tools): Promise<readonly string[]> => {
  const scope = typed(visit.form["who"])
  if (scope !== "page" && scope !== "filter") return namedIn(visit)
  const { stored } = visit
  const filter = readFilter(visit.query, stored)
  const chosen = fitting(listedPeople(stored, await store.listMessages(visit.engagementScope), visit.now), filter, stored)
  return (scope === "page" ? pageOf(chosen, filter.page).people : chosen).map(({ person }) => person.id)
}

/** The people that a form names, who are there, each once. */
export const namedIn = ({ form, stored }: EngagementVisit): readonly string[] => {
  const named = new Set(listOf(form["person"]))
  return stored.engagement.respondents.filter(({ id }) => named.has(id)).map(({ id }) => id)
}

/** The page before the deed; `judged` replaces what the store would say of each. */
export const selectionPage = async (
  visit: EngagementVisit,
  on: Tools,
  action: Action,
  ids: readonly string[],
  status?: number,
): Promise<Reply> => {
  const judged = await judge(visit, on, action, ids)
  const people = new Map(visit.stored.engagement.respondents.map((person) => [person.id, person]))
  const named = (one: Addressed) => {
    const person = people.get(one.respondent)
    return {
      id: one.respondent,
      name: person?.name ?? one.respondent,
      about: [person?.email ?? "", person === undefined ? "" : roleName(visit.stored, person.role)].filter(Boolean).join(", "),
      because: one.withheld === undefined ? "" : reason(action, one.withheld),
    }
  }
  const [meant, left] = [judged.filter((one) => one.withheld === undefined), judged.filter((one) => one.withheld !== undefined)]
  const { title, path, button } = ACTIONS[action]
  return page(
    "people/selection",
    engagementFrame(visit, "people", title, { width: "form", back: backToPeople(visit) }),
    {
      title,
      action,
      href: `${visit.home}/people/${path}`,
      people: `${visit.home}/people`,
      button: button(meant.length),
      risky: action === "revoke",
      meant: meant.map(named),
      left: left.map(named),
      letter: letterFor(visit, on, action, meant[0]?.respondent),
    },
    status === undefined ? {} : { status },
  )
}

const judge = async (
  visit: EngagementVisit,
  on: Tools,
  action: Action,
  ids: readonly string[],
): Promise<readonly Addressed[]> => {
  if (action === "invite" || action === "remind") {
    const kind: MessageKind = action === "invite" ? "invitation" : "reminder"
    const judged = await on.store.addressees(visit.engagementScope, kind, ids, visit.now)
    return judged ?? ids.map((respondent) => ({ respondent, withheld: "closed" }))
  }
  const listed = new Map(listedPeople(visit.stored, [], visit.now).map((one) => [one.person.id, one]))
  return ids.map((respondent) => {
    const withheld = linkWithheld(action, listed.get(respondent))
    return { respondent, ...(withheld !== undefined && { withheld }) }
  })
}

const linkWithheld = (action: Action, one: Listed | undefined): Addressed["withheld"] => {
  const link = one?.response.link
  if (link?.revokedAt !== undefined) return "revoked"
  return action === "revoke" && link === undefined ? "not-invited" : undefined
}

const reason = (action: Action, withheld: NonNullable<Addressed["withheld"]>): string => {
  if (action === "revoke") return withheld === "revoked" ? "revoked already" : "has no link"
  return withheld === "revoked" ? "the link is revoked; make a new one on the person's page" : withheldText(withheld)
}

/** The text of a mail, as the first of them will get it. */
const letterFor = (visit: EngagementVisit, on: Tools, action: Action, first: string | undefined): string => {
  const person = personOf({ ...visit, params: { person: first ?? "" } })
  if (person === undefined || (action !== "invite" && action !== "remind")) return ""
  const { stored, session } = visit
  const own = stored.engagement.answers.filter(({ respondent }) => respondent === person.id)
  const to = { stored, person, work: workOf(stored, person, own) }
  const place = `${on.config.publicUrl}/…`
  const letter = writeLetter(action === "invite" ? "invitation" : "reminder", to, session.account.name, {
    personal: place,
    unsubscribe: place,
  })
  return `Subject: ${letter.subject}\n\n${textOf(letter)}`
}
