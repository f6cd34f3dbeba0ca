/** Seated products → the products of the plan: statements in the order of building, needs, bridges, marginal effort. */
import type { EstateGraph } from "./estate-graph.ts"
import type { Bridge, PlannedProduct, Product } from "../model.ts"
import { type ProductDraft, idsOf } from "../products/product-draft.ts"
import type { SeatedProduct } from "./product-waves.ts"

/** In the order in which they are delivered; `places` is the order of building over all nodes. */
export function plannedProducts(
  estate: EstateGraph,
  seated: readonly SeatedProduct[],
  bridges: ReadonlyMap<string, readonly Bridge[]>,
  places: Uint32Array,
): readonly PlannedProduct[] {
  const deliveredBy = Array.from<string | undefined>({ length: estate.statements })
  return seated.map((each) => {
    const { ordered, wave, effort, reasons, statements, sources } = each
    const { product, statements: cone } = ordered.draft
    for (const node of statements) deliveredBy[node] = product.id
    const needs = new Set<string>()
    for (const node of cone) {
      const from = deliveredBy[node]
      if (from !== undefined && from !== product.id) needs.add(from)
    }
    return {
      product: product.id,
      priority: ordered.priority,
      rank: ordered.rank,
      ranks: ordered.ranks,
      wave,
      effort,
      reasons: [...reasons, ...enablingInWords(each)],
      statements: idsOf(
        estate,
        statements.toSorted((one, other) => (places[one] ?? 0) - (places[other] ?? 0)),
      ),
      newSources: idsOf(estate, sources),
      needs: [...needs],
      bridges: bridges.get(product.id) ?? [],
    }
  })
}

/** The products with what each adds when its turn comes; those that do not move keep the effort of their cone. */
export function withMarginal(drafts: readonly ProductDraft[], seated: readonly SeatedProduct[]): readonly Product[] {
  const marginal = new Map(seated.map(({ ordered, effort }) => [ordered.draft.product.id, effort]))
  return drafts.map(({ product }) => ({ ...product, marginal: marginal.get(product.id) ?? product.marginal }))
}

function enablingInWords({ enabling }: SeatedProduct): readonly string[] {
  if (enabling.length === 0) return []
  return [`builds on ${enabling.map(({ id, wave }) => `${id} (wave ${wave})`).join(", ")}`]
}
