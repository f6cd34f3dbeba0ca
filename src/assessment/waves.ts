/** Ranked initiatives → waves (E.6, E.7): the best that may start and fits is placed, again and again, wave after wave. */
import { lengthOf, perWeek } from "./capacity.ts"
import type { Dropped } from "./result.ts"
import {
  type Board,
  type OpenWave,
  type Seat,
  type Work,
  STAGES,
  effortIn,
  effortOf,
  isReady,
  isTooLarge,
  obstacleTo,
  roomAtMost,
} from "./wave-board.ts"
import type { Ranked } from "./worth.ts"

/** A wave with its seats, needed ones first; `alone` when one initiative is larger than a whole wave. */
export interface FilledWave {
  readonly number: number
  readonly weeks: number
  /** Person-days. */
  readonly capacity: number
  readonly alone: boolean
  readonly seats: readonly Seat[]
}

/** Fills waves up to the horizon. A wave in which nothing starts is left out, so that a number keeps its meaning. */
export function fillWaves(work: Work): {
  readonly waves: readonly FilledWave[]
  readonly later: readonly Dropped[]
  readonly notices: readonly string[]
} {
  const board: Board = { work, placed: new Map(), waited: new Map() }
  const waves: FilledWave[] = []
  for (let number = 0; number < work.settings.horizon; number++) {
    const wave = fillWave(board, number)
    if (wave.seats.some(({ ranked }) => board.placed.get(ranked.key) === number)) waves.push(wave)
  }
  return { waves, later: laterOf(board), notices: conflictsOf(board) }
}

function fillWave(board: Board, number: number): FilledWave {
  const wave: OpenWave = { number, seats: [], alone: false }
  const { ranked, moves } = board.work
  for (const each of ranked)
    if (repeats(board, wave, each)) seat(board, wave, each, ["repeated in every wave from its first one on"])
  for (const each of ranked) {
    const move = moves.get(each.key)
    if (move?.wave === number) seat(board, wave, each, [`set to this wave by the consultant: ${move.reason}`])
  }
  for (let next = nextFor(board, wave); next !== undefined; next = nextFor(board, wave)) {
    const alone = isTooLarge(board, wave, next)
    seat(board, wave, next, reasonsFor(board, wave, next, alone))
    wave.alone = alone
  }
  for (const each of ranked) remember(board, wave, each)
  return closed(board, wave)
}

/** A wave is as long as its work takes at the planned pace, and never shorter than its kind. */
function closed(board: Board, { number, seats, alone }: OpenWave): FilledWave {
  const pace = perWeek(board.work.settings, board.work.toil, number)
  const effort = effortIn({ number, seats, alone })
  const weeks = Math.max(lengthOf(number).least, pace > 0 ? Math.ceil(Math.round((effort / pace) * 1e6) / 1e6) : 0)
  return { number, weeks, capacity: Math.round(pace * weeks * 10) / 10, alone, seats: neededFirst(seats) }
}

/** Best first: the ranking's order among everything that may start now. */
function nextFor(board: Board, wave: OpenWave): Ranked | undefined {
  return board.work.ranked.find((each) => !board.placed.has(each.key) && obstacleTo(board, wave, each) === undefined)
}

function seat(board: Board, wave: OpenWave, ranked: Ranked, reasons: readonly string[]): void {
  wave.seats.push({ ranked, effort: effortOf(board, wave.number, ranked), reasons })
  if (!board.placed.has(ranked.key)) board.placed.set(ranked.key, wave.number)
}

function repeats(board: Board, wave: OpenWave, ranked: Ranked): boolean {
  return ranked.initiative.everyWave === true && (board.placed.get(ranked.key) ?? wave.number) < wave.number
}

function remember(board: Board, wave: OpenWave, ranked: Ranked): void {
  const obstacle = board.placed.has(ranked.key) ? undefined : obstacleTo(board, wave, ranked)
  if (obstacle !== undefined) board.waited.set(ranked.key, obstacle)
}

/** Why this initiative is in this wave and not in an earlier one. */
function reasonsFor(board: Board, wave: OpenWave, ranked: Ranked, alone: boolean): readonly string[] {
  const { initiative, needs } = ranked
  const days = Math.ceil(effortOf(board, wave.number, ranked).expected)
  const waited = board.waited.get(ranked.key)
  const room = waited?.kind === "room" ? `first wave with ${days} free person-days` : `${days} person-days fit in`
  const most = Math.floor(roomAtMost(board, wave.number))
  return [
    urgencyInWords(ranked),
    ...needs.map((need) => {
      if (need.status === "planned") return `after ${need.id} in wave ${board.placed.get(need.key) ?? wave.number}`
      if (need.status === "nothing to do") return `${need.id} has nothing to do`
      return need.status === "in place" ? `${need.id} is in place` : `${need.id} was dropped: make sure nobody misses it`
    }),
    waited?.kind === "size" || waited?.kind === "alone" ? waited.words : "",
    alone ? `larger than a whole wave (${days} of ${most} person-days): split it or add people` : room,
    initiative.stage > 0 ? `stage ${STAGES[initiative.stage]}` : "",
  ].filter((each) => each !== "")
}

function urgencyInWords({ gate, wished, urgency }: Ranked): string {
  if (gate) return "opens a gate, so it comes first"
  if (urgency === 2) return "a gate waits for it"
  if (wished) return "taken in by the consultant"
  return urgency === 1 ? "what the consultant takes in waits for it" : ""
}

/** Keeps the order of placing, but for what was set by hand before something it needs. */
function neededFirst(seats: readonly Seat[]): readonly Seat[] {
  const ordered = new Set<Seat>()
  const byKey = new Map(seats.map((each) => [each.ranked.key, each]))
  const visit = (each: Seat, above: ReadonlySet<Seat>): void => {
    if (ordered.has(each) || above.has(each)) return
    for (const need of each.ranked.needs) {
      const needed = byKey.get(need.key)
      if (needed !== undefined) visit(needed, new Set([...above, each]))
    }
    ordered.add(each)
  }
  for (const each of seats) visit(each, new Set())
  return [...ordered]
}

function laterOf(board: Board): readonly Dropped[] {
  const { horizon } = board.work.settings
  const waves = horizon === 1 ? "the one wave planned" : `the ${horizon} waves planned`
  const left = board.work.ranked.filter((each) => !board.placed.has(each.key))
  return Array.from(left, ({ key, initiative, domain }) => {
    const waited = board.waited.get(key)
    const outside = waited === undefined || waited.kind === "room" || waited.kind === "moved"
    const words = waited?.words ?? "no wave is planned"
    return {
      id: initiative.id,
      ...(domain === undefined ? {} : { domain }),
      reason: outside ? `outside ${waves}: ${words}` : words,
    }
  })
}

/** What was set by hand against a need or a stage: honoured, and said. */
function conflictsOf(board: Board): readonly string[] {
  return board.work.ranked.flatMap((ranked) => {
    const move = board.work.moves.get(ranked.key)
    const at = board.placed.get(ranked.key)
    if (move === undefined) return []
    const name = ranked.domain === undefined ? ranked.initiative.id : `${ranked.initiative.id} (${ranked.domain})`
    if (at === undefined)
      return [`${name} is set to wave ${move.wave}, which is outside the ${board.work.settings.horizon} waves planned`]
    const early = ranked.initiative.stage > at ? [`it is not meant before wave ${ranked.initiative.stage}`] : []
    const unmet = ranked.needs.filter((need) => need.status === "planned" && !isReady(board, at, need))
    const against = [...early, ...unmet.map((need) => `it needs ${need.id}, which is not done by then`)]
    return against.length === 0 ? [] : [`${name} is set to wave ${at} as you asked, although ${against.join(" and ")}`]
  })
}
