/** Reads the three YAML files of a questionnaire. */
import { isUtf8 } from "node:buffer"
import { createHash } from "node:crypto"
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import type { DocumentName } from "./assessment/checks/fault.ts"
import type { Questionnaire } from "./assessment/model.ts"
import { parseQuestionnaire, type Problem } from "./assessment/questionnaire.ts"
import { readYaml, unreadable, type YamlReading } from "./yaml.ts"

/** A questionnaire's folder, read: the questionnaire, or every problem of its files at once. */
export interface QuestionnaireReading {
  readonly questionnaire?: Questionnaire
  readonly problems: readonly Problem[]
}

const largest = 1_000_000

/** Reads questionnaire.yaml, scoring.yaml and recommendations.yaml of a folder. */
export async function readQuestionnaire(folder: string): Promise<QuestionnaireReading> {
  const [questionnaire, scoring, recommendations] = await Promise.all([
    readSource(folder, "questionnaire.yaml"),
    readSource(folder, "scoring.yaml"),
    readSource(folder, "recommendations.yaml"),
  ])
  return parseReadings({ questionnaire, scoring, recommendations })
}

/** The same from texts, for questionnaires that are in no folder. */
export const parseTexts = (texts: Readonly<Record<DocumentName, string>>): QuestionnaireReading =>
  parseReadings({
    questionnaire: readYaml("questionnaire.yaml", texts.questionnaire),
    scoring: readYaml("scoring.yaml", texts.scoring),
    recommendations: readYaml("recommendations.yaml", texts.recommendations),
  })

/** Where the questionnaire that comes with Headwater is. */
export const shippedFolder = fileURLToPath(new URL("../questionnaires/data-streaming", import.meta.url))

/** The questionnaire that comes with Headwater; throws with a list of its problems when it has any. */
export async function shippedQuestionnaire(): Promise<Questionnaire> {
  const { questionnaire, problems } = await readQuestionnaire(shippedFolder)
  if (questionnaire === undefined) throw new Error(`The shipped questionnaire has problems:\n${formatProblems(problems)}`)
  return questionnaire
}

/** Problems for people: one block each, `file:line  id  message`, and what to do below it. */
export const formatProblems = (problems: readonly Problem[]): string =>
  problems
    .map(({ file, line, id, message, fix }) => `${[`${file}:${line}`, id, message].filter(Boolean).join("  ")}\n    ${fix}\n`)
    .join("\n")

function parseReadings(readings: Readonly<Record<DocumentName, YamlReading>>): QuestionnaireReading {
  const { questionnaire, scoring, recommendations } = readings
  const all = [questionnaire, scoring, recommendations]
  const hash = createHash("sha256")
    .update(canonical(all.map(({ document }) => document.data)))
    .digest("hex")
  const parsed = parseQuestionnaire({
    questionnaire: questionnaire.document,
    scoring: scoring.document,
    recommendations: recommendations.document,
    hash,
  })
  if (all.every(({ problems }) => problems.length === 0)) return parsed
  const files = all.map(({ document }) => document.file)
  const problems = [...all.flatMap((reading) => reading.problems), ...parsed.problems]
  return { problems: problems.sort((a, b) => files.indexOf(a.file) - files.indexOf(b.file) || a.line - b.line) }
}

/** JSON with keys in order, so that the order in the files does not matter. */
function canonical(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(canonical).join()}]`
  if (typeof data !== "object" || data === null) return JSON.stringify(data) ?? "null"
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join()}}`
}

async function readSource(folder: string, file: string): Promise<YamlReading> {
  const path = join(folder, file)
  try {
    const { size } = await stat(path)
    if (size > largest) return unreadable(file, `the file has ${size} bytes`, `Keep it under ${largest} bytes`)
    const bytes = await readFile(path)
    return isUtf8(bytes) ? readYaml(file, bytes.toString()) : unreadable(file, "the file is not UTF-8 text", "Save it as UTF-8")
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : undefined
    if (code === undefined) throw error
    if (code !== "ENOENT" && code !== "ENOTDIR")
      return unreadable(file, `the file cannot be read (${code})`, "Check its permissions")
    return unreadable(file, `the file is missing from ${folder}`, `Add ${file} to the folder, or name another folder`)
  }
}
