/** Products → waves (E.6, E.7): the best that may move and fits goes in, what it adds for the others is reckoned anew, and so on. */
import type { EffortRange } from "../../assessment/result.ts"
import type { Ground } from "./enabling.ts"
import type { EstateGraph } from "./estate-graph.ts"
import { choosePilotProduct } from "./pilot-product.ts"
import { type OrderedProduct, priorityOf, sizeScale } from "./product-order.ts"
import { type LimitedWave, limitsInWords, waitingInWords } from "./wave-notices.ts"
import type { WaveSlot } from "./wave-slots.ts"
import type { WorkLeft } from "./work-left.ts"

/** A product in its wave. Numbers are those of the graph. */
export interface SeatedProduct {
  readonly ordered: OrderedProduct
  readonly wave: number | "later"
  /** What it adds to what is delivered before it. */
  readonly effort: EffortRange
  readonly reasons: readonly string[]
  readonly statements: readonly number[]
  readonly sources: readonly number[]
  readonly enabling: Ground["initiatives"]
  /** Initiatives that it counts on and that no wave of the plan holds. */
  readonly missing: Ground["missing"]
}

export interface ProductBoard {
  readonly estate: EstateGraph
  /** Best first. */
  readonly ordered: readonly OrderedProduct[]
  readonly left: WorkLeft
  /** By place: the places of products whose sinks its cone holds. */
  readonly owners: readonly (readonly number[])[]
  readonly slots: readonly WaveSlot[]
  /** The ground of a product that still opens sources, or that does not. */
  groundOf(place: number, opensSources: boolean): Ground
  pilotGroundOf(place: number): Ground
}

interface OpenSlot {
  readonly slot: WaveSlot
  readonly seats: number[]
  days: number
  heavy: number
  systems: number
}

/** Fills the slots; what is in none of them is later, in the order of the ranking, with the reason. */
export function seatProducts(board: ProductBoard): {
  readonly seated: readonly SeatedProduct[]
  readonly notices: readonly string[]
} {
  const seated: SeatedProduct[] = []
  const notices: string[] = []
  const open = new Set(board.ordered.keys())
  const sizes = sizeScale(board.ordered.map(({ draft }) => draft))
  const limited: LimitedWave[] = []
  for (const slot of board.slots) {
    if (open.size === 0) break
    const wave: OpenSlot = { slot, seats: [], days: 0, heavy: 0, systems: 0 }
    if (slot.kind === "pilot") seatPilot(board, wave, open, seated, notices)
    else {
      for (let next = nextFor(board, wave, open, sizes); next !== undefined; next = nextFor(board, wave, open, sizes)) {
        seated.push(seat(board, wave, next.place, next.reasons))
        open.delete(next.place)
        if (next.isAlone) break
      }
      limited.push({ number: slot.number, limits: limitsReached(board, wave, open) })
    }
  }
  const last = board.slots.at(-1)
  for (const place of open) seated.push(seat(board, undefined, place, [reasonForLater(board, last, place)]))
  return { seated, notices: [...notices, ...waitingInWords(board.slots, seated), ...limitsInWords(limited)] }
}

function seatPilot(board: ProductBoard, wave: OpenSlot, open: Set<number>, seated: SeatedProduct[], notices: string[]): void {
  if (wave.slot.room <= 0) return
  // Where the plan has its pilot in one domain, no product of another takes its place.
  const domains = new Set(wave.slot.pilotDomains)
  const places = [...open].filter((place) => domains.size === 0 || domains.has(board.ordered[place]?.draft.product.domain ?? ""))
  if (places.length === 0)
    notices.push(
      `The pilot of the plan (wave ${wave.slot.number}) is in ${[...domains].join(", ")}, and no product that moves is: import what runs there.`,
    )
  const chosen = choosePilotProduct(board.estate, board.ordered, places, board.left, wave.slot)
  if (chosen === undefined) return
  if (chosen.notice !== undefined) notices.push(chosen.notice)
  seated.push(seat(board, wave, chosen.place, [...chosen.reasons, ...tightness(board, wave.slot, chosen.place)]))
  open.delete(chosen.place)
}

/** The best by what it adds now, among what may go into the wave; what does not fit has a wave after the plan to itself. */
function nextFor(
  board: ProductBoard,
  wave: OpenSlot,
  open: ReadonlySet<number>,
  sizes: (expected: number) => number,
): { readonly place: number; readonly reasons: readonly string[]; readonly isAlone: boolean } | undefined {
  if (wave.slot.room <= 0) return undefined
  let best: { place: number; priority: number; expected: number; isAlone: boolean } | undefined
  for (const place of open) {
    const ordered = board.ordered[place]
    if (ordered === undefined) continue
    const expected = board.left.expected(place)
    const priority = priorityOf({ ...ordered.inputs, size: sizes(expected) })
    if (best !== undefined && (priority < best.priority || (priority === best.priority && expected >= best.expected))) continue
    if (!mayStart(board, wave.slot, place) || limitOn(board, wave, place) !== undefined) continue
    const fits = expected <= wave.slot.room - wave.days + 1e-6
    const isAlone = !fits && wave.seats.length === 0 && wave.slot.wave === undefined
    if (fits || isAlone) best = { place, priority, expected, isAlone }
  }
  if (best === undefined) return undefined
  const place = ownerFirst(board, wave, open, best.place)
  const size = sizes(board.left.expected(place))
  const priority = priorityOf({ ...(board.ordered[place] as OrderedProduct).inputs, size })
  const reasons = [...worth(board, place, priority, size), ...tightness(board, wave.slot, place)]
  return { place, reasons, isAlone: place === best.place && best.isAlone }
}

/** A product that owns a sink which the chosen one reads goes before it, when it fits into the wave as well (E.6, step 5). */
function ownerFirst(board: ProductBoard, wave: OpenSlot, open: ReadonlySet<number>, chosen: number): number {
  const seen = new Set([chosen])
  const fits = (place: number): boolean =>
    open.has(place) &&
    mayStart(board, wave.slot, place) &&
    limitOn(board, wave, place) === undefined &&
    board.left.expected(place) <= wave.slot.room - wave.days + 1e-6
  let first = chosen
  for (;;) {
    const owner = board.owners[first]?.find((place) => !seen.has(place) && fits(place))
    if (owner === undefined) return first
    seen.add(owner)
    first = owner
  }
}

function mayStart(board: ProductBoard, slot: WaveSlot, place: number): boolean {
  const { initiatives, missing, held } = groundNow(board, place)
  if (held !== undefined || initiatives.some(({ wave }) => wave > slot.number)) return false
  return missing.length === 0 || slot.wave === undefined
}

/** A product whose sources others have opened waits for no capture. */
function groundNow(board: ProductBoard, place: number): Ground {
  return board.groundOf(place, board.left.newSystems(place) > 0)
}

/** The limit of a wave that a product would exceed. What exceeds one by itself could never start: it may, as the only one of its kind. */
function limitOn({ left }: ProductBoard, { slot, seats, heavy, systems }: OpenSlot, place: number): string | undefined {
  const { products, heavyProducts, sources } = slot.limits
  if (seats.length >= products) return `${products} products`
  if (left.isHeavy(place) && heavy >= heavyProducts) return `${heavyProducts} heavy product${heavyProducts === 1 ? "" : "s"}`
  const fresh = left.newSystems(place)
  return fresh > 0 && systems > 0 && systems + fresh > sources ? `${sources} new source systems` : undefined
}

/** Limits that alone keep a product out of a wave that has people for it. */
function limitsReached(board: ProductBoard, wave: OpenSlot, open: ReadonlySet<number>): readonly string[] {
  const room = wave.slot.room - wave.days
  const fitting = [...open].filter((place) => board.left.expected(place) <= room && mayStart(board, wave.slot, place))
  return [...new Set(fitting.flatMap((place) => limitOn(board, wave, place) ?? []))]
}

function seat(board: ProductBoard, wave: OpenSlot | undefined, place: number, reasons: readonly string[]): SeatedProduct {
  const ordered = board.ordered[place] as OrderedProduct
  const isPilot = wave?.slot.kind === "pilot"
  const ground = isPilot ? board.pilotGroundOf(place) : groundNow(board, place)
  const effort = board.left.effort(place)
  if (wave !== undefined) {
    wave.seats.push(place)
    wave.days += board.left.expected(place)
    wave.heavy += board.left.isHeavy(place) ? 1 : 0
    wave.systems += board.left.newSystems(place)
  }
  const { statements, sources } = board.left.deliver(place)
  const undone =
    wave === undefined || ground.missing.length === 0
      ? []
      : [`counts on ${ground.missing.join(", ")} being done by then, which is in no wave of the plan: give it one before this`]
  return {
    ordered,
    wave: wave?.slot.number ?? "later",
    effort,
    reasons: [...reasons, ...undone],
    statements,
    sources,
    enabling: ground.initiatives,
    missing: ground.missing,
  }
}

function worth({ ordered, left }: ProductBoard, place: number, priority: number, size: number): readonly string[] {
  const product = ordered[place]
  if (product === undefined) return []
  const { inputs, draft } = product
  const sum = `(value ${inputs.value} + urgency ${inputs.urgency} + risk and enablement ${inputs.enablement})`
  const rest =
    size === inputs.size
      ? ""
      : `, for what is left of it by then (priority ${product.priority} with its whole size, ${inputs.size})`
  const words = `priority ${priority} = ${sum} / size ${size}${rest}`
  const delivered = draft.statements.length - left.count(place)
  return delivered === 0
    ? [words]
    : [words, `of its ${draft.statements.length} statements ${delivered} ${delivered === 1 ? "is" : "are"} delivered before it`]
}

function tightness({ left }: ProductBoard, slot: WaveSlot, place: number): readonly string[] {
  const expected = left.expected(place)
  return expected <= slot.room
    ? []
    : [
        `takes ${Math.ceil(expected)} person-days where a wave has ${Math.floor(slot.room)}: it has the wave to itself, which gets longer; cut it if you can`,
      ]
}

function reasonForLater(board: ProductBoard, last: WaveSlot | undefined, place: number): string {
  const { held } = groundNow(board, place)
  if (held !== undefined) return held
  if (last === undefined || last.room <= 0)
    return "no capacity is left for products: see people and toil in the settings of the plan"
  return `comes after wave ${last.number}, which is as far as products are planned`
}
