/** Where the tables that a text reads and the lineage of the manifest disagree. */
import type { Difference, NodeId } from "../model.ts"
import type { Lineage, Linked } from "./lineage.ts"
import { canBeSame, type Parts, partsOf } from "./relations.ts"

/** What one text shows: the relations that it reads, and the text itself, compiled or raw. */
export interface Shown {
  readonly text: string
  readonly source: "compiled" | "raw"
  readonly reads: readonly string[]
}

/**
 * `reads` are the relations of the text, what ref() and source() name under their relations. `differences` are tables in the
 * text that are no dependency of the statement (`hard-coded`), and dependencies that the text does not show (`not-in-text`, as
 * where a macro makes the edge). Names are compared without quotes and case, and may leave out database and schema. Queries
 * of ephemeral models stand in the text of their readers, together with what they read.
 */
export function compareReads(
  id: NodeId,
  shown: Shown,
  lineage: Lineage,
): { readonly reads: readonly string[]; readonly differences: readonly Difference[] } {
  const own = lineage.get(id)
  if (own === undefined) return { reads: shown.reads, differences: [] }
  const near = behindFolded(own.dependsOn, lineage)
  if (near.length > mostCompared) return { reads: shown.reads, differences: [] }
  const expected = indexed([id, ...near], lineage)
  const found = new Set<NodeId>()
  const reads = new Set<string>()
  const differences: Difference[] = []
  for (const read of new Set(shown.reads)) {
    if (shown.source === "raw" && read === ownName) continue
    const ids = candidates(partsOf(read), expected)
    for (const each of ids) found.add(each)
    const [only] = ids
    reads.add(shown.source === "raw" && only !== undefined ? (lineage.get(only)?.relation ?? read) : read)
    if (only === undefined) differences.push({ kind: "hard-coded", relation: read })
  }
  const missing = own.dependsOn.filter((each) => each !== id && !found.has(each))
  const hidden = withoutNamed(shown, missing, lineage)
  return {
    reads: [...reads],
    differences: [
      ...differences,
      ...hidden.map((each) => ({ kind: "not-in-text", relation: lineage.get(each)?.relation ?? each }) as const),
    ],
  }
}

/** What the reader of templates gives for `{{ this }}`. */
const ownName = "{this}"

/** Ephemeral models may lie behind each other; a statement with more behind it than this is not compared. */
const mostCompared = 2_000

/** The given nodes and, behind those that are ephemeral, what they depend on; not much more than are compared. */
function behindFolded(ids: readonly NodeId[], lineage: Lineage): readonly NodeId[] {
  const seen = new Set<NodeId>(ids)
  for (const id of seen) {
    if (seen.size > mostCompared) break
    const node = lineage.get(id)
    if (node?.folded !== undefined) for (const behind of node.dependsOn) seen.add(behind)
  }
  return [...seen]
}

type Index = ReadonlyMap<string, readonly { readonly id: NodeId; readonly parts: Parts }[]>

/** By the last part of each name. */
function indexed(ids: readonly NodeId[], lineage: Lineage): Index {
  const named = ids.flatMap((id) => {
    const node = lineage.get(id)
    return node === undefined ? [] : allNames(node).map((parts) => ({ id, parts }))
  })
  return Map.groupBy(named, ({ parts }) => parts.at(-1) ?? "")
}

function allNames({ names, folded = [] }: Linked): readonly Parts[] {
  return [...names, ...folded.map((query) => [query])]
}

function candidates(read: Parts, index: Index): readonly NodeId[] {
  return (index.get(read.at(-1) ?? "") ?? []).filter(({ parts }) => canBeSame(read, parts)).map(({ id }) => id)
}

/**
 * Of the dependencies that are no table of the text, those that it does not name at all: a compiled text holds the query of
 * an ephemeral model, a raw text may name a model in a branch that only an incremental run takes.
 */
function withoutNamed({ text, source }: Shown, ids: readonly NodeId[], lineage: Lineage): readonly NodeId[] {
  if (ids.length === 0) return []
  const searched = text.toLowerCase()
  const words = new Set(source === "raw" ? searched.split(/['"]/) : searched.match(/__dbt__cte__[^\s"`(),;.]+/g))
  return ids.filter((id) => {
    const { names = [], folded = [] } = lineage.get(id) ?? {}
    const called = source === "raw" ? names.map((parts) => parts.at(-1) ?? "") : folded
    return !called.some((name) => words.has(name))
  })
}
