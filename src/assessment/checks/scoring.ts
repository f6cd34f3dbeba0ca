/** Weights, parts, gates and quadrants that do not fit together. */
import type { Scoring } from "../model.ts"
import { type Draft, isScored } from "./draft.ts"
import type { Fault, Path } from "./fault.ts"
import { checkNeeds } from "./need-classes.ts"

type Faults = Generator<Fault, void>

/** Faults inside the scoring document. */
export function* checkScoring(draft: Draft): Faults {
  const { scoring } = draft
  const { axes = [], weights, gates = [], quadrants = [], placement } = scoring
  const scored = new Set(draft.questions.flatMap(({ value }) => (isScored(value) ? [value.id] : [])))
  if (weights) for (const [at, axis] of axes.entries()) yield* checkParts(axis, weights, scored, ["axes", at, "parts"])
  if (weights) for (const [at, gate] of gates.entries()) yield* checkGate(gate, weights, ["gates", at])
  if (placement) for (const [at, gate] of gates.entries()) yield* checkCap(gate, placement, ["gates", at, "cap"])
  yield* checkQuadrants(quadrants)
  if (placement && placement.vertical === placement.horizontal) {
    yield fault(["placement", "horizontal"], "both sides of the matrix show the same axis", "Place two different axes")
  }
  yield* checkNeeds(draft)
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
  const home = new Map<string, string>()
  for (const [at, part] of axis.parts.entries()) {
    for (const [n, id] of part.questions.entries()) {
      const first = home.get(id)
      if (first !== undefined) yield* twiceInParts(id, axis.id, first, part.id, [...path, at, "questions", n])
      home.set(id, first ?? part.id)
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

function* twiceInParts(id: string, axis: string, first: string, second: string, path: Path): Faults {
  const fix = "Name it once: each weighted question belongs to one part of the axis"
  if (first === second) yield fault(path, `${id} stands twice in part "${first}" of ${axis}`, fix)
  else yield fault(path, `${id} is in two parts of ${axis}: "${first}" and "${second}"`, fix)
}

// At a limit of 0 every place is on the high side, whatever the cap.
function* checkCap({ axis, cap }: Scoring["gates"][number], placement: Scoring["placement"], path: Path): Faults {
  const { vertical, horizontal, limit } = placement
  if (limit === 0 || cap < limit || (axis !== vertical && axis !== horizontal)) return
  const fix = `Give a cap below the limit of the matrix, which is ${limit}`
  yield fault(path, `a cap of ${cap} lets ${axis} stand on the high side while the gate is shut`, fix)
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
  yield* twiceInGate(gate.zero, [...path, "zero"])
  yield* twiceInGate(gate.low?.questions ?? [], [...path, "low", "questions"])
  if (named.length === 0) yield fault(path, "this gate looks at no question", "Name questions under zero or low, or remove it")
  if (gate.low && gate.low.count > gate.low.questions.length) {
    const message = `this gate asks for ${gate.low.count} low questions of ${gate.low.questions.length}`
    yield fault([...path, "low", "count"], message, "Name more questions, or lower the count")
  }
}

function* twiceInGate(ids: readonly string[], path: Path): Faults {
  for (const [at, id] of ids.entries()) {
    if (ids.indexOf(id) < at) yield fault([...path, at], `the gate names ${id} twice here`, "Name each question once")
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
