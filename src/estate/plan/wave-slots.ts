/**
 * The waves that products can go into: those of the assessment's plan from the pilot on, then further ones.
 *
 * Room for products. Some initiatives are estimated by the statements, sources and sinks that they move: they are the work on
 * products, seen from above. So products use their share of a wave, plus what no initiative uses; nothing is counted twice.
 */
import { beginsOn, endsOn, nextWorkingDay } from "../../assessment/calendar.ts"
import { type Toil, lengthOf, perWeek } from "../../assessment/capacity.ts"
import type { Effect, Initiative, PlanSettings, Questionnaire } from "../../assessment/model.ts"
import { isPilot, migrates } from "../../assessment/moving.ts"
import type { Assessment, Wave } from "../../assessment/result.ts"
import { sizeLimits } from "../../assessment/wave-board.ts"

/** What lists the statements. */
const STATEMENTS = "SQL-01"
/** Planned at most: about four years. */
const MOST_WAVES = 24

export interface WaveSlot {
  readonly number: number
  readonly kind: "pilot" | "later"
  /** The wave of the assessment's plan; absent for those after it. */
  readonly wave?: Wave
  /** Person-days for products, of a wave at its longest. */
  readonly room: number
  readonly limits: ReturnType<typeof sizeLimits>
  /** Domains that the plan has its pilot in. */
  readonly pilotDomains: readonly string[]
}

/** Slots in order, as many as are planned at most. */
export function waveSlots(
  questionnaire: Questionnaire,
  assessment: Assessment,
  settings: PlanSettings,
  toil: Toil,
): readonly WaveSlot[] {
  const { waves } = assessment.plan
  const catalogue = new Map(questionnaire.initiatives.map((each) => [each.id, each]))
  const pilotWave = waves.find(({ items }) => items.some(({ id }) => isPilotId(catalogue, id)))
  const proven = pilotWave === undefined && isProven(questionnaire, assessment)
  const usable = waves.filter((wave) => {
    if (pilotWave !== undefined) return wave.number >= pilotWave.number
    return proven && wave.items.some(({ id }) => (catalogue.get(id)?.stage ?? 0) > 0)
  })
  const planned = usable.map((wave) => slotOf(wave, wave === pilotWave ? "pilot" : "later", catalogue, settings))
  const from = Math.max(1, (waves.at(-1)?.number ?? 0) + 1)
  const further = Array.from({ length: Math.max(0, MOST_WAVES - waves.length) }, (_, at) => {
    const kind = at === 0 && pilotWave === undefined && !proven ? ("pilot" as const) : ("later" as const)
    return furtherSlot(from + at, kind, settings, toil)
  })
  return [...planned, ...further]
}

/** Dates and weeks of the waves after the plan, each as long as its work takes and never shorter than its kind. */
export function datesAfter(
  plan: readonly Pick<Wave, "weeks">[],
  settings: PlanSettings,
): (weeks: number) => { readonly start: string; readonly finish: string } {
  const origin = nextWorkingDay(settings.start)
  let from = plan.reduce((sum, wave) => sum + wave.weeks, 0)
  return (weeks) => {
    const start = beginsOn(origin, from)
    from += weeks
    return { start, finish: endsOn(origin, from) }
  }
}

/** Weeks that an effort takes in a wave after the plan. */
export function weeksFor(effort: number, number: number, settings: PlanSettings, toil: Toil): number {
  const pace = perWeek(settings, toil, number)
  return Math.max(lengthOf(2).least, pace > 0 ? Math.ceil(Math.round((effort / pace) * 1e6) / 1e6) : 0)
}

function slotOf(
  wave: Wave,
  kind: WaveSlot["kind"],
  catalogue: ReadonlyMap<string, Initiative>,
  { teams }: PlanSettings,
): WaveSlot {
  const taken = wave.items.reduce((sum, { effort }) => sum + effort.expected, 0)
  const moving = wave.items.filter(({ id }) => isProductWork(catalogue.get(id)))
  const share = moving.reduce((sum, { effort }) => sum + effort.expected, 0)
  const pilots = wave.items.filter(({ id }) => isPilotId(catalogue, id))
  return {
    number: wave.number,
    kind,
    wave,
    room: oneDecimal(Math.max(0, wave.capacity - taken) + share),
    limits: sizeLimits(kind === "pilot" ? 1 : 2, teams),
    pilotDomains: pilots.flatMap(({ domain }) => domain ?? []),
  }
}

function furtherSlot(number: number, kind: WaveSlot["kind"], settings: PlanSettings, toil: Toil): WaveSlot {
  const room = oneDecimal(perWeek(settings, toil, number) * lengthOf(2).most)
  return { number, kind, room, limits: sizeLimits(kind === "pilot" ? 1 : 2, settings.teams), pilotDomains: [] }
}

/** Moves products or sources, rewrites statements, or is done for the sinks of every wave. */
function isProductWork(initiative: Initiative | undefined): boolean {
  if (initiative === undefined) return false
  const { rows, where = [] } = initiative.effort.perUnit ?? {}
  const countsStatements = rows === STATEMENTS && where.some(({ column }) => column !== "readers")
  return migrates(initiative) || initiative.everyWave === true || countsStatements
}

/** A pilot has been done somewhere, as far as the answers show. */
function isProven({ initiatives }: Questionnaire, { domains }: Assessment): boolean {
  const anchorOf = (domain: Assessment["domains"][number], { question }: Effect): number =>
    domain.consensus.find((each) => each.question === question)?.anchor ?? -1
  return initiatives.filter(isPilot).some((pilot) => {
    const effects = pilot.inPlaceAt ?? pilot.effects
    return effects.length > 0 && domains.some((domain) => effects.every((effect) => anchorOf(domain, effect) >= effect.level))
  })
}

function isPilotId(catalogue: ReadonlyMap<string, Initiative>, id: string): boolean {
  const initiative = catalogue.get(id)
  return initiative !== undefined && isPilot(initiative)
}

const oneDecimal = (value: number): number => Math.floor(value * 10 + 1e-6) / 10
