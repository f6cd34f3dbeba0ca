/** Filled and dated waves → the waves of the result, with words, efforts and what each item needs. */
import { type Toil, capacityInWords } from "./capacity.ts"
import { SPREAD, sumOf } from "./effort.ts"
import type { AxisId, PlanSettings, Questionnaire } from "./model.ts"
import { type Wishes, overriddenIn } from "./overrides.ts"
import type { EffortRange, Wave, WaveItem } from "./result.ts"
import type { WaveDates } from "./schedule.ts"
import { type Situation, actsOn } from "./situation.ts"
import type { Seat } from "./wave-board.ts"
import { exitOf, nameOf, stopOf } from "./wave-words.ts"
import type { FilledWave } from "./waves.ts"
import type { Need } from "./worth.ts"

/** What is unknown about this axis widens the upper end of a wave's effort (E.3). */
const EASE: AxisId = "EASE"

/** Everything that is known about the waves of a plan. */
export interface Planned {
  readonly settings: PlanSettings
  readonly toil: Toil
  readonly wishes: Wishes
  readonly waves: readonly FilledWave[]
  /** Same order as `waves`. */
  readonly dates: readonly WaveDates[]
}

/** The waves of the result, in order. */
export function describeWaves(questionnaire: Questionnaire, situations: readonly Situation[], planned: Planned): readonly Wave[] {
  const firstWave = new Map<string, number>()
  for (const wave of planned.waves) {
    for (const { ranked } of wave.seats) if (!firstWave.has(ranked.key)) firstWave.set(ranked.key, wave.number)
  }
  return planned.waves.flatMap((wave, at) => {
    const dates = planned.dates[at]
    if (dates === undefined) return []
    const { start, finish, finishLate } = dates
    return [
      {
        number: wave.number,
        name: nameOf(questionnaire, situations, wave),
        start,
        finish,
        finishLate,
        weeks: wave.weeks,
        capacity: wave.capacity,
        effort: waveEffort(wave, unknownEase(situations, wave)),
        items: wave.seats.flatMap((seat, place) => itemOf(seat, dates.seats[place], planned.wishes, firstWave)),
        exit: exitOf(situations, wave),
        stop: stopOf(situations, wave),
        capacityBasis: capacityInWords(planned.settings, planned.toil, wave.number, wave.weeks),
      },
    ]
  })
}

/** Share of ease weight without an answer, over the domains that the wave works in, 0–1. */
export function unknownEase(situations: readonly Situation[], wave: FilledWave): number {
  const shares = new Map(
    wave.seats.flatMap(({ ranked }) =>
      actsOn(situations, ranked.domain).map(({ domain, scores }) => [domain, 1 - (scores.axes[EASE]?.coverage ?? 1)] as const),
    ),
  )
  return shares.size === 0 ? 0 : [...shares.values()].reduce((sum, each) => sum + each, 0) / shares.size
}

/** Expected × 0.75 to × 1.5, the upper end wider by what is unknown (E.3). */
function waveEffort(wave: FilledWave, unknown: number): EffortRange {
  const { expected } = sumOf(wave.seats.map((each) => each.effort))
  return {
    low: oneDecimal(expected * SPREAD.low),
    expected,
    high: oneDecimal(expected * SPREAD.high * (1 + unknown)),
  }
}

function itemOf(
  { ranked, effort, reasons }: Seat,
  dates: WaveDates["seats"][number] | undefined,
  wishes: Wishes,
  firstWave: ReadonlyMap<string, number>,
): readonly WaveItem[] {
  if (dates === undefined) return []
  const overridden = overriddenIn(wishes, ranked.key)
  return [
    {
      id: ranked.initiative.id,
      ...(ranked.domain === undefined ? {} : { domain: ranked.domain }),
      effort,
      reasons,
      needs: ranked.needs
        .filter((need) => !need.beside)
        .map((need) => ({
          id: need.id,
          ...(need.domain === undefined ? {} : { domain: need.domain }),
          wave: waveOf(need, firstWave),
        })),
      ...dates,
      ...(overridden === undefined ? {} : { overridden }),
    },
  ]
}

function waveOf(need: Need, firstWave: ReadonlyMap<string, number>): WaveItem["needs"][number]["wave"] {
  if (need.status === "nothing to do") return "in place"
  return need.status === "planned" ? (firstWave.get(need.key) ?? "later") : need.status
}

const oneDecimal = (value: number): number => Math.round(value * 10) / 10
