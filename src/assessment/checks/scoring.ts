/** Weights, parts, gates, quadrants and classes of need that do not fit together. */
import type { Scoring } from "../model.ts"
import { type Draft, isScored } from "./draft.ts"
import type { Fault, Path } from "./fault.ts"

type Faults = Generator<Fault, void>

/** Faults inside the scoring document. */
export function* checkScoring(draft: Draft): Faults {
  const { scoring } = draft
  const { axes = [], weights, gates = [], quadrants = [], needs } = scoring
  const scored = new Set(draft.questions.flatMap(({ value }) => (isScored(value) ? [value.id] : [])))
  if (weights) for (const [at, axis] of axes.entries()) yield* checkParts(axis, weights, scored, ["axes", at, "parts"])
  if (weights) for (const [at, gate] of gates.entries()) yield* checkGate(gate, weights, ["gates", at])
  yield* checkQuadrants(quadrants)
  if (scoring.placement && scoring.placement.vertical === scoring.placement.horizontal) {
    yield fault(["placement", "horizontal"], "both sides of the matrix show the same axis", "Place two different axes")
  }
  for (const [axis, classes] of Object.entries(needs?.classes ?? {})) {
    for (const [at, each] of classes.entries()) {
      if (at === 0 || each.target >= classes[at - 1]!.target) continue
      const fix = "List the classes of an axis with rising targets, the strictest last"
      yield fault(
        ["needs", "classes", axis, at, "target"],
        `class of need "${each.id}" has a lower target than the one before it`,
        fix,
      )
    }
  }
}

const fault = (path: Path, message: string, fix: string): Fault => ({ document: "scoring", path, message, fix })

// What names no scored question is a fault of its own already.
function* checkParts(
  axis: Scoring["axes"][number],
  weights: Scoring["weights"],
  scored: ReadonlySet<string>,
  path: Path,
): Faults {
  const weighs = (id: string): boolean => weights[id]?.[axis.id] !== undefined
  for (const [at, part] of axis.parts.entries()) {
    for (const [n, id] of part.questions.entries()) {
      if (weighs(id) || !scored.has(id)) continue
      const message = `${id} is in part "${part.id}" of ${axis.id} but has no weight on it`
      yield fault([...path, at, "questions", n], message, `Give ${id} a weight on ${axis.id}, or take it out of the part`)
    }
  }
  if (axis.parts.length === 0) return
  const inParts = new Set(axis.parts.flatMap((part) => part.questions))
  for (const id of Object.keys(weights)) {
    if (!weighs(id) || inParts.has(id) || !scored.has(id)) continue
    const fix = `Add it to one of the parts ${axis.parts.map((part) => part.id).join(", ")}, or remove the weight`
    yield fault(["weights", id, axis.id], `${id} weighs on ${axis.id} but is in none of its parts`, fix)
  }
}

function* checkGate(gate: Scoring["gates"][number], weights: Scoring["weights"], path: Path): Faults {
  const named = [
    ...gate.zero.map((id, at) => ({ id, path: [...path, "zero", at] })),
    ...(gate.low?.questions ?? []).map((id, at) => ({ id, path: [...path, "low", "questions", at] })),
  ]
  for (const each of named) {
    if (weights[each.id]?.[gate.axis] !== undefined) continue
    yield fault(
      each.path,
      `gate question ${each.id} has no weight on ${gate.axis}`,
      `Give it a weight on ${gate.axis}, or take it out of the gate`,
    )
  }
  if (named.length === 0) yield fault(path, "this gate looks at no question", "Name questions under zero or low, or remove it")
  if (gate.low && gate.low.count > gate.low.questions.length) {
    const message = `this gate asks for ${gate.low.count} low questions of ${gate.low.questions.length}`
    yield fault([...path, "low", "count"], message, "Name more questions, or lower the count")
  }
}

function* checkQuadrants(quadrants: Scoring["quadrants"]): Faults {
  const corners = ["high", "low"].flatMap((vertical) => ["high", "low"].map((horizontal) => ({ vertical, horizontal })))
  for (const [at, each] of quadrants.entries()) {
    const twin = quadrants.slice(0, at).find((other) => other.vertical === each.vertical && other.horizontal === each.horizontal)
    if (twin) yield fault(["quadrants", at], `quadrants "${twin.id}" and "${each.id}" have the same place`, "Move one of them")
  }
  if (quadrants.length === 0) return
  for (const { vertical, horizontal } of corners) {
    if (quadrants.some((each) => each.vertical === vertical && each.horizontal === horizontal)) continue
    yield fault(["quadrants"], `no quadrant is vertical ${vertical}, horizontal ${horizontal}`, "Name all four quadrants")
  }
}
