/** Indices and quadrants that no answers reach, found by trying answers. */
import type { Anchor, Axis, Questionnaire } from "../model.ts"
import {
  cappedIndices,
  type Indices,
  layOutSheet,
  type Levels,
  none,
  quadrantAt,
  quadrantOf,
  rawIndex,
  type Sheet,
} from "../sheet.ts"
import type { Fault } from "./fault.ts"
import { levelsOf } from "./levels.ts"
import { comparesWith } from "./outcomes.ts"
import { evaluate, type Known } from "./truth.ts"

/** Faults of indices that cannot be 0 or 100, and of quadrants that stay empty whatever is answered. */
export function* checkLandscape(questionnaire: Questionnaire): Generator<Fault, void> {
  const ground = layOut(questionnaire)
  const dead = new Set<number>()
  for (const [at, { axis }] of ground.sheet.axes.entries()) {
    for (const fault of checkAxis(ground, at, axis)) {
      dead.add(at)
      yield fault
    }
  }
  // An axis without its full span is named already; its quadrants would only repeat it.
  if (dead.has(ground.sheet.vertical) || dead.has(ground.sheet.horizontal)) return
  yield* checkQuadrants(ground)
}

/** The questionnaire as something to climb: the levels each question can have, and what is skipped at some levels. */
interface Ground {
  readonly questionnaire: Questionnaire
  readonly sheet: Sheet
  readonly possible: readonly (readonly Anchor[])[]
  /** Id of a question → its number. */
  readonly numbers: ReadonlyMap<string, number>
}

const layOut = (questionnaire: Questionnaire): Ground => ({
  questionnaire,
  sheet: layOutSheet(questionnaire),
  possible: questionnaire.questions.map(levelsOf),
  numbers: new Map(questionnaire.questions.map(({ id }, at) => [id, at])),
})

function* checkAxis(ground: Ground, at: number, axis: Axis): Generator<Fault, void> {
  const fault = (message: string, fix: string): Fault => ({ document: "scoring", path: ["axes", at], message, fix })
  if (ground.sheet.axes[at]!.questions.length === 0) {
    yield fault(`no question weighs on axis "${axis.id}"`, "Give questions a weight on it, or remove the axis")
    return
  }
  const highest = climb(ground, (indices) => indices[at] ?? -1, 100)
  if (highest < 0) {
    yield fault(`index ${axis.id} never has a value: all its questions are skipped`, "Narrow the skip rules of its questions")
    return
  }
  if (highest < 100) {
    const raw = climb(ground, (_, levels) => rawIndex(ground.sheet.axes[at]!, levels) ?? -1, 100)
    const why =
      raw === 100 ? "Its gates cap the best answers too: correct them" : "Give each of its questions an answer with level 4"
    yield fault(`index ${axis.id} cannot reach 100: the highest found is ${Math.round(highest)}`, why)
  }
  const lowest = -climb(ground, (indices) => -(indices[at] ?? 101), 0)
  if (lowest > 0) {
    yield fault(
      `index ${axis.id} cannot reach 0: the lowest found is ${Math.round(lowest)}`,
      "Give each of its questions an answer with level 0",
    )
  }
}

function* checkQuadrants(ground: Ground): Generator<Fault, void> {
  const { sheet, questionnaire } = ground
  const reached = new Set(startsOf(ground).map((levels) => quadrantOf(sheet, cappedIndices(sheet, withSkips(ground, levels)))))
  for (const [at, quadrant] of questionnaire.scoring.quadrants.entries()) {
    const { vertical, horizontal } = quadrant
    if (reached.has(quadrant.id) || quadrantAt(sheet, vertical === "high", horizontal === "high") !== quadrant.id) continue
    const inside = (indices: Indices): number =>
      Math.min(0, margin(indices[sheet.vertical], vertical, sheet.limit)) +
      Math.min(0, margin(indices[sheet.horizontal], horizontal, sheet.limit))
    if (climb(ground, inside, 0) >= 0) continue
    const message = `no answers reach quadrant "${quadrant.id}"`
    yield {
      document: "scoring",
      path: ["quadrants", at],
      message,
      fix: "Correct the limit, the gates or the skip rules, or let questions weigh on one of the placing axes only",
    }
  }
}

// How far inside the side an index lies; a value at the limit is high.
function margin(index: number | undefined, side: "high" | "low", limit: number): number {
  if (index === undefined) return -1000
  return side === "high" ? index - limit : limit - index - 1e-9
}

/** The best value found by changing one answer at a time from several starts; stops as soon as `enough` is reached. */
function climb(ground: Ground, value: (indices: Indices, levels: Levels) => number, enough: number): number {
  let best = -Infinity
  for (const start of startsOf(ground)) {
    best = Math.max(best, climbFrom(ground, start, value, enough))
    if (best >= enough) return best
  }
  return best
}

function climbFrom(ground: Ground, start: Levels, value: (indices: Indices, levels: Levels) => number, enough: number): number {
  const levels = start.slice()
  const worth = (): number => {
    const asked = withSkips(ground, levels)
    return value(cappedIndices(ground.sheet, asked), asked)
  }
  let best = worth()
  for (let before = -Infinity; best > before && best < enough;) {
    before = best
    for (const [at, possible] of ground.possible.entries()) {
      for (const level of possible) {
        const kept = levels[at]!
        levels[at] = level
        const now = worth()
        if (now > best) best = now
        else levels[at] = kept
      }
    }
  }
  return best
}

/** Every question at its lowest, at its highest, in between; and each axis at one end with the rest at the other. */
function startsOf({ sheet, possible }: Ground): readonly Levels[] {
  const all = (share: number): Levels =>
    Int8Array.from(possible, (levels) => levels[Math.round(share * (levels.length - 1))] ?? none)
  const mixed = sheet.axes.flatMap((axis) =>
    [0, 1].map((end) => {
      const levels = all(1 - end)
      for (const at of axis.questions) levels[at] = (end === 0 ? possible[at]!.at(0) : possible[at]!.at(-1)) ?? none
      return levels
    }),
  )
  return [all(0), all(1), ...mixed, all(0.5), all(0.25), all(0.75)]
}

// In the order asked, so that a rule sees what is skipped before it.
function withSkips({ questionnaire, numbers }: Ground, levels: Levels): Levels {
  const asked = levels.slice()
  const known: Known = (atom) => {
    const level = "question" in atom && !("includes" in atom) ? asked[numbers.get(atom.question) ?? none] : undefined
    return level === undefined ? undefined : comparesWith(atom, level)
  }
  for (const [at, { skip }] of questionnaire.questions.entries()) {
    if (skip && evaluate(skip.when, known) === true) asked[at] = none
  }
  return asked
}
