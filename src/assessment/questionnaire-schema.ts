/** The shape of questionnaire.yaml: what is asked. The published JSON Schema comes from it. */
import { z } from "zod"
import { conditionSchema, idSchema, rowPredicateSchema } from "./condition-schema.ts"
import { textUpTo } from "./text.ts"

const maybe = z.exactOptional

/** A text that must not be empty, in code points. */
export const wordsUpTo = (limit: number) => textUpTo(limit).pipe(z.string().min(1))

export const anchorSchema = z.literal([0, 1, 2, 3, 4])

const anchored = z.strictObject({ anchor: anchorSchema, text: wordsUpTo(500) })

/** Option ids that the forms use for something else. */
const taken = ["none", "dont-know", "not-applicable"]
const optionId = idSchema.refine((id) => !taken.includes(id), {
  error: `this id is taken by every question\nUse another id than ${taken.join(", ")}`,
})
const option = z.strictObject({ id: optionId, text: wordsUpTo(500) })
const choice = z.strictObject({ id: idSchema, text: wordsUpTo(500) })

/** A range of numbers: `from`/`to` include their limit, `above`/`below` do not. */
const band = z.strictObject({
  anchor: anchorSchema,
  from: maybe(z.number()),
  above: maybe(z.number()),
  to: maybe(z.number()),
  below: maybe(z.number()),
  text: wordsUpTo(200),
})

const common = {
  id: idSchema.describe("Never reused, never derived from position or text"),
  text: wordsUpTo(1000).describe("The question as asked"),
  short: wordsUpTo(80).describe("A few words for tables and charts"),
  hint: maybe(wordsUpTo(500)),
  why: wordsUpTo(1000).describe("Why it matters"),
  evidence: maybe(wordsUpTo(500)).describe("The artefact that would prove the answer"),
  note: maybe(wordsUpTo(1000)),
  core: z.boolean().default(false).describe("Part of the quick pass"),
  primary: z.array(idSchema).min(1).describe("Roles whose answers count in full"),
  secondary: z.array(idSchema).default([]),
  seed: z.array(z.string().min(1)).default([]),
  skip: maybe(z.strictObject({ when: conditionSchema, because: wordsUpTo(300) })).describe("Looks at earlier questions only"),
  minutes: z.number().min(1).max(240).describe("Minutes a workshop needs to settle it"),
}

const countBand = z.strictObject({
  anchor: anchorSchema,
  from: z.int().min(0),
  to: maybe(z.int().min(0)),
  including: maybe(z.array(idSchema).min(1)),
  text: wordsUpTo(200),
})

const columnSchema = z
  .strictObject({
    id: idSchema.refine((id) => id !== "id", { error: `every row has an "id" already\nUse another id for the column` }),
    label: wordsUpTo(80),
    type: z.enum(["text", "number", "percent", "duration", "yes-no", "choice", "choices", "date"]),
    required: z.boolean().default(false),
    hint: maybe(wordsUpTo(300)),
    options: maybe(z.array(choice).min(1)).describe("For choice and choices"),
    sumOf: maybe(z.array(idSchema).min(1)).describe("Number or duration columns that fill in an empty cell"),
    refersTo: maybe(idSchema).describe("The table question whose rows are named here, separated by semicolons"),
  })
  .refine((column) => (column.type === "choice" || column.type === "choices") === (column.options !== undefined), {
    error: "options and type do not go together\nGive options to columns of type choice or choices, and to no others",
    path: ["options"],
  })

/** One question, as it stands under its dimension. */
export const questionSchema = z.discriminatedUnion("type", [
  z.strictObject({ ...common, type: z.literal("single"), options: z.array(anchored).min(1) }),
  z.strictObject({
    ...common,
    type: z.literal("multi"),
    options: z.array(option).min(1),
    none: wordsUpTo(200).describe('Label of "none of these"'),
    bands: maybe(z.array(countBand).min(1)).describe("Count of ticks to level, best match first; absent when not scored"),
  }),
  z.strictObject({
    ...common,
    type: z.literal("number"),
    unit: wordsUpTo(40),
    min: z.number(),
    max: z.number(),
    whole: z.boolean().default(false),
    bands: z.array(band).min(1),
    companion: maybe(z.strictObject({ id: idSchema, label: wordsUpTo(200) })).describe("A second figure that is never scored"),
    special: maybe(z.array(z.strictObject({ id: optionId, text: wordsUpTo(200), anchor: anchorSchema })).min(1)),
  }),
  z.strictObject({ ...common, type: z.literal("text") }),
  z.strictObject({
    ...common,
    type: z.literal("table"),
    item: wordsUpTo(80).describe("What one row is, singular: source system"),
    columns: z.array(columnSchema).min(1),
    score: maybe(
      z.strictObject({
        among: maybe(z.array(rowPredicateSchema)),
        share: z.array(rowPredicateSchema).min(1),
        bands: z.array(band).min(1).describe("Share of rows in percent to level"),
      }),
    ),
    whenEmpty: z.enum(["skip", "missing"]),
  }),
])

export const roleSchema = z.strictObject({
  id: idSchema,
  name: wordsUpTo(80),
  side: z.enum(["executive", "practitioner", "neither"]).describe("Side of a perception gap"),
})

export const dimensionSchema = z.strictObject({
  id: idSchema,
  name: wordsUpTo(120),
  intro: maybe(wordsUpTo(500)),
  questions: z.array(questionSchema).min(1),
})

export const questionnaireFileSchema = z.strictObject({
  id: idSchema,
  version: wordsUpTo(40),
  title: wordsUpTo(200),
  language: z
    .string()
    .regex(/^[a-z]{2,3}(?:-[A-Za-z0-9]{2,8})*$/, { error: "this is no language tag\nWrite one like en or de-CH" }),
  roles: z.array(roleSchema).min(1),
  dimensions: z.array(dimensionSchema).min(1),
})
