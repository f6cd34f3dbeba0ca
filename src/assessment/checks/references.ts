/** Ids that name something which is not there, or which is of another kind. */
import type { Scoring } from "../model.ts"
import type { Draft } from "./draft.ts"
import type { Fault, Path } from "./fault.ts"
import { expectCondition, expectId, expectRows, expectScored, expectType, questionOf } from "./lookup.ts"
import { checkPredicates } from "./predicates.ts"

type Faults = Generator<Fault, void>

/** Every reference of the three documents that leads nowhere. */
export function* checkReferences(draft: Draft): Faults {
  yield* inQuestions(draft)
  yield* inScoring(draft)
  if (draft.scoring.needs) yield* inNeeds(draft, draft.scoring.needs)
  yield* inRules(draft)
  yield* inInitiatives(draft)
}

function* inQuestions(draft: Draft): Faults {
  const document = "questionnaire"
  for (const { value, path } of draft.questions) {
    for (const side of ["primary", "secondary"] as const) {
      for (const [at, id] of value[side].entries()) yield* expectId(draft, "roles", id, document, [...path, side, at])
    }
    if (value.skip) yield* expectCondition(draft, value.skip.when, document, [...path, "skip", "when"])
    if (value.type !== "table") continue
    for (const [at, { refersTo }] of value.columns.entries()) {
      if (refersTo !== undefined) yield* expectType(draft, refersTo, "table", document, [...path, "columns", at, "refersTo"])
    }
    if (value.score === undefined) continue
    yield* checkPredicates(value, value.score.among ?? [], document, [...path, "score", "among"])
    yield* checkPredicates(value, value.score.share, document, [...path, "score", "share"])
  }
}

function* inScoring(draft: Draft): Faults {
  const document = "scoring"
  const { axes = [], weights = {}, gates = [], placement, effortMultipliers = [] } = draft.scoring
  for (const [at, axis] of axes.entries()) yield* inParts(draft, axis.parts, ["axes", at, "parts"])
  for (const [id, byAxis] of Object.entries(weights)) {
    yield* expectScored(draft, id, document, ["weights", id])
    for (const axis of Object.keys(byAxis)) yield* expectId(draft, "axes", axis, document, ["weights", id, axis])
  }
  for (const [at, gate] of gates.entries()) {
    yield* expectId(draft, "axes", gate.axis, document, ["gates", at, "axis"])
    for (const [n, id] of gate.zero.entries()) yield* expectScored(draft, id, document, ["gates", at, "zero", n])
    const low = gate.low?.questions ?? []
    for (const [n, id] of low.entries()) yield* expectScored(draft, id, document, ["gates", at, "low", "questions", n])
  }
  for (const side of ["vertical", "horizontal"] as const) {
    if (placement) yield* expectId(draft, "axes", placement[side], document, ["placement", side])
  }
  for (const [at, each] of effortMultipliers.entries()) {
    yield* expectScored(draft, each.question, document, ["effortMultipliers", at, "question"])
  }
}

function* inParts(draft: Draft, parts: Scoring["axes"][number]["parts"], path: Path): Faults {
  for (const [at, part] of parts.entries()) {
    for (const [n, id] of part.questions.entries()) yield* expectScored(draft, id, "scoring", [...path, at, "questions", n])
  }
}

function* inNeeds(draft: Draft, needs: Scoring["needs"]): Faults {
  const document = "scoring"
  yield* expectType(draft, needs.inventory, "table", document, ["needs", "inventory"])
  yield* expectRows(draft, needs.inventory, needs.critical, document, ["needs", "critical"])
  yield* expectRows(draft, needs.inventory, needs.met, document, ["needs", "met"])
  yield* expectRows(draft, needs.inventory, needs.streamed ?? [], document, ["needs", "streamed"])
  yield* consumersColumn(draft, needs.products)
  for (const [axis, classes] of Object.entries(needs.classes)) {
    yield* expectId(draft, "axes", axis, document, ["needs", "classes", axis])
    for (const [at, { when }] of classes.entries()) {
      yield* expectRows(draft, needs.inventory, when, document, ["needs", "classes", axis, at, "when"])
    }
  }
  for (const axis of Object.keys(needs.enabling)) yield* expectId(draft, "axes", axis, document, ["needs", "enabling", axis])
}

function* consumersColumn(draft: Draft, { inventory, consumersColumn }: Scoring["needs"]["products"]): Faults {
  yield* expectType(draft, inventory, "table", "scoring", ["needs", "products", "inventory"])
  const products = questionOf(draft, inventory)
  if (products?.type !== "table" || products.columns.some((column) => column.id === consumersColumn)) return
  const fix = `Name the column that lists consumers: one of ${products.columns.map((column) => column.id).join(", ")}`
  const path = ["needs", "products", "consumersColumn"]
  yield { document: "scoring", path, message: `unknown column "${consumersColumn}" of ${inventory}`, fix }
}

function* inRules(draft: Draft): Faults {
  const document = "recommendations"
  for (const { value, path } of draft.rules) {
    yield* expectCondition(draft, value.when, document, [...path, "when"])
    yield* expectId(draft, "themes", value.theme, document, [...path, "theme"])
    for (const [at, id] of value.initiatives.entries()) {
      yield* expectId(draft, "initiatives", id, document, [...path, "initiatives", at])
    }
  }
}

function* inInitiatives(draft: Draft): Faults {
  const document = "recommendations"
  for (const { value, path } of draft.initiatives) {
    for (const [at, id] of value.serves.entries()) {
      yield* expectId(draft, "axes", id, document, [...path, "serves", at], ["confidence", "cost", "focus"])
    }
    for (const [at, id] of value.needs.entries()) yield* expectId(draft, "initiatives", id, document, [...path, "needs", at])
    if (value.responsible !== undefined) yield* expectId(draft, "roles", value.responsible, document, [...path, "responsible"])
    yield* expectId(draft, "themes", value.theme, document, [...path, "theme"])
    for (const [at, effect] of value.effects.entries()) {
      yield* expectScored(draft, effect.question, document, [...path, "effects", at, "question"])
    }
    for (const [at, effect] of (value.inPlaceAt ?? []).entries()) {
      yield* expectScored(draft, effect.question, document, [...path, "inPlaceAt", at, "question"])
    }
    const { rows, where = [] } = value.effort.perUnit ?? {}
    if (rows === undefined) continue
    yield* expectType(draft, rows, "table", document, [...path, "effort", "perUnit", "rows"])
    yield* expectRows(draft, rows, where, document, [...path, "effort", "perUnit", "where"])
  }
}
