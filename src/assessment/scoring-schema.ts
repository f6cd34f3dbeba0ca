/** The shape of scoring.yaml: how answers are judged. The published JSON Schema comes from it. */
import { z } from "zod"
import { idSchema, rowPredicateSchema } from "./condition-schema.ts"
import { wordsUpTo } from "./questionnaire-schema.ts"

const maybe = z.exactOptional
const points = z.number().min(0).max(100)
const ids = z.array(idSchema)
const predicates = z.array(rowPredicateSchema)
const factor = z.number().min(0.1).max(10)

const weight = z
  .number()
  .positive({
    error: ({ input, path }) => `"${String(path?.at(-1))}" is ${String(input)}\nGive a number above 0, or leave it out`,
  })
  .max(100)

const axisSchema = z.strictObject({
  id: idSchema,
  name: wordsUpTo(80),
  subtitle: maybe(wordsUpTo(200)),
  meaning: wordsUpTo(500).describe("What 100 means"),
  parts: z
    .array(z.strictObject({ id: idSchema, name: wordsUpTo(80), questions: ids.min(1) }))
    .describe("Sub-scores; each weighted question belongs to one"),
})

const gateSchema = z.strictObject({
  axis: idSchema,
  cap: points.describe("Highest index while the gate is shut"),
  zero: ids.describe("Shut when any of these is at level 0"),
  low: maybe(z.strictObject({ questions: ids.min(1), atMost: z.int().min(0).max(4), count: z.int().min(1) })),
})

const side = z.enum(["high", "low"])
const quadrantSchema = z.strictObject({
  id: idSchema,
  name: wordsUpTo(80),
  vertical: side,
  horizontal: side,
  pros: z.array(wordsUpTo(500)),
  cons: z.array(wordsUpTo(500)),
})

const needClass = z.strictObject({ id: idSchema, name: wordsUpTo(120), target: points, when: predicates })

const needsSchema = z.strictObject({
  inventory: idSchema.describe("The table question that lists the consumers"),
  critical: predicates.describe("Which consumers count"),
  products: z.strictObject({ inventory: idSchema, consumersColumn: idSchema }),
  met: predicates.min(1).describe("What a consumer whose need is met looks like"),
  streamed: z.exactOptional(predicates.min(1)).describe("What a consumer that reads a stream already looks like"),
  classes: z.record(idSchema, z.array(needClass).min(1)).describe("By axis; the strictest class last"),
  enabling: z.record(idSchema, points).describe("Level asked of the axes that no consumer decides"),
})

export const scoringFileSchema = z.strictObject({
  roleWeights: z.strictObject({
    primary: z.number().positive(),
    secondary: z.number().positive(),
    other: z.number().positive(),
  }),
  axes: z.array(axisSchema).min(1),
  weights: z.record(idSchema, z.record(idSchema, weight)).describe("Question to axis to weight"),
  gates: z.array(gateSchema),
  placement: z.strictObject({ vertical: idSchema, horizontal: idSchema, limit: points }),
  quadrants: z.array(quadrantSchema).min(1),
  needs: needsSchema,
  effortMultipliers: z
    .array(
      z.strictObject({
        question: idSchema,
        to: z.enum(["all", "stateful"]),
        factors: z.tuple([factor, factor, factor, factor, factor]),
      }),
    )
    .describe("Factor for each level 0 to 4 of a question"),
})
