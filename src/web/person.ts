import { z } from "zod"
import type { Respondent } from "../assessment/model.ts"
import { textUpTo } from "../assessment/text.ts"
import type { ResponseState } from "../store/store.ts"
import { changeAmongPeople, engagementFrame, type EngagementVisit, gone, amongPeople, withDone } from "./engagement.ts"
import { errorOf, listOf, readFields } from "./fields.ts"
import { typed } from "./forms.ts"
import { idFrom } from "./identity.ts"
import type { PageProblem } from "./pages.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { dateText } from "./words.ts"

/** The fields of a person who is asked. */
export const personForm = z.object({
  name: z
    .string({ error: "Enter the person's name" })
    .pipe(textUpTo(200))
    .refine((text) => text !== "", { error: "Enter the person's name" }),
  role: z.string({ error: "Select the person's role" }),
  email: z
    .string()
    .pipe(textUpTo(320))
    .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), {
      error: "Enter an e-mail address, for example anna@example.com, or leave it empty",
    })
    .optional(),
})

export const askForPerson = amongPeople((visit) => personPage(visit, undefined, {}, []))

export const editPerson = amongPeople((visit) => {
  const person = personOf(visit)
  if (person === undefined) return notFound()
  const form = { name: person.name, role: person.role, email: person.email ?? "", domains: person.domains ?? allDomains(visit) }
  return personPage(visit, person, form, [])
})

/** Adds a person, or changes one when the address names one. A namesake added at the same moment is another person. */
export const savePerson = changeAmongPeople(async (visit, { store }) => {
  const known = personOf(visit)
  if (known === undefined && visit.params["person"] !== undefined) return gone(visit, "This person is not there any more")
  const { engagement, questionnaire } = visit.stored
  const domains = listOf(visit.form["domains"]).filter((id) => allDomains(visit).includes(id))
  const { value, problems = [] } = readFields(personForm, visit.form)
  const all: PageProblem[] = [...problems]
  const role = typed(visit.form["role"])
  if (role !== "" && errorOf(problems, "role") === undefined && !questionnaire.roles.some(({ id }) => id === role)) {
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
  const saved = await store.saveRespondent(visit.engagementScope, person, visit.now)
  return saved ? redirect(withDone(`${visit.home}/people`, "person")) : "again"
})

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

const allDomains = (visit: EngagementVisit): readonly string[] => visit.stored.engagement.domains.map(({ id }) => id)

export const personOf = (visit: EngagementVisit): Respondent | undefined =>
  visit.stored.engagement.respondents.find((person) => person.id === visit.params["person"])

export const stateOf = (responses: readonly ResponseState[], person: string): ResponseState | undefined =>
  responses.find((response) => response.respondent === person)

export const linkState = (state: ResponseState | undefined, now: number): string => {
  const link = state?.link
  if (link === undefined) return "No link yet"
  if (link.revokedAt !== undefined) return "Revoked"
  if (link.expiresAt <= now) return `Expired on ${dateText(link.expiresAt)}`
  return link.lastUsedAt === undefined
    ? `Not opened yet, works until ${dateText(link.expiresAt)}`
    : `Opened ${dateText(link.lastUsedAt)}`
}

export const submittedText = (state: ResponseState | undefined): string =>
  state?.submittedAt === undefined ? "" : `Submitted ${dateText(state.submittedAt)}`

export const backToPeople = (visit: EngagementVisit): { href: string; text: string } => ({
  href: `${visit.home}/people`,
  text: "People",
})
