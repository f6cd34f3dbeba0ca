/**
 * Seconds to wait before another go, 0 when it may happen now; counts this one. With "look" it only tells whether the number is used up.
 */
export type Limiter = (who: string, look?: "look") => number

const MINUTE = 60_000
const MOST_KEPT = 10_000

/**
 * Lets everybody do something `most` times in any window of the clock that only goes forward; remembers ten thousand at most. A wall
 * clock that is set back or forward frees nobody and stops nobody.
 */
export const createLimiter = (most: number, elapsed: () => number, window = MINUTE): Limiter => {
  const counts = new Map<string, { window: number; count: number }>()
  return (who, look) => {
    const now = elapsed()
    const current = Math.floor(now / window)
    const last = counts.get(who)
    const before = last?.window === current ? last.count : 0
    const wait = before < most ? 0 : Math.max(1, Math.ceil(((current + 1) * window - now) / 1000))
    if (look) return wait
    counts.delete(who)
    counts.set(who, { window: current, count: before + 1 })
    if (counts.size > MOST_KEPT) counts.delete(counts.keys().next().value ?? "")
    return wait
  }
}
