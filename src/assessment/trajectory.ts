/** Today → after each wave, by re-scoring with the effects of what is finished. */
import type { Effect, Questionnaire } from "./model.ts"
import type { Trajectory, TrajectoryStop } from "./result.ts"
import { byAxisId, cappedIndices, type Indices, layOutSheet, none, quadrantOf, type Sheet } from "./sheet.ts"
import { type Situation, raised } from "./situation.ts"
import type { FilledWave } from "./waves.ts"

type Levels = Situation["anchors"]

/**
 * One trajectory per domain. Effects raise answers and never lower them; an unknown answer that an effect raises counts
 * with the effect's level; what is skipped stays skipped. That an answer becomes known is no step back, so no index falls.
 */
export function followTrajectories(
  questionnaire: Questionnaire,
  situations: readonly Situation[],
  waves: readonly FilledWave[],
): readonly Trajectory[] {
  const sheet = layOutSheet(questionnaire)
  return situations.map((situation) => ({ domain: situation.domain, stops: stopsOf(questionnaire, sheet, situation, waves) }))
}

function stopsOf(
  questionnaire: Questionnaire,
  sheet: Sheet,
  situation: Situation,
  waves: readonly FilledWave[],
): readonly TrajectoryStop[] {
  let levels: Levels = situation.anchors
  let indices = indicesOf(questionnaire, sheet, levels)
  const stops = [stopAt(sheet, "today", indices, [])]
  for (const [at, wave] of waves.entries()) {
    const moved: string[] = []
    for (const { id, effects } of finishedIn(waves, at, situation)) {
      const after = raised(levels, effects, situation.facts)
      if (effects.some(({ question }) => after.get(question) !== levels.get(question))) moved.push(id)
      levels = after
    }
    indices = highest(indices, indicesOf(questionnaire, sheet, levels))
    stops.push(stopAt(sheet, wave.number, indices, moved))
  }
  return stops
}

/** What acts on the domain and has its last seat in this wave: what repeats is finished when it repeats no more. */
function finishedIn(
  waves: readonly FilledWave[],
  at: number,
  { domain }: Situation,
): readonly { readonly id: string; readonly effects: readonly Effect[] }[] {
  const later = new Set(waves.slice(at + 1).flatMap((wave) => wave.seats.map(({ ranked }) => ranked.key)))
  return (waves[at]?.seats ?? [])
    .filter(({ ranked }) => (ranked.domain === undefined || ranked.domain === domain) && !later.has(ranked.key))
    .map(({ ranked }) => ranked.initiative)
}

function indicesOf(questionnaire: Questionnaire, sheet: Sheet, levels: Levels): Indices {
  return cappedIndices(
    sheet,
    Int8Array.from(questionnaire.questions, ({ id }) => levels.get(id) ?? none),
  )
}

function highest(before: Indices, after: Indices): Indices {
  return after.map((value, at) => {
    const known = before[at]
    return known === undefined || value === undefined ? (value ?? known) : Math.max(known, value)
  })
}

function stopAt(sheet: Sheet, after: TrajectoryStop["after"], indices: Indices, because: readonly string[]): TrajectoryStop {
  const quadrant = quadrantOf(sheet, indices)
  return { after, indices: byAxisId(sheet, indices), ...(quadrant === undefined ? {} : { quadrant }), because }
}
