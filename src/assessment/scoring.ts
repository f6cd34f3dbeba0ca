import type { Anchor, AxisId, QuestionId, Questionnaire } from "./model.ts"

/** The capped indices and quadrant that a set of levels gives; cheap, for re-scoring with effects (C.2, C.3). */
export function rescore(
  questionnaire: Questionnaire,
  anchors: ReadonlyMap<QuestionId, Anchor>,
): { readonly indices: Readonly<Record<AxisId, number>>; readonly quadrant?: string } {
  throw new Error(`not there: ${questionnaire.id} ${anchors.size}`)
}
