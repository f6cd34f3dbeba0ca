/** What may go into a wave: kind, needs, size rules and room (E.6, E.7). */
import { type Toil, type WaveKind, lengthOf, perWeek } from "./capacity.ts"
import { sumOf } from "./effort.ts"
import type { DomainId, PlanSettings } from "./model.ts"
import { isPilot } from "./moving.ts"
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
  /** What a domain is called. */
  nameOf(domain: DomainId): string
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
  readonly kind: WaveKind
  seats: Seat[]
  /** What has the wave to itself, because it does not fit beside anything else. */
  alone: Ranked | undefined
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

/** Why an initiative cannot go into a wave as it stands; `undefined` when it can. */
export function obstacleTo(board: Board, wave: OpenWave, ranked: Ranked): Obstacle | undefined {
  const { initiative, key, needs } = ranked
  const moved = board.work.moves.get(key)
  if (moved !== undefined) return { kind: "moved", words: `the consultant sets it to wave ${moved.wave}` }
  const held = board.work.held.get(key)
  if (held !== undefined) return { kind: "held", words: held }
  if (initiative.stage > wave.kind) return { kind: "stage", words: `comes after the ${wave.kind === 0 ? "groundwork" : "pilot"}` }
  const missing = needs.find((need) => need.status === "planned" && !isReady(board, wave.number, need))
  if (missing !== undefined) return { kind: "need", words: `waits for ${missing.id}` }
  if (wave.alone !== undefined)
    return { kind: "alone", words: `wave ${wave.number} is given to ${wave.alone.initiative.id} alone` }
  return sizeObstacle(board, wave, ranked) ?? roomObstacle(board, wave, ranked)
}

/** A need is met by something placed; a pilot by one placed a wave earlier. */
export function isReady(board: Board, wave: number, need: Need): boolean {
  const at = board.placed.get(need.key)
  return at !== undefined && (need.proof === true ? at < wave : at <= wave)
}

/** Whether it fits into what a wave at its longest has left. */
export function fits(board: Board, wave: OpenWave, ranked: Ranked): boolean {
  return effortOf(board, wave.number, ranked).expected <= roomAtMost(board, wave) - effortIn(wave)
}

/** E.7: a pilot's wave holds one product and two sources; later ones two products per team, one heavy product, three sources. */
export function sizeLimits(
  kind: WaveKind,
  teams: number,
): { readonly products: number; readonly heavyProducts: number; readonly sources: number } {
  if (kind <= 1) return { products: 1, heavyProducts: 0, sources: 2 }
  return { products: 2 * Math.max(1, teams), heavyProducts: 1, sources: 3 }
}

/**
 * What initiatives take of a limit together. Sources count as they are listed, up to what is stated; a pilot reads the sources
 * that are captured in its domain, so that they count once.
 */
export function taken(all: readonly Ranked[], kind: keyof ReturnType<typeof sizeLimits>): number {
  if (kind !== "sources") return all.reduce((sum, { initiative }) => sum + (initiative.takes?.[kind] ?? 0), 0)
  return [...Map.groupBy(all, ({ domain }) => domain).values()].reduce((sum, here) => {
    const captured = here.filter(({ initiative }) => !isPilot(initiative)).reduce((total, each) => total + sourcesOf(each), 0)
    return sum + Math.max(captured, ...here.filter(({ initiative }) => isPilot(initiative)).map(sourcesOf))
  }, 0)
}

/** Whether something comes again in a wave after its first one. */
export const repeats = (board: Board, wave: number, { key, initiative }: Ranked): boolean =>
  initiative.everyWave === true && (board.placed.get(key) ?? wave) < wave

/** What repeats pays what is done once in its first wave, and its units in every wave. */
export const effortOf = (board: Board, wave: number, ranked: Ranked): EffortRange =>
  repeats(board, wave, ranked) ? ranked.estimate.perUnit : ranked.estimate.effort

/** Expected person-days already in a wave. */
export const effortIn = (wave: Pick<OpenWave, "seats">): number => sumOf(wave.seats.map((each) => each.effort)).expected

/** Person-days of a wave at its longest, to one decimal like every effort and never more than there are. */
export function roomAtMost(board: Board, { number, kind }: Pick<OpenWave, "number" | "kind">): number {
  return Math.floor(perWeek(board.work.settings, board.work.toil, number) * lengthOf(kind).most * 10 + 1e-6) / 10
}

const sourcesOf = ({ initiative, estimate }: Ranked): number =>
  Math.min(initiative.takes?.sources ?? 0, estimate.units ?? Number.POSITIVE_INFINITY)

function sizeObstacle(board: Board, wave: OpenWave, ranked: Ranked): Obstacle | undefined {
  const limits = sizeLimits(wave.kind, board.work.settings.teams)
  const words = { products: "product", heavyProducts: "heavy product", sources: "new source" }
  const seated = wave.seats.map((each) => each.ranked)
  for (const kind of ["products", "heavyProducts", "sources"] as const) {
    const before = taken(seated, kind)
    const after = taken([...seated, ranked], kind)
    // What exceeds a limit by itself could never start: after the pilot it may, as the only one of its kind.
    if (after === before || after <= limits[kind] || (before === 0 && wave.kind > 1)) continue
    const most =
      limits[kind] === 0 ? `no ${words[kind]}` : `at most ${limits[kind]} ${words[kind]}${limits[kind] === 1 ? "" : "s"}`
    return { kind: "size", words: `wave ${wave.number} takes ${most}` }
  }
  return undefined
}

/** What does not fit beside what repeats may have a wave to itself, as long as nothing else is in it. */
function roomObstacle(board: Board, wave: OpenWave, ranked: Ranked): Obstacle | undefined {
  const most = roomAtMost(board, wave)
  if (fits(board, wave, ranked)) return undefined
  if (most > 0 && wave.seats.every((each) => repeats(board, wave.number, each.ranked))) return undefined
  const asked = Math.ceil(effortOf(board, wave.number, ranked).expected)
  const left = Math.max(0, Math.floor(most - effortIn(wave)))
  return { kind: "room", words: `needs ${asked} person-days where wave ${wave.number} had ${left} left` }
}
