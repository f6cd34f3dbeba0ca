/** The merged estate as a graph without circles, with what every statement counts as. */
import type { Questionnaire } from "../../assessment/model.ts"
import type { EffortRange } from "../../assessment/result.ts"
import { cutCycles, findCycles } from "../graph/cycles.ts"
import type { DomainFacts } from "../products/engagement-facts.ts"
import { type Graph, buildGraph } from "../graph/graph.ts"
import { judged } from "../judgement.ts"
import type { MergedEstate, PlacedSource, PlacedStatement } from "../merge.ts"
import type { Cycle, Verdict } from "../model.ts"
import { type StatementEfforts, statementEfforts } from "../products/statement-effort.ts"

export interface EstateGraph {
  readonly merged: MergedEstate
  /** Statements first, then sources; without the edges that were cut. */
  readonly graph: Graph
  /** Nodes below this number are statements. */
  readonly statements: number
  /** By number of the node: the statement, the verdict that counts and the person-days. */
  readonly statementAt: readonly PlacedStatement[]
  readonly verdictAt: readonly Verdict[]
  readonly effortAt: readonly EffortRange[]
  /** Node `statements + n` is source n. */
  readonly sources: readonly PlacedSource[]
  readonly cycles: readonly Cycle[]
  /** Every edge that is left out, of cycles and within them. */
  readonly cuts: readonly Cycle["cut"][]
}

/** Builds the graph, cuts its circles and estimates every statement with the answers of its domain. */
export function graphEstate(
  questionnaire: Questionnaire,
  merged: MergedEstate,
  factsOf: (domain: string) => DomainFacts,
): EstateGraph {
  const nodes = [...merged.statements, ...merged.sources.map(({ id }) => ({ id, dependsOn: [] }))]
  const whole = buildGraph(nodes)
  const named = new Map(merged.statements.map((each) => [each.id, [each.name, each.file, ...(each.tags ?? [])].join(" ")]))
  const nameOf = (id: string): string => named.get(id) ?? id
  const cycles = findCycles(whole, nameOf)
  const { graph, cuts } = cutCycles(whole, cycles, nameOf)
  const byId = new Map(merged.statements.map((each) => [each.id, each]))
  const sources = new Map(merged.sources.map((each) => [each.id, each]))
  const statementAt = graph.ids.flatMap((id) => byId.get(id) ?? [])
  const effortsOf = effortsByDomain(questionnaire, merged, factsOf)
  return {
    merged,
    graph,
    statements: statementAt.length,
    statementAt,
    verdictAt: statementAt.map(judged),
    sources: graph.ids.slice(statementAt.length).flatMap((id) => sources.get(id) ?? []),
    effortAt: statementAt.map((each) => effortsOf(each.domain).effortOf(each)),
    cycles,
    cuts,
  }
}

/** Gives the efforts of a domain's statements, calibrated once. */
export function effortsByDomain(
  questionnaire: Questionnaire,
  merged: Pick<MergedEstate, "statements">,
  factsOf: (domain: string) => DomainFacts,
): (domain: string) => StatementEfforts {
  const here = Map.groupBy(merged.statements, ({ domain }) => domain)
  const known = new Map<string, StatementEfforts>()
  return (domain) => {
    const efforts = known.get(domain) ?? statementEfforts(questionnaire, factsOf(domain), here.get(domain) ?? [])
    known.set(domain, efforts)
    return efforts
  }
}
