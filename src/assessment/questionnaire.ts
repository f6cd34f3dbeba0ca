/** A questionnaire from the three documents an author writes, or every problem with them at once. */
import { type Draft, readDraft } from "./checks/draft.ts"
import type { DocumentName, Fault, Path } from "./checks/fault.ts"
import type { Questionnaire } from "./model.ts"
import { checkQuestionnaire } from "./questionnaire-check.ts"

/** A file as data, and the line where each part of it stands. */
export interface SourceDocument {
  readonly file: string
  /** `undefined` when the file could not be read; whoever read it says why. */
  readonly data: unknown
  /** Line of the part at a path, from 1; the nearest part around it when there is none. */
  readonly lineOf: (path: Path) => number
  /** Places of words without quotes that some YAML readers take for booleans: yes, no, on, off, y, n. */
  readonly unquoted?: readonly Path[]
}

export interface QuestionnaireDocuments {
  readonly questionnaire: SourceDocument
  readonly scoring: SourceDocument
  readonly recommendations: SourceDocument
  /** sha-256 of the canonical content, hex. */
  readonly hash: string
}

/** One thing to repair: where, in which question, rule or other part with an id, what is wrong, what to do. */
export interface Problem {
  readonly file: string
  readonly line: number
  readonly id?: string
  readonly message: string
  readonly fix: string
}

/** Deepest nesting that is read. */
export const deepestNesting = 20

const names: readonly DocumentName[] = ["questionnaire", "scoring", "recommendations"]

/** The questionnaire when nothing is wrong with it; else all problems, by file and line. */
export function parseQuestionnaire(documents: QuestionnaireDocuments): {
  readonly questionnaire?: Questionnaire
  readonly problems: readonly Problem[]
} {
  const tooDeep = names.filter((name) => nestsDeeper(documents[name].data, deepestNesting))
  const data = (name: DocumentName): unknown => (tooDeep.includes(name) ? undefined : documents[name].data)
  const { draft, faults } = readDraft({
    questionnaire: data("questionnaire"),
    scoring: data("scoring"),
    recommendations: data("recommendations"),
  })
  const questionnaire = assemble(draft, documents.hash)
  const found = [
    ...tooDeep.map(deepFault),
    ...faults,
    ...unquotedFaults(documents, faults),
    ...checkQuestionnaire(draft, questionnaire),
  ]
  const problems = problemsFrom(documents, found)
  const isWhole = names.every((name) => draft.whole[name])
  return problems.length === 0 && isWhole && questionnaire ? { questionnaire, problems } : { problems }
}

function assemble(draft: Draft, hash: string): Questionnaire | undefined {
  const { roleWeights, axes, weights, gates, placement, quadrants, needs, effortMultipliers } = draft.scoring
  if (!draft.head || !draft.whole.questionnaire || !draft.whole.scoring) return undefined
  if (!roleWeights || !axes || !weights || !gates || !placement || !quadrants || !needs || !effortMultipliers) return undefined
  return {
    ...draft.head,
    hash,
    dimensions: draft.dimensions.map((each) => each.value),
    roles: draft.roles.map((each) => each.value),
    questions: draft.questions.map((each) => each.value),
    scoring: { roleWeights, axes, weights, gates, placement, quadrants, needs },
    themes: draft.themes.map((each) => each.value),
    rules: draft.rules.map((each) => each.value),
    initiatives: draft.initiatives.map((each) => each.value),
    effortMultipliers,
  }
}

function nestsDeeper(data: unknown, levels: number): boolean {
  let layer: readonly unknown[] = [data]
  for (let depth = 0; layer.length > 0; depth += 1) {
    if (depth > levels) return true
    layer = layer.flatMap((each) => (typeof each === "object" && each !== null ? (Object.values(each) as unknown[]) : []))
  }
  return false
}

const deepFault = (document: DocumentName): Fault => ({
  document,
  path: [],
  message: `lists and keys are nested more than ${deepestNesting} deep`,
  fix: "Flatten the conditions",
})

// Where a boolean is wanted, the shape has said so already.
function unquotedFaults(documents: QuestionnaireDocuments, faults: readonly Fault[]): readonly Fault[] {
  return names.flatMap((document) => {
    const said = new Set(faults.filter((fault) => fault.document === document).map((fault) => JSON.stringify(fault.path)))
    const places = (documents[document].unquoted ?? []).filter((path) => !said.has(JSON.stringify(path)))
    return places.map((path) => {
      const word = String(valueAt(documents[document].data, path))
      const fix = `Put it in quotes, "${word}": without them some programs read it as true or false`
      return { document, path, message: `"${word}" stands without quotes`, fix }
    })
  })
}

function problemsFrom(documents: QuestionnaireDocuments, faults: readonly Fault[]): readonly Problem[] {
  const placed = faults.map(({ document, path, message, fix }) => {
    const { file, data, lineOf } = documents[document]
    const id = idAround(data, path)
    return { document, problem: { file, line: lineOf(path), ...(id !== undefined && { id }), message, fix } }
  })
  return placed
    .sort((a, b) => names.indexOf(a.document) - names.indexOf(b.document) || a.problem.line - b.problem.line)
    .map((each) => each.problem)
}

const idLists = new Set(["roles", "dimensions", "questions", "axes", "quadrants", "themes", "rules", "initiatives"])

/** The id of the innermost part with one around a place: a question, a rule; for a weight, the question it is given to. */
function idAround(data: unknown, path: Path): string | undefined {
  if (path[0] === "weights" && path.length > 1) return String(path[1])
  for (let length = path.length; length > 1; length -= 1) {
    if (typeof path[length - 1] !== "number" || !idLists.has(String(path[length - 2]))) continue
    const id = valueAt(data, [...path.slice(0, length), "id"])
    if (typeof id === "string") return id
  }
  return undefined
}

const valueAt = (data: unknown, path: Path): unknown =>
  path.reduce<unknown>(
    (value, step) =>
      typeof value === "object" && value !== null && Object.hasOwn(value, step)
        ? (value as Record<string, unknown>)[step]
        : undefined,
    data,
  )
