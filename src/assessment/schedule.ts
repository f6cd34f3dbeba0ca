/** Filled waves → dates: who works when, and when a wave ends half of the time (P50) and four times out of five (P80). */
import { beginsOn, earlierOf, endsOn, laterOf, nextWorkingDay } from "./calendar.ts"
import { type Toil, perWeek } from "./capacity.ts"
import { SPREAD } from "./effort.ts"
import type { PlanSettings } from "./model.ts"
import { seededRandom } from "./random.ts"
import type { FilledWave } from "./waves.ts"

const DRAWS = 500
const HALF = 0.5
const LATE = 0.8

/** ISO dates of an item: its start, its expected finish, its finish four times out of five. */
export interface SeatDates {
  readonly start: string
  readonly finish: string
  readonly finishLate: string
}

/** Dates of a wave and, in the same order, of its seats. */
export interface WaveDates extends SeatDates {
  /** When half of the draws have ended, never before the planned end. */
  readonly finishHalf: string
  readonly seats: readonly SeatDates[]
}

/** Who works how fast, and how sure that is. */
export interface Pace {
  readonly settings: PlanSettings
  readonly toil: Toil
  readonly seed: number
  /** Share of ease that nobody knows about the work of a wave, 0–1; widens its upper end (E.3). */
  unknownShare(wave: FilledWave): number
}

/** A wave laid out for drawing. */
interface Line {
  readonly wave: FilledWave
  /** Planned start in weeks from the start of the plan. */
  readonly from: number
  readonly weekly: number
  readonly people: number
  readonly unknown: number
  /** Places of the seats that each seat waits for. */
  readonly needs: readonly (readonly number[])[]
}

/** Weeks from the start of the plan, by seat. */
interface Run {
  readonly start: Float64Array
  readonly end: Float64Array
}

/**
 * Waves follow each other at their planned length; `finish` is the planned end: the whole work at what is expected of it. For
 * `finishHalf` (P50) and `finishLate` (P80) the plan is drawn 500
 * times: every item from a triangle over its range, all of them times one factor, because estimates err together (E.3:
 * half of the draws between ×0.75 and ×1, half between ×1 and ×1.5, more where ease is unknown). A late wave delays the
 * next one, an early one does not bring it forward.
 */
export function scheduleWaves(waves: readonly FilledWave[], pace: Pace): readonly WaveDates[] {
  const origin = nextWorkingDay(pace.settings.start)
  const lines = layOut(waves, pace)
  const late = lateEnds(lines, pace.seed)
  return lines.map((line, at) => {
    const { wave, from } = line
    const planned = runWave(
      line,
      from,
      Float64Array.from(wave.seats, (seat) => seat.effort.expected),
    )
    const finish = endsOn(origin, from + wave.weeks)
    const seats = wave.seats.map((_, seat) => {
      // What takes no time at all still has a day: its own, inside the wave.
      const start = earlierOf(finish, beginsOn(origin, planned.start[seat] ?? from))
      const done = laterOf(start, endsOn(origin, planned.end[seat] ?? from))
      return { start, finish: done, finishLate: laterOf(done, endsOn(origin, quantile(LATE, late[at]?.seats[seat]))) }
    })
    const finishHalf = laterOf(finish, endsOn(origin, quantile(HALF, late[at]?.wave)))
    const finishLate = laterOf(finish, endsOn(origin, quantile(LATE, late[at]?.wave)))
    return { start: beginsOn(origin, from), finish, finishHalf, finishLate, seats }
  })
}

function layOut(waves: readonly FilledWave[], pace: Pace): readonly Line[] {
  let from = 0
  return waves.map((wave) => {
    const place = new Map(wave.seats.map(({ ranked }, at) => [ranked.key, at]))
    const needs = wave.seats.map(({ ranked }, at) =>
      ranked.needs.flatMap((need) => (need.beside ? [] : (place.get(need.key) ?? []))).filter((needed) => needed < at),
    )
    const line = {
      wave,
      from,
      weekly: perWeek(pace.settings, pace.toil, wave.number),
      people: Math.max(1, Math.floor(pace.settings.people)),
      unknown: pace.unknownShare(wave),
      needs,
    }
    from += wave.weeks
    return line
  })
}

/** Drawn ends of every seat and wave, in weeks from the start of the plan. */
function lateEnds(
  lines: readonly Line[],
  seed: number,
): readonly { readonly wave: Float64Array; readonly seats: readonly Float64Array[] }[] {
  const random = seededRandom(seed, "plan")
  const drawn = lines.map((line) => ({
    line,
    wave: new Float64Array(DRAWS),
    seats: line.wave.seats.map(() => new Float64Array(DRAWS)),
  }))
  for (let draw = 0; draw < DRAWS; draw++) {
    const common = random()
    let free = 0
    for (const { line, wave, seats } of drawn) {
      const { end } = runWave(line, Math.max(free, line.from), drawEfforts(line, commonFactor(common, line.unknown), random))
      for (const [at, ends] of seats.entries()) ends[draw] = end[at] ?? free
      for (const value of end) free = Math.max(free, value)
      wave[draw] = free
    }
  }
  return drawn
}

function drawEfforts({ wave: { seats } }: Line, factor: number, random: () => number): Float64Array {
  const efforts = new Float64Array(seats.length)
  let at = 0
  for (const { effort } of seats) efforts[at++] = factor * triangle(effort.low, effort.high, random())
  return efforts
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
 * room for the next, so the wave takes exactly its effort at its pace. `left` is used up.
 */
function runWave({ wave, weekly, people, needs }: Line, from: number, left: Float64Array): Run {
  const count = wave.seats.length
  const start = new Float64Array(count).fill(from)
  const end = new Float64Array(count).fill(from + wave.weeks)
  if (weekly <= 0) return { start, end }
  const done = new Uint8Array(count)
  const begun = new Uint8Array(count)
  let now = from
  for (;;) {
    const busy: number[] = []
    let shortest = Infinity
    for (let at = 0; at < count && busy.length < people; at++) {
      if (done[at] === 1 || (needs[at] as readonly number[]).some((need) => done[need] === 0)) continue
      busy.push(at)
      shortest = Math.min(shortest, left[at] as number)
    }
    if (busy.length === 0) return { start, end }
    const before = now
    now += (shortest * busy.length) / weekly
    for (const at of busy) {
      if (begun[at] === 0) start[at] = before
      begun[at] = 1
      const rest = (left[at] as number) - shortest
      left[at] = rest
      if (rest > 1e-9) continue
      done[at] = 1
      end[at] = now
    }
  }
}

/** The value that this share of the draws does not exceed. */
function quantile(share: number, values: Float64Array = new Float64Array()): number {
  return values.toSorted()[Math.ceil(share * values.length) - 1] ?? 0
}
