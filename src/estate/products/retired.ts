/** What can be switched off: sinks that nobody reads, and what only feeds them. */
import type { EstateGraph } from "../plan/estate-graph.ts"
import type { EstatePlan } from "../model.ts"
import type { ProductDraft } from "./product-draft.ts"

/** Statements of retired products that no product that stays uses, each once, with the reason. */
export function retiredStatements(
  { graph }: EstateGraph,
  drafts: readonly ProductDraft[],
  users: Uint32Array,
): EstatePlan["retire"] {
  const reasons = new Map<number, string>()
  const retired = drafts.filter(({ product }) => product.fate === "retire")
  for (const { product, sinks } of retired) for (const node of sinks) reasons.set(node, product.because)
  for (const { product, statements } of retired) {
    for (const node of statements) {
      if (users[node] === 0 && !reasons.has(node))
        reasons.set(node, `It only feeds ${product.name}, which nobody is known to read.`)
    }
  }
  return [...reasons].sort(([one], [other]) => one - other).map(([node, reason]) => ({ id: graph.ids[node] ?? "", reason }))
}
