/** What conditions that look at the same thing can be together: a level cannot be both 1 and 3. */
import type { Anchor, MultiQuestion, Question, QuestionId } from "../model.ts"
import { bandFor, combinations } from "./bands.ts"
import type { Atom } from "./conditions.ts"
import { levelsOf } from "./levels.ts"
import { canPass } from "./row-tests.ts"

/** Conditions that depend on the same thing, and every combination of truths that they can have, each in their order. */
export interface AtomGroup {
  readonly atoms: readonly Atom[]
  readonly outcomes: readonly (readonly boolean[])[]
}

export type Questions = ReadonlyMap<QuestionId, Question>

/** The conditions grouped by what they depend on; groups do not depend on each other. */
export function groupAtoms(atoms: readonly Atom[], questions: Questions): readonly AtomGroup[] {
  const byThing = Map.groupBy(atoms, (atom) => thingOf(atom))
  const groups = [...byThing.values()].flatMap((group) => (ticksIn(group, questions).length > mostTicks ? apart(group) : [group]))
  return groups.map((group) => ({ atoms: group, outcomes: distinct(outcomesOf(group, questions)) }))
}

/** Whether a level, or an index, satisfies the comparison. */
export function comparesWith(atom: Atom, value: number): boolean {
  if ("index" in atom) return value >= (atom.atLeast ?? 0) && value < (atom.below ?? Infinity)
  if (!("question" in atom) || "includes" in atom) return false
  return value >= (atom.atLeast ?? 0) && value <= (atom.atMost ?? 4) && (atom.is?.includes(value) ?? true)
}

// Choices of more options than this are too many to try: each condition on ticks stands alone then.
const mostTicks = 12

const apart = (group: readonly Atom[]): readonly (readonly Atom[])[] => [
  ...Map.groupBy(group, (atom) => ("includes" in atom ? JSON.stringify(atom.includes) : "")).values(),
]

function thingOf(atom: Atom): string {
  if ("index" in atom) return `index ${atom.index}`
  if ("question" in atom) return `question ${atom.question}`
  return "rows" in atom && "atLeast" in atom ? `rows ${atom.rows} ${JSON.stringify(atom.where ?? [])}` : JSON.stringify(atom)
}

function outcomesOf(atoms: readonly Atom[], questions: Questions): readonly (readonly boolean[])[] {
  const [first] = atoms
  if (first === undefined) return []
  if ("index" in first) return pointsThatMatter(atoms).map((point) => atoms.map((atom) => comparesWith(atom, point)))
  if ("question" in first) return answersTo(atoms, questions)
  if ("rows" in first && "atLeast" in first) return countsOf(atoms, questions)
  const truths = isPossible(first, questions) ? [true, false] : [false]
  return truths.map((truth) => atoms.map(() => truth))
}

function pointsThatMatter(atoms: readonly Atom[]): readonly number[] {
  const limits = atoms
    .flatMap((atom) => ("index" in atom ? [atom.atLeast, atom.below] : []))
    .filter((limit) => limit !== undefined)
  return [0, 100, ...limits, ...limits.map((limit) => limit - 0.001)].filter((point) => point >= 0 && point <= 100)
}

function countsOf(atoms: readonly Atom[], questions: Questions): readonly (readonly boolean[])[] {
  const asked = atoms.map((atom) => ("rows" in atom && "atLeast" in atom ? atom : undefined))
  const [first] = asked
  const some = first !== undefined && canPass(first.where ?? [], tableOf(first.rows, questions))
  const counts = some ? [0, ...asked.flatMap((each) => each?.atLeast ?? [])] : [0]
  return counts.map((count) => asked.map((each) => each !== undefined && count >= each.atLeast))
}

function isPossible(atom: Atom, questions: Questions): boolean {
  if ("every" in atom) return canPass([...(atom.where ?? []), ...atom.every], tableOf(atom.rows, questions))
  return !("perceptionGap" in atom) || atom.perceptionGap.atLeast <= 4
}

function tableOf(id: QuestionId, questions: Questions) {
  const question = questions.get(id)
  return question?.type === "table" ? question : undefined
}

function answersTo(atoms: readonly Atom[], questions: Questions): readonly (readonly boolean[])[] {
  const ticks = ticksIn(atoms, questions)
  const question = questionOf(atoms, questions)
  const known = levelsOf(question)
  const any = known.length > 0 ? known : everyLevel
  if (ticks.length > mostTicks) {
    const alone = atoms.some((atom) => "includes" in atom)
    return alone ? [atoms.map(() => true), atoms.map(() => false)] : any.map((level) => truthsAt(atoms, level))
  }
  const scored = question?.type === "multi" && question.bands !== undefined
  const levels = scored ? levelsByTicks(question, ticks) : Array.from({ length: 2 ** ticks.length }, () => any)
  return levels.flatMap((possible, bits) => {
    const ticked = new Set(ticks.filter((_, at) => isSet(bits, at)))
    return possible.map((level) => truthsAt(atoms, level, ticked))
  })
}

const truthsAt = (atoms: readonly Atom[], level: Anchor, ticked: ReadonlySet<string> = new Set()): readonly boolean[] =>
  atoms.map((atom) => ("includes" in atom ? atom.includes.some((id) => ticked.has(id)) : comparesWith(atom, level)))

const everyLevel: readonly Anchor[] = [0, 1, 2, 3, 4]

/** Levels a choice can have with each set of ticks, the bits of the index saying which. */
function levelsByTicks(question: MultiQuestion, ticks: readonly string[]): readonly (readonly Anchor[])[] {
  const levels = Array.from({ length: 2 ** ticks.length }, () => new Set<Anchor>())
  for (const { count, ticked } of combinations(ticks, Math.max(question.options.length, ticks.length))) {
    const bits = ticks.reduce((sum, id, at) => sum + (ticked.includes(id) ? 2 ** at : 0), 0)
    const band = bandFor(question.bands ?? [], count, ticked)
    if (band !== undefined) levels[bits]!.add(band.anchor)
  }
  // The level is what one of the respondents answers, while the ticks are what all of them tick together.
  for (const at of ticks.keys()) {
    for (const [bits, set] of levels.entries()) if (isSet(bits, at)) for (const level of levels[bits - 2 ** at]!) set.add(level)
  }
  return levels.map((set) => (set.size > 0 ? [...set] : everyLevel))
}

/** The options that decide any of the conditions on one question. */
function ticksIn(atoms: readonly Atom[], questions: Questions): readonly string[] {
  const question = questionOf(atoms, questions)
  const bands = question?.type === "multi" ? (question.bands ?? []) : []
  const deciding = atoms.some((atom) => !("includes" in atom)) ? bands.flatMap((band) => band.including ?? []) : []
  return [...new Set([...atoms.flatMap((atom) => ("includes" in atom ? atom.includes : [])), ...deciding])]
}

function questionOf(atoms: readonly Atom[], questions: Questions): Question | undefined {
  const [first] = atoms
  return first !== undefined && "question" in first ? questions.get(first.question) : undefined
}

const isSet = (bits: number, at: number): boolean => Math.floor(bits / 2 ** at) % 2 === 1

const distinct = (outcomes: readonly (readonly boolean[])[]): readonly (readonly boolean[])[] => [
  ...new Map(outcomes.map((each) => [each.join(), each])).values(),
]
