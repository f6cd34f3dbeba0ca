import { z } from "zod"
import type { Respondent } from "../assessment/model.ts"
import { textUpTo } from "../assessment/text.ts"
import type { ResponseState } from "../store/store.ts"
import { engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { errorOf, listOf, readFields } from "./fields.ts"
import { typed } from "./forms.ts"
import { idFrom } from "./identity.ts"
import type { PageProblem } from "./pages.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { tokenHash } from "./session.ts"
import { count, dateText } from "./words.ts"

const DAY = 24 * 60 * 60 * 1000

/** Everybody who is asked, with their role, their link and how far they are. */
export const listPeople = inEngagement((visit) => {
  const { engagement, responses, questionnaire } = visit.stored
  const people = engagement.respondents.map((person) => ({
    href: `${visit.home}/people/${encodeURIComponent(person.id)}`,
    name: person.name,
    role: roleName(visit, person.role),
    domains: domainNames(visit, person),
    answers: engagement.answers.filter((answer) => answer.respondent === person.id).length,
    link: linkState(stateOf(responses, person.id), visit.now),
    submitted: submittedText(stateOf(responses, person.id)),
  }))
  const missing = questionnaire.roles.filter((role) => !engagement.respondents.some((person) => person.role === role.id))
  return page("people/list", engagementFrame(visit, "people", "People"), {
    people,
    home: visit.home,
    missing: missing.map((role) => role.name).join(", "),
  })
})

const personForm = z.object({
  name: z
    .string({ error: "Enter the person's name" })
    .pipe(textUpTo(200))
    .refine((text) => text !== "", { error: "Enter the person's name" }),
  role: z.string({ error: "Select the person's role" }),
  email: z
    .string()
    .trim()
    .max(320, { error: "Shorten the e-mail address to 320 characters" })
    .regex(/^[^\s@]+@[^\s@]+$/, { error: "Enter an e-mail address, for example anna@example.com, or leave it empty" })
    .optional(),
})

export const askForPerson = inEngagement((visit) => personPage(visit, undefined, {}, []))

export const editPerson = inEngagement((visit) => {
  const person = personOf(visit)
  if (person === undefined) return notFound()
  const form = { name: person.name, role: person.role, email: person.email ?? "", domains: person.domains ?? allDomains(visit) }
  return personPage(visit, person, form, [])
})

/** Adds a person, or changes one when the address names one. */
export const savePerson = inEngagement(async (visit, { store }) => {
  const known = personOf(visit)
  if (known === undefined && visit.params["person"] !== undefined) return notFound()
  const { engagement, questionnaire } = visit.stored
  const domains = listOf(visit.form["domains"]).filter((id) => allDomains(visit).includes(id))
  const { value, problems = [] } = readFields(personForm, visit.form)
  const all: PageProblem[] = [...problems]
  if (value !== undefined && !questionnaire.roles.some((role) => role.id === value.role)) {
    all.push({ target: "role", message: "Select one of the roles of the list" })
  }
  if (domains.length === 0) all.push({ target: "domains", message: "Select at least one domain to ask about" })
  if (value === undefined || all.length > 0) return personPage(visit, known, visit.form, all)
  const person: Respondent = {
    id:
      known?.id ??
      idFrom(
        value.name,
        engagement.respondents.map(({ id }) => id),
        "person",
      ),
    name: value.name,
    role: value.role,
    ...(value.email !== undefined && { email: value.email }),
    ...(domains.length < engagement.domains.length && { domains }),
  }
  await store.saveRespondent(visit.engagementScope, person, visit.now)
  return redirect(`${visit.home}/people?done=person`)
})

/** Makes a personal link, replacing any earlier one, and shows it once: only its hash is stored. */
export const issueLink = inEngagement(async (visit, { store, newToken, config }) => {
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

export const revokeLink = inEngagement(async (visit, { store }) => {
  const done = await store.revokeLink({ ...visit.engagementScope, respondent: visit.params["person"] ?? "" }, visit.now)
  return done ? redirect(`${visit.home}/people?done=revoked`) : notFound()
})

/** Lets somebody who has submitted change their answers again. */
export const reopenAnswers = inEngagement(async (visit, { store }) => {
  const done = await store.reopen({ ...visit.engagementScope, respondent: visit.params["person"] ?? "" }, visit.now)
  return done ? redirect(`${visit.home}/people?done=reopened`) : notFound()
})

export const askToRemovePerson = inEngagement((visit) => {
  const person = personOf(visit)
  if (person === undefined) return notFound()
  const answers = visit.stored.engagement.answers.filter((answer) => answer.respondent === person.id).length
  return page(
    "people/remove",
    engagementFrame(visit, "people", "Remove a person", { width: "form", back: backToPeople(visit) }),
    {
      person,
      answers: count(answers, "answer"),
      home: visit.home,
    },
  )
})

export const removePerson = inEngagement(async (visit, { store }) => {
  const done = await store.removeRespondent(visit.engagementScope, visit.params["person"] ?? "", visit.now)
  return done ? redirect(`${visit.home}/people?done=person-removed`) : notFound()
})

const personOf = (visit: EngagementVisit): Respondent | undefined =>
  visit.stored.engagement.respondents.find((person) => person.id === visit.params["person"])

const stateOf = (responses: readonly ResponseState[], person: string): ResponseState | undefined =>
  responses.find((response) => response.respondent === person)

const roleName = (visit: EngagementVisit, role: string): string =>
  visit.stored.questionnaire.roles.find(({ id }) => id === role)?.name ?? role

const allDomains = (visit: EngagementVisit): readonly string[] => visit.stored.engagement.domains.map(({ id }) => id)

const domainNames = (visit: EngagementVisit, person: Respondent): string =>
  person.domains === undefined
    ? "all domains"
    : visit.stored.engagement.domains
        .filter(({ id }) => person.domains?.includes(id))
        .map(({ name }) => name)
        .join(", ")

const linkState = (state: ResponseState | undefined, now: number): string => {
  const link = state?.link
  if (link === undefined) return "No link yet"
  if (link.revokedAt !== undefined) return "Revoked"
  if (link.expiresAt <= now) return `Expired on ${dateText(link.expiresAt)}`
  return link.lastUsedAt === undefined
    ? `Not opened yet, works until ${dateText(link.expiresAt)}`
    : `Opened ${dateText(link.lastUsedAt)}`
}

const submittedText = (state: ResponseState | undefined): string =>
  state?.submittedAt === undefined ? "" : `Submitted ${dateText(state.submittedAt)}`

const backToPeople = (visit: EngagementVisit): { href: string; text: string } => ({
  href: `${visit.home}/people`,
  text: "People",
})

const mailTo = (person: Respondent, link: string, visit: EngagementVisit): string => {
  const subject = encodeURIComponent(`Your answers: ${visit.stored.engagement.title}`)
  const text = `Hello ${person.name},\n\nplease tell us how data work is done where you are. Your personal link, for you alone:\n\n${link}\n`
  return `mailto:${encodeURIComponent(person.email ?? "")}?subject=${subject}&body=${encodeURIComponent(text)}`
}

const personPage = (
  visit: EngagementVisit,
  person: Respondent | undefined,
  form: Readonly<Record<string, string | readonly string[]>>,
  problems: readonly PageProblem[],
): Reply => {
  const { engagement, questionnaire, responses } = visit.stored
  const asked = form["domains"] === undefined ? allDomains(visit) : listOf(form["domains"])
  const text = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(form[name]),
    error: errorOf(problems, name),
  })
  const state = person === undefined ? undefined : stateOf(responses, person.id)
  return page(
    "people/person",
    engagementFrame(visit, "people", person?.name ?? "Add a person", { width: "form", problems, back: backToPeople(visit) }),
    {
      person,
      home: visit.home,
      link: linkState(state, visit.now),
      canRevoke: state?.link !== undefined && state.link.revokedAt === undefined,
      submitted: submittedText(state),
      name: { ...text("name", "Name") },
      email: { ...text("email", "E-mail"), optional: true, inputmode: "email", spellcheck: false },
      role: {
        id: "role",
        name: "role",
        label: "Role",
        hint: "Decides which questions the person gets and how much an answer weighs",
        error: errorOf(problems, "role"),
        choices: [
          { value: "", text: "Select a role", checked: form["role"] === undefined || form["role"] === "" },
          ...questionnaire.roles.map((role) => ({ value: role.id, text: role.name, checked: form["role"] === role.id })),
        ],
      },
      domains: {
        id: "domains",
        name: "domains",
        label: "Asked about",
        error: errorOf(problems, "domains"),
        choices: engagement.domains.map((domain) => ({
          value: domain.id,
          text: domain.name,
          checked: asked.includes(domain.id),
        })),
      },
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}
