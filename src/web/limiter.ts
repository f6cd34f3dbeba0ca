/** Seconds to wait before another go, 0 when it may happen now. */
export type Limiter = (who: string, now: number) => number

const MINUTE = 60_000
const MOST_KEPT = 10_000

/** Lets everybody do something `perMinute` times in any clock minute; remembers at most ten thousand at once. */
export const createLimiter = (perMinute: number): Limiter => {
  const counts = new Map<string, { minute: number; count: number }>()
  return (who, now) => {
    const minute = Math.floor(now / MINUTE)
    const last = counts.get(who)
    const count = last?.minute === minute ? last.count + 1 : 1
    counts.delete(who)
    counts.set(who, { minute, count })
    if (counts.size > MOST_KEPT) counts.delete(counts.keys().next().value ?? "")
    return count <= perMinute ? 0 : Math.max(1, Math.ceil(((minute + 1) * MINUTE - now) / 1000))
  }
}
