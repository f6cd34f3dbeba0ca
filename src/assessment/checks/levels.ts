import type { Anchor, Question } from "../model.ts"

/** The levels that answers to a question can have, lowest first; none when it is not scored. A single choice has all five. */
export function levelsOf(question: Question | undefined): readonly Anchor[] {
  if (question === undefined) return []
  if (question.type === "single") return [0, 1, 2, 3, 4]
  const anchors = anchorsIn(question).map((each) => each.anchor)
  return [...new Set(anchors)].sort((a, b) => a - b)
}

function anchorsIn(question: Question): readonly { readonly anchor: Anchor }[] {
  if (question.type === "multi") return question.bands ?? []
  if (question.type === "number") return [...question.bands, ...(question.special ?? [])]
  return question.type === "table" ? (question.score?.bands ?? []) : []
}
