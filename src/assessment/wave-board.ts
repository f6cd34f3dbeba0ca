/** What may go into a wave: stage, needs, size rules and room (E.6, E.7). */
import { type Toil, lengthOf, perWeek } from "./capacity.ts"
import { sumOf } from "./effort.ts"
import type { PlanSettings } from "./model.ts"
import type { EffortRange } from "./result.ts"
import type { Need, Ranked } from "./worth.ts"

/** What is to be placed, best first, and what the consultant and open gates say about it. */
export interface Work {
  readonly ranked: readonly Ranked[]
  readonly settings: PlanSettings
  readonly toil: Toil
  /** Waves set by hand, by key. */
  readonly moves: ReadonlyMap<string, { readonly wave: number; readonly reason: string }>
  /** Why something must not be planned, by key. */
  readonly held: ReadonlyMap<string, string>
}

/** An initiative in a wave; what repeats in every wave takes the effort of its units in each. */
export interface Seat {
  readonly ranked: Ranked
  readonly effort: EffortRange
  readonly reasons: readonly string[]
}

/** A wave while it is being filled. */
export interface OpenWave {
  readonly number: number
  readonly seats: Seat[]
  /** Holds one initiative larger than a whole wave, and takes nothing else. */
  alone: boolean
}

/** The plan while it is being filled. */
export interface Board {
  readonly work: Work
  /** First wave of everything placed, by key. */
  readonly placed: Map<string, number>
  /** Why something did not go into the wave before, by key. */
  readonly waited: Map<string, Obstacle>
}

/** Why an initiative is not in a wave, in words and by kind. */
export interface Obstacle {
  readonly kind: "moved" | "held" | "stage" | "need" | "alone" | "size" | "room"
  readonly words: string
}

/** Stages of initiatives in words, by number. */
export const STAGES = ["groundwork", "pilot", "after the pilot"] as const

/** Why an initiative cannot go into a wave as it stands; `undefined` when it can. */
export function obstacleTo(board: Board, wave: OpenWave, ranked: Ranked): Obstacle | undefined {
  const { initiative, key, needs } = ranked
  const moved = board.work.moves.get(key)
  if (moved !== undefined) return { kind: "moved", words: `the consultant sets it to wave ${moved.wave}` }
  const held = board.work.held.get(key)
  if (held !== undefined) return { kind: "held", words: held }
  if (initiative.stage > wave.number) {
    return { kind: "stage", words: `stage ${STAGES[initiative.stage]}: not before wave ${initiative.stage}` }
  }
  const missing = needs.find((need) => need.status === "planned" && !isReady(board, wave.number, need))
  if (missing !== undefined) return { kind: "need", words: `waits for ${missing.id}` }
  if (wave.alone) return { kind: "alone", words: `wave ${wave.number} holds one initiative larger than a whole wave` }
  return sizeObstacle(board, wave, ranked) ?? roomObstacle(board, wave, ranked)
}

/** A need is met by something placed; a pilot by one placed a wave earlier. */
export function isReady(board: Board, wave: number, need: Need): boolean {
  const at = board.placed.get(need.key)
  return at !== undefined && (need.proof === true ? at < wave : at <= wave)
}

/** Larger than an empty wave at its longest, while nothing but what repeats is in it. */
export function isTooLarge(board: Board, wave: OpenWave, ranked: Ranked): boolean {
  const most = roomAtMost(board, wave.number)
  if (most <= 0 || wave.seats.some((each) => !each.ranked.initiative.everyWave)) return false
  return effortOf(board, wave.number, ranked).expected > most - effortIn(wave)
}

/** E.7: a pilot's wave holds one product and two sources; later ones two products per team, one heavy product, three sources. */
export function sizeLimits(
  wave: number,
  teams: number,
): { readonly products: number; readonly heavyProducts: number; readonly sources: number } {
  if (wave <= 1) return { products: 1, heavyProducts: 0, sources: 2 }
  return { products: 2 * Math.max(1, teams), heavyProducts: 1, sources: 3 }
}

/** What repeats pays what is done once in its first wave, and its units in every wave. */
export function effortOf(board: Board, wave: number, ranked: Ranked): EffortRange {
  const { effort, perUnit } = ranked.estimate
  return ranked.initiative.everyWave === true && (board.placed.get(ranked.key) ?? wave) < wave ? perUnit : effort
}

/** Expected person-days already in a wave. */
export const effortIn = (wave: OpenWave): number => sumOf(wave.seats.map((each) => each.effort)).expected

/** Person-days of a wave at its longest, to one decimal like every effort and never more than there are. */
export function roomAtMost(board: Board, wave: number): number {
  return Math.floor(perWeek(board.work.settings, board.work.toil, wave) * lengthOf(wave).most * 10 + 1e-6) / 10
}

function sizeObstacle(board: Board, wave: OpenWave, { initiative }: Ranked): Obstacle | undefined {
  const limits = sizeLimits(wave.number, board.work.settings.teams)
  const words = { products: "products", heavyProducts: "heavy products", sources: "new sources" }
  for (const kind of ["products", "heavyProducts", "sources"] as const) {
    const asked = initiative.takes?.[kind] ?? 0
    const taken = wave.seats.reduce((sum, each) => sum + (each.ranked.initiative.takes?.[kind] ?? 0), 0)
    // What exceeds a limit by itself could never start: in a later wave it may, as the only one of its kind.
    const only = taken === 0 && wave.number > 1
    if (asked > 0 && taken + asked > limits[kind] && !only) {
      return { kind: "size", words: `wave ${wave.number} takes at most ${limits[kind]} ${words[kind]}` }
    }
  }
  return undefined
}

function roomObstacle(board: Board, wave: OpenWave, ranked: Ranked): Obstacle | undefined {
  const asked = effortOf(board, wave.number, ranked).expected
  const room = roomAtMost(board, wave.number) - effortIn(wave)
  if (asked <= room || isTooLarge(board, wave, ranked)) return undefined
  const left = Math.max(0, Math.floor(room))
  return { kind: "room", words: `needs ${Math.ceil(asked)} person-days where wave ${wave.number} had ${left} left` }
}
