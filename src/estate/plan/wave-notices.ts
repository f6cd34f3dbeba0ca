/** Why products come as late as they do, where it is not for want of people. */
import type { SeatedProduct } from "./product-waves.ts"
import type { WaveSlot } from "./wave-slots.ts"

/** A wave after the pilot, with the limits (E.7) that alone kept a product out of it. */
export interface LimitedWave {
  readonly number: number
  readonly limits: readonly string[]
}

/** One notice for each domain whose products wait for initiatives that no wave of the plan holds. */
export function waitingInWords(slots: readonly WaveSlot[], seated: readonly SeatedProduct[]): readonly string[] {
  const last = slots.findLast(({ wave }) => wave !== undefined)?.number
  if (last === undefined) return []
  const waiting = seated.filter(({ missing }) => missing.length > 0)
  const byDomain = Map.groupBy(waiting, ({ ordered }) => ordered.draft.product.domain)
  return Array.from(byDomain, ([domain, own]) => {
    const missing = [...new Set(own.flatMap((each) => each.missing))].join(", ")
    const comes = own.length === 1 ? "1 product" : `${own.length} products`
    return `${comes} in ${domain} come${own.length === 1 ? "s" : ""} only after wave ${last}, the last of the plan, because no wave of it holds ${missing}. Give ${missing} an early wave, for nothing here can begin before that.`
  })
}

/** One notice for all waves that have people for more work. */
export function limitsInWords(waves: readonly LimitedWave[]): readonly string[] {
  const limited = waves.filter(({ limits }) => limits.length > 0)
  if (limited.length === 0) return []
  const numbers = limited.map(({ number }) => number).join(", ")
  const limits = [...new Set(limited.flatMap((each) => each.limits))].join(", ")
  const who = limited.length === 1 ? `Wave ${numbers} has` : `Waves ${numbers} have`
  const advice = limits.includes("source") ? " Capture sources ahead of the products, and more of them fit." : ""
  return [`${who} people for more, but a wave takes at most ${limits}.${advice}`]
}
