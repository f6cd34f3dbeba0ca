/** The published document of an estate, "headwater-estate-result/1": statements with their classes, and the graph. */
import { findCycles } from "./graph/cycles.ts"
import { buildGraph } from "./graph/graph.ts"
import { classOf, isStateful } from "./judgement.ts"
import type { Consumer, Cycle, Estate, Origin, Source, Statement } from "./model.ts"

export interface EstateResult {
  readonly format: "headwater-estate-result/1"
  readonly origin: Omit<Origin, "passedOver">
  readonly statements: readonly StatementResult[]
  readonly sources: readonly Source[]
  readonly consumers: readonly Consumer[]
  readonly graph: {
    readonly nodes: readonly { readonly id: string; readonly kind: string }[]
    /** From what is read to what reads it. */
    readonly edges: readonly { readonly from: string; readonly to: string }[]
  }
  readonly cycles: readonly Cycle[]
  readonly passedOver: Origin["passedOver"]
  readonly notices: Estate["notices"]
}

/** One statement as it is published; `null` where nobody knows. */
export interface StatementResult {
  readonly id: string
  readonly name: string
  readonly kind: Statement["kind"]
  readonly file: string | null
  readonly line: number | null
  readonly materialized: string | null
  readonly writes: readonly string[]
  readonly reads: readonly string[]
  readonly dependsOn: readonly string[]
  readonly class: string
  readonly stateful: boolean | null
  readonly factor: number | null
  readonly constructs: readonly {
    readonly construct: string
    readonly line: number
    readonly start: number
    readonly end: number
    readonly reason: string
  }[]
  readonly textSource: Statement["textSource"]
  readonly readBy: Statement["verdict"]["readBy"]
  readonly differences: Statement["differences"]
  readonly because: string | null
}

/** The document of an estate; the same estate gives the same document. */
export function estateResultOf(estate: Estate): EstateResult {
  const { statements, sources, consumers, notices } = estate
  const { passedOver, ...origin } = estate.origin
  return {
    format: "headwater-estate-result/1",
    origin,
    statements: statements.map(statementResult),
    sources,
    consumers,
    graph: graphOf(estate),
    cycles: findCycles(buildGraph([...statements, ...sources.map(({ id }) => ({ id, dependsOn: [] }))])),
    passedOver,
    notices,
  }
}

function statementResult(statement: Statement): StatementResult {
  const { id, name, kind, file, line, materialized, writes, reads, dependsOn, textSource, differences, verdict } = statement
  const { factor, readBy, because, constructs } = verdict
  return {
    id,
    name,
    kind,
    file: file ?? null,
    line: line ?? null,
    materialized: materialized ?? null,
    writes,
    reads,
    dependsOn,
    class: classOf(statement),
    stateful: isStateful(statement),
    factor: factor ?? null,
    constructs: constructs.map(({ construct, line, start, end, reason }) => ({ construct, line, start, end, reason })),
    textSource,
    readBy,
    differences,
    because: because ?? null,
  }
}

function graphOf({ statements, sources, consumers }: Estate): EstateResult["graph"] {
  const edges = (to: string, read: readonly string[]) => read.map((from) => ({ from, to }))
  return {
    nodes: [...statements, ...sources, ...consumers.map(({ id }) => ({ id, kind: "consumer" }))].map(({ id, kind }) => ({
      id,
      kind,
    })),
    edges: [
      ...statements.flatMap(({ id, dependsOn }) => edges(id, dependsOn)),
      ...consumers.flatMap(({ id, reads }) => edges(id, reads)),
    ],
  }
}
