import type { Respondent } from "../assessment/model.ts"
import { textOf } from "../mail/letter.ts"
import { amongPeople, changeAmongPeople, engagementFrame, type EngagementVisit, withDone } from "./engagement.ts"
import { typed } from "./forms.ts"
import { writeLetter } from "./letters.ts"
import { makeLinks } from "./link-sheets.ts"
import { peoplePage } from "./people.ts"
import { backToPeople, personOf, personPage } from "./person.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { namedIn } from "./selection.ts"
import { tokenHash } from "./session.ts"
import type { Tools } from "./visit.ts"
import { workOf } from "./work.ts"
import { dateText } from "./words.ts"

const DAY = 24 * 60 * 60 * 1000

/** Makes a personal link and shows it once: one more beside the earlier ones, or one that replaces them all. */
export const issueLink = amongPeople(async (visit, on) => {
  const person = personOf(visit)
  if (person === undefined) return notFound()
  if (visit.form["keep"] === "yes") {
    const [linked] = await makeLinks(visit, on, [person.id])
    return linked === undefined ? notFound() : linkPage(visit, person, linked.link, linked.until, true)
  }
  const token = on.newToken()
  const until = visit.now + on.config.linkDays * DAY
  const scope = { ...visit.engagementScope, respondent: person.id }
  if (!(await on.store.issueLink(scope, tokenHash(token), until, visit.now))) return notFound()
  return linkPage(visit, person, `${on.config.publicUrl}/r/${token}`, until, false)
})

const linkPage = (visit: EngagementVisit, person: Respondent, link: string, until: number, kept: boolean): Reply =>
  page(
    "people/link",
    engagementFrame(visit, "people", "Personal link", { width: "form", back: backToPeople(visit), scripts: ["copy.js"] }),
    { person, link, until: dateText(until), kept, mail: person.email && mailTo(visit, person, person.email, link) },
    { secret: true },
  )

/** The address that opens the consultant's own mail program with everything written. */
const mailTo = ({ stored, session }: EngagementVisit, person: Respondent, email: string, personal: string): string => {
  const own = stored.engagement.answers.filter(({ respondent }) => respondent === person.id)
  const to = { stored, person, work: workOf(stored, person, own) }
  const letter = writeLetter("invitation", to, session.account.name, { personal })
  const fields = { subject: letter.subject, body: textOf(letter).replaceAll("\n", "\r\n") }
  const query = Object.entries(fields).map(([name, value]) => `${name}=${encodeURIComponent(value)}`)
  return `mailto:${encodeURIComponent(email).replaceAll("%40", "@")}?${query.join("&")}`
}

export const revokeLink = amongPeople(
  async (visit, { store }) => {
    const done = await store.revokeLink({ ...visit.engagementScope, respondent: visit.params["person"] ?? "" }, visit.now)
    return done ? redirect(withDone(`${visit.home}/people`, "revoked")) : notFound()
  },
  { whileArchived: true },
)

/** Revokes the links of everybody whom the form names. */
export const revokeLinks = amongPeople(async (visit, on) => {
  const people = namedIn(visit)
  if (people.length === 0) return peoplePage(visit, on, [{ target: "people", message: "Tick the people first" }])
  for (const respondent of people) await on.store.revokeLink({ ...visit.engagementScope, respondent }, visit.now)
  return redirect(withDone(`${visit.home}/people`, "revoked-all"))
})

/** Moves the last day of the person's links. */
export const changeExpiry = changeAmongPeople(async (visit, on) => {
  const person = personOf(visit)
  if (person === undefined) return notFound()
  const day = typed(visit.form["until"]).trim()
  const problem = problemWith(visit, day)
  if (problem !== undefined) return personPage(visit, on, person, [{ target: "until", message: problem }])
  const scope = { ...visit.engagementScope, respondent: person.id }
  const done = await on.store.changeExpiry(scope, endOf(day), visit.now)
  return done ? redirect(withDone(`${visit.home}/people/${encodeURIComponent(person.id)}`, "expiry")) : stale(visit, on, person)
})

const endOf = (day: string): number => Date.parse(`${day}T23:59:59.999Z`)

const problemWith = ({ now }: EngagementVisit, day: string): string | undefined => {
  const isDay = /^\d{4}-\d{2}-\d{2}$/.test(day) && new Date(endOf(day) || 0).toISOString().startsWith(day)
  if (!isDay) return "Enter the last day as year, month and day, for example 2027-01-31"
  if (endOf(day) <= now) return "Enter today or a later day; to end the link at once, revoke it"
  return endOf(day) > now + 2 * 366 * DAY ? "Enter a day within the next two years" : undefined
}

/** Somebody else was quicker, or there is no link in force. */
const stale = async (visit: EngagementVisit, on: Tools, person: Respondent): Promise<Reply | "again"> => {
  const link = visit.stored.responses.find(({ respondent }) => respondent === person.id)?.link
  if (link !== undefined && link.revokedAt === undefined) return "again"
  return personPage(visit, on, person, [{ target: "until", message: "Make a new link first: this one is revoked or not there" }])
}
