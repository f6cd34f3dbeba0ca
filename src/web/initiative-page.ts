import type { Initiative, Override } from "../assessment/model.ts"
import { engagementFrame, type EngagementVisit, mayChange } from "./engagement.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { changeHref, named, overrideView } from "./plan.ts"
import { page, type Reply } from "./respond.ts"
import { assessmentOf, days, namesOf } from "./results.ts"
import { versionOf } from "./versions.ts"
import type { Fields } from "./visit.ts"

/** An initiative, in one domain or once for the organisation. */
export interface Place {
  readonly initiative: Initiative
  /** Absent for initiatives of the organisation. */
  readonly domain: string | undefined
}

/** What the consultant has said about an initiative so far. */
export const overridesAt = (visit: EngagementVisit, { initiative, domain }: Place): readonly Override[] =>
  visit.stored.engagement.overrides.filter((one) => one.initiative === initiative.id && one.domain === domain)

interface Shown {
  /** As typed. */
  readonly form?: Fields
  readonly problems: readonly PageProblem[]
  /** The overrides were changed since the form was opened. */
  readonly conflict?: true
}

/** One initiative in one place: what it is, why it stands where it does, and the form to change that. */
export const initiativePage = (visit: EngagementVisit, place: Place, { form, problems, conflict }: Shown): Reply => {
  const { initiative, domain } = place
  const names = namesOf(visit.stored)
  const overrides = overridesAt(visit, place)
  const back = { href: `${visit.home}/plan`, text: "Plan" }
  const title = `${initiative.id} ${initiative.title}`
  return page(
    "results/initiative",
    engagementFrame(visit, "plan", title, { width: "wide", problems, back }),
    {
      initiative,
      place: domain === undefined ? "Once for the organisation" : names.domain(domain),
      places: domain === undefined ? [] : placeLinks(visit, initiative.id, domain),
      needs: initiative.needs.map((id) => `${id} ${names.initiative(id)}`),
      effects: initiative.effects.map((effect) => `${effect.question} ${names.short(effect.question)} to level ${effect.level}`),
      ...standing(visit, place),
      overrides: overrides.map(overrideView(visit)),
      mayChange: mayChange(visit),
      conflict: conflict === true,
      seen: versionOf(overrides),
      action: changeHref(visit, initiative.id, domain),
      ...overrideForm(form ?? {}, problems),
    },
    problems.length === 0 ? {} : { status: conflict ? 409 : 422 },
  )
}

const placeLinks = (visit: EngagementVisit, initiative: string, chosen: string) => {
  const { domains } = visit.stored.engagement
  if (domains.length < 2) return []
  return domains.map(({ id, name }) => ({ href: changeHref(visit, initiative, id), text: name, current: id === chosen }))
}

/** Why it is recommended, what it takes, and in which wave it is. */
const standing = (visit: EngagementVisit, { initiative, domain }: Place) => {
  const { plan } = assessmentOf(visit.stored)
  const names = namesOf(visit.stored)
  const isIt = (one: { readonly id: string; readonly domain?: string }): boolean =>
    one.id === initiative.id && one.domain === domain
  const ranked = plan.ranked.find(isIt)
  const wave = plan.waves.find(({ items }) => items.some(isIt))
  const elsewhere = [...plan.later, ...plan.dropped].find(isIt)
  return {
    reason: ranked?.reason ?? "",
    effort: ranked === undefined ? "" : days(ranked.effort),
    effortBasis: ranked?.effortBasis ?? "",
    findings: [...new Set((ranked?.findings ?? []).map(({ rule }) => `${rule} ${names.rule(rule)}`))],
    wave: wave?.name ?? "",
    reasons: wave?.items.find(isIt)?.reasons ?? (elsewhere === undefined ? [] : [named(visit, elsewhere.reason)]),
  }
}

const CHOICES = [
  ["include", "Put it in the plan, whatever the answers say"],
  ["drop", "Leave it out"],
  ["move", "Move it to a wave"],
  ["effort", "Change its effort"],
] as const

const overrideForm = (given: Fields, problems: readonly PageProblem[]) => {
  const text = (name: string, label: string) => ({
    id: name,
    name,
    label,
    value: typed(given[name]),
    error: errorOf(problems, name),
    inputmode: "decimal",
    width: "short",
  })
  return {
    change: {
      id: "change",
      name: "change",
      label: "What the plan should do with it",
      error: errorOf(problems, "change"),
      choices: CHOICES.map(([value, label]) => ({ value, text: label, checked: given["change"] === value })),
    },
    waveField: { ...text("wave", "If you move it: to wave"), inputmode: "numeric" },
    low: text("low", "If you change the effort: person-days, low"),
    high: text("high", "Person-days, high"),
    why: {
      id: "reason",
      name: "reason",
      label: "Why",
      value: typed(given["reason"]),
      rows: 3,
      error: errorOf(problems, "reason"),
    },
  }
}
