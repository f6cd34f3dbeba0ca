import type { Override } from "../assessment/model.ts"
import { readNumber } from "../assessment/question-types/amounts.ts"
import { changeInEngagement, computedPage, type EngagementVisit, gone, withDone } from "./engagement.ts"
import { readText } from "./fields.ts"
import { typed } from "./forms.ts"
import { initiativePage, overridesAt, type Place } from "./initiative-page.ts"
import type { PageProblem } from "./pages.ts"
import { redirect, type Reply } from "./respond.ts"
import { isSeen, versionOf } from "./versions.ts"
import type { Fields, Tools } from "./visit.ts"

/** One initiative: what it is, why it is where it is, and the form to change that. */
export const showInitiative = computedPage((visit) => {
  const place = placeOf(visit)
  return place === undefined ? gone(visit, NOT_THERE) : initiativePage(visit, place, { problems: [] })
})

/**
 * Records the consultant's word against the computed plan, with its reason, or takes it back. What was changed elsewhere
 * while the page was open is shown beside what was typed, and nothing is overwritten.
 */
export const saveOverride = changeInEngagement(async (visit, { store }) => {
  if (visit.form["action"] === "take-back") return takeBack(visit, store)
  const place = placeOf(visit)
  if (place === undefined) return gone(visit, NOT_THERE)
  const { override, problems } = readOverride(visit.form, place)
  if (override === undefined) return initiativePage(visit, place, { form: visit.form, problems })
  const known = overridesAt(visit, place)
  const done = redirect(withDone(`${visit.home}/plan`, "override"))
  if (known.some((one) => sameWord(one, override))) return done
  if (!isSeen(visit, known)) return initiativePage(visit, place, { form: visit.form, problems: [CHANGED], conflict: true })
  return (await store.saveOverride(visit.engagementScope, override, visit.now)) ? done : "again"
})

const NOT_THERE = "This initiative or its domain is not there any more"

const CHANGED: PageProblem = {
  target: "change",
  message: "The plan was changed here while this page was open. Look at what stands now, then record yours or leave it",
}

const ACTIONS = ["include", "drop", "move", "effort"] as const

const sameWord = (one: Override, other: Override): boolean => {
  const word = ({ action, wave, effort, reason }: Override) => versionOf([action, wave, effort, reason])
  return word(one) === word(other)
}

/** Works for what is gone from the questionnaire or the engagement as well: nothing else could remove its override. */
const takeBack = async (visit: EngagementVisit, store: Tools["store"]): Promise<Reply | "again"> => {
  const initiative = visit.params["initiative"] ?? ""
  const overrides = visit.stored.engagement.overrides.filter((one) => one.initiative === initiative)
  const found = overrides.find(
    (one) => one.action === visit.form["what"] && (one.domain === undefined || one.domain === visit.query["domain"]),
  )
  const done = redirect(withDone(`${visit.home}/plan`, "override-removed"))
  if (found === undefined) return done
  if (!isSeen(visit, found))
    return gone(visit, "This change to the plan is another one by now: look at it before you take it back")
  return (await store.removeOverride(visit.engagementScope, initiative, found.domain, visit.now, found.action)) ? done : "again"
}

const placeOf = (visit: EngagementVisit): Place | undefined => {
  const initiative = visit.stored.questionnaire.initiatives.find(({ id }) => id === visit.params["initiative"])
  if (initiative === undefined) return undefined
  if (initiative.scope === "organisation") return { initiative, domain: undefined }
  const { domains } = visit.stored.engagement
  const asked = visit.query["domain"]
  const domain = asked === undefined ? domains[0] : domains.find(({ id }) => id === asked)
  return domain && { initiative, domain: domain.id }
}

const readOverride = (
  form: Fields,
  { initiative, domain }: Place,
): { readonly override?: Override; readonly problems: readonly PageProblem[] } => {
  const problems: PageProblem[] = []
  const action = ACTIONS.find((one) => one === form["change"])
  if (action === undefined) problems.push({ target: "change", message: "Select what the plan should do with it" })
  const wave = action === "move" ? readWave(form, problems) : undefined
  const effort = action === "effort" ? readEffort(form, problems) : undefined
  const before = problems.length
  const reason = readText(form, "reason", problems)
  if (reason === "" && problems.length === before)
    problems.push({ target: "reason", message: "Say why: the plan shows your reason" })
  if (action === undefined || problems.length > 0) return { problems }
  return {
    problems,
    override: {
      initiative: initiative.id,
      ...(domain !== undefined && { domain }),
      action,
      ...(wave !== undefined && { wave }),
      ...(effort !== undefined && { effort }),
      reason,
    },
  }
}

const numberIn = (form: Fields, name: string, message: string, most: number, problems: PageProblem[]): number => {
  const read = readNumber(typed(form[name]))
  const value = "value" in read ? read.value : Number.NaN
  if (!(value >= 0 && value <= most)) problems.push({ target: name, message })
  return value
}

const readWave = (form: Fields, problems: PageProblem[]): number => {
  const wave = numberIn(form, "wave", "Enter the number of a wave, 0 or more", 50, problems)
  if (wave >= 0 && !Number.isInteger(wave)) problems.push({ target: "wave", message: "Enter a whole number" })
  return wave
}

const readEffort = (form: Fields, problems: PageProblem[]): readonly [number, number] => {
  const low = numberIn(form, "low", "Enter the lower number of person-days", 100_000, problems)
  const high = numberIn(form, "high", "Enter the higher number of person-days", 100_000, problems)
  if (low > high) problems.push({ target: "high", message: "Enter a higher number than the lower one" })
  return [low, high]
}
