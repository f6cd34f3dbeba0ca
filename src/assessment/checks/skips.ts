/** Skip rules that look at what is not known yet, or that go round in circles. */
import type { Question } from "../model.ts"
import { atomsOf, questionIn } from "./conditions.ts"
import { cyclesIn } from "./cycles.ts"
import type { Draft, Placed } from "./draft.ts"
import type { Fault } from "./fault.ts"
import { expectPossibleRows } from "./lookup.ts"
import { canBe } from "./truth.ts"

/** Faults of skip rules. */
export function* checkSkips(draft: Draft): Generator<Fault, void> {
  const ids = draft.questions.map(({ value }) => value.id)
  const cycles = cyclesIn(new Map(draft.questions.map(({ value }) => [value.id, seenBy(value).filter((id) => id !== value.id)])))
  for (const cycle of cycles) {
    const first = draft.questions.find(({ value }) => value.id === cycle[0])!
    yield fault(first, `skip rules go in a circle: ${cycle.join(" → ")}`, "Let each skip rule look at earlier questions only")
  }
  for (const [at, question] of draft.questions.entries()) {
    const later = seenBy(question.value).filter((id) => ids.indexOf(id) >= at)
    if (cycles.some((cycle) => cycle.includes(question.value.id))) continue
    for (const id of new Set(later)) {
      const what = id === question.value.id ? "the question itself" : `the later question ${id}`
      yield fault(question, `skip rule looks at ${what}`, "Look at earlier questions only, or move the question")
    }
    if (later.length === 0 && cycles.length === 0) yield* outcomes(draft, question)
  }
}

function* outcomes(draft: Draft, question: Placed<Question>): Generator<Fault, void> {
  const when = question.value.skip?.when
  if (when === undefined) return
  const whole = atomsOf(when, []).find(({ atom }) => "index" in atom || "perceptionGap" in atom || "domainsApart" in atom)
  if (whole !== undefined) {
    yield fault(question, "skip rule looks at a result", "Look at earlier questions only: questions or rows")
    return
  }
  const questions = draft.questions.map(({ value }) => value)
  if (!canBe(true, when, questions)) {
    yield fault(question, "skip rule can never fire", "Loosen it, or remove it")
    return
  }
  yield* expectPossibleRows(draft, when, "questionnaire", [...question.path, "skip", "when"])
  if (!canBe(false, when, questions))
    yield fault(question, "skip rule always fires", "Narrow it: nobody would be asked the question")
}

const fault = ({ path }: Placed<Question>, message: string, fix: string): Fault => ({
  document: "questionnaire",
  path: [...path, "skip", "when"],
  message,
  fix,
})

const seenBy = (question: Question): readonly string[] =>
  question.skip === undefined ? [] : atomsOf(question.skip.when, []).flatMap(({ atom }) => questionIn(atom) ?? [])
