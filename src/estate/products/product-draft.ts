/** A group of sinks → a product with its cone, effort, contract, translations and fate. */
import type { EstateGraph } from "../plan/estate-graph.ts"
import { fateOf } from "./fate.ts"
import { keyOf } from "./grouping.ts"
import { mixOf } from "../judgement.ts"
import type { NodeId, OutputKind, Product } from "../model.ts"
import type { NamedGroup } from "./product-names.ts"
import type { Need } from "./needs.ts"
import { productEffort } from "./product-effort.ts"
import { joined } from "./sink-cones.ts"
import { type SourceSystem, systemsOf } from "./source-systems.ts"
import { stricter, translationsOf } from "./translations.ts"

/** A product with what planning looks at besides. Numbers are those of the graph. */
export interface ProductDraft {
  readonly product: Product
  /** Its cone, ascending. */
  readonly statements: Uint32Array
  readonly sources: Uint32Array
  readonly sinks: readonly number[]
  /** Number of sink tables. */
  readonly tables: number
  readonly needs: readonly Need[]
}

/** What every draft is made from. */
export interface DraftGround {
  readonly systems: readonly SourceSystem[]
  readonly outputs: readonly OutputKind[]
  /** Domains of which somebody said who reads anything at all. */
  readonly known: ReadonlySet<string>
  idOf(domain: string, name: string): string
}

/** The product of a group of sinks, before it is known what it shares. */
export function draftOf(estate: EstateGraph, { name, sinks: group }: NamedGroup, given: DraftGround): ProductDraft {
  const statements = joined(group.map(({ cone }) => cone.statements))
  const sources = joined(group.map(({ cone }) => cone.sources))
  const sinks = group.flatMap(({ sink }) => sink.nodes)
  const needs = distinct(group.flatMap((each) => each.needs))
  const first = group[0]
  const domain = first?.sink.domain ?? ""
  const verdicts = valuesAt(estate.verdictAt, statements)
  const effort = productEffort(estate.effortAt, statements, systemsOf(sources, given.systems, estate.statements), group.length)
  const owner = first?.owner
  const product: Product = {
    id: given.idOf(domain, name),
    name,
    domain,
    context: first?.context ?? domain,
    aggregate: group.some((each) => each.isAggregate),
    ...(owner === undefined ? {} : { owner }),
    sinks: idsOf(estate, sinks),
    cone: idsOf(estate, statements),
    own: [],
    shared: [],
    sources: idsOf(estate, sources),
    consumers: needs.map(({ consumer }) => consumer),
    mix: mixOf(verdicts),
    effort,
    marginal: effort,
    contract: contractOf(
      estate,
      group.map(({ sink }) => sink.nodes),
      needs,
      given.outputs,
    ),
    translations: translationsOf(verdicts),
    ...fateOf({
      needs,
      sinks: sinks.flatMap((node) => estate.verdictAt[node] ?? []),
      readersAreKnown: given.known.has(domain),
    }),
  }
  return { product, statements, sources, sinks, tables: group.length, needs }
}

/** A consumer of several sinks of a product is one consumer of it. */
function distinct(needs: readonly Need[]): readonly Need[] {
  return [...new Map(needs.map((need) => [`${need.consumer.from} ${need.consumer.name}`, need])).values()]
}

function contractOf(
  { statementAt }: EstateGraph,
  tables: readonly (readonly number[])[],
  needs: readonly Need[],
  outputs: readonly OutputKind[],
): Product["contract"] {
  const ages = needs.flatMap(({ consumer }) => consumer.requiredAge ?? [])
  const shares = needs.flatMap(({ consumer }) => consumer.completeness ?? [])
  const keys = tables.map((nodes) => keyOf(nodes.flatMap((node) => statementAt[node] ?? [])))
  // Tables with keys of their own have each its own in the contract.
  const key = new Set(keys.map((each) => each?.join())).size === 1 ? keys[0] : undefined
  return {
    ...(ages.length === 0 ? {} : { freshnessMinutes: Math.min(...ages) }),
    ...(shares.length === 0 ? {} : { completeness: Math.max(...shares) }),
    output: tables.flat().reduce<OutputKind>((output, node) => stricter(output, outputs[node] ?? "append"), "as input"),
    ...(key === undefined ? {} : { key }),
  }
}

/** Ids of nodes, in the order of their numbers. */
export const idsOf = ({ graph }: EstateGraph, nodes: ArrayLike<number>): readonly NodeId[] => valuesAt(graph.ids, nodes)

/** What a list holds at some places; places that it does not have are left out. */
function valuesAt<T>(list: readonly T[], places: ArrayLike<number>): readonly T[] {
  const values: T[] = []
  for (let at = 0; at < places.length; at++) {
    const value = list[places[at] ?? 0]
    if (value !== undefined) values.push(value)
  }
  return values
}
