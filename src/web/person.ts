import { z } from "zod"
import type { Respondent } from "../assessment/model.ts"
import { textUpTo } from "../assessment/text.ts"
import { changeAmongPeople, engagementFrame, type EngagementVisit, gone, amongPeople, withDone } from "./engagement.ts"
import { errorOf, listOf, readFields } from "./fields.ts"
import { typed } from "./forms.ts"
import { idFrom } from "./identity.ts"
import type { PageProblem } from "./pages.ts"
import { linkSection } from "./person-page.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import type { Fields, Tools } from "./visit.ts"

const emailProblem = "Enter an e-mail address, for example anna@example.com, or leave it empty"

/** An e-mail address as we send to: one, without a name or a line end. */
export const emailAddress = textUpTo(254).pipe(z.email({ error: emailProblem }))

/** The fields of a person who is asked. */
export const personForm = z.object({
  name: z
    .string({ error: "Enter the person's name" })
    .pipe(textUpTo(200))
    .refine((text) => text !== "", { error: "Enter the person's name" }),
  role: z.string({ error: "Select the person's role" }),
  email: emailAddress.optional(),
})

export const askForPerson = amongPeople((visit, on) => personPage(visit, on, undefined, []))

export const editPerson = amongPeople((visit, on) => {
  const person = personOf(visit)
  return person === undefined ? notFound() : personPage(visit, on, person, [])
})

/** Adds a person, or changes one when the address names one. A namesake added at the same moment is another person. */
export const savePerson = changeAmongPeople(async (visit, on) => {
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
  if (value === undefined || all.length > 0) return personPage(visit, on, known, all, visit.form)
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
  const saved = await on.store.saveRespondent(visit.engagementScope, person, visit.now)
  return saved ? redirect(withDone(`${visit.home}/people`, "person")) : "again"
})

/** The form of a person, with their link and what was mailed to them when they are there already. */
export const personPage = async (
  visit: EngagementVisit,
  on: Pick<Tools, "store" | "config">,
  person: Respondent | undefined,
  problems: readonly PageProblem[],
  form: Fields = person === undefined ? {} : formOf(visit, person),
): Promise<Reply> => {
  const { engagement, questionnaire } = visit.stored
  const asked = form["domains"] === undefined ? allDomains(visit) : listOf(form["domains"])
  const text = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(form[name]),
    error: errorOf(problems, name),
  })
  return page(
    "people/person",
    engagementFrame(visit, "people", person?.name ?? "Add a person", { width: "form", problems, back: backToPeople(visit) }),
    {
      person,
      here: person === undefined ? "" : `${visit.home}/people/${encodeURIComponent(person.id)}`,
      people: `${visit.home}/people`,
      known: person === undefined ? undefined : await linkSection(visit, on, person, problems),
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

const formOf = (visit: EngagementVisit, person: Respondent): Fields => ({
  name: person.name,
  role: person.role,
  email: person.email ?? "",
  domains: person.domains ?? allDomains(visit),
})

const allDomains = (visit: EngagementVisit): readonly string[] => visit.stored.engagement.domains.map(({ id }) => id)

export const personOf = (visit: EngagementVisit): Respondent | undefined =>
  visit.stored.engagement.respondents.find((person) => person.id === visit.params["person"])

export const backToPeople = (visit: EngagementVisit): { href: string; text: string } => ({
  href: `${visit.home}/people`,
  text: "People",
})
