/** Filled waves → dates: who works when, and when a wave ends half of the time (P50) and four times out of five (P80). */
import { beginsOn, endsOn, laterOf, nextWorkingDay } from "./calendar.ts"
import { type Toil, perWeek } from "./capacity.ts"
import { SPREAD } from "./effort.ts"
import type { PlanSettings } from "./model.ts"
import { seededRandom } from "./random.ts"
import type { FilledWave } from "./waves.ts"

const DRAWS = 500
const LATE = 0.8

export interface SeatDates {
  readonly start: string
  readonly finish: string
  readonly finishLate: string
}

/** Dates of a wave and, in the same order, of its seats. */
export interface WaveDates extends SeatDates {
  readonly seats: readonly SeatDates[]
}

export interface Pace {
  readonly settings: PlanSettings
  readonly toil: Toil
  readonly seed: number
  /** Share of ease that nobody knows about the work of a wave, 0–1; widens its upper end (E.3). */
  unknownShare(wave: FilledWave): number
}

/** A stretch of time in weeks from the start of the plan. */
interface Stretch {
  readonly start: number
  readonly end: number
}

/**
 * Waves follow each other at their planned length; `finish` is the planned end. For `finishLate` the plan is drawn 500
 * times: every item from a triangle over its range, all of them times one factor, because estimates err together (E.3:
 * half of the draws between ×0.75 and ×1, half between ×1 and ×1.5, more where ease is unknown). A late wave delays the
 * next one, an early one does not bring it forward.
 */
export function scheduleWaves(waves: readonly FilledWave[], pace: Pace): readonly WaveDates[] {
  const origin = nextWorkingDay(pace.settings.start)
  const starts = waves.map((_, at) => waves.slice(0, at).reduce((sum, each) => sum + each.weeks, 0))
  const draws = drawPlans(waves, starts, pace)
  return waves.map((wave, at) => {
    const from = starts[at] ?? 0
    const until = from + wave.weeks
    const planned = runWave(
      wave,
      from,
      wave.seats.map((seat) => seat.effort.expected),
      pace,
    )
    const late = (seat: number): number => quantile(draws.map((draw) => draw[at]?.[seat]?.end ?? 0))
    const seats = wave.seats.map((_, seat) => {
      const { start, end } = planned[seat] ?? { start: from, end: until }
      const finish = endsOn(origin, end)
      return { start: beginsOn(origin, start), finish, finishLate: laterOf(finish, endsOn(origin, late(seat))) }
    })
    const finish = endsOn(origin, until)
    const lateEnd = quantile(draws.map((draw) => Math.max(0, ...(draw[at] ?? []).map((each) => each.end))))
    return { start: beginsOn(origin, from), finish, finishLate: laterOf(finish, endsOn(origin, lateEnd)), seats }
  })
}

function drawPlans(
  waves: readonly FilledWave[],
  starts: readonly number[],
  pace: Pace,
): readonly (readonly (readonly Stretch[])[])[] {
  const random = seededRandom(pace.seed, "plan")
  return Array.from({ length: DRAWS }, () => {
    const common = random()
    let free = 0
    return waves.map((wave, at) => {
      const factor = commonFactor(common, pace.unknownShare(wave))
      const efforts = wave.seats.map(({ effort }) => factor * triangle(effort.low, effort.high, random()))
      const stretches = runWave(wave, Math.max(free, starts[at] ?? 0), efforts, pace)
      free = stretches.reduce((end, each) => Math.max(end, each.end), free)
      return stretches
    })
  })
}

/** Median 1, from ×0.75 to ×1.5, the upper end widened with what is unknown. */
function commonFactor(random: number, unknown: number): number {
  const high = SPREAD.high * (1 + unknown)
  return random < 0.5 ? SPREAD.low + 2 * random * (1 - SPREAD.low) : 1 + (2 * random - 1) * (high - 1)
}

/** A draw from the symmetric triangle over a range. */
function triangle(low: number, high: number, random: number): number {
  const half = (high - low) / 2
  return random < 0.5 ? low + half * Math.sqrt(2 * random) : high - half * Math.sqrt(2 * (1 - random))
}

/**
 * The team shares its pace evenly among the items at hand, at most one per person, needed ones first. What is done makes
 * room for the next, so the wave takes exactly its effort at its pace.
 */
function runWave(wave: FilledWave, from: number, efforts: readonly number[], pace: Pace): readonly Stretch[] {
  const weekly = perWeek(pace.settings, pace.toil, wave.number)
  const all = wave.seats.map((_, at) => at)
  if (weekly <= 0) return all.map(() => ({ start: from, end: from + wave.weeks }))
  const left = [...efforts]
  const start = all.map(() => -1)
  const end = all.map(() => -1)
  const needs = wave.seats.map((seat) =>
    placesOf(
      wave,
      seat.ranked.needs.map((need) => need.key),
    ),
  )
  let now = from
  for (;;) {
    const ready = all.filter((at) => end[at] === -1 && needs[at]?.every((need) => end[need] !== -1 || need >= at))
    const busy = ready.slice(0, Math.max(1, Math.floor(pace.settings.people)))
    if (busy.length === 0) break
    const shortest = Math.min(...busy.map((at) => left[at] ?? 0))
    for (const at of busy) if (start[at] === -1) start[at] = now
    now += (shortest * busy.length) / weekly
    for (const at of busy) {
      left[at] = (left[at] ?? 0) - shortest
      if ((left[at] ?? 0) <= 1e-9) end[at] = now
    }
  }
  return all.map((at) => ({ start: start[at] ?? from, end: end[at] ?? now }))
}

function placesOf(wave: FilledWave, keys: readonly string[]): readonly number[] {
  return keys.map((key) => wave.seats.findIndex((seat) => seat.ranked.key === key)).filter((at) => at !== -1)
}

/** The value that four draws out of five do not exceed. */
function quantile(values: readonly number[]): number {
  const sorted = Float64Array.from(values).sort()
  return sorted[Math.min(sorted.length - 1, Math.ceil(LATE * sorted.length) - 1)] ?? 0
}
