/** Ranked initiatives → waves (E.6, E.7): the best that may start and fits is placed, again and again, wave after wave. */
import { type WaveKind, lengthOf, perWeek } from "./capacity.ts"
import { isPilot } from "./moving.ts"
import type { Dropped } from "./result.ts"
import { type Board, type OpenWave, type Seat, type Work, effortIn, effortOf, fits, obstacleTo, repeats } from "./wave-board.ts"
import { conflictsOf, laterOf, movedReason, reasonsFor } from "./wave-reasons.ts"
import type { Ranked } from "./worth.ts"

/** A wave with its seats, needed ones first. */
export interface FilledWave {
  /** Its place in the plan, from 0 and without gaps. */
  readonly number: number
  readonly kind: WaveKind
  readonly weeks: number
  /** Person-days. */
  readonly capacity: number
  readonly seats: readonly Seat[]
}

/**
 * Fills waves up to the horizon: first groundwork, then up to the pilot, then the rest. A kind of wave in which nothing
 * starts is passed over. What is set by hand to a wave that would have to follow an empty one comes forward.
 */
export function fillWaves(work: Work): {
  readonly waves: readonly FilledWave[]
  readonly later: readonly Dropped[]
  readonly notices: readonly string[]
} {
  const board: Board = { work, placed: new Map(), waited: new Map() }
  const waves: FilledWave[] = []
  let kind: WaveKind = 0
  let due = new Set<string>()
  while (waves.length < work.settings.horizon) {
    const wave = fillWave(board, { number: waves.length, kind, seats: [], alone: undefined }, due)
    const isStarted = wave.seats.some(({ ranked }) => board.placed.get(ranked.key) === wave.number)
    if (isStarted) {
      rememberWaiting(board, wave)
      waves.push(closed(board, wave))
      kind = kindOf(board, waves.length)
    } else if (kind < 2) {
      kind = kind === 0 ? kindOf(board, wave.number) : 2
    } else {
      due = nextMoved(board, wave.number)
      if (due.size > 0) continue
      rememberWaiting(board, wave)
      break
    }
    due = new Set()
  }
  return { waves, later: laterOf(board), notices: conflictsOf(board, waves) }
}

/** After the groundwork: the time up to the pilot, as long as one is to come, then the time after it. */
function kindOf({ work, placed }: Board, number: number): WaveKind {
  const pilots = work.ranked.filter(({ key, initiative }) => isPilot(initiative) && !work.held.has(key))
  if (pilots.some(({ key }) => work.moves.get(key)?.wave === number)) return 1
  return pilots.some(({ key }) => placed.has(key)) || pilots.every(({ key }) => work.moves.has(key)) ? 2 : 1
}

/** What is set by hand to the earliest wave from `number` on. */
function nextMoved({ work, placed }: Board, number: number): Set<string> {
  const { horizon } = work.settings
  const ahead = work.ranked.flatMap(({ key }) => {
    const wave = placed.has(key) ? undefined : work.moves.get(key)?.wave
    return wave === undefined || wave < number || wave >= horizon ? [] : [{ key, wave }]
  })
  const first = Math.min(...ahead.map(({ wave }) => wave))
  return new Set(ahead.flatMap(({ key, wave }) => (wave === first ? [key] : [])))
}

function fillWave(board: Board, wave: OpenWave, due: ReadonlySet<string>): OpenWave {
  const { ranked, moves } = board.work
  for (const each of ranked) {
    const move = moves.get(each.key)
    if (move !== undefined && (move.wave === wave.number || due.has(each.key)))
      seat(board, wave, each, [movedReason(move, wave.number)])
  }
  for (const each of ranked) {
    if (repeats(board, wave.number, each) && fits(board, wave, each))
      seat(board, wave, each, ["repeated in every wave from its first one on"])
  }
  for (let next = nextFor(board, wave); next !== undefined; next = nextFor(board, wave)) {
    if (!fits(board, wave, next)) Object.assign(wave, { seats: [], alone: next })
    seat(board, wave, next, reasonsFor(board, wave, next))
  }
  return wave
}

/** A wave is as long as its work takes at the planned pace, and never shorter than its kind. */
function closed(board: Board, wave: OpenWave): FilledWave {
  const { number, kind } = wave
  const pace = perWeek(board.work.settings, board.work.toil, number)
  const weeks = Math.max(lengthOf(kind).least, pace > 0 ? Math.ceil(Math.round((effortIn(wave) / pace) * 1e6) / 1e6) : 0)
  return { number, kind, weeks, capacity: Math.round(pace * weeks * 10) / 10, seats: neededFirst(wave.seats) }
}

/** Best first: the ranking's order among everything that may start now. */
function nextFor(board: Board, wave: OpenWave): Ranked | undefined {
  return board.work.ranked.find((each) => !board.placed.has(each.key) && obstacleTo(board, wave, each) === undefined)
}

function seat(board: Board, wave: OpenWave, ranked: Ranked, reasons: readonly string[]): void {
  wave.seats.push({ ranked, effort: effortOf(board, wave.number, ranked), reasons })
  if (!board.placed.has(ranked.key)) board.placed.set(ranked.key, wave.number)
}

function rememberWaiting(board: Board, wave: OpenWave): void {
  for (const each of board.work.ranked) {
    const obstacle = board.placed.has(each.key) ? undefined : obstacleTo(board, wave, each)
    if (obstacle !== undefined) board.waited.set(each.key, obstacle)
  }
}

/** Keeps the order of placing, but for what was set by hand before something it needs. */
function neededFirst(seats: readonly Seat[]): readonly Seat[] {
  const ordered = new Set<Seat>()
  const byKey = new Map(seats.map((each) => [each.ranked.key, each]))
  const visit = (each: Seat, above: ReadonlySet<Seat>): void => {
    if (ordered.has(each) || above.has(each)) return
    for (const need of each.ranked.needs) {
      const needed = need.beside ? undefined : byKey.get(need.key)
      if (needed !== undefined) visit(needed, new Set([...above, each]))
    }
    ordered.add(each)
  }
  for (const each of seats) visit(each, new Set())
  return [...ordered]
}
