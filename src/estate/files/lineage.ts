/** Lineage by the names of relations, for what comes without a manifest. */
import type { NodeId, Notice, Source } from "../model.ts"
import { foldedName, relationFinder, schemaOf } from "./relations.ts"

/** What reads and writes, by the names that stand in its text. */
export interface Linkable {
  readonly id: NodeId
  readonly writes: readonly string[]
  readonly reads: readonly string[]
}

export interface Lineage {
  /** Statements and sources that each one reads, in the order of its text; for every id that was given. */
  readonly dependsOn: ReadonlyMap<NodeId, readonly NodeId[]>
  /** What is read and nowhere written. */
  readonly sources: readonly Source[]
  readonly notices: readonly Notice[]
}

/**
 * Links readers to all writers of what they read. What nothing writes becomes a source: `source` where `declared` has its
 * name, else `outside`. A statement that reads what it writes gets no edge to itself or to later ones that do the same, and a notice.
 */
export function linkByName(statements: readonly Linkable[], declared: ReadonlySet<string> = new Set()): Lineage {
  const writers = writersOf(statements)
  const find = relationFinder(
    writers.keys(),
    statements.map(({ writes, reads }) => [...writes, ...reads]),
  )
  const sources = new Map<NodeId, Source>()
  const notices: Notice[] = []
  const dependsOn = new Map<NodeId, readonly NodeId[]>()
  const corrections = correctionsOf(statements, writers, find)
  const done = new Set<NodeId>()
  for (const { id, reads } of statements) {
    const ids = new Set<NodeId>()
    for (const relation of reads) {
      const match = find(relation)
      if (match === "ambiguous") notices.push({ place: id, message: unclear(relation) })
      const found = typeof match === "object" ? (writers.get(match.name) ?? []) : [outside(relation, declared, sources)]
      const others = typeof match === "object" ? corrections.get(match.name) : undefined
      const corrects = others?.has(id) === true
      if (corrects) notices.push({ place: id, message: `Reads ${relation}, which it writes itself: no edge is drawn` })
      // What corrects a table reads it as those before left it: edges from later corrections would go in circles.
      for (const each of found) if (each !== id && !(corrects && others.has(each) && !done.has(each))) ids.add(each)
    }
    done.add(id)
    dependsOn.set(id, [...ids])
  }
  return { dependsOn, sources: [...sources.values()], notices }
}

function writersOf(statements: readonly Linkable[]): ReadonlyMap<string, readonly NodeId[]> {
  const writers = new Map<string, NodeId[]>()
  for (const { id, writes } of statements) {
    for (const name of new Set(writes.map(foldedName))) {
      const known = writers.get(name)
      if (known === undefined) writers.set(name, [id])
      else known.push(id)
    }
  }
  return writers
}

/** Statements that read a table which they write themselves, by its folded name. */
function correctionsOf(
  statements: readonly Linkable[],
  writers: ReadonlyMap<string, readonly NodeId[]>,
  find: ReturnType<typeof relationFinder>,
): ReadonlyMap<string, ReadonlySet<NodeId>> {
  const corrections = new Map<string, Set<NodeId>>()
  for (const { id, reads, writes } of statements) {
    for (const relation of writes.length === 0 ? [] : reads) {
      const match = find(relation)
      if (typeof match !== "object" || !writers.get(match.name)?.includes(id)) continue
      corrections.set(match.name, (corrections.get(match.name) ?? new Set()).add(id))
    }
  }
  return corrections
}

const unclear = (relation: string): string =>
  `Several tables end in ${relation}: it is taken for one outside the estate. Write its schema to link it`

function outside(relation: string, declared: ReadonlySet<string>, sources: Map<NodeId, Source>): NodeId {
  const name = foldedName(relation)
  const id = `table.${name}`
  if (!sources.has(id)) {
    const system = schemaOf(relation)
    const kind = declared.has(name) ? "source" : "outside"
    sources.set(id, { id, name: relation, kind, ...(system !== undefined && { system }) })
  }
  return id
}
