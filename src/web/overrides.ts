import type { Initiative, Override } from "../assessment/model.ts"
import { readNumber } from "../assessment/question-types/amounts.ts"
import { cleanText } from "../assessment/text.ts"
import { engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { changeHref, overrideView } from "./plan.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { days, namesOf, assessmentOf } from "./results.ts"
import type { Fields } from "./visit.ts"

/** One initiative: what it is, why it is where it is, and the form to change that. */
export const showInitiative = inEngagement((visit) => initiativePage(visit, undefined, []))

/** Records the consultant's word against the computed plan, with its reason. */
export const saveOverride = inEngagement(async (visit, { store }) => {
  const found = initiativeOf(visit)
  if (found === undefined) return notFound()
  if (visit.form["action"] === "take-back") {
    const what = ACTIONS.find((one) => one === visit.form["what"])
    if (what !== undefined) await store.removeOverride(visit.engagementScope, found.initiative.id, found.domain, visit.now, what)
    return redirect(`${visit.home}/plan?done=override-removed`)
  }
  const { override, problems } = readOverride(visit.form, found)
  if (override === undefined) return initiativePage(visit, visit.form, problems)
  await store.saveOverride(visit.engagementScope, override, visit.now)
  return redirect(`${visit.home}/plan?done=override`)
})

const ACTIONS = ["include", "drop", "move", "effort"] as const

interface Found {
  readonly initiative: Initiative
  /** Absent for initiatives of the organisation. */
  readonly domain: string | undefined
}

const initiativeOf = (visit: EngagementVisit): Found | undefined => {
  const initiative = visit.stored.questionnaire.initiatives.find(({ id }) => id === visit.params["initiative"])
  if (initiative === undefined) return undefined
  if (initiative.scope === "organisation") return { initiative, domain: undefined }
  const domains = visit.stored.engagement.domains
  const domain = domains.find(({ id }) => id === visit.query["domain"]) ?? domains[0]
  return domain && { initiative, domain: domain.id }
}

const readOverride = (form: Fields, { initiative, domain }: Found): { override?: Override; problems: PageProblem[] } => {
  const problems: PageProblem[] = []
  const action = ACTIONS.find((one) => one === form["change"])
  if (action === undefined) problems.push({ target: "change", message: "Select what the plan should do with it" })
  const number = (name: string, message: string, most: number): number => {
    const read = readNumber(typed(form[name]))
    const value = "value" in read ? read.value : Number.NaN
    if (!(value >= 0 && value <= most)) problems.push({ target: name, message })
    return value
  }
  const wave = action === "move" ? number("wave", "Enter the number of a wave, 0 or more", 50) : undefined
  if (wave !== undefined && wave >= 0 && !Number.isInteger(wave))
    problems.push({ target: "wave", message: "Enter a whole number" })
  const low = action === "effort" ? number("low", "Enter the lower number of person-days", 100_000) : 0
  const high = action === "effort" ? number("high", "Enter the higher number of person-days", 100_000) : 0
  if (low > high) problems.push({ target: "high", message: "Enter a higher number than the lower one" })
  const reason = cleanText(typed(form["reason"]))
  if ("problem" in reason) problems.push({ target: "reason", message: reason.problem })
  else if (reason.text === "") problems.push({ target: "reason", message: "Say why: the plan shows your reason" })
  if (action === undefined || problems.length > 0 || !("text" in reason)) return { problems }
  return {
    problems,
    override: {
      initiative: initiative.id,
      ...(domain !== undefined && { domain }),
      action,
      ...(wave !== undefined && { wave }),
      ...(action === "effort" && { effort: [low, high] as const }),
      reason: reason.text,
    },
  }
}

const initiativePage = (visit: EngagementVisit, form: Fields | undefined, problems: readonly PageProblem[]): Reply => {
  const found = initiativeOf(visit)
  if (found === undefined) return notFound()
  const { initiative, domain } = found
  const { plan } = assessmentOf(visit.stored)
  const names = namesOf(visit.stored)
  const same = (one: { readonly id: string; readonly domain?: string }): boolean =>
    one.id === initiative.id && one.domain === domain
  const ranked = plan.ranked.find(same)
  const wave = plan.waves.find(({ items }) => items.some(same))
  const item = wave?.items.find(same)
  const overrides = visit.stored.engagement.overrides.filter((one) => one.initiative === initiative.id && one.domain === domain)
  const now = form ?? {}
  const text = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(now[name]),
    error: errorOf(problems, name),
    inputmode: "decimal",
    width: "short",
  })
  const options = [
    ["include", "Put it in the plan, whatever the answers say"],
    ["drop", "Leave it out"],
    ["move", "Move it to a wave"],
    ["effort", "Change its effort"],
  ] as const
  return page(
    "results/initiative",
    engagementFrame(visit, "plan", `${initiative.id} ${initiative.title}`, {
      problems,
      back: { href: `${visit.home}/plan`, text: "Plan" },
    }),
    {
      initiative,
      place: domain === undefined ? "Once for the organisation" : names.domain(domain),
      needs: initiative.needs.map((id) => `${id} ${names.initiative(id)}`),
      effects: initiative.effects.map((effect) => `${effect.question} ${names.short(effect.question)} to level ${effect.level}`),
      reason: ranked?.reason ?? "",
      effort: ranked === undefined ? "" : days(ranked.effort),
      effortBasis: ranked?.effortBasis ?? "",
      findings: (ranked?.findings ?? []).map(({ rule }) => rule),
      wave: wave?.name ?? "",
      reasons: item?.reasons ?? [],
      overrides: overrides.map(overrideView(visit)),
      action: changeHref(visit, initiative.id, domain),
      change: {
        id: "change",
        name: "change",
        label: "What the plan should do with it",
        error: errorOf(problems, "change"),
        choices: options.map(([value, label]) => ({ value, text: label, checked: now["change"] === value })),
      },
      waveField: { ...text("wave", "If you move it: to wave"), inputmode: "numeric" },
      low: text("low", "If you change the effort: person-days, low"),
      high: text("high", "Person-days, high"),
      why: {
        id: "reason",
        name: "reason",
        label: "Why",
        value: typed(now["reason"]),
        rows: 3,
        error: errorOf(problems, "reason"),
      },
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}
