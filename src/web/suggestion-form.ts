import type { Respondent } from "../assessment/model.ts"
import type { Suggestion } from "../store/store.ts"
import { engagementFrame, type EngagementVisit } from "./engagement.ts"
import { errorOf, listOf, readFields } from "./fields.ts"
import { typed } from "./forms.ts"
import { idFrom } from "./identity.ts"
import type { PageProblem } from "./pages.ts"
import { personForm } from "./person.ts"
import { page, type Reply } from "./respond.ts"
import type { Fields } from "./visit.ts"

/** The colleague as the consultant wants them asked: a new person, or one who is asked already. */
export const readDecided = (
  visit: EngagementVisit,
  suggestion: Suggestion,
): { readonly person?: Respondent; readonly problems: readonly PageProblem[] } => {
  const { engagement, questionnaire } = visit.stored
  const { value, problems = [] } = readFields(personForm, visit.form)
  const all = [...problems]
  const role = typed(visit.form["role"])
  if (role !== "" && errorOf(problems, "role") === undefined && !questionnaire.roles.some(({ id }) => id === role)) {
    all.push({ target: "role", message: "Select one of the roles of the list" })
  }
  const domains = engagement.domains.map(({ id }) => id).filter((id) => listOf(visit.form["domains"]).includes(id))
  if (domains.length === 0) all.push({ target: "domains", message: "Select at least one domain to ask about" })
  if (value === undefined || all.length > 0) return { problems: all }
  const taken = engagement.respondents.map(({ id }) => id)
  const id = alreadyAsked(visit, suggestion)?.id ?? idFrom(value.name, taken, "person")
  return {
    problems: [],
    person: {
      id,
      name: value.name,
      role: value.role,
      ...(value.email !== undefined && { email: value.email }),
      ...(domains.length < engagement.domains.length && { domains }),
    },
  }
}

/** The page to accept or decline a suggestion; nothing typed yet means what the suggestion itself says. */
export const decisionPage = (
  visit: EngagementVisit,
  suggestion: Suggestion,
  form: Fields | undefined,
  problems: readonly PageProblem[],
): Reply => {
  const { questionnaire, engagement } = visit.stored
  const by = engagement.respondents.find(({ id }) => id === suggestion.respondent)
  const known = alreadyAsked(visit, suggestion)
  const fields = form ?? proposed(visit, suggestion, by, known)
  const text = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(fields[name]),
    error: errorOf(problems, name),
    spellcheck: false,
  })
  const section = questionnaire.dimensions.find(({ id }) => id === suggestion.section?.dimension)?.name ?? ""
  const domain = engagement.domains.find(({ id }) => id === suggestion.section?.domain)?.name ?? ""
  const frame = engagementFrame(visit, "people", `Ask ${suggestion.name}?`, {
    width: "form",
    problems,
    back: { href: `${visit.home}/suggestions`, text: "Suggested colleagues" },
  })
  const locals = {
    suggestion: { name: suggestion.name, note: suggestion.note ?? "", by: by?.name ?? "", section, domain },
    known: known !== undefined,
    name: text("name", "Name"),
    email: { ...text("email", "E-mail"), optional: true, inputmode: "email" },
    role: {
      id: "role",
      name: "role",
      label: "Role",
      hint: "Decides which questions the person gets and how much an answer weighs",
      error: errorOf(problems, "role"),
      choices: questionnaire.roles.map(({ id, name }) => ({ value: id, text: name, checked: id === typed(fields["role"]) })),
    },
    domains: {
      id: "domains",
      name: "domains",
      label: "Asked about",
      error: errorOf(problems, "domains"),
      choices: engagement.domains.map(({ id, name }) => ({
        value: id,
        text: name,
        checked: listOf(fields["domains"]).includes(id),
      })),
    },
    replaces: typed(fields["replaces"]) === "yes",
  }
  return page("people/suggestion", frame, locals, { status: problems.length > 0 ? 422 : 200 })
}

/** Somebody of this name or address is asked already. */
const alreadyAsked = ({ stored }: EngagementVisit, { name, email, respondent }: Suggestion): Respondent | undefined =>
  stored.engagement.respondents.find(
    (one) =>
      one.id !== respondent &&
      (one.name.toLowerCase() === name.toLowerCase() ||
        (email !== undefined && one.email !== undefined && one.email.toLowerCase() === email.toLowerCase())),
  )

const proposed = (
  { stored }: EngagementVisit,
  { name, email, section }: Suggestion,
  by: Respondent | undefined,
  known: Respondent | undefined,
): Fields => {
  const every = stored.engagement.domains.map(({ id }) => id)
  const asked = section === undefined ? (by?.domains ?? every) : [section.domain]
  const before = known === undefined ? [] : (known.domains ?? every)
  return {
    name: known?.name ?? name,
    email: known?.email ?? email ?? "",
    role: known?.role ?? by?.role ?? "",
    domains: every.filter((id) => asked.includes(id) || before.includes(id)),
  }
}
