import { sectionsFor } from "../assessment/answers.ts"
import type { Respondent } from "../assessment/model.ts"
import { progressOf } from "../assessment/progress.ts"
import { engagementFrame, type EngagementVisit, amongPeople, withDone } from "./engagement.ts"
import { backToPeople, linkState, personOf, stateOf, submittedText } from "./person.ts"
import { notFound, page, redirect } from "./respond.ts"
import { openSuggestions } from "./suggestions.ts"
import { tokenHash } from "./session.ts"
import { count, dateText } from "./words.ts"

const DAY = 24 * 60 * 60 * 1000

/** Everybody who is asked, with their role, their link and how far they are. */
export const listPeople = amongPeople(async (visit, on) => {
  const { engagement, responses, questionnaire } = visit.stored
  const people = engagement.respondents.map((person) => ({
    href: `${visit.home}/people/${encodeURIComponent(person.id)}`,
    name: person.name,
    role: roleName(visit, person.role),
    domains: domainNames(visit, person),
    progress: progressText(visit, person),
    link: linkState(stateOf(responses, person.id), visit.now),
    submitted: submittedText(stateOf(responses, person.id)),
  }))
  const linkless = responses.filter(({ link }) => link === undefined || link.revokedAt !== undefined).length
  const missing = questionnaire.roles.filter((role) => !engagement.respondents.some((person) => person.role === role.id))
  return page("people/list", engagementFrame(visit, "people", "People", { width: "wide" }), {
    people,
    suggested: await openSuggestions(visit, on),
    linkless: linkless === 0 ? "" : `${count(linkless, "person has", "people have")} no link. Open a name to make one.`,
    home: visit.home,
    missing: missing.map((role) => role.name).join(", "),
  })
})

/** Makes a personal link, replacing any earlier one, and shows it once: only its hash is stored. */
export const issueLink = amongPeople(async (visit, { store, newToken, config }) => {
  const person = personOf(visit)
  if (person === undefined) return notFound()
  const token = newToken()
  const until = visit.now + config.linkDays * DAY
  const scope = { ...visit.engagementScope, respondent: person.id }
  if (!(await store.issueLink(scope, tokenHash(token), until, visit.now))) return notFound()
  const link = `${config.publicUrl}/r/${token}`
  return page(
    "people/link",
    engagementFrame(visit, "people", "Personal link", { width: "form", back: backToPeople(visit), scripts: ["copy.js"] }),
    {
      person,
      link,
      until: dateText(until),
      mail: person.email === undefined ? undefined : mailTo(person, link, visit),
    },
    { secret: true },
  )
})

export const revokeLink = amongPeople(
  async (visit, { store }) => {
    const done = await store.revokeLink({ ...visit.engagementScope, respondent: visit.params["person"] ?? "" }, visit.now)
    return done ? redirect(withDone(`${visit.home}/people`, "revoked")) : notFound()
  },
  { whileArchived: true },
)

/** How much of what the person is asked is answered: "12 of 45". */
const progressText = (visit: EngagementVisit, person: Respondent): string => {
  const { engagement, questionnaire } = visit.stored
  const sections = sectionsFor(questionnaire, person.role)
  const own = engagement.answers.filter((answer) => answer.respondent === person.id)
  const progress = engagement.domains
    .filter(({ id }) => person.domains?.includes(id) ?? true)
    .map(({ id }) => {
      const answers = own.filter(({ domain }) => domain === id)
      return progressOf(questionnaire, sections, {
        answers,
        inventories: engagement.inventories.filter(({ domain }) => domain === id),
      })
    })
  const sum = (of: "answered" | "total"): number => progress.reduce((all, one) => all + one[of], 0)
  return `${sum("answered")} of ${sum("total")}`
}

const roleName = (visit: EngagementVisit, role: string): string =>
  visit.stored.questionnaire.roles.find(({ id }) => id === role)?.name ?? role

const domainNames = (visit: EngagementVisit, person: Respondent): string =>
  person.domains === undefined
    ? "all domains"
    : visit.stored.engagement.domains
        .filter(({ id }) => person.domains?.includes(id))
        .map(({ name }) => name)
        .join(", ")

const mailTo = (person: Respondent, link: string, visit: EngagementVisit): string => {
  const subject = encodeURIComponent(`Your answers: ${visit.stored.engagement.title}`)
  const text = `Hello ${person.name},\n\nplease tell us how data work is done where you are. Your personal link, for you alone:\n\n${link}\n`
  return `mailto:${encodeURIComponent(person.email ?? "")}?subject=${subject}&body=${encodeURIComponent(text)}`
}
