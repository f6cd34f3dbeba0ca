/** Sorts what a manifest holds: what moves data, what data comes from, who reads, and what is only counted. */
import { z } from "zod"
import { type FileProblem, inheritedNames, pathText, type PathStep } from "../../assessment/json-text.ts"
import { inWords, shapeProblems } from "../../assessment/shape-problems.ts"
import type { NodeId } from "../model.ts"
import {
  anyShape,
  exposureShape,
  type ExposureNode,
  passageShape,
  type SourceNode,
  sourceShape,
  type StatementNode,
  statementShape,
} from "./node-shape.ts"
import { isObject, type JsonObject } from "./open-json.ts"

export interface Items {
  /** Models and snapshots. */
  readonly statements: ReadonlyMap<NodeId, StatementNode>
  /** Sources, seeds, and the models of other projects that stand in the manifest by name only. */
  readonly sources: ReadonlyMap<NodeId, SourceNode>
  readonly exposures: ReadonlyMap<NodeId, ExposureNode>
  /** Metrics and the like, with what they depend on: an exposure that reads a metric reads what is behind it. */
  readonly passages: ReadonlyMap<NodeId, readonly NodeId[]>
  /** Type of everything that has an id, also of what is only counted: "test". */
  readonly types: ReadonlyMap<NodeId, string>
  /** "test" → 120, "disabled" → 3. */
  readonly passedOver: ReadonlyMap<string, number>
}

/** Sections with what their entries are where they do not say it; `nodes` first, as its ids go before others. */
const sections = [
  ["nodes", undefined],
  ["sources", "source"],
  ["exposures", "exposure"],
  ["metrics", "metric"],
  ["semantic_models", "semantic_model"],
  ["saved_queries", "saved_query"],
  ["unit_tests", "unit_test"],
  ["functions", "function"],
  ["macros", "macro"],
] as const

const passageTypes: ReadonlySet<string> = new Set(["metric", "semantic_model", "saved_query"])

interface Sorting {
  readonly data: JsonObject
  readonly items: { readonly [name in keyof Items]: Map<string, unknown> }
  readonly problems: FileProblem[]
}

/** Everything in the manifest by its id, or what is wrong with it. Reads each entry once; keeps only the fields that are needed. */
export function sortItems(data: JsonObject): { readonly items: Items; readonly problems: readonly FileProblem[] } {
  const items = {
    statements: new Map<NodeId, StatementNode>(),
    sources: new Map<NodeId, SourceNode>(),
    exposures: new Map<NodeId, ExposureNode>(),
    passages: new Map<NodeId, readonly NodeId[]>(),
    types: new Map<NodeId, string>(),
    passedOver: new Map<string, number>(),
  }
  const sorting: Sorting = { data, items, problems: [] }
  for (const [section, type] of sections) sortSection(sorting, section, type)
  const disabled = countDisabled(data["disabled"])
  if (disabled > 0) count(sorting, "disabled", disabled)
  return { items, problems: sorting.problems }
}

function sortSection(sorting: Sorting, section: string, type: string | undefined): void {
  const entries = sorting.data[section]
  const needed = section === "nodes"
  if (entries === undefined || entries === null) {
    if (needed) report(sorting, [section], 'Add "nodes": it is missing, so that there is nothing to read')
  } else if (!isObject(entries)) {
    report(sorting, [section], `Give an object, { … }: this is ${inWords(entries)}`)
  } else {
    for (const [key, entry] of Object.entries(entries)) sortEntry(sorting, [section, key], entry, type)
  }
}

function sortEntry(sorting: Sorting, path: readonly [string, string], entry: unknown, sectionType: string | undefined): void {
  const [, key] = path
  if (inheritedNames.has(key)) return report(sorting, path, "Remove this key: it is not allowed")
  const plain = parse(sorting, path, anyShape, entry)
  if (plain === undefined) return
  const id = plain.unique_id ?? key
  const type = plain.resource_type ?? sectionType ?? id.slice(0, Math.max(0, id.indexOf(".")))
  const before = sorting.items.types.get(id)
  // Manifests of old versions hold their sources twice.
  if (before === "source" && type === "source") return
  if (inheritedNames.has(id)) return report(sorting, [...path, "unique_id"], "Use another id: this one is not allowed")
  if (before !== undefined) return report(sorting, path, `Keep one of them: the id "${id}" appears more than once`)
  sorting.items.types.set(id, type)
  keep(sorting, path, id, type, entry)
}

function keep(sorting: Sorting, path: readonly PathStep[], id: NodeId, type: string, entry: unknown): void {
  const { statements, sources, exposures, passages } = sorting.items
  const shape = shapeOf(type)
  const node = shape === undefined ? undefined : parse(sorting, path, shape, entry)
  if (shape !== undefined && node === undefined) return
  if (isSwitchedOff(node)) {
    sorting.items.types.delete(id)
    count(sorting, "disabled")
  } else if (type === "model" || type === "snapshot") {
    const elsewhere = isOfAnotherProject(node as StatementNode)
    ;(elsewhere ? sources : statements).set(id, node)
  } else if (type === "source" || type === "seed") sources.set(id, node)
  else if (type === "exposure") exposures.set(id, node)
  else {
    count(sorting, countedAs(type))
    if (passageTypes.has(type)) passages.set(id, edgesOf(passageShape.safeParse(entry).data))
  }
}

function shapeOf(type: string): typeof statementShape | typeof sourceShape | typeof exposureShape | undefined {
  if (type === "model" || type === "snapshot") return statementShape
  if (type === "source" || type === "seed") return sourceShape
  return type === "exposure" ? exposureShape : undefined
}

/** What `depends_on.nodes` lists, as it stands. */
export function edgesOf(node: z.infer<typeof passageShape> | undefined): readonly NodeId[] {
  return node?.depends_on?.nodes?.filter((each) => each !== null) ?? []
}

function isSwitchedOff(node: StatementNode | SourceNode | ExposureNode | undefined): boolean {
  return node?.config?.enabled === false
}

/** dbt writes the public models of other projects without a file and without a text. */
function isOfAnotherProject({ path, original_file_path: file, raw_code: raw, compiled_code: compiled }: StatementNode): boolean {
  return path === "" && file === "" && (raw ?? "") === "" && (compiled ?? "") === ""
}

/** A list up to v2; from v3 on lists by id, and single nodes in between. */
function countDisabled(disabled: unknown): number {
  if (Array.isArray(disabled)) return disabled.length
  if (!isObject(disabled)) return 0
  return Object.values(disabled).reduce<number>((sum, each) => sum + (Array.isArray(each) ? each.length : 1), 0)
}

function countedAs(type: string): string {
  return /^[a-z][a-z_ ]{0,40}$/.test(type) && !inheritedNames.has(type) ? type.replaceAll("_", " ") : "other"
}

function count({ items }: Sorting, what: string, more = 1): void {
  items.passedOver.set(what, Number(items.passedOver.get(what) ?? 0) + more)
}

function parse<Shape extends z.ZodType>(
  sorting: Sorting,
  path: readonly PathStep[],
  shape: Shape,
  entry: unknown,
): z.output<Shape> | undefined {
  const parsed = shape.safeParse(entry)
  if (parsed.success) return parsed.data
  for (const issue of parsed.error.issues) {
    sorting.problems.push(...shapeProblems({ ...issue, path: [...path, ...issue.path] }, sorting.data))
  }
  return undefined
}

function report({ problems }: Sorting, path: readonly PathStep[], message: string): void {
  problems.push({ path: pathText(path), message })
}
