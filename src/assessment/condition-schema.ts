/** The shape of conditions and of tests on rows; a refusal is two lines: what is wrong, what to do. */
import { z } from "zod"
import type { Condition } from "./model.ts"

/** An id: letters, digits, hyphens, underscores; a letter first. */
export const idSchema = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/)

const level = z.int().min(0).max(4)
const points = z.number().min(0).max(100)
const ids = z.array(idSchema).min(1)
const words = z.array(z.string().min(1)).min(1)
const maybe = z.exactOptional

const comparisons = [
  "is",
  "includes",
  "onlyFrom",
  "filled",
  "blank",
  "atLeast",
  "atMost",
  "above",
  "below",
  "atMostColumn",
  "aboveColumn",
] as const

/** One test on a row of an inventory, with exactly one comparison. */
export const rowPredicateSchema = z
  .strictObject({
    column: idSchema,
    is: maybe(words).describe("The cell is one of these: texts, option ids, yes or no"),
    includes: maybe(words).describe("The cell's choices include at least one of these"),
    onlyFrom: maybe(words).describe("Every choice in the cell is one of these"),
    filled: maybe(z.literal(true)),
    blank: maybe(z.literal(true)),
    atLeast: maybe(z.number()).describe("Durations are minutes"),
    atMost: maybe(z.number()),
    above: maybe(z.number()),
    below: maybe(z.number()),
    atMostColumn: maybe(idSchema),
    aboveColumn: maybe(idSchema),
  })
  .refine((predicate) => comparisons.filter((name) => predicate[name] !== undefined).length === 1, {
    error: `this test on a row needs exactly one comparison\nGive one of ${comparisons.join(", ")}; use several tests for several comparisons`,
  })
  .meta({ id: "RowPredicate" })

const predicates = z.array(rowPredicateSchema)

/** A condition of the closed vocabulary: all, any, not, over levels, ticks, indices, rows and the whole engagement. */
export const conditionSchema: z.ZodType<Condition> = z
  .lazy(() =>
    z.union([
      z.strictObject({ all: z.array(conditionSchema).min(1) }),
      z.strictObject({ any: z.array(conditionSchema).min(1) }),
      z.strictObject({ not: conditionSchema }),
      levelSchema,
      z.strictObject({ question: idSchema, includes: ids }),
      indexSchema,
      z.strictObject({ rows: idSchema, where: maybe(predicates), atLeast: z.int().min(0) }),
      z.strictObject({ rows: idSchema, where: maybe(predicates), every: predicates.min(1) }),
      z.strictObject({ perceptionGap: z.strictObject({ atLeast: z.number().min(0), sharedQuestions: z.int().min(1) }) }),
      z.strictObject({ domainsApart: z.literal(true) }),
    ]),
  )
  .meta({ id: "Condition" })

const levelSchema = z
  .strictObject({ question: idSchema, atMost: maybe(level), atLeast: maybe(level), is: maybe(z.array(level).min(1)) })
  .refine(({ atMost, atLeast, is }) => atMost !== undefined || atLeast !== undefined || is !== undefined, {
    error: "this condition compares the answer with nothing\nAdd atMost, atLeast, is or includes",
  })

const indexSchema = z
  .strictObject({ index: idSchema, atLeast: maybe(points), below: maybe(points) })
  .refine(({ atLeast, below }) => atLeast !== undefined || below !== undefined, {
    error: "this condition compares the index with nothing\nAdd atLeast or below",
  })
