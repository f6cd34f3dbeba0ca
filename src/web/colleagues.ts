import type { NewSuggestion, Store } from "../store/store.ts"
import { type Asked, askedOf, findSection, sectionPath } from "./asked.ts"
import { closedFor } from "./closing.ts"
import { colleagueFields, readColleague } from "./colleague-form.ts"
import { keptFields } from "./links.ts"
import type { PageProblem } from "./pages.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { respondentFrame } from "./respondent-frame.ts"
import { closedProblem } from "./saving.ts"
import type { Fields, Handler, RespondentVisit } from "./visit.ts"

/** "I am not the right person": who should be asked in the respondent's place. */
export const askForOther: Handler<RespondentVisit> = (visit) =>
  closedFor(visit) === undefined ? insteadPage(visit, {}, []) : redirect("/respond/done")

/** Tells the consultant, who decides; until then nothing changes. */
export const suggestOther: Handler<RespondentVisit> = async (visit, { store, newId }) => {
  const closed = closedFor(visit)
  if (closed !== undefined) return closedProblem(closed, keptFields(visit.form))
  const { value, problems } = readColleague(visit.form, [])
  if (value === undefined) return insteadPage(visit, visit.form, problems)
  const done = await store.suggest(visit.scope, { id: newId(), ...value }, visit.now)
  return done ? redirect("/respond?done=suggested") : closedProblem("closed", keptFields(visit.form))
}

const insteadPage = (visit: RespondentVisit, form: Fields, problems: readonly PageProblem[]): Reply => {
  const { stored } = visit.response
  const frame = {
    ...respondentFrame(visit, ["Who should be asked instead?", stored.engagement.title]),
    back: { href: "/respond", text: "Your sections" },
    problems,
  }
  return page("respond/instead", frame, { fields: colleagueFields(form, problems, []) }, { status: statusOf(problems) })
}

// ---------------------------------------------------------------- one section

/** Who should answer one section in the respondent's place. */
export const askToLeaveSection: Handler<RespondentVisit> = async (visit, { store }) => {
  const place = await placeOf(visit, store)
  if (place === undefined) return notFound()
  return closedFor(visit) === undefined ? leavePage(visit, place, {}, []) : redirect("/respond/done")
}

/** Leaves the section to a colleague: it is not asked of the respondent any more unless the consultant declines. */
export const leaveSection: Handler<RespondentVisit> = async (visit, { store, newId }) => {
  const place = await placeOf(visit, store)
  if (place === undefined) return { ...notFound(), kept: keptFields(visit.form) }
  const closed = closedFor(visit)
  if (closed !== undefined) return closedProblem(closed, keptFields(visit.form))
  const { value, problems } = readColleague(visit.form, place.colleagues)
  if (value === undefined) return leavePage(visit, place, visit.form, problems)
  const section = { domain: place.asked.domain.id, dimension: place.dimension.id }
  const suggestion: NewSuggestion = { id: newId(), section, ...value }
  const done = await store.suggest(visit.scope, suggestion, visit.now)
  return done ? redirect("/respond?done=left") : closedProblem("closed", keptFields(visit.form))
}

/** The respondent answers the section themselves after all. */
export const takeSectionBack: Handler<RespondentVisit> = async (visit, { store }) => {
  const place = await placeOf(visit, store)
  if (place === undefined) return notFound()
  const closed = closedFor(visit)
  if (closed !== undefined) return closedProblem(closed, [])
  const left = place.asked.left.get(place.dimension.id)
  if (left !== undefined) await store.withdrawSuggestion(visit.scope, left.id, visit.now)
  return redirect(place.path)
}

type LeavePlace = NonNullable<Awaited<ReturnType<typeof placeOf>>>

const placeOf = async (visit: RespondentVisit, store: Store) => {
  const { params, response } = visit
  const asked = askedOf(response)
  for (const more of [false, true]) {
    const found = findSection(asked, params["domain"], params["section"], more)
    if (found === undefined) continue
    const { dimension } = found.section
    const path = sectionPath(found.asked.domain.id, dimension.id, more)
    return { asked: found.asked, dimension, path, colleagues: await colleaguesFor(visit, found.asked, store) }
  }
  return undefined
}

/** Others who are asked about the domain, where names are no secret. */
const colleaguesFor = async (
  { response, scope }: RespondentVisit,
  { domain }: Asked,
  store: Store,
): Promise<readonly { id: string; name: string }[]> =>
  response.stored.terms.confidentiality !== "named"
    ? []
    : (await store.listAsked(scope)).filter(
        ({ id, domains }) => id !== response.respondent.id && (domains?.includes(domain.id) ?? true),
      )

const leavePage = (
  visit: RespondentVisit,
  { asked, dimension, path, colleagues }: LeavePlace,
  form: Fields,
  problems: readonly PageProblem[],
): Reply => {
  const title = ["Leave a section to a colleague", dimension.name, asked.domain.name, visit.response.stored.engagement.title]
  const frame = {
    ...respondentFrame(visit, title),
    back: { href: path, text: dimension.name },
    problems,
  }
  const fields = colleagueFields(form, problems, colleagues)
  return page(
    "respond/leave-section",
    frame,
    { section: dimension.name, domain: asked.domain.name, back: path, fields },
    { status: statusOf(problems) },
  )
}

const statusOf = (problems: readonly PageProblem[]): number => (problems.length > 0 ? 422 : 200)
