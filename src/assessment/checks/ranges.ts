/** Ranges of numbers that also stand in an order to each other. */

interface Limit {
  readonly value: number
  /** Whether the limit itself is outside. */
  readonly open: boolean
}

/** Numbers within all of the limits; no limit, no end. */
export interface Range {
  readonly low: readonly Limit[]
  readonly high: readonly Limit[]
}

/** One number is at most another, or below it when strict; named like their ranges. */
export interface Order {
  readonly small: string
  readonly large: string
  readonly strict: boolean
}

/** Whether no numbers lie within the ranges and keep every order. */
export function isContradictory(ranges: ReadonlyMap<string, Range>, orders: readonly Order[]): boolean {
  if (orders.some(({ small, large, strict }) => strict && leads(orders, large, small))) return true
  const low = new Map([...ranges].map(([name, range]) => [name, highest(range.low)]))
  const high = new Map([...ranges].map(([name, range]) => [name, lowest(range.high)]))
  // Limits wander along the orders, one step further with each round.
  for (const _round of ranges.keys()) {
    for (const { small, large, strict } of orders) {
      low.set(large, highest([low.get(large)!, carried(low.get(small)!, strict)]))
      high.set(small, lowest([high.get(small)!, carried(high.get(large)!, strict)]))
    }
  }
  return [...ranges.keys()].some((name) => isEmpty(low.get(name)!, high.get(name)!))
}

/** Whether a number is known to be at most another, over any number of steps. */
function leads(orders: readonly Order[], from: string, to: string): boolean {
  const reached = new Set([from])
  for (const name of reached) for (const { small, large } of orders) if (small === name) reached.add(large)
  return reached.has(to)
}

const carried = ({ value, open }: Limit, strict: boolean): Limit => ({ value, open: open || strict })

const highest = (limits: readonly Limit[]): Limit =>
  limits.reduce((a, b) => (b.value > a.value || (b.value === a.value && b.open) ? b : a), { value: -Infinity, open: false })

const lowest = (limits: readonly Limit[]): Limit =>
  limits.reduce((a, b) => (b.value < a.value || (b.value === a.value && b.open) ? b : a), { value: Infinity, open: false })

const isEmpty = (low: Limit, high: Limit): boolean =>
  low.value > high.value || (low.value === high.value && (low.open || high.open))
