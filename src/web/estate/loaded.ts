/** The imports of an engagement with what pages look up in them, kept in memory while nothing about them changes. */
import { createHash } from "node:crypto"
import { findCycles } from "../../estate/graph/cycles.ts"
import { buildGraph } from "../../estate/graph/graph.ts"
import type { Cycle, Estate, NodeId, Statement } from "../../estate/model.ts"
import type { EngagementScope, EstateHead, StoredEstate } from "../../store/store.ts"
import type { Tools } from "../visit.ts"

export interface LoadedEstate extends StoredEstate {
  readonly byId: ReadonlyMap<NodeId, Statement>
  /** Statements by the part of the address that names them. */
  readonly byRef: ReadonlyMap<string, Statement>
  /** Names of statements, sources and consumers. */
  readonly names: ReadonlyMap<NodeId, string>
  /** Who reads a node: statements and consumers. */
  readonly readers: ReadonlyMap<NodeId, readonly NodeId[]>
  /** Statements that read each other in a circle, with the edge to cut. */
  readonly cycles: readonly Cycle[]
  /** Statements that a consumer reads, or that nothing in the estate reads. */
  readonly sinks: ReadonlySet<NodeId>
}

/** Statements held in memory at most, besides those of the import that was asked for last. */
const mostKept = 40_000

const kept = new Map<string, LoadedEstate>()

/** Every import of the engagement that was taken, oldest first. The scope decides which; memory only saves reading it again. */
export const estatesOf = async (scope: EngagementScope, { store }: Pick<Tools, "store">): Promise<readonly LoadedEstate[]> => {
  const loaded: LoadedEstate[] = []
  for (const head of await store.listEstates(scope)) {
    const known = kept.get(keyOf(head))
    const stored = known ?? (await store.loadEstate(scope, head.id))
    if (stored === undefined) continue
    const estate = known ?? indexed(stored)
    keep(estate)
    loaded.push(estate)
  }
  return loaded
}

const keep = (estate: LoadedEstate): void => {
  for (const [key, { id }] of kept) if (id === estate.id) kept.delete(key)
  kept.set(keyOf(estate), estate)
  let total = 0
  for (const [key, { statements }] of [...kept].toReversed()) {
    total += statements
    if (total > mostKept && kept.get(key) !== estate) kept.delete(key)
  }
}

const keyOf = ({ id, revision, importedAt }: EstateHead): string => `${id} ${revision} ${importedAt}`

/** The part of an address that names a statement: ids may be long and hold anything. */
export const refOf = (statement: NodeId): string => createHash("sha256").update(statement).digest("hex").slice(0, 20)

/** Adds the look-ups, in time linear in statements and edges. */
export const indexed = (stored: StoredEstate): LoadedEstate => {
  const { statements, sources, consumers } = stored.estate
  const readers = readersOf(stored.estate)
  const consumed = new Set(consumers.flatMap(({ reads }) => reads))
  return {
    ...stored,
    byId: new Map(statements.map((one) => [one.id, one])),
    byRef: new Map(statements.map((one) => [refOf(one.id), one])),
    names: new Map([...statements, ...sources, ...consumers].map(({ id, name }) => [id, name])),
    readers,
    cycles: findCycles(buildGraph(statements), namer(statements)),
    sinks: new Set(
      statements.flatMap(({ id, materialized }) =>
        materialized !== "ephemeral" && (consumed.has(id) || !readers.has(id)) ? [id] : [],
      ),
    ),
  }
}

/** What tells most about a statement. */
const namer = (statements: readonly Statement[]) => {
  const byId = new Map(statements.map((one) => [one.id, one]))
  return (id: NodeId): string => {
    const { name = id, file = "", tags = [] } = byId.get(id) ?? {}
    return [name, file, ...tags].join(" ")
  }
}

const readersOf = ({ statements, consumers }: Estate): ReadonlyMap<NodeId, readonly NodeId[]> => {
  const readers = new Map<NodeId, NodeId[]>()
  const add = (read: NodeId, reader: NodeId): void => {
    const known = readers.get(read)
    if (known === undefined) readers.set(read, [reader])
    else if (known.at(-1) !== reader) known.push(reader)
  }
  for (const { id, dependsOn } of statements) for (const read of dependsOn) if (read !== id) add(read, id)
  for (const { id, reads } of consumers) for (const read of reads) add(read, id)
  return readers
}
