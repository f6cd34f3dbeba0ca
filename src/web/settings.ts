import { z } from "zod"
import { planSettings } from "../assessment/engagement-schema.ts"
import type { PlanSettings } from "../assessment/model.ts"
import { readNumber } from "../assessment/question-types/amounts.ts"
import { textUpTo } from "../assessment/text.ts"
import {
  changeInEngagement,
  domainOf,
  engagementFrame,
  type EngagementVisit,
  gone,
  inEngagement,
  withDone,
} from "./engagement.ts"
import { errorOf, readFields } from "./fields.ts"
import { typed } from "./forms.ts"
import { idFrom } from "./identity.ts"
import type { PageProblem } from "./pages.ts"
import { editionText, newerQuestionnaire } from "./questionnaire.ts"
import { notFound, page, redirect, type Reply } from "./respond.ts"
import { termsText } from "./terms.ts"
import type { Fields, Tools } from "./visit.ts"
import { count } from "./words.ts"

const text = (what: string, limit: number) =>
  z
    .string({ error: `Enter ${what}` })
    .pipe(textUpTo(limit))
    .refine((value) => value !== "", { error: `Enter ${what}` })

const details = z.object({ title: text("the title", 200), client: text("the client's name", 200) })

/** Number fields of the plan settings: what to enter when the text is no number or out of range. */
const NUMBERS: Readonly<Record<"people" | "daysPerWeek" | "teams" | "horizon" | "toil", string>> = {
  people: "Enter how many people work on the migration, for example 6",
  daysPerWeek: "Enter the days a week each of them has for it, from 0.1 to 7",
  teams: "Enter the number of teams, 1 or more",
  horizon: "Enter how many waves to plan, from 1 to 20",
  toil: "Enter a share in percent from 0 to 100, or leave it empty",
}

/** Title, client, capacity and domains. */
export const showSettings = inEngagement((visit, on) => settingsPage(visit, on, undefined, []))

export const saveSettings = inEngagement(async (visit, on) => {
  const { value, problems = [] } = readFields(details, visit.form)
  const plan = readPlan(visit.form)
  const all = [...problems, ...plan.problems]
  if (value === undefined || plan.plan === undefined || all.length > 0) return settingsPage(visit, on, visit.form, all)
  const saved = await on.store.changeDetails(visit.engagementScope, { ...value, plan: plan.plan }, visit.now)
  if (!saved) return gone(visit)
  return redirect(withDone(`${visit.home}/settings`, "settings"))
})

/** Adds a domain, or renames one when the address names one. */
export const saveDomain = changeInEngagement(async (visit, { store }) => {
  const known = domainOf(visit)
  if (known === undefined && visit.params["domain"] !== undefined) return gone(visit, "This domain is not there any more")
  const { value, problems } = readFields(z.object({ name: text("the domain's name, for example Payments", 200) }), visit.form)
  if (problems !== undefined) return domainPage(visit, typed(visit.form["name"]), problems)
  const id =
    known?.id ??
    idFrom(
      value.name,
      visit.stored.engagement.domains.map((domain) => domain.id),
      "domain",
    )
  const saved = await store.saveDomain(visit.engagementScope, { ...known, id, name: value.name }, visit.now)
  return saved ? redirect(withDone(`${visit.home}/settings`, "domain")) : "again"
})

export const askForDomain = inEngagement((visit) => {
  const known = domainOf(visit)
  if (known === undefined && visit.params["domain"] !== undefined) return notFound()
  return domainPage(visit, known?.name ?? "", [])
})

export const removeDomain = inEngagement(async (visit, { store }) => {
  const done = await store.removeDomain(visit.engagementScope, visit.params["domain"] ?? "", visit.now)
  return done ? redirect(withDone(`${visit.home}/settings`, "domain-removed")) : notFound()
})

const readPlan = (form: Fields): { plan?: PlanSettings; problems: readonly PageProblem[] } => {
  const problems: PageProblem[] = []
  const number = (name: keyof typeof NUMBERS): number | undefined => {
    const sent = typed(form[name]).trim()
    if (sent === "" && name === "toil") return undefined
    const read = readNumber(sent)
    if (!("value" in read)) problems.push({ target: name, message: NUMBERS[name] })
    return "value" in read ? read.value : undefined
  }
  const toil = number("toil")
  const given = {
    start: typed(form["start"]).trim(),
    people: number("people"),
    daysPerWeek: number("daysPerWeek"),
    teams: number("teams"),
    horizon: number("horizon"),
    platform: typed(form["platform"]),
    ...(toil !== undefined && { toil: toil / 100 }),
  }
  // A figure that is no number is absent here, which the schema takes: its problem is noted already.
  const read = planSettings.safeParse(given)
  if (read.success && problems.length === 0) return { plan: { ...read.data, start: given.start } as PlanSettings, problems }
  for (const issue of read.error?.issues ?? []) {
    const target = String(issue.path[0])
    problems.push({ target, message: NUMBERS[target as keyof typeof NUMBERS] ?? issue.message })
  }
  return { problems }
}

const settingsPage = (visit: EngagementVisit, on: Tools, form: Fields | undefined, problems: readonly PageProblem[]): Reply => {
  const { engagement, questionnaire } = visit.stored
  const { plan } = engagement
  const newer = newerQuestionnaire(visit.stored, on)
  const now: Fields = form ?? {
    title: engagement.title,
    client: engagement.client,
    start: plan.start,
    people: String(plan.people),
    daysPerWeek: String(plan.daysPerWeek),
    teams: String(plan.teams),
    horizon: String(plan.horizon),
    toil: plan.toil === undefined ? "" : String(Math.round(plan.toil * 1000) / 10),
    platform: plan.platform,
  }
  const field = (name: string, label: string, more: object = {}) => ({
    id: name,
    name,
    label,
    value: typed(now[name]),
    error: errorOf(problems, name),
    ...more,
  })
  return page(
    "engagements/settings",
    engagementFrame(visit, "overview", "Settings", { width: "form", problems, back: { href: visit.home, text: "Overview" } }),
    {
      home: visit.home,
      fields: [
        field("title", "Title"),
        field("client", "Client"),
        field("start", "First working day of the plan", { type: "date", width: "medium" }),
        field("people", "People who work on the migration", { inputmode: "decimal", width: "short" }),
        field("daysPerWeek", "Days a week that each of them has for it", { inputmode: "decimal", width: "short" }),
        field("toil", "Share of their time that keeps existing pipelines running", {
          inputmode: "decimal",
          width: "short",
          suffix: "%",
          optional: true,
          hint: "Left empty, the answers to OPS-03 decide",
        }),
        field("teams", "Teams", { inputmode: "numeric", width: "short", hint: "Each team has at most two products in work" }),
        field("horizon", "Waves planned in detail", { inputmode: "numeric", width: "short" }),
      ],
      platform: {
        id: "platform",
        name: "platform",
        label: "Streaming platform",
        error: errorOf(problems, "platform"),
        choices: [
          { value: "managed", text: "A managed service", checked: now["platform"] === "managed" },
          { value: "self-run", text: "Run by the client", checked: now["platform"] === "self-run" },
        ],
      },
      domains: engagement.domains.map((domain) => ({
        name: domain.name,
        href: `${visit.home}/domains/${encodeURIComponent(domain.id)}`,
        answers: count(engagement.answers.filter((answer) => answer.domain === domain.id).length, "answer"),
      })),
      terms: termsText(visit.stored.terms),
      owns: visit.standing === "owner",
      archived: visit.stored.archivedAt !== undefined,
      questionnaire: `${questionnaire.title}, version ${questionnaire.version}`,
      newer: newer === undefined ? "" : editionText(newer, questionnaire),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

const domainPage = (visit: EngagementVisit, name: string, problems: readonly PageProblem[]): Reply => {
  const known = domainOf(visit)
  const answers = visit.stored.engagement.answers.filter((answer) => answer.domain === known?.id).length
  return page(
    "engagements/domain",
    engagementFrame(visit, "overview", known?.name ?? "Add a domain", {
      width: "form",
      problems,
      back: { href: `${visit.home}/settings`, text: "Settings" },
    }),
    {
      known,
      home: visit.home,
      answers: count(answers, "answer"),
      field: { id: "name", name: "name", label: "Name of the domain", value: name, error: errorOf(problems, "name") },
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}
