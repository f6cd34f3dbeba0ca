/** Whether any answers at all make a condition true, or false. */
import type { Condition, Question, QuestionId } from "../model.ts"
import { type Atom, atomsOf, questionIn } from "./conditions.ts"
import { levelsOf } from "./levels.ts"

type Value = number | boolean

/** What is known so far of what a condition depends on, by name (`levelName` for levels). */
export interface Known {
  get(name: string): Value | undefined
}

/** The name of a question's level in `Known`; the level of a question that is skipped is negative. */
export const levelName = (question: QuestionId): string => `level ${question}`

/**
 * Whether some answers give the condition this truth. Levels are the ones a question's answers can have, skip rules count,
 * tests on rows may turn out either way; an index may have any value. Beyond 50,000 trials the answer is yes.
 */
export function canBe(truth: boolean, condition: Condition, questions: readonly Question[]): boolean {
  const byId = inOrder(questions)
  const variables = [...variablesOf(condition, byId)]
  const known = new Map<string, Value>()
  let trials = 0
  const search = (at: number): boolean => {
    trials += 1
    const outcome = evaluate(condition, known, byId)
    if (outcome !== undefined || at === variables.length) return outcome === truth
    if (trials > 50_000) return true
    const [name, values] = variables[at]!
    const found = values.some((value) => {
      known.set(name, value)
      return search(at + 1)
    })
    known.delete(name)
    return found
  }
  return search(0)
}

type Questions = ReadonlyMap<QuestionId, Question>

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

/** What the condition depends on, with the values that make a difference. */
function variablesOf(condition: Condition, questions: Questions): ReadonlyMap<string, readonly Value[]> {
  const atoms = withSkips(condition, questions)
  const values = new Map<string, Value[]>()
  for (const atom of atoms) {
    if ("index" in atom) values.set(`index ${atom.index}`, pointsThatMatter(atoms, atom.index))
    else if ("includes" in atom) for (const id of atom.includes) values.set(`tick ${atom.question} ${id}`, [true, false])
    else if ("question" in atom) values.set(levelName(atom.question), levelsThatMatter(atoms, atom.question, questions))
    else values.set(JSON.stringify(atom), isImpossible(atom) ? [false] : isCertain(atom) ? [true] : [true, false])
  }
  return values
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

// Levels that every comparison treats alike need only one trial; a question that could not be read may have any.
function levelsThatMatter(atoms: readonly Atom[], id: QuestionId, questions: Questions): Value[] {
  const about = atoms.filter((atom) => "question" in atom && !("includes" in atom) && atom.question === id)
  const levels = levelsOf(questions.get(id))
  return differing(levels.length > 0 ? levels : [0, 1, 2, 3, 4], (level) => about.map((atom) => comparesWith(atom, level)))
}

function pointsThatMatter(atoms: readonly Atom[], axis: string): Value[] {
  const about = atoms.filter((atom) => "index" in atom && atom.index === axis)
  const limits = about
    .flatMap((atom) => ("index" in atom ? [atom.atLeast, atom.below] : []))
    .filter((limit) => limit !== undefined)
  const points = [0, 100, ...limits, ...limits.map((limit) => limit - 0.001)].filter((point) => point >= 0 && point <= 100)
  return differing(points, (point) => about.map((atom) => comparesWith(atom, point)))
}

const differing = (values: readonly number[], outcomes: (value: number) => readonly boolean[]): number[] => {
  const seen = new Map(values.map((value) => [outcomes(value).join(), value]))
  return [...seen.values()]
}

function comparesWith(atom: Atom, value: number): boolean {
  if ("index" in atom) return value >= (atom.atLeast ?? 0) && value < (atom.below ?? Infinity)
  if (!("question" in atom) || "includes" in atom) return false
  return value >= (atom.atLeast ?? 0) && value <= (atom.atMost ?? 4) && (atom.is?.includes(value) ?? true)
}

const isCertain = (atom: Atom): boolean => "rows" in atom && "atLeast" in atom && atom.atLeast === 0

const isImpossible = (atom: Atom): boolean => "perceptionGap" in atom && atom.perceptionGap.atLeast > 4

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
  const outcome = evaluateAtom(condition, known)
  return skipped === undefined && outcome !== false ? undefined : outcome
}

function decided(conditions: readonly Condition[], deciding: boolean, known: Known, questions: Questions): boolean | undefined {
  const outcomes = new Set(conditions.map((each) => evaluate(each, known, questions)))
  if (outcomes.has(deciding)) return deciding
  return outcomes.has(undefined) ? undefined : !deciding
}

function evaluateAtom(atom: Atom, known: Known): boolean | undefined {
  if ("includes" in atom) {
    const ticks = new Set(atom.includes.map((id) => known.get(`tick ${atom.question} ${id}`)))
    return ticks.has(true) ? true : ticks.has(undefined) ? undefined : false
  }
  const name = "index" in atom ? `index ${atom.index}` : "question" in atom ? levelName(atom.question) : JSON.stringify(atom)
  const value = known.get(name)
  return typeof value === "number" ? comparesWith(atom, value) : value
}
