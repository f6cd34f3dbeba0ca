/** What can be read of three documents that may have faults: the parts that parsed, and every id that is there. */
import type { z } from "zod"
import type { Dimension, Initiative, Question, Questionnaire, Role, Rule, Scoring, Theme } from "../model.ts"
import { dimensionSchema, questionnaireFileSchema, questionSchema, roleSchema } from "../questionnaire-schema.ts"
import { initiativeSchema, recommendationsFileSchema, ruleSchema, themeSchema } from "../recommendations-schema.ts"
import { scoringFileSchema } from "../scoring-schema.ts"
import type { DocumentName, Path } from "./fault.ts"
import { parseShape, type ShapeFault } from "./shape.ts"

/** A part that parsed, and where it stands in its document. */
export interface Placed<T> {
  readonly value: T
  readonly path: Path
}

type ScoringFile = Scoring & Pick<Questionnaire, "effortMultipliers">

export interface Draft {
  readonly head?: Pick<Questionnaire, "id" | "version" | "title" | "language">
  readonly roles: readonly Placed<Role>[]
  readonly dimensions: readonly Placed<Dimension>[]
  readonly questions: readonly Placed<Question>[]
  readonly scoring: Partial<ScoringFile>
  readonly themes: readonly Placed<Theme>[]
  readonly rules: readonly Placed<Rule>[]
  readonly initiatives: readonly Placed<Initiative>[]
  /** Ids that stand in the documents, also of parts that did not parse; absent where the list itself did not. */
  readonly ids: Readonly<Record<"roles" | "questions" | "axes" | "themes" | "initiatives", ReadonlySet<string>>>
  /** Documents without a fault of shape that the checks could not put right. */
  readonly whole: Readonly<Record<DocumentName, boolean>>
}

/** Reads the documents as far as they can be read. */
export function readDraft(data: Readonly<Record<DocumentName, unknown>>): {
  readonly draft: Draft
  readonly faults: readonly ShapeFault[]
} {
  const ask = readShape(questionnaireFileSchema, data.questionnaire, "questionnaire")
  const judge = readShape(scoringFileSchema, data.scoring, "scoring")
  const advise = readShape(recommendationsFileSchema, data.recommendations, "recommendations")
  const draft: Draft = {
    ...(ask.value && { head: headOf(ask.value) }),
    roles: partsOf(ask.data, "roles", roleSchema, ask.value?.roles),
    dimensions: partsOf(
      ask.data,
      "dimensions",
      dimensionSchema.omit({ questions: true }).strip(),
      ask.value?.dimensions.map(withoutQuestions),
    ),
    questions: readQuestions(ask.data, ask.value?.dimensions),
    scoring: judge.value ?? readKeys(judge.data),
    themes: partsOf(advise.data, "themes", themeSchema, advise.value?.themes),
    rules: partsOf(advise.data, "rules", ruleSchema, advise.value?.rules),
    initiatives: partsOf(advise.data, "initiatives", initiativeSchema, advise.value?.initiatives),
    ids: idsIn(ask.data, judge.data, advise.data),
    whole: {
      questionnaire: ask.value !== undefined,
      scoring: judge.value !== undefined,
      recommendations: advise.value !== undefined,
    },
  }
  return { draft, faults: [...ask.faults, ...judge.faults, ...advise.faults] }
}

const headOf = ({ id, version, title, language }: Required<Draft>["head"]): Required<Draft>["head"] => ({
  id,
  version,
  title,
  language,
})

const idsIn = (ask: unknown, judge: unknown, advise: unknown): Draft["ids"] => ({
  roles: idsOf(listIn(ask, "roles")),
  questions: idsOf(listIn(ask, "dimensions").flatMap((dimension) => listIn(dimension, "questions"))),
  axes: idsOf(listIn(judge, "axes")),
  themes: idsOf(listIn(advise, "themes")),
  initiatives: idsOf(listIn(advise, "initiatives")),
})

/** A document's value when it parses, if need be after small repairs of a copy; `data` is that copy. */
function readShape<T>(
  schema: z.ZodType<T>,
  data: unknown,
  document: DocumentName,
): { readonly value?: T; readonly data: unknown; readonly faults: readonly ShapeFault[] } {
  if (data === undefined) return { data, faults: [] }
  const first = parseShape(schema, data, document)
  if (first.faults.length === 0) return { ...first, data }
  const repaired = withRepairs(data, first.faults)
  const again = parseShape(schema, repaired, document)
  return { ...(again.value !== undefined && { value: again.value }), data: repaired, faults: first.faults }
}

type Mutable = Record<string | number, unknown>

function withRepairs(data: unknown, faults: readonly ShapeFault[]): unknown {
  const copy = structuredClone(data)
  for (const { path, repair } of faults) {
    const holder = path.slice(0, -1).reduce((value, step) => value[step] as Mutable, copy as Mutable)
    const key = path.at(-1)!
    if (typeof repair === "object" && !Object.hasOwn(holder, repair.rename)) holder[repair.rename] = holder[key]
    if (repair === "remove" || typeof repair === "object") delete holder[key]
    if (repair === "quote" && ["boolean", "number"].includes(typeof holder[key])) holder[key] = String(holder[key])
  }
  return copy
}

type ParsedDimension = z.infer<typeof dimensionSchema>

const withoutQuestions = ({ questions: _questions, ...dimension }: ParsedDimension): Dimension => dimension

function readQuestions(data: unknown, parsed: readonly ParsedDimension[] | undefined): readonly Placed<Question>[] {
  return listIn(data, "dimensions").flatMap((dimension, at) => {
    const [id = ""] = idsOf([dimension])
    return partsOf(dimension, "questions", questionSchema, parsed?.[at]?.questions).map(({ value, path }) => ({
      value: Object.assign(value, { dimension: id }),
      path: ["dimensions", at, ...path],
    }))
  })
}

function readKeys(data: unknown): Partial<ScoringFile> {
  const entries = Object.entries(scoringFileSchema.shape).flatMap(([key, schema]) => {
    const parsed = schema.safeParse(isRecord(data) ? data[key] : undefined)
    return parsed.success ? [[key, parsed.data]] : []
  })
  return Object.fromEntries(entries) as Partial<ScoringFile>
}

/** The entries of a list that parse; `parsed` when all of them did already. */
const partsOf = <T>(data: unknown, key: string, schema: z.ZodType<T>, parsed: readonly T[] | undefined): readonly Placed<T>[] => {
  if (parsed) return atEvery(parsed, [key])
  return listIn(data, key).flatMap((item, at) => {
    const read = schema.safeParse(item)
    return read.success ? [{ value: read.data, path: [key, at] }] : []
  })
}

const listIn = (data: unknown, key: string): readonly unknown[] => {
  const list = isRecord(data) ? data[key] : undefined
  return Array.isArray(list) ? list : []
}

const idsOf = (items: readonly unknown[]): ReadonlySet<string> =>
  new Set(items.flatMap((item) => (isRecord(item) && typeof item["id"] === "string" ? [item["id"]] : [])))

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value)

/** The entries of a list, each with its place. */
export const atEvery = <T>(list: readonly T[] | undefined, path: Path): readonly Placed<T>[] =>
  (list ?? []).map((value, at) => ({ value, path: [...path, at] }))

/** Whether answers to the question have levels. */
export const isScored = (question: Question): boolean =>
  question.type === "single" ||
  question.type === "number" ||
  (question.type === "multi" && question.bands !== undefined) ||
  (question.type === "table" && question.score !== undefined)
