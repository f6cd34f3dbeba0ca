import { z } from "zod"
import { laterOf, mondayAfter } from "../assessment/calendar.ts"
import type { Engagement } from "../assessment/model.ts"
import { textUpTo } from "../assessment/text.ts"
import type { StoredEngagement } from "../store/store.ts"
import { amongPeople, engagementFrame, type EngagementVisit, homeOf, withDone } from "./engagement.ts"
import { errorOf, readFields } from "./fields.ts"
import { typed } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { page, redirect, type Reply } from "./respond.ts"
import type { Fields } from "./visit.ts"
import { count } from "./words.ts"

const text = (what: string) =>
  z
    .string({ error: `Enter ${what}` })
    .pipe(textUpTo(200))
    .refine((value) => value !== "", { error: `Enter ${what}` })

const names = z.strictObject({ title: text("a title for the new engagement"), client: text("the client's name") })

export const askToDuplicate = amongPeople((visit) =>
  duplicatePage(visit, { title: "", client: visit.stored.engagement.client }, []),
)

/** A new engagement with the people, domains, questionnaire and settings of this one, and nothing that was said; its maker owns it. */
export const duplicateEngagement = amongPeople(
  async (visit, { store, newId }) => {
    const { value, problems } = readFields(names, visit.form)
    if (problems !== undefined) return duplicatePage(visit, visit.form, problems)
    const { stored, by, now } = visit
    const id = newId()
    const terms = { confidentiality: stored.terms.confidentiality, remindOn: [] }
    await store.addEngagement(
      { engagement: id, by },
      unsaid(stored, value, mondayAfter(visit.today)),
      stored.questionnaire,
      now,
      terms,
    )
    await store.noteAudit(by, { action: "engagement.duplicated", engagement: stored.id, detail: { as: id } }, now)
    return redirect(withDone(homeOf(id), "duplicated"))
  },
  { whileArchived: true },
)

/** Overrides and decisions go with the answers they rest on. A plan does not begin in the past. */
const unsaid = (
  { engagement, questionnaire }: StoredEngagement,
  names: { readonly title: string; readonly client: string },
  earliest: string,
): Engagement => ({
  ...engagement,
  ...names,
  questionnaire: { id: questionnaire.id, version: questionnaire.version, hash: questionnaire.hash },
  plan: { ...engagement.plan, start: laterOf(engagement.plan.start, earliest) },
  answers: [],
  inventories: [],
  decisions: [],
  overrides: [],
})

const duplicatePage = (visit: EngagementVisit, form: Fields, problems: readonly PageProblem[]): Reply => {
  const { engagement, questionnaire } = visit.stored
  const field = (name: string, label: string, more: object = {}) => ({
    id: name,
    name,
    label,
    value: typed(form[name]),
    error: errorOf(problems, name),
    ...more,
  })
  const back = { href: `${visit.home}/settings`, text: "Settings" }
  return page(
    "engagements/duplicate",
    engagementFrame(visit, "overview", "Duplicate as a template", { width: "form", problems, back }),
    {
      home: visit.home,
      taken: [
        `${count(engagement.respondents.length, "person", "people")} with role, e-mail address and what they are asked about`,
        `${count(engagement.domains.length, "domain")}, and the settings of the plan`,
        `${questionnaire.title}, version ${questionnaire.version}`,
        "what people are promised, without the closing date",
      ],
      title: field("title", "Title of the new engagement", { hint: "As it will stand on the report's cover" }),
      client: field("client", "Client", { autocomplete: "organization" }),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}
