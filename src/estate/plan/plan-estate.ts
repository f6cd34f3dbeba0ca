/** An estate and an assessment → the plan of the estate: products, their order, their waves, and what stays or goes (E.4 to E.7). */
import { toilOf } from "../../assessment/capacity.ts"
import { sumOf } from "../../assessment/effort.ts"
import type { Engagement, Questionnaire } from "../../assessment/model.ts"
import type { Assessment } from "../../assessment/result.ts"
import { bridgesOf } from "./bridges.ts"
import { groundFinder } from "./enabling.ts"
import { factsByDomain } from "../products/engagement-facts.ts"
import { type EstateGraph, graphEstate } from "./estate-graph.ts"
import { mixOf } from "../judgement.ts"
import { type DomainEstate, mergeEstates } from "../merge.ts"
import type { Bridge, EstatePlan } from "../model.ts"
import { orderOf, preferredBy } from "../graph/order.ts"
import { plannedProducts, withMarginal } from "./planned-products.ts"
import type { ProductDraft } from "../products/product-draft.ts"
import { orderProducts } from "./product-order.ts"
import { type ProductBoard, seatProducts } from "./product-waves.ts"
import { cutProducts } from "../products/products.ts"
import { retiredStatements } from "../products/retired.ts"
import { sharedTables, sourceProducts } from "../products/shared-tables.ts"
import { describeProductWaves } from "./wave-list.ts"
import { sinkOwners } from "./sink-owners.ts"
import { waveSlots } from "./wave-slots.ts"
import { systemsOf } from "../products/source-systems.ts"
import { workLeft } from "./work-left.ts"

/** Products with more bridges than this in force are named; so many of them at most. */
const MOST_BRIDGES = 1
const MOST_NAMED = 10

/**
 * Plans the imports of an engagement. The engagement may be empty: then nobody is known to read anything, and everything that can
 * move is planned with assumed figures.
 */
export function planEstate(
  questionnaire: Questionnaire,
  engagement: Engagement,
  assessment: Assessment,
  parts: readonly DomainEstate[],
): EstatePlan {
  const factsOf = factsByDomain(engagement, assessment)
  const merged = mergeEstates(parts)
  const estate = graphEstate(questionnaire, merged, factsOf)
  const domains = [...new Set([...parts.map(({ domain }) => domain), ...engagement.domains.map(({ id }) => id)])]
  const cut = cutProducts(questionnaire, estate, factsOf, domains)
  const moving = cut.drafts.filter(({ product }) => product.fate === "migrate")
  const staying = cut.drafts.filter(({ product }) => product.fate === "keep in batch")
  const ordered = orderProducts(moving, {
    questionnaire,
    assessment,
    start: engagement.plan.start,
    systemsOf: ({ sources }) => systemsOf(sources, cut.systems, estate.statements),
  })
  const toil = toilOf(engagement.plan, assessment.domains)
  const ranked = ordered.map(({ draft }) => draft)
  const board: ProductBoard = {
    estate,
    ordered,
    left: workLeft(estate, ranked, cut.systems),
    owners: sinkOwners(ranked, estate.statements),
    slots: waveSlots(questionnaire, assessment, engagement.plan, toil),
    ...groundsOf(questionnaire, assessment, estate, ranked),
  }
  const { seated, notices } = seatProducts(board)
  const bridges = bridgesOf(estate, seated, staying)
  const rank = buildOrder(estate)
  return {
    products: withMarginal(cut.drafts, seated),
    planned: plannedProducts(estate, seated, bridges, rank),
    waves: describeProductWaves(board.slots, seated, { settings: engagement.plan, toil, assessment }),
    cycles: estate.cycles,
    shared: sharedTables(estate, cut.drafts, cut.users),
    sourceProducts: sourceProducts(estate, cut.drafts, cut.users),
    keepInBatch: staying.map(({ product }) => ({ product: product.id, reason: product.because })),
    retire: retiredStatements(estate, cut.drafts, cut.users),
    mix: mixOf(estate.verdictAt),
    effort: sumOf(estate.effortAt),
    notices: [
      ...merged.notices,
      ...cut.notices,
      ...notices,
      ...bridgeNotices(bridges, new Map(moving.map(({ product }) => [product.id, product.name]))),
      ...groundNotices(assessment, moving.length),
    ],
  }
}

/** What each product asks of the ground. */
function groundsOf(
  questionnaire: Questionnaire,
  assessment: Assessment,
  { verdictAt }: EstateGraph,
  drafts: readonly ProductDraft[],
): Pick<ProductBoard, "groundOf" | "pilotGroundOf"> {
  const finder = groundFinder(questionnaire, assessment)
  const asks = drafts.map(({ product, statements }) => {
    const states = new Set(Array.from(statements, (node) => verdictAt[node]?.stateful ?? null))
    return { domain: product.domain, hasState: states.has(true) || states.has(null), hasStateless: states.has(false) }
  })
  const nothing = { domain: "", hasState: false, hasStateless: false }
  return {
    groundOf: (place, opensSources) => finder.ofProduct({ ...(asks[place] ?? nothing), opensSources }),
    pilotGroundOf: (place) => finder.ofPilot(asks[place]?.domain ?? ""),
  }
}

/** Place of each node in the order of building: sources first, stateless before stateful among equals. */
function buildOrder(estate: EstateGraph): Uint32Array {
  const { graph, verdictAt } = estate
  const places = new Uint32Array(graph.ids.length)
  const { nodes } = orderOf(
    graph,
    preferredBy(graph, (node) => (verdictAt[node]?.stateful === false ? 0 : 1)),
  )
  for (const [place, node] of nodes.entries()) places[node] = place
  return places
}

function bridgeNotices(bridges: ReadonlyMap<string, readonly Bridge[]>, names: ReadonlyMap<string, string>): readonly string[] {
  const many = [...bridges].filter(([, own]) => own.length > MOST_BRIDGES)
  if (many.length === 0) return []
  const named = many.slice(0, MOST_NAMED).map(([product, own]) => `${names.get(product) ?? product} (${own.length})`)
  const more = many.length > MOST_NAMED ? `, and ${many.length - MOST_NAMED} more` : ""
  return [
    `More than one bridge is in force for ${named.join(", ")}${more}: the cut is probably wrong there. Move what they share first, or cut it differently.`,
  ]
}

/** Without a plan of initiatives nothing says that the ground is there. */
function groundNotices({ plan }: Assessment, moving: number): readonly string[] {
  if (plan.waves.length > 0 || moving === 0) return []
  return [
    "No initiative is planned: platform, ownership and source capture are taken to be there when the first product moves. Answer the questionnaire to find out.",
  ]
}
