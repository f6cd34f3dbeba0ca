/**
 * Bridges: a topic landed as a batch table for those who have not moved, or a batch table fed into a topic (E.6, step 6). Each gets
 * an owner and an end date; more than one in force for a product says that the cut is wrong.
 */
import type { EstateGraph } from "./estate-graph.ts"
import { gather } from "../gather.ts"
import type { Bridge } from "../model.ts"
import type { ProductDraft } from "../products/product-draft.ts"
import type { SeatedProduct } from "./product-waves.ts"

/** A product whose readers stay behind. */
interface Behind {
  readonly name: string
  /** Wave in which they follow; absent for what stays in batch. */
  readonly wave?: number | "later"
}

/** Bridges by product id; one for each table that somebody who stays behind reads. */
export function bridgesOf(
  estate: EstateGraph,
  seated: readonly SeatedProduct[],
  batch: readonly ProductDraft[],
): ReadonlyMap<string, readonly Bridge[]> {
  const movedIn = movesByStatement(estate, seated)
  const stays = staysByStatement(estate, batch)
  const bridges = new Map<string, Bridge[]>()
  for (const { ordered, statements, wave } of seated) {
    const { id } = ordered.draft.product
    for (const node of wave === "later" ? [] : statements) {
      const reader = firstBehind(estate, node, wave, movedIn, stays)
      if (reader !== undefined) gather(bridges, id, { ...reader, product: id })
    }
  }
  for (const { from, to, because } of estate.cuts) {
    const node = estate.graph.index(to)
    const move = node === undefined ? undefined : movedIn[node]
    if (move === undefined || move.wave === "later") continue
    gather(bridges, move.id, {
      from,
      to,
      product: move.id,
      reason: `the circle is cut here, so that a batch table is fed in: ${because}`,
    })
  }
  return bridges
}

interface Move {
  readonly id: string
  readonly name: string
  readonly wave: number | "later"
}

function movesByStatement({ statements }: EstateGraph, seated: readonly SeatedProduct[]): readonly (Move | undefined)[] {
  const moves = Array.from<Move | undefined>({ length: statements })
  for (const { ordered, wave, statements: own } of seated) {
    const { id, name } = ordered.draft.product
    for (const node of own) moves[node] = { id, name, wave }
  }
  return moves
}

function staysByStatement({ statements }: EstateGraph, batch: readonly ProductDraft[]): readonly (string | undefined)[] {
  const stays = Array.from<string | undefined>({ length: statements })
  for (const { product, statements: own } of batch) for (const node of own) stays[node] ??= product.name
  return stays
}

/** The first reader of a table that does not move with it, and why; how many more there are is said. */
function firstBehind(
  { graph, statements }: EstateGraph,
  node: number,
  wave: number | "later",
  movedIn: readonly (Move | undefined)[],
  stays: readonly (string | undefined)[],
): Omit<Bridge, "product"> | undefined {
  const { offsets, targets } = graph.downstream
  const readers = Array.from(targets.subarray(offsets[node], offsets[node + 1])).filter((reader) => reader < statements)
  const behind = readers.flatMap((reader) => {
    const found = behindIn(movedIn[reader], stays[reader], wave)
    return found === undefined ? [] : [{ reader, ...found }]
  })
  const [first] = behind
  if (first === undefined) return undefined
  const more = new Set(behind.map(({ name }) => name)).size - 1
  const others = more === 0 ? "" : `, and ${more} ${more === 1 ? "product" : "products"} more`
  const until =
    first.wave === undefined
      ? "which stays in batch"
      : first.wave === "later"
        ? "which moves later"
        : `which follows in wave ${first.wave}`
  return {
    from: graph.ids[node] ?? "",
    to: graph.ids[first.reader] ?? "",
    reason: `landed as a table for ${first.name}, ${until}${others}`,
  }
}

function behindIn(move: Move | undefined, stays: string | undefined, wave: number | "later"): Behind | undefined {
  if (move === undefined) return stays === undefined ? undefined : { name: stays }
  if (move.wave === "later" || wave === "later") return move.wave === wave ? undefined : { name: move.name, wave: move.wave }
  return move.wave > wave ? { name: move.name, wave: move.wave } : undefined
}
