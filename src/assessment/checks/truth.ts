/** Whether any answers at all make a condition true, or false. */
import type { Condition, Question, QuestionId } from "../model.ts"
import { type Atom, atomsOf, questionIn } from "./conditions.ts"
import { groupAtoms, type Questions } from "./outcomes.ts"

/** Whether a single condition holds, as far as it is known. */
export type Known = (atom: Atom) => boolean | undefined

/**
 * Whether some answers give the condition this truth. Levels are the ones a question's answers can have, with the ticks that
 * go with them; skip rules count; rows may be any that their columns allow; an index may have any value. A level that a
 * decision sets against the answers does not count. Beyond 50,000 trials the answer is yes.
 */
export function canBe(truth: boolean, condition: Condition, questions: readonly Question[]): boolean {
  const byId = inOrder(questions)
  const groups = groupAtoms(withSkips(condition, byId), byId)
  const known = new Map<Atom, boolean>()
  let trials = 0
  const search = (at: number): boolean => {
    trials += 1
    const outcome = evaluate(condition, (atom) => known.get(atom), byId)
    const group = groups[at]
    if (outcome !== undefined || group === undefined) return outcome === truth
    if (trials > 50_000) return true
    const found = group.outcomes.some((outcome) => {
      for (const [n, atom] of group.atoms.entries()) known.set(atom, outcome[n] === true)
      return search(at + 1)
    })
    for (const atom of group.atoms) known.delete(atom)
    return found
  }
  return search(0)
}

// A skip rule counts only when it looks at earlier questions, so that nothing here goes round in circles.
function inOrder(questions: readonly Question[]): Questions {
  const earlier = new Map<QuestionId, Question>()
  for (const question of questions) {
    const { skip, ...unskipped } = question
    const sees = skip === undefined ? [] : atomsOf(skip.when, []).flatMap(({ atom }) => questionIn(atom) ?? [])
    if (!earlier.has(question.id)) earlier.set(question.id, sees.every((id) => earlier.has(id)) ? question : unskipped)
  }
  return earlier
}

function withSkips(condition: Condition, questions: Questions): readonly Atom[] {
  const atoms = atomsOf(condition, []).map(({ atom }) => atom)
  const seen = new Set<QuestionId>()
  for (const atom of atoms) {
    const id = questionIn(atom)
    const skip = id === undefined || seen.has(id) ? undefined : questions.get(id)?.skip
    if (id !== undefined) seen.add(id)
    if (skip) atoms.push(...atomsOf(skip.when, []).map((each) => each.atom))
  }
  return atoms
}

/** The truth of a condition as far as it is known; questions whose skip rule fires make it false, where `questions` has them. */
export function evaluate(condition: Condition, known: Known, questions: Questions = new Map()): boolean | undefined {
  if ("all" in condition) return decided(condition.all, false, known, questions)
  if ("any" in condition) return decided(condition.any, true, known, questions)
  if ("not" in condition) {
    const inner = evaluate(condition.not, known, questions)
    return inner === undefined ? undefined : !inner
  }
  const id = questionIn(condition)
  const skip = id === undefined ? undefined : questions.get(id)?.skip
  const skipped = skip === undefined ? false : evaluate(skip.when, known, questions)
  if (skipped === true) return false
  const outcome = known(condition)
  return skipped === undefined && outcome !== false ? undefined : outcome
}

function decided(conditions: readonly Condition[], deciding: boolean, known: Known, questions: Questions): boolean | undefined {
  const outcomes = new Set(conditions.map((each) => evaluate(each, known, questions)))
  if (outcomes.has(deciding)) return deciding
  return outcomes.has(undefined) ? undefined : !deciding
}
