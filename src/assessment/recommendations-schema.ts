/** The shape of recommendations.yaml: what is advised. The published JSON Schema comes from it. */
import { z } from "zod"
import { conditionSchema, idSchema, rowPredicateSchema } from "./condition-schema.ts"
import { anchorSchema, wordsUpTo } from "./questionnaire-schema.ts"

const maybe = z.exactOptional
const count = z.int().min(0)

const days = z
  .tuple([z.number().min(0), z.number().min(0)])
  .refine(([low, high]) => low <= high, { error: "the low figure is above the high one\nWrite [low, high] in person-days" })

export const themeSchema = z.strictObject({ id: idSchema, name: wordsUpTo(120) })

export const ruleSchema = z.strictObject({
  id: idSchema,
  name: wordsUpTo(120),
  when: conditionSchema,
  finding: wordsUpTo(1000),
  severity: z.enum(["critical", "high", "medium", "opportunity", "positive", "information"]),
  gate: z.boolean().default(false).describe("Can block a wave whatever the indices say"),
  theme: idSchema,
  initiatives: z.array(idSchema).min(1).describe("In order of importance"),
  seed: z.array(z.string().min(1)).default([]),
})

const effortSchema = z.strictObject({
  base: days,
  selfRun: maybe(days).describe("Instead of base where the client runs the platform itself"),
  perUnit: maybe(
    z.strictObject({
      days,
      unit: wordsUpTo(80),
      rows: maybe(idSchema).describe("The table question whose rows are counted"),
      where: maybe(z.array(rowPredicateSchema)),
      reference: z.number().min(0).describe("Count while the inventory is missing"),
      atMost: maybe(z.number().positive()),
    }),
  ),
  multipliers: z.enum(["none", "stateless", "stateful"]),
  drivers: wordsUpTo(500),
})

export const initiativeSchema = z.strictObject({
  id: idSchema,
  title: wordsUpTo(120),
  what: wordsUpTo(2000),
  serves: z.array(idSchema).min(1).describe("Axes, or confidence, cost, focus"),
  moves: wordsUpTo(1000),
  needs: z.array(idSchema).default([]),
  effort: effortSchema,
  responsible: maybe(idSchema).describe("Absent where the responsible person is none of the respondents"),
  responsibleName: wordsUpTo(120),
  risk: wordsUpTo(1000),
  exit: wordsUpTo(1000),
  theme: idSchema,
  effects: z.array(z.strictObject({ question: idSchema, level: anchorSchema })).default([]),
  inPlaceAt: maybe(z.array(z.strictObject({ question: idSchema, level: anchorSchema }))).describe(
    "Levels at which it counts as done already, where other than its effects; empty where no answer proves it",
  ),
  scope: z.enum(["organisation", "domain"]),
  stage: z.literal([0, 1, 2]).describe("Earliest kind of wave: 0 groundwork, 1 pilot, 2 later"),
  takes: maybe(z.strictObject({ products: maybe(count), heavyProducts: maybe(count), sources: maybe(count) })),
  everyWave: maybe(z.literal(true)),
})

export const recommendationsFileSchema = z.strictObject({
  themes: z.array(themeSchema).min(1),
  rules: z.array(ruleSchema).min(1),
  initiatives: z.array(initiativeSchema).min(1),
})
