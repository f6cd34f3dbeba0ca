/** "Leave it in batch" as a real outcome: what has no place where nobody's need asks for a move (C.8, R47, I44). */
import type { Initiative, Questionnaire } from "./model.ts"
import { migrates } from "./moving.ts"
import type { Finding } from "./result.ts"
import type { Situation } from "./situation.ts"

/**
 * Why an initiative is not recommended for `places`, its scope; `undefined` when it may be. Where nothing moves, nothing is
 * migrated; and where nothing moves anywhere, nothing is done that would first take a platform to move to.
 */
export function restraintOn(
  questionnaire: Questionnaire,
  initiative: Initiative,
  places: readonly Situation[],
  everywhere: readonly Situation[],
): string | undefined {
  if (places.some((place) => !place.nothingMoves)) return undefined
  if (migrates(initiative)) return "nothing has to move here: the consumers get what they need"
  if (everywhere.some((place) => !place.nothingMoves)) return undefined
  return takesRunway(questionnaire, initiative, new Set())
    ? "it takes a platform to move to, and nothing has to move: the consumers get what they need"
    : undefined
}

/** Whether an initiative opens a gate: it is the first of those its finding names. A gate that only prepares a move is none where nothing moves. */
export function opensGate(
  questionnaire: Questionnaire,
  finding: Finding,
  initiative: Initiative,
  places: readonly Situation[],
): boolean {
  if (!finding.gate || finding.initiatives[0] !== initiative.id) return false
  const place = places.find((each) => each.domain === finding.domain)
  return place === undefined || !place.nothingMoves || !onlyPrepares(questionnaire, initiative)
}

/** Is, or needs through others, what opens a gate and serves no consumer itself. */
function takesRunway(questionnaire: Questionnaire, initiative: Initiative, seen: Set<string>): boolean {
  if (seen.has(initiative.id)) return false
  seen.add(initiative.id)
  const opener = questionnaire.rules.some((rule) => rule.gate && rule.initiatives[0] === initiative.id)
  if (opener && onlyPrepares(questionnaire, initiative)) return true
  return initiative.needs.some((id) => {
    const needed = questionnaire.initiatives.find((each) => each.id === id)
    return needed !== undefined && takesRunway(questionnaire, needed, seen)
  })
}

/** Serves nothing but axes that no consumer decides. */
function onlyPrepares({ scoring }: Questionnaire, { serves }: Initiative): boolean {
  return serves.every((axis) => scoring.needs.enabling[axis] !== undefined)
}
