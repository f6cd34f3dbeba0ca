/** Rules and initiatives that do not lead anywhere, or not out again. */
import type { Condition } from "../model.ts"
import { cyclesIn } from "./cycles.ts"
import type { Draft } from "./draft.ts"
import type { Fault, Path } from "./fault.ts"
import { expectPassable, expectPossibleRows } from "./lookup.ts"
import { canBe } from "./truth.ts"

type Faults = Generator<Fault, void>

const mostThemes = 7

/** Faults of themes, rules and initiatives. */
export function* checkRecommendations(draft: Draft): Faults {
  const extra = draft.themes[mostThemes]
  if (extra) {
    yield fault(
      extra.path,
      `there are ${draft.themes.length} themes`,
      `Keep ${mostThemes} or fewer: the report groups the plan by them`,
    )
  }
  yield* checkRules(draft)
  yield* checkPrerequisites(draft)
  if (draft.whole.recommendations) yield* checkReach(draft)
  for (const { value, path } of draft.initiatives) {
    const { rows, where = [] } = value.effort.perUnit ?? {}
    const here = [...path, "effort", "perUnit", "where"]
    if (rows !== undefined) yield* expectPassable(draft, rows, where, "recommendations", here)
    for (const [at, effect] of value.effects.entries()) {
      if (effect.level > 0) continue
      yield fault(
        [...path, "effects", at, "level"],
        `an effect on ${effect.question} raises it to level 0`,
        "Give the level that is reached, 1 to 4, or remove it",
      )
    }
  }
}

const fault = (path: Path, message: string, fix: string): Fault => ({ document: "recommendations", path, message, fix })

function* checkRules(draft: Draft): Faults {
  if (!draft.whole.questionnaire) return
  const questions = draft.questions.map(({ value }) => value)
  for (const { value, path } of draft.rules) {
    if (!canBe(true, value.when, questions)) {
      yield fault([...path, "when"], "this rule can never fire", repairOf(draft, value.when))
      continue
    }
    const dead = [...expectPossibleRows(draft, value.when, "recommendations", [...path, "when"])]
    yield* dead
    if (dead.length === 0 && !canBe(false, value.when, questions)) {
      yield fault([...path, "when"], "this rule always fires", "All answers satisfy it: narrow one of its conditions")
    }
  }
}

function repairOf(draft: Draft, when: Condition): string {
  const [dead] = [...expectPossibleRows(draft, when, "recommendations", [])]
  return dead === undefined
    ? "No answers satisfy it: loosen or remove one of its conditions"
    : `${capital(dead.message)}: loosen or remove one of them`
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

function* checkPrerequisites(draft: Draft): Faults {
  const needs = new Map(draft.initiatives.map(({ value }) => [value.id, value.needs]))
  for (const cycle of cyclesIn(needs)) {
    const { path } = draft.initiatives.find(({ value }) => value.id === cycle[0])!
    yield fault([...path, "needs"], `prerequisites go in a circle: ${cycle.join(" → ")}`, "Remove one of these needs")
  }
}

function* checkReach(draft: Draft): Faults {
  const byId = new Map(draft.initiatives.map(({ value }) => [value.id, value]))
  const reached = new Set(draft.rules.flatMap(({ value }) => value.initiatives))
  for (const id of reached) for (const needed of byId.get(id)?.needs ?? []) reached.add(needed)
  for (const { value, path } of draft.initiatives) {
    if (reached.has(value.id)) continue
    yield fault(
      path,
      `no rule leads to initiative "${value.id}"`,
      "Name it in a rule, or in the needs of an initiative that a rule names",
    )
  }
}
