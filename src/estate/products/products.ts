/** Statements → data products, by what their sinks need and who reads them (E.4). */
import type { Questionnaire } from "../../assessment/model.ts"
import type { DomainFacts } from "./engagement-facts.ts"
import type { EstateGraph } from "../plan/estate-graph.ts"
import { groupSinks, placeSinks } from "./grouping.ts"
import { type Needs, linkNeeds } from "./needs.ts"
import { type DraftGround, type ProductDraft, draftOf, idsOf } from "./product-draft.ts"
import { nameGroups } from "./product-names.ts"
import { usersOf } from "./shared-tables.ts"
import { conesOfSinks } from "./sink-cones.ts"
import { type SinkTable, findSinks, namesOfSinks } from "./sinks.ts"
import { type SourceSystem, sourceSystems } from "./source-systems.ts"
import { outputsOf } from "./translations.ts"

/** Consumers that are named where nothing says what they read. */
const MOST_NAMED = 5

export interface ProductCut {
  readonly drafts: readonly ProductDraft[]
  /** By place among the sources. */
  readonly systems: readonly SourceSystem[]
  /** How many products that stay use each node. */
  readonly users: Uint32Array
  readonly notices: readonly string[]
}

/** Cuts an estate into products, in the order of their first sink. */
export function cutProducts(
  questionnaire: Questionnaire,
  estate: EstateGraph,
  factsOf: (domain: string) => DomainFacts,
  domains: readonly string[],
): ProductCut {
  const facts = domains.map(factsOf)
  const sinks = findSinks(estate, factsOf)
  const names = namesOfSinks(sinks, estate.statementAt)
  const needs = linkNeeds(questionnaire, sinks, names, facts)
  const wanted = sinks.toSorted((one, other) => Number(needsOf(needs, other) > 0) - Number(needsOf(needs, one) > 0))
  const cones = conesOfSinks(estate, wanted)
  const known = new Set(sinks.filter((sink) => needsOf(needs, sink) > 0).map((sink) => sink.domain))
  const groups = groupSinks(placeSinks(questionnaire, estate, cones, needs, names, facts))
  const systems = sourceSystems(questionnaire, estate, facts)
  const outputs = outputsOf(estate)
  const inOrder = groups.toSorted((one, other) => (one[0]?.sink.nodes[0] ?? 0) - (other[0]?.sink.nodes[0] ?? 0))
  const idOf = uniqueIds()
  const { named, notices: cuts } = nameGroups(inOrder)
  const rough = named.map((group) => draftOf(estate, group, { systems, outputs, idOf, known }))
  const users = usersOf(estate, rough)
  return {
    drafts: rough.map((draft) => withShares(estate, draft, users)),
    systems,
    users,
    notices: [
      ...unlinkedInWords(questionnaire, needs, sinks),
      ...cuts,
      ...(cones.size === sinks.length
        ? []
        : [
            `${sinks.length - cones.size} sinks are in no product, because their cones together are too large: import the estate in parts, one for each domain.`,
          ]),
    ],
  }
}

/** Consumers of which nobody can say what they read, in the domains that have sinks at all. */
function unlinkedInWords(questionnaire: Questionnaire, { unlinked }: Needs, sinks: readonly SinkTable[]): readonly string[] {
  const { inventory, products } = questionnaire.scoring.needs
  const domains = new Set(sinks.map(({ domain }) => domain))
  const open = Map.groupBy(
    unlinked.filter(({ domain }) => domains.has(domain)),
    ({ domain }) => domain,
  )
  return Array.from(open, ([domain, own]) => {
    const names = own.slice(0, MOST_NAMED).map(({ name }) => name)
    const more = own.length > MOST_NAMED ? ` and ${own.length - MOST_NAMED} more` : ""
    return `Nothing says which tables ${names.join(", ")}${more} (${inventory}, ${domain}) read: name their sink tables in ${products.inventory}, or them as readers in SQL-01.`
  })
}

function needsOf(needs: Needs, sink: SinkTable): number {
  return needs.bySink.get(sink)?.length ?? 0
}

/** What no other product uses is its own; what a retired product shares with one that stays belongs to that one. */
function withShares(estate: EstateGraph, draft: ProductDraft, users: Uint32Array): ProductDraft {
  const most = draft.product.fate === "retire" ? 0 : 1
  const isOwn = (node: number): boolean => (users[node] ?? 0) <= most
  const own = idsOf(estate, draft.statements.filter(isOwn))
  const shared = idsOf(
    estate,
    draft.statements.filter((node) => !isOwn(node)),
  )
  return { ...draft, product: { ...draft.product, own, shared } }
}

/** "product.payments.fct-orders", with a number where several would be called so. */
function uniqueIds(): DraftGround["idOf"] {
  const taken = new Map<string, number>()
  return (domain, name) => {
    const base = `product.${slug(domain)}.${slug(name)}`
    const number = (taken.get(base) ?? 0) + 1
    taken.set(base, number)
    return number === 1 ? base : `${base}.${number}`
  }
}

const slug = (name: string): string =>
  name
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_]+/gu, "-")
    .replaceAll(/^-|-$/g, "") || "unnamed"
