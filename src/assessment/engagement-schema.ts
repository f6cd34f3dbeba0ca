/** The shape of an engagement file, format "headwater-engagement/1"; the published JSON Schema comes from it. */
import { z } from "zod"
import { isSafeLink, mostLinks } from "./links.ts"
import type { PlanSettings } from "./model.ts"
import { textUpTo } from "./text.ts"

export const engagementFormat = "headwater-engagement/1"

/** Plan settings where the file gives none; the start has no usual value, for the core has no clock. */
export const usualPlan: Omit<PlanSettings, "start" | "toil"> = {
  people: 4,
  daysPerWeek: 5,
  teams: 1,
  horizon: 5,
  platform: "managed",
}

const id = z.string().regex(/^[A-Za-z0-9][\w.-]{0,63}$/, {
  error: "Use 1 to 64 letters, digits, hyphens, dots or underscores for an id, a letter or digit first",
})
const known = (what: string) => z.string().meta({ description: what })
const name = (what: string) =>
  textUpTo(200)
    .refine((text) => text !== "", { error: "Enter a text: this is empty" })
    .meta({ description: what, minLength: 1, maxLength: 200 })
const longText = (what: string) => textUpTo().meta({ description: what, maxLength: 10_000 })
const neededText = (what: string) =>
  textUpTo()
    .refine((text) => text !== "", { error: "Say why in a few words: this is empty" })
    .meta({ description: what, minLength: 1, maxLength: 10_000 })
const evidence = z.enum(["claim", "document", "observed", "measured"]).meta({ description: 'What backs it; "claim" when absent' })
const time = z.iso.datetime({ error: 'Give the time in UTC, for example "2026-11-20T14:02:00Z"' })
const days = z.number().min(0).max(100_000)

export const planSettings = z.strictObject({
  start: z.iso
    .date({ error: 'Give a date, for example "2027-01-04"' })
    .refine((date) => date >= "2000-01-01" && date <= "2100-12-31", { error: "Give a date between 2000 and 2100" })
    .optional()
    .meta({ description: "First working day" }),
  people: z.number().min(0.1).max(1000).default(usualPlan.people).meta({ description: "People who work on the migration" }),
  daysPerWeek: z
    .number()
    .min(0.1)
    .max(7)
    .default(usualPlan.daysPerWeek)
    .meta({ description: "Days a week that each of them has for it" }),
  teams: z.int().min(1).max(100).default(usualPlan.teams),
  toil: z
    .number()
    .min(0, { error: "Give a share between 0 and 1, for example 0.4" })
    .max(1, { error: "Give a share between 0 and 1, for example 0.4" })
    .optional()
    .meta({ description: "Share of team time spent on keeping things running; the answers decide when absent" }),
  horizon: z.int().min(1).max(20).default(usualPlan.horizon).meta({ description: "Waves planned in detail, wave 0 included" }),
  platform: z.enum(["managed", "self-run"]).default(usualPlan.platform),
})

const domain = z.strictObject({ id, name: name("As people call it"), description: longText("What belongs to it").optional() })

const respondent = z.strictObject({
  id,
  name: name("As shown to the consultant"),
  role: known("Id of a role of the questionnaire"),
  email: textUpTo(320)
    .refine((text) => /^[^\s@]+@[^\s@]+$/.test(text), { error: 'Give an e-mail address, for example "anna@example.com"' })
    .optional(),
  domains: z.array(z.string()).min(1).optional().meta({ description: "Domains the person is asked about; all when absent" }),
})

const answer = z.strictObject({
  respondent: known("Id of a respondent"),
  domain: known("Id of a domain"),
  question: known("Id of a question"),
  status: z
    .enum(["answered", "dont-know", "not-applicable"])
    .optional()
    .meta({ description: '"answered" when absent and a value is given' }),
  value: z
    .unknown()
    .optional()
    .meta({
      description:
        "single choice: the option's anchor 0–4; multi: option ids; number: the raw number or a special answer's id; text: the text",
      anyOf: [{ type: "number" }, { type: "string", maxLength: 10_000 }, { type: "array", items: { type: "string" } }],
    }),
  companion: z.number().optional().meta({ description: "The second figure of a number question" }),
  reason: longText("Why not applicable; or, for dont-know, who knows or what is to be found out").optional(),
  comment: longText("In the respondent's own words").optional(),
  evidence: evidence.optional(),
  links: z
    .array(z.string().refine(isSafeLink, { error: "Give an address that begins with https://, http:// or mailto:" }))
    .min(1)
    .max(mostLinks, { error: `Give at most ${mostLinks} links` })
    .optional()
    .meta({ description: "Addresses of what backs it" }),
  time: time.optional(),
})

const cell = { anyOf: [{ type: ["string", "number", "boolean", "null"] }, { type: "array", items: { type: "string" } }] }
const row = z.record(z.string(), z.unknown()).meta({
  description: 'Column id → text, number, duration (minutes, or "15 min"), yes/no, option id or ids, date; "id" names the row',
  properties: { id: { type: "string" } },
  additionalProperties: cell,
})

const inventory = z.strictObject({
  domain: known("Id of a domain"),
  question: known("Id of a table question"),
  rows: z.array(row).max(5000).meta({ description: 'Present and empty: "there are none"' }),
  evidence: evidence.optional(),
})

const decision = z.strictObject({
  domain: known("Id of a domain"),
  question: known("Id of a question"),
  value: answer.shape.value,
  anchor: z
    .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3), z.literal(4)], { error: "Give a level: 0, 1, 2, 3 or 4" })
    .optional(),
  rationale: neededText("Why this was agreed"),
  dissent: longText("Who disagrees, and why").optional(),
  evidence: evidence.optional(),
  time: time.optional(),
})

const override = z.strictObject({
  initiative: known("Id of an initiative"),
  domain: known("Id of a domain; absent for initiatives of the organisation").optional(),
  action: z.enum(["include", "drop", "move", "effort"]),
  wave: z.int().min(0).max(50).optional().meta({ description: "For move" }),
  effort: z
    .tuple([days, days], { error: "Give two numbers of person-days, low and high, for example [5, 15]" })
    .optional()
    .meta({ description: "For effort: person-days, low and high" }),
  reason: neededText("Why, in the consultant's words"),
})

export const engagementFile = z.strictObject({
  $schema: z.string().optional().meta({ description: "For editors; not kept" }),
  format: z.literal(engagementFormat),
  title: name("Title of the engagement"),
  client: name("The company assessed"),
  questionnaire: z.strictObject({
    id: known("Id of the questionnaire"),
    version: known("Its version when the engagement began"),
    hash: z.string().optional().meta({ description: "sha-256 of its content, hex" }),
  }),
  plan: planSettings.prefault({}),
  domains: z.array(domain).max(200),
  respondents: z.array(respondent).max(5000),
  answers: z.array(answer).default([]),
  inventories: z.array(inventory).default([]),
  decisions: z.array(decision).default([]),
  overrides: z.array(override).default([]),
})

export type EngagementFile = z.output<typeof engagementFile>

/** What an id of a domain, respondent or row looks like. */
export const idSchema = id

/** Keys that may stand in each part of the file, by the part's name; "" is the file itself. */
export const keysOf: Readonly<Record<string, readonly string[]>> = {
  "": Object.keys(engagementFile.shape),
  questionnaire: Object.keys(engagementFile.shape.questionnaire.shape),
  plan: Object.keys(planSettings.shape),
  domains: Object.keys(domain.shape),
  respondents: Object.keys(respondent.shape),
  answers: Object.keys(answer.shape),
  inventories: Object.keys(inventory.shape),
  decisions: Object.keys(decision.shape),
  overrides: Object.keys(override.shape),
}
