/** Which column of a pasted table goes where. */
import type { TableQuestion } from "../model.ts"

/** Headings of the two columns with which a downloaded list is recognised when it comes back. */
export const rowIdHeading = "Row id"
export const rowVersionHeading = "Row version"

/** Where a pasted column goes: a column's id, one of these two, or nowhere. */
export const rowIdTarget = "@id"
export const rowVersionTarget = "@version"

export interface Target {
  readonly id: string
  readonly label: string
}

/** Everything that a pasted column can be. */
export const targetsOf = (question: TableQuestion): readonly Target[] => [
  ...question.columns.map(({ id, label }) => ({ id, label })),
  { id: rowIdTarget, label: rowIdHeading },
  { id: rowVersionTarget, label: rowVersionHeading },
]

/** The target of each pasted column as its heading suggests, each at most once; `undefined` where nothing fits. */
export function guessTargets(question: TableQuestion, headings: readonly string[]): readonly (string | undefined)[] {
  const guessed: (string | undefined)[] = headings.map(() => undefined)
  for (const fits of [isSame, isSynonym, isPart]) {
    for (const [at, heading] of headings.entries()) {
      if (guessed[at] !== undefined || plain(heading) === "") continue
      guessed[at] = targetsOf(question).find(({ id, label }) => !guessed.includes(id) && fits(question, id, label, heading))?.id
    }
  }
  return guessed
}

/** Targets in the order of the list, for a table without headings. */
export const targetsInOrder = (question: TableQuestion, columns: number): readonly (string | undefined)[] =>
  Array.from({ length: columns }, (_, at) => question.columns[at]?.id)

/** Whether the first row of a pasted table names its columns: one heading that is known is enough. */
export const looksLikeHeadings = (question: TableQuestion, first: readonly string[]): boolean =>
  first.some((heading) => targetsOf(question).some(({ id, label }) => isSame(question, id, label, heading))) ||
  guessTargets(question, first).filter((target) => target !== undefined).length > 1

type Fits = (question: TableQuestion, id: string, label: string, heading: string) => boolean

const plain = (text: string): string =>
  text
    .normalize("NFC")
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]+/gu, " ")
    .trim()

const isSame: Fits = (_question, id, label, heading) => plain(heading) === plain(label) || plain(heading) === plain(id)

const isSynonym: Fits = (question, id, label, heading) => {
  const own = id === question.columns[0]?.id ? [...synonyms.name, plain(question.item)] : synonymsOf(id, label)
  return own.includes(plain(heading))
}

/** Words that people write above the columns that the shipped questionnaire has. */
const synonyms = {
  name: ["name", "title", "system", "application", "source", "job", "job name", "report", "table", "object"],
  owner: ["responsible", "team", "contact", "owned by", "accountable"],
  interval: ["schedule", "frequency", "every", "runs", "cadence", "cycle"],
  frequency: ["schedule", "interval", "every", "runs", "cadence", "cycle"],
  runTime: ["duration", "runtime", "takes", "elapsed"],
  rows: ["records", "volume", "row count", "count"],
  volume: ["records", "rows", "row count", "count"],
  technology: ["product", "database", "platform", "tool"],
  kind: ["type", "category", "class"],
  costPerMonth: ["cost", "costs", "monthly cost"],
  personalData: ["pii", "gdpr", "privacy", "personal"],
  requiredAge: ["required", "target age", "needed age", "sla", "required freshness"],
  actualAge: ["actual", "current age", "age", "freshness", "latency"],
} as const satisfies Readonly<Record<string, readonly string[]>>

const synonymsOf = (id: string, label: string): readonly string[] =>
  Object.hasOwn(synonyms, id) ? synonyms[id as keyof typeof synonyms] : label.split("(", 1).map(plain)

const isPart: Fits = (_question, id, label, heading) => {
  if (id === rowIdTarget || id === rowVersionTarget) return false
  const [one, other] = [plain(heading), plain(label)]
  return one.length >= 4 && other.length >= 4 && (` ${one} `.includes(` ${other} `) || ` ${other} `.includes(` ${one} `))
}
