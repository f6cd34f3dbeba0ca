/** Sink tables: what nothing in the estate reads, and what somebody outside of it reads. */
import { type DomainFacts, listIn, nameKey, textIn } from "./engagement-facts.ts"
import type { EstateGraph } from "../plan/estate-graph.ts"
import { gather } from "../gather.ts"
import type { PlacedConsumer, PlacedStatement } from "../merge.ts"
import { bareName } from "../relation-names.ts"

/** Inventories that name the readers of statements and of jobs. */
const STATEMENTS = "SQL-01"
const JOBS = "MBT-01"

/** One table that is read, or that nothing reads, with every statement that writes it. */
export interface SinkTable {
  readonly name: string
  readonly domain: string
  /** Numbers of the statements that write it. */
  readonly nodes: readonly number[]
  /** Exposures and readers of the estate. */
  readonly readers: readonly PlacedConsumer[]
  /** Somebody is listed in the engagement as reading it, by name. */
  readonly listedReaders: readonly string[]
}

/** Finds the sink tables, in the order of the estate; statements that write one table are one sink. */
export function findSinks(estate: EstateGraph, factsOf: (domain: string) => DomainFacts): readonly SinkTable[] {
  const { graph, statementAt } = estate
  const readers = readersByNode(estate)
  const listed = listedByNode(estate, factsOf)
  const writers = Map.groupBy(statementAt.keys(), (node) => tableOf(statementAt[node]))
  const { offsets } = graph.downstream
  return [...writers.values()].flatMap((writing) => {
    const own = writing.flatMap((node) => readers.get(node) ?? [])
    const names = writing.flatMap((node) => listed.get(node) ?? [])
    const isReadOutside = own.length > 0 || names.length > 0
    // What is ephemeral is stored nowhere, so that nobody can read it.
    const stored = writing.filter((node) => statementAt[node]?.materialized !== "ephemeral")
    const nodes = isReadOutside ? stored : stored.filter((node) => offsets[node] === offsets[node + 1])
    const first = statementAt[nodes[0] ?? -1]
    if (first === undefined) return []
    return [{ name: first.name, domain: first.domain, nodes, readers: [...new Set(own)], listedReaders: [...new Set(names)] }]
  })
}

/** Sinks of a domain by the names that people use for them: the table's bare name, the statement's name. */
export function namesOfSinks(sinks: readonly SinkTable[], statementAt: readonly PlacedStatement[]): SinkNames {
  const byName = new Map<string, SinkTable[]>()
  for (const sink of sinks) {
    const names = sink.nodes.flatMap((node) => namesOf(statementAt[node]))
    for (const name of new Set(names)) gather(byName, name, sink)
  }
  return {
    find: (name, domain) => {
      const found = byName.get(nameKey(name)) ?? byName.get(bareName(name)) ?? []
      const here = found.filter((sink) => sink.domain === domain)
      return here.length > 0 ? here : found
    },
  }
}

export interface SinkNames {
  /** Sinks of that name, those of the domain if it has any. */
  find(name: string, domain: string): readonly SinkTable[]
}

const namesOf = (statement: PlacedStatement | undefined): readonly string[] =>
  statement === undefined
    ? []
    : [nameKey(statement.name), bareName(statement.name), ...statement.writes.flatMap((each) => [nameKey(each), bareName(each)])]

/** A statement that writes nothing by name is a sink of its own. */
function tableOf(statement: PlacedStatement | undefined): string {
  const [written] = statement?.writes ?? []
  return written === undefined ? `${statement?.domain} ${statement?.id}` : `${statement?.domain} ${nameKey(written)}`
}

function readersByNode({ merged, graph, statements }: EstateGraph): ReadonlyMap<number, readonly PlacedConsumer[]> {
  const readers = new Map<number, PlacedConsumer[]>()
  for (const consumer of merged.consumers) {
    for (const id of consumer.reads) {
      const node = graph.index(id)
      if (node === undefined || node >= statements) continue
      gather(readers, node, consumer)
    }
  }
  return readers
}

/** Readers that the engagement lists beside a statement (SQL-01) or a job (MBT-01). */
function listedByNode(estate: EstateGraph, factsOf: (domain: string) => DomainFacts): ReadonlyMap<number, readonly string[]> {
  const listed = new Map<number, string[]>()
  const domains = Map.groupBy(estate.statementAt.keys(), (node) => estate.statementAt[node]?.domain ?? "")
  for (const [domain, nodes] of domains) {
    const facts = factsOf(domain)
    const rows = [
      ...facts.rows(STATEMENTS).map((row) => ({ names: [row["sink"], row["name"]], readers: listIn(row["readers"]) })),
      ...facts.rows(JOBS).map((row) => ({ names: [row["name"]], readers: listIn(row["reader"]) })),
    ].filter(({ readers }) => readers.length > 0)
    if (rows.length === 0) continue
    const byName = new Map<string, number[]>()
    for (const node of nodes) {
      for (const name of new Set(namesOf(estate.statementAt[node]))) gather(byName, name, node)
    }
    for (const { names, readers } of rows) {
      const [found = []] = names.flatMap((name) => {
        const text = textIn(name)
        const known = text === undefined ? undefined : (byName.get(nameKey(text)) ?? byName.get(bareName(text)))
        return known === undefined ? [] : [known]
      })
      for (const node of found) for (const reader of readers) gather(listed, node, reader)
    }
  }
  return listed
}
