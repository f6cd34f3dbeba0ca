/** Filled slots → the waves of the plan of the estate, with dates, effort and what enables them. */
import type { Toil } from "../../assessment/capacity.ts"
import { SPREAD, sumOf } from "../../assessment/effort.ts"
import type { AxisId, PlanSettings } from "../../assessment/model.ts"
import type { Assessment, EffortRange } from "../../assessment/result.ts"
import type { ProductWave } from "../model.ts"
import type { SeatedProduct } from "./product-waves.ts"
import { type WaveSlot, datesAfter, weeksFor } from "./wave-slots.ts"
import { perWeek } from "../../assessment/capacity.ts"

/** What is unknown about this axis widens the upper end of a wave's effort (E.3). */
const EASE: AxisId = "EASE"

interface Calendar {
  readonly settings: PlanSettings
  readonly toil: Toil
  readonly assessment: Assessment
}

/** The waves that hold products; those after the assessment's plan follow it without a gap. */
export function describeProductWaves(
  slots: readonly WaveSlot[],
  seated: readonly SeatedProduct[],
  calendar: Calendar,
): readonly ProductWave[] {
  const { settings, toil, assessment } = calendar
  const after = datesAfter(assessment.plan.waves, settings)
  const byWave = Map.groupBy(seated, ({ wave }) => wave)
  return slots.flatMap((slot) => {
    const own = byWave.get(slot.number)
    if (own === undefined) return []
    const effort = waveEffort(own, assessment)
    const weeks = weeksFor(effort.expected, slot.number, settings, toil)
    const dates = slot.wave ?? after(weeks)
    const capacity = slot.wave === undefined ? Math.round(perWeek(settings, toil, slot.number) * weeks * 10) / 10 : slot.room
    return [
      {
        number: slot.number,
        name: slot.wave?.name ?? nameOf(slot, own),
        start: dates.start,
        finish: dates.finish,
        capacity,
        effort,
        products: own.map(({ ordered }) => ordered.draft.product.id),
        enabling: enablingOf(own),
      },
    ]
  })
}

/** "Wave 4: orders, revenue". */
function nameOf({ number, kind }: WaveSlot, own: readonly SeatedProduct[]): string {
  const names = own.map(({ ordered }) => ordered.draft.product.name)
  const shown = names.length <= 3 ? names.join(", ") : `${names.slice(0, 2).join(", ")} and ${names.length - 2} more`
  return kind === "pilot" ? `Wave ${number}: pilot, ${shown}` : `Wave ${number}: ${shown}`
}

/** Expected × 0.75 to × 1.5, wider where statements are not read and, at the upper end, by what is unknown of ease (E.3). */
function waveEffort(own: readonly SeatedProduct[], { domains }: Assessment): EffortRange {
  const sum = sumOf(own.map(({ effort }) => effort))
  const places = new Set(own.map(({ ordered }) => ordered.draft.product.domain))
  const shares = domains.filter(({ domain }) => places.has(domain)).map(({ axes }) => 1 - (axes[EASE]?.coverage ?? 1))
  const unknown = shares.length === 0 ? 0 : shares.reduce((total, each) => total + each, 0) / shares.length
  const rounded = (value: number): number => Math.round(value * 10) / 10
  return {
    low: Math.min(sum.low, rounded(sum.expected * SPREAD.low)),
    expected: sum.expected,
    high: Math.max(sum.high, rounded(sum.expected * SPREAD.high * (1 + unknown))),
  }
}

function enablingOf(own: readonly SeatedProduct[]): ProductWave["enabling"] {
  const first = new Map(own.flatMap(({ enabling }) => enabling.map(({ id, wave }) => [id, wave] as const)))
  return Array.from(first, ([id, wave]) => ({ id, wave })).sort(
    (one, other) => one.wave - other.wave || (one.id < other.id ? -1 : 1),
  )
}
