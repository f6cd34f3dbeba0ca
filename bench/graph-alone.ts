/** A process of its own for `graph.ts`: what planning adds to the memory, then how long a long chain and a large graph take. */
import { durationsOf, madeUpChain, madeUpEstate } from "./graph-estate.ts"
import { type Plan, planned } from "./graph-plans.ts"

export interface Alone {
  /** Bytes: the most that the process held while it planned, less what it held before. */
  readonly added: number
  readonly chain: { readonly taken: number; readonly plan: Plan }
  readonly million: { readonly taken: number; readonly plan: Plan }
}

const run = (nodes: ReturnType<typeof madeUpEstate>): { readonly taken: number; readonly plan: Plan } => {
  const durations = durationsOf(nodes)
  const start = performance.now()
  const plan = planned(nodes, durations)
  return { taken: performance.now() - start, plan }
}

const estate = madeUpEstate(100_000)
globalThis.gc?.()
const before = process.memoryUsage.rss()
run(estate)
const added = process.resourceUsage().maxRSS * 1024 - before
const alone: Alone = { added, chain: run(madeUpChain(100_000)), million: run(madeUpEstate(1_000_000)) }
console.log(JSON.stringify(alone))
