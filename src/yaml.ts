/** Reads one YAML file into data that knows its lines. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  isSeq,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type Node,
  type YAMLError,
} from "yaml"
import type { Path } from "./assessment/checks/fault.ts"
import type { Problem, SourceDocument } from "./assessment/questionnaire.ts"

/** A file's data, and what kept it from being read. */
export interface YamlReading {
  readonly document: SourceDocument
  readonly problems: readonly Problem[]
}

/** A file that gives no data, and why. */
export const unreadable = (file: string, message: string, fix: string): YamlReading => ({
  document: { file, data: undefined, lineOf: () => 1 },
  problems: [{ file, line: 1, message, fix }],
})

const dialect = { schema: "core", version: "1.2", uniqueKeys: true, stringKeys: true, merge: false, prettyErrors: false } as const

const tooDeep = { message: "lists and keys are nested too deeply", fix: "Flatten the conditions" }

/** Reads YAML 1.2 with places: core schema, keys are texts and none comes twice, neither aliases nor tags. */
export function readYaml(file: string, text: string): YamlReading {
  try {
    return readDocument(file, text)
  } catch (error) {
    // Walking a document calls itself for every level: thousands of brackets exhaust the stack.
    if (error instanceof RangeError) return unreadable(file, tooDeep.message, tooDeep.fix)
    throw error
  }
}

function readDocument(file: string, text: string): YamlReading {
  const lines = new LineCounter()
  const lineAt = (offset: number): number => lines.linePos(offset).line
  const document = parseDocument(text, { ...dialect, lineCounter: lines })
  const problems = faultsIn(document).map((error): Problem => {
    const { message, fix } = explained(error.code, error.message)
    return { file, line: lineAt(error.pos[0]), message, fix }
  })
  const aliases = aliasProblems(document, file, lineAt)
  const isBroken = aliases.length > 0 || document.errors.some((error) => error.code !== "DUPLICATE_KEY")
  if (!isBroken && document.errors.length > 0) joinRepeated(document)
  const data: unknown = isBroken ? undefined : document.toJS({ maxAliasCount: 0 })
  const lineOf = (path: Path): number => lineAt(offsetOf(document, path))
  return { document: { file, data, lineOf, unquoted: isBroken ? [] : unquotedIn(document) }, problems: [...problems, ...aliases] }
}

// After the first break the parser guesses, and its further complaints mislead.
function faultsIn({ errors, warnings }: Document.Parsed): readonly YAMLError[] {
  const repeated = errors.filter((error) => error.code === "DUPLICATE_KEY")
  const first = errors.find((error) => error.code !== "DUPLICATE_KEY")
  return first === undefined ? [...repeated, ...warnings] : [first]
}

/** What stands under a key twice is read as one, so that nothing of it is missed; of two single values, the first. */
function joinRepeated(document: Document.Parsed): void {
  visit(document, {
    Map: (_key, map) => {
      const first = new Map<string, unknown>()
      map.items = map.items.filter(({ key, value }) => {
        const name = isScalar(key) ? String(key.value) : ""
        const kept = first.get(name)
        if (isMap(kept) && isMap(value)) kept.items.push(...value.items)
        if (isSeq(kept) && isSeq(value)) kept.items.push(...value.items)
        const isFirst = !first.has(name)
        if (isFirst) first.set(name, value)
        return isFirst
      })
    },
  })
}

function explained(code: string, message: string): { readonly message: string; readonly fix: string } {
  if (code === "DUPLICATE_KEY") return { message: "this key stands here twice", fix: "Keep one of them" }
  if (code === "RESOURCE_EXHAUSTION") return tooDeep
  if (code === "TAG_RESOLVE_FAILED")
    return { message: `tags are not used here: ${message}`, fix: "Remove the tag, the word that starts with !" }
  return {
    message: `the YAML is broken: ${message}`,
    fix: "Correct it; a text that has a colon or # in it, or begins with a sign like - [ { * & !, needs quotes",
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
