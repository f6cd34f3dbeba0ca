/** Which product goes first (E.7, I45): small, with a consumer, and with a little state, so that it proves the whole path. */
import type { EstateGraph } from "./estate-graph.ts"
import type { OrderedProduct } from "./product-order.ts"
import type { WaveSlot } from "./wave-slots.ts"
import type { WorkLeft } from "./work-left.ts"

const MOST_STATEMENTS = 10
const MOST_SOURCES = 2
const HARDEST = 3

interface Judged {
  readonly place: number
  readonly isSmall: boolean
  readonly isFit: boolean
  /** What speaks for it, in words; the more, the better. */
  readonly merits: readonly string[]
  readonly statements: number
}

/** Chooses among the products at these places of the ranking; says why, and what it lacks. */
export function choosePilotProduct(
  estate: EstateGraph,
  ordered: readonly OrderedProduct[],
  places: readonly number[],
  left: WorkLeft,
  slot: WaveSlot,
): { readonly place: number; readonly reasons: readonly string[]; readonly notice?: string } | undefined {
  const judged = places.map((place) => judge(estate, ordered[place], place, left, slot))
  const small = judged.filter((each) => each.isSmall)
  const [best] = (small.length > 0 ? small : judged).toSorted(
    (one, other) =>
      (small.length > 0
        ? Number(other.isFit) - Number(one.isFit) || other.merits.length - one.merits.length
        : one.statements - other.statements) || one.place - other.place,
  )
  if (best === undefined) return undefined
  const reasons = [`goes first, as the pilot: ${[counted(best.statements, "statement"), ...best.merits].join(", ")}`]
  if (best.isSmall) return { place: best.place, reasons }
  const name = ordered[best.place]?.draft.product.name ?? ""
  const limit = `at most ${MOST_STATEMENTS} statements and ${MOST_SOURCES} new source systems`
  return {
    place: best.place,
    reasons,
    notice: `No product is small enough for a pilot (${limit}); ${name} is the smallest. Cut it, or begin with a part of it.`,
  }
}

function judge(estate: EstateGraph, ordered: OrderedProduct | undefined, place: number, left: WorkLeft, slot: WaveSlot): Judged {
  const statements = left.count(place)
  const systems = left.newSystems(place)
  const verdicts = Array.from(ordered?.draft.statements.subarray(0, MOST_STATEMENTS) ?? [], (node) => estate.verdictAt[node])
  const known = verdicts.every((each) => each?.factor !== undefined && each.factor <= HARDEST)
  const merits = [
    (ordered?.draft.needs.length ?? 0) > 0 ? "with a consumer" : "",
    known ? `nothing harder than factor ${HARDEST}` : "",
    verdicts.some((each) => each?.stateful === true) ? "at least one of them keeps state" : "",
    systems > 0 ? counted(systems, "new source system") : "",
  ]
  return {
    place,
    isSmall: statements <= MOST_STATEMENTS && systems <= MOST_SOURCES,
    isFit: left.expected(place) <= slot.room,
    merits: merits.filter((each) => each !== ""),
    statements,
  }
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`
