/** Reads the three YAML files of a questionnaire. */
import { createHash } from "node:crypto"
import { readFile, stat } from "node:fs/promises"
import { join } from "node:path"
import { fileURLToPath } from "node:url"
import { isAlias, isMap, isNode, isScalar, isSeq, LineCounter, parseDocument, visit, type Document, type Node } from "yaml"
import type { DocumentName, Path } from "./assessment/checks/fault.ts"
import type { Questionnaire } from "./assessment/model.ts"
import { parseQuestionnaire, type Problem, type SourceDocument } from "./assessment/questionnaire.ts"

/** A questionnaire's folder, read: the questionnaire, or every problem of its files at once. */
export interface QuestionnaireReading {
  readonly questionnaire?: Questionnaire
  readonly problems: readonly Problem[]
}

const largest = 1_000_000

/** Reads questionnaire.yaml, scoring.yaml and recommendations.yaml of a folder. */
export async function readQuestionnaire(folder: string): Promise<QuestionnaireReading> {
  const read = async (name: DocumentName) => readSource(folder, `${name}.yaml`)
  const sources = await Promise.all([read("questionnaire"), read("scoring"), read("recommendations")])
  return parseSources(sources.map((source) => ("text" in source ? parseSource(source.file, source.text) : source)))
}

/** The same from texts, for questionnaires that are in no folder. */
export function parseTexts(texts: Readonly<Record<DocumentName, string>>): QuestionnaireReading {
  const names: readonly DocumentName[] = ["questionnaire", "scoring", "recommendations"]
  return parseSources(names.map((name) => parseSource(`${name}.yaml`, texts[name])))
}

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

interface Source {
  readonly document: SourceDocument
  readonly problems: readonly Problem[]
}

function parseSources([questionnaire, scoring, recommendations]: readonly Source[]): QuestionnaireReading {
  if (!questionnaire || !scoring || !recommendations) throw new TypeError("three sources are needed")
  const documents = {
    questionnaire: questionnaire.document,
    scoring: scoring.document,
    recommendations: recommendations.document,
  }
  const content = [documents.questionnaire.data, documents.scoring.data, documents.recommendations.data]
  const hash = createHash("sha256").update(canonical(content)).digest("hex")
  const parsed = parseQuestionnaire({ ...documents, hash })
  const unread = [questionnaire, scoring, recommendations].flatMap((source) => source.problems)
  return unread.length === 0 ? parsed : { problems: [...unread, ...parsed.problems] }
}

/** JSON with keys in order, so that the order in the files does not matter. */
function canonical(data: unknown): string {
  if (Array.isArray(data)) return `[${data.map(canonical).join()}]`
  if (typeof data !== "object" || data === null) return JSON.stringify(data) ?? "null"
  const entries = Object.entries(data).sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, value]) => `${JSON.stringify(key)}:${canonical(value)}`).join()}}`
}

async function readSource(folder: string, file: string): Promise<Source | { readonly file: string; readonly text: string }> {
  const path = join(folder, file)
  try {
    const { size } = await stat(path)
    if (size > largest) return unreadable(file, `the file has ${size} bytes`, `Keep it under ${largest} bytes`)
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await readFile(path))
    return { file, text }
  } catch (error) {
    if (error instanceof TypeError) return unreadable(file, "the file is not UTF-8 text", "Save it as UTF-8")
    const code = (error as NodeJS.ErrnoException).code
    if (code === "ENOENT" || code === "ENOTDIR")
      return unreadable(file, `the file is missing from ${folder}`, `Add ${file} to the folder, or name another folder`)
    return unreadable(file, `the file cannot be read (${String(code)})`, "Check its permissions")
  }
}

const unreadable = (file: string, message: string, fix: string, line = 1): Source => ({
  document: { file, data: undefined, lineOf: () => 1 },
  problems: [{ file, line, message, fix }],
})

function parseSource(file: string, text: string): Source {
  const lines = new LineCounter()
  const lineAt = (offset: number): number => lines.linePos(offset).line
  const document = parsed(text, lines)
  if (document === undefined) return unreadable(file, "lists and keys are nested too deeply", "Flatten the conditions")
  const problems = [...document.errors, ...document.warnings].map((error): Problem => {
    const { message, fix } = explained(error.code, error.message)
    return { file, line: lineAt(error.pos[0]), message, fix }
  })
  const aliases = aliasProblems(document, file, lineAt)
  const isBroken = aliases.length > 0 || document.errors.some((error) => error.code !== "DUPLICATE_KEY")
  const data: unknown = isBroken ? undefined : document.toJS({ maxAliasCount: 0 })
  const lineOf = (path: Path): number => lineAt(offsetOf(document, path))
  return { document: { file, data, lineOf, unquoted: isBroken ? [] : unquotedIn(document) }, problems: [...problems, ...aliases] }
}

function parsed(text: string, lineCounter: LineCounter): Document.Parsed | undefined {
  try {
    return parseDocument(text, {
      lineCounter,
      schema: "core",
      version: "1.2",
      uniqueKeys: true,
      prettyErrors: false,
      merge: false,
    })
  } catch (error) {
    // The parser calls itself for every level: a hundred thousand brackets exhaust the stack.
    if (error instanceof RangeError) return undefined
    throw error
  }
}

function explained(code: string, message: string): { readonly message: string; readonly fix: string } {
  if (code === "DUPLICATE_KEY") return { message: "this key stands here twice", fix: "Keep one of them" }
  if (code === "TAG_RESOLVE_FAILED")
    return { message: `tags are not used here: ${message}`, fix: "Remove the tag, the word that starts with !" }
  return {
    message: `the YAML is broken: ${message}`,
    fix: "Correct it; put texts with : or # or at the start - [ { * & ! % @ ` in quotes",
  }
}

function aliasProblems(document: Document.Parsed, file: string, lineAt: (offset: number) => number): readonly Problem[] {
  const problems: Problem[] = []
  visit(document, {
    Node: (_key, node) => {
      const name = isAlias(node) ? `*${node.source}` : "anchor" in node && node.anchor ? `&${node.anchor}` : undefined
      if (name === undefined) return
      problems.push({
        file,
        line: lineAt(node.range?.[0] ?? 0),
        message: `anchors and aliases are not used here: ${name}`,
        fix: "Write the content out",
      })
    },
  })
  return problems
}

/** Where a part stands: its key, or its entry in a list; the nearest part around it when it is not there. */
function offsetOf(document: Document.Parsed, path: Path): number {
  let node: unknown = document.contents
  let offset = document.contents?.range[0] ?? 0
  for (const step of path) {
    const [at, next] = partOf(node, step)
    if (at === undefined) break
    offset = at
    node = next
  }
  return offset
}

function partOf(node: unknown, step: string | number): readonly [offset: number | undefined, node: unknown] {
  if (isSeq(node) && typeof step === "number") return [offsetAt(node.items[step]), node.items[step]]
  if (!isMap(node)) return [undefined, undefined]
  const pair = node.items.find(({ key }) => isScalar(key) && String(key.value) === String(step))
  return [offsetAt(pair?.key), pair?.value]
}

const offsetAt = (node: unknown): number | undefined => (isNode(node) ? (node as Node).range?.[0] : undefined)

/** Words without quotes that YAML 1.1 takes for booleans. */
function unquotedIn(document: Document.Parsed): readonly Path[] {
  const paths: Path[] = []
  const walk = (node: unknown, path: Path): void => {
    if (isSeq(node)) for (const [at, item] of node.items.entries()) walk(item, [...path, at])
    if (isMap(node)) for (const { key, value } of node.items) walk(value, [...path, isScalar(key) ? String(key.value) : ""])
    if (
      isScalar(node) &&
      node.type === "PLAIN" &&
      typeof node.value === "string" &&
      /^(?:y|n|yes|no|on|off)$/i.test(node.value)
    ) {
      paths.push(path)
    }
  }
  walk(document.contents, [])
  return paths
}
