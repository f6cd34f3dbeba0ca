/** Person-days a wave can hold (E.7): people × working days × (1 − toil) × 0.8, less the reserve. */
import type { DomainScores } from "./domain.ts"
import type { Initiative, PlanSettings, QuestionId } from "./model.ts"

/** Share of team time that keeps existing pipelines running is asked here, in percent. */
const TOIL_QUESTION: QuestionId = "OPS-03"
/** Nobody knows: half of the time, the limit from which OPS-03 counts as too much. */
const TOIL_WHEN_UNKNOWN = 0.5
const MOST_TOIL = 0.95
/** What meetings, leave and interruptions leave over. */
const FOCUS = 0.8

/** Share of team time that is not free for the plan, 0–1, and where the figure comes from. */
export interface Toil {
  readonly share: number
  readonly source: string
}

/** What a wave is for: 0 groundwork, 1 the pilot and what leads up to it, 2 everything after the pilot. Not its number. */
export type WaveKind = Initiative["stage"]

/** Shortest and longest length of a wave in weeks: groundwork, then the others. */
export function lengthOf(kind: WaveKind): { readonly least: number; readonly most: number } {
  return kind === 0 ? { least: 4, most: 8 } : { least: 6, most: 10 }
}

/** Time lost to keeping things running: as set for the plan, else as answered (mean over domains), else assumed. */
export function toilOf(settings: PlanSettings, domains: readonly DomainScores[]): Toil {
  if (settings.toil !== undefined) return limited(settings.toil, "as set for the plan")
  const answered = domains.flatMap((each) => each.consensus.find(({ question }) => question === TOIL_QUESTION)?.number ?? [])
  if (answered.length === 0) return { share: TOIL_WHEN_UNKNOWN, source: `assumed, because ${TOIL_QUESTION} is not answered` }
  const mean = answered.reduce((sum, each) => sum + each, 0) / answered.length
  return limited(Math.max(0, mean / 100), `as answered in ${TOIL_QUESTION}`)
}

/** Nothing could be planned without any time: some is left, and said to be. */
function limited(share: number, source: string): Toil {
  if (share <= MOST_TOIL) return { share, source }
  return { share: MOST_TOIL, source: `${Math.round(share * 100)} % ${source}, counted as this so that some time is left` }
}

/** Person-days per week that may be planned. */
export function perWeek(settings: PlanSettings, toil: Toil, wave: number): number {
  const { people, daysPerWeek } = settings
  return Math.max(0, people * daysPerWeek * (1 - toil.share) * FOCUS * (1 - reserveOf(wave)))
}

/** How the capacity of a wave came about, in words. */
export function capacityInWords(settings: PlanSettings, toil: Toil, wave: number, weeks: number): string {
  const days = Math.round(weeks * settings.daysPerWeek * 10) / 10
  const planned = Math.round(perWeek(settings, toil, wave) * weeks)
  const people = settings.people === 1 ? "1 person" : `${settings.people} people`
  const toilWords = `(1 − ${Math.round(toil.share * 100)} % toil, ${toil.source})`
  return `${people} × ${days} working days × ${toilWords} × ${FOCUS}, less a reserve of ${Math.round(reserveOf(wave) * 100)} %: ${planned} person-days`
}

/** More in the first two waves, where least is known. */
const reserveOf = (wave: number): number => (wave <= 1 ? 0.3 : 0.2)
