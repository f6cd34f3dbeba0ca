/** Sinks → groups that make a data product each (E.4, steps 2 and 3). */
import type { Questionnaire, Row } from "../../assessment/model.ts"
import { rowName } from "../../assessment/question-types/table.ts"
import { jaccard } from "../graph/cones.ts"
import { type DomainFacts, listIn, nameKey, tableQuestion, textIn } from "./engagement-facts.ts"
import { entityOf } from "./entities.ts"
import type { EstateGraph } from "../plan/estate-graph.ts"
import { gather } from "../gather.ts"
import type { Need, Needs } from "./needs.ts"
import type { SinkCone } from "./sink-cones.ts"
import type { SinkNames, SinkTable } from "./sinks.ts"

/** Share of two cones that has to be the same for two sinks to be one product. */
const SAME_CONE = 0.5
/** Required ages further apart than this many classes are served by products of their own. */
const MOST_CLASSES_APART = 1
/** A sink that needs this many contexts is an aggregate product of its consumer's context. */
const AGGREGATE_CONTEXTS = 3
/** An entity that more sinks than this seem to be about says nothing about any of them. */
const MOST_OF_ENTITY = 500

/** A sink with what decides which product it belongs to. */
export interface PlacedSink {
  readonly sink: SinkTable
  readonly cone: SinkCone
  readonly needs: readonly Need[]
  readonly owner?: string
  readonly entity?: string
  /** Bounded context: as listed in DOM-05, else the domain. */
  readonly context: string
  /** It brings at least three contexts together. */
  readonly isAggregate: boolean
  readonly ageClass?: number
  /** The candidate product (DOM-05) that names it. */
  readonly candidate?: string
}

/** Places each sink that has a cone. */
export function placeSinks(
  questionnaire: Questionnaire,
  estate: EstateGraph,
  cones: ReadonlyMap<SinkTable, SinkCone>,
  needs: Needs,
  names: SinkNames,
  facts: readonly DomainFacts[],
): readonly PlacedSink[] {
  const candidates = candidatesBySink(questionnaire, names, facts)
  return [...cones].map(([sink, cone]) => {
    const own = needs.bySink.get(sink) ?? []
    const candidate = candidates.get(sink)
    const statements = sink.nodes.flatMap((node) => estate.statementAt[node] ?? [])
    const owner = statements.flatMap((each) => each.owner ?? [])[0] ?? candidate?.owner
    const entity = entityOf(keyOf(statements), statements[0]?.writes[0] ?? sink.name)
    const classes = own.flatMap((need) => need.ageClass ?? [])
    return {
      sink,
      cone,
      needs: own,
      context: candidate?.context ?? sink.domain,
      isAggregate: contextsIn(estate, cone) >= AGGREGATE_CONTEXTS,
      ...(owner === undefined ? {} : { owner }),
      ...(entity === undefined ? {} : { entity }),
      ...(classes.length === 0 ? {} : { ageClass: Math.max(...classes) }),
      ...(candidate === undefined ? {} : { candidate: candidate.name }),
    }
  })
}

/**
 * Groups sinks of one domain: those that a candidate product names, and those that share key entity, context and owner and at
 * least half of their cones, as long as the required ages lie no more than one class apart. What nobody reads is no part of
 * what somebody reads.
 */
export function groupSinks(placed: readonly PlacedSink[]): readonly (readonly PlacedSink[])[] {
  const groups = new Map<string, PlacedSink[]>()
  for (const each of placed) gather(groups, groupKey(each), each)
  return [...groups.values()].flatMap((group) => {
    const isListed = group[0]?.candidate !== undefined
    if (!isListed && group.length > MOST_OF_ENTITY) return group.map((each) => [each])
    const clusters: PlacedSink[][] = []
    for (const each of group) {
      const home = clusters.find((cluster) =>
        cluster.every((other) => areNear(each, other) && (isListed || shareCone(each.cone.statements, other.cone.statements))),
      )
      if (home === undefined) clusters.push([each])
      else home.push(each)
    }
    return clusters
  })
}

/** Columns that identify a row of what the statements write, where one of them says so. */
export function keyOf(statements: readonly { readonly key?: readonly string[] }[]): readonly string[] | undefined {
  return statements.flatMap(({ key }) => (key === undefined || key.length === 0 ? [] : [key]))[0]
}

/** What a sink without candidate and entity has in common with nobody is its own id. */
function groupKey({ sink, owner, entity, context, candidate, needs }: PlacedSink): string {
  const what = candidate ?? entity ?? sink.nodes[0]
  return JSON.stringify([
    sink.domain,
    context,
    candidate !== undefined,
    what,
    owner ?? null,
    candidate !== undefined || needs.length > 0,
  ])
}

function areNear(one: PlacedSink, other: PlacedSink): boolean {
  if (one.ageClass === undefined || other.ageClass === undefined) return true
  return Math.abs(one.ageClass - other.ageClass) <= MOST_CLASSES_APART
}

/** Cones of which one is more than twice the other cannot share half of what either needs. */
function shareCone(one: Uint32Array, other: Uint32Array): boolean {
  const [small, large] = one.length < other.length ? [one, other] : [other, one]
  return small.length >= SAME_CONE * large.length && jaccard(one, other) >= SAME_CONE
}

/** Source systems in a cone, as the contexts that it draws on. */
function contextsIn({ sources, statements }: EstateGraph, cone: SinkCone): number {
  const systems = new Set<string>()
  for (const node of cone.sources) {
    const source = sources[node - statements]
    if (source?.system !== undefined) systems.add(nameKey(source.system))
  }
  return systems.size
}

interface ListedProduct {
  readonly name: string
  readonly context?: string
  readonly owner?: string
}

function candidatesBySink(
  questionnaire: Questionnaire,
  names: SinkNames,
  facts: readonly DomainFacts[],
): ReadonlyMap<SinkTable, ListedProduct> {
  const { inventory } = questionnaire.scoring.needs.products
  const question = tableQuestion(questionnaire, inventory)
  const bySink = new Map<SinkTable, ListedProduct>()
  for (const domain of question === undefined ? [] : facts) {
    for (const row of domain.rows(inventory)) {
      const product = listedProduct(row, question === undefined ? row.id : rowName(question, row))
      for (const sink of listIn(row["sinks"]).flatMap((name) => names.find(name, domain.domain))) {
        if (!bySink.has(sink)) bySink.set(sink, product)
      }
    }
  }
  return bySink
}

function listedProduct(row: Row, name: string): ListedProduct {
  const context = textIn(row["context"])
  const owner = textIn(row["owner"])
  return { name, ...(context === undefined ? {} : { context }), ...(owner === undefined ? {} : { owner }) }
}
