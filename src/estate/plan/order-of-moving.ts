import type { EstatePlan, Product } from "../model.ts"

/** The products as they move, wave by wave, then those that do not move. Ranks say what is worth most, not what comes first. */
export function inOrderOfMoving({ products, planned }: Pick<EstatePlan, "products" | "planned">): readonly Product[] {
  const places = new Map(planned.map(({ product }, place) => [product, place]))
  const placeOf = ({ id }: Product): number => places.get(id) ?? planned.length
  return products.toSorted((one, other) => placeOf(one) - placeOf(other))
}
