import type { ProductDraft } from "../products/product-draft.ts"

/** By place of each product: the places of the other products whose sinks its cone holds, in the order of the cone. */
export function sinkOwners(drafts: readonly ProductDraft[], statements: number): readonly (readonly number[])[] {
  const ownerOf = new Int32Array(statements).fill(-1)
  for (const [place, { sinks }] of drafts.entries()) for (const node of sinks) if (node < statements) ownerOf[node] = place
  return drafts.map((draft, place) => {
    const owners = new Set<number>()
    for (const node of draft.statements) {
      const owner = ownerOf[node] ?? -1
      if (owner !== -1 && owner !== place) owners.add(owner)
    }
    return [...owners]
  })
}
