/** The closed vocabulary of conditions, judged with three outcomes: true, false, cannot be judged (Kleene). */
import type { Anchor, AxisId, Condition, Question, QuestionId, Row } from "./model.ts"
import { judgeRow, rowName } from "./question-types/table.ts"
import type { ConsensusState, PerceptionGap } from "./result.ts"

type LevelCondition = Exclude<Extract<Condition, { question: QuestionId }>, { includes: readonly string[] }>

/** What is known about one domain (or the organisation) when a condition is judged; `undefined` means not known. */
export interface Facts {
  anchor(question: QuestionId): Anchor | undefined
  state(question: QuestionId): ConsensusState
  ticks(question: QuestionId): readonly string[] | undefined
  rows(question: QuestionId): readonly Row[] | undefined
  /** Capped index, 0–100. */
  index(axis: AxisId): number | undefined
  question(question: QuestionId): Question
  /** Questions to ask for an absent index; without an axis, for an absent place on the matrix. */
  unknownOn?(axis?: AxisId): readonly QuestionId[]
  readonly gaps?: readonly PerceptionGap[]
  /** Quadrant of each domain, absent where it has no place yet. */
  readonly quadrants?: readonly (string | undefined)[]
}

/** One fact that decided a condition: an answer's level, rows by their name, or plain words. */
export interface Because {
  readonly question?: QuestionId
  readonly anchor?: Anchor
  readonly rows?: readonly string[]
  readonly fact?: string
}

/** `because` holds what made it true (or false); `ask` holds the unknown questions when `truth` is undefined. */
export interface Judgement {
  readonly truth: boolean | undefined
  readonly because: readonly Because[]
  readonly ask: readonly QuestionId[]
}

/**
 * Judges a condition. A comparison with a skipped or not-applicable question is false, with an unknown one undefined;
 * `every` over no rows is false, for nothing proves it. A row whose blank cells could still decide leaves it undefined.
 */
export function judge(condition: Condition, facts: Facts): Judgement {
  if ("all" in condition) return combine(condition.all, facts, false)
  if ("any" in condition) return combine(condition.any, facts, true)
  if ("not" in condition) {
    const inner = judge(condition.not, facts)
    return inner.truth === undefined ? inner : { ...inner, truth: !inner.truth }
  }
  if ("includes" in condition) return judgeTicks(condition.question, condition.includes, facts)
  if ("question" in condition) return judgeLevel(condition, facts)
  if ("index" in condition) return judgeIndex(condition, facts)
  if ("rows" in condition) return judgeRows(condition, facts)
  if ("perceptionGap" in condition) return judgeGap(condition.perceptionGap, facts)
  return judgeDomains(facts)
}

/** `all` is decided by one false child, `any` by one true child; an unknown child leaves the rest undecided. */
function combine(conditions: readonly Condition[], facts: Facts, deciding: boolean): Judgement {
  const judgements = conditions.map((each) => judge(each, facts))
  const decided = judgements.filter((each) => each.truth === deciding)
  if (decided.length > 0)
    return known(
      deciding,
      decided.flatMap((each) => each.because),
    )
  const unknown = judgements.filter((each) => each.truth === undefined)
  if (unknown.length > 0) return ask(unknown.flatMap((each) => each.ask))
  return known(
    !deciding,
    judgements.flatMap((each) => each.because),
  )
}

function judgeLevel(condition: LevelCondition, facts: Facts): Judgement {
  const { question, atMost, atLeast, is } = condition
  if (isOut(question, facts)) return outOfScope(question, facts)
  const anchor = facts.anchor(question)
  if (anchor === undefined) return ask([question])
  const holds = (atMost === undefined || anchor <= atMost) && (atLeast === undefined || anchor >= atLeast)
  return known(holds && (is === undefined || is.includes(anchor)), [{ question, anchor }])
}

function judgeTicks(id: QuestionId, includes: readonly string[], facts: Facts): Judgement {
  if (isOut(id, facts)) return outOfScope(id, facts)
  const ticks = facts.ticks(id)
  if (ticks === undefined || !isKnown(id, facts)) return ask([id])
  const found = includes.filter((option) => ticks.includes(option))
  const anchor = facts.anchor(id)
  const fact =
    found.length > 0
      ? `ticked: ${optionTexts(facts.question(id), found)}`
      : `not ticked: ${optionTexts(facts.question(id), includes)}`
  return known(found.length > 0, [{ question: id, ...(anchor === undefined ? {} : { anchor }), fact }])
}

function judgeIndex(condition: Extract<Condition, { index: AxisId }>, facts: Facts): Judgement {
  const { index: axis, atLeast, below } = condition
  const value = facts.index(axis)
  if (value === undefined) return ask(facts.unknownOn?.(axis) ?? [])
  const holds = (atLeast === undefined || value >= atLeast) && (below === undefined || value < below)
  return known(holds, [{ fact: `${axis} index is ${Math.round(value)}` }])
}

/** An inventory nobody filled in is unknown; one that says "there are none" is false, or unknown where that counts as missing. */
function judgeRows(condition: Extract<Condition, { rows: QuestionId }>, facts: Facts): Judgement {
  const id = condition.rows
  if (isOut(id, facts)) return outOfScope(id, facts)
  const rows = facts.rows(id)
  const question = facts.question(id)
  if (question.type !== "table" || rows === undefined) return ask([id])
  if (rows.length === 0)
    return question.whenEmpty === "missing" ? ask([id]) : known(false, [{ question: id, fact: `no ${question.item} is listed` }])
  const told = (chosen: readonly Row[]): Because =>
    chosen.length > 0
      ? { question: id, rows: chosen.map((row) => rowName(question, row)) }
      : { question: id, fact: `no ${question.item} of ${rows.length} fits` }
  const where = (row: Row): boolean | undefined => judgeRow(row, condition.where ?? [], question)
  const chosen = rows.filter((row) => where(row) === true)
  const perhaps = rows.filter((row) => where(row) === undefined)
  if ("atLeast" in condition) {
    if (chosen.length >= condition.atLeast) return known(true, [told(chosen)])
    return chosen.length + perhaps.length >= condition.atLeast ? ask([id]) : known(false, [told(chosen)])
  }
  const holds = (row: Row): boolean | undefined => judgeRow(row, condition.every, question)
  const failing = chosen.filter((row) => holds(row) === false)
  if (failing.length > 0) return known(false, [told(failing)])
  if (chosen.some((row) => holds(row) === undefined) || perhaps.some((row) => holds(row) !== true)) return ask([id])
  if (chosen.length === 0) return perhaps.length > 0 ? ask([id]) : known(false, [told([])])
  return known(true, [told(chosen)])
}

function judgeGap(asked: { readonly atLeast: number; readonly sharedQuestions: number }, facts: Facts): Judgement {
  if (facts.gaps === undefined) return ask([])
  const wide = facts.gaps.filter((gap) => gap.difference >= asked.atLeast && gap.sharedQuestions.length >= asked.sharedQuestions)
  return known(
    wide.length > 0,
    wide.map((gap) => ({
      fact: `${gap.dimension}: executives answer ${inWords(gap.difference)} higher than practitioners over ${gap.sharedQuestions.length} shared questions`,
    })),
  )
}

function judgeDomains(facts: Facts): Judgement {
  const quadrants = facts.quadrants ?? []
  const placed = [...new Set(quadrants.filter((each) => each !== undefined))]
  if (placed.length > 1)
    return known(true, [{ fact: `domains stand in ${placed.length} different quadrants: ${placed.join(", ")}` }])
  if (quadrants.length > 1 && quadrants.includes(undefined)) return ask(facts.unknownOn?.() ?? [])
  return known(false, [{ fact: "all domains stand in the same quadrant" }])
}

function isOut(question: QuestionId, facts: Facts): boolean {
  const state = facts.state(question)
  return state === "skipped" || state === "not-applicable"
}

function isKnown(question: QuestionId, facts: Facts): boolean {
  const state = facts.state(question)
  return state === "answered" || state === "decided"
}

function outOfScope(question: QuestionId, facts: Facts): Judgement {
  return known(false, [{ question, fact: facts.state(question) === "skipped" ? "skipped by rule" : "not applicable" }])
}

function optionTexts(question: Question, ids: readonly string[]): string {
  const options = question.type === "multi" ? question.options : []
  return ids.map((id) => options.find((option) => option.id === id)?.text ?? id).join("; ")
}

function inWords(levels: number): string {
  const rounded = Math.round(levels * 10) / 10
  return rounded === 1 ? "1 level" : `${rounded} levels`
}

function known(truth: boolean, because: readonly Because[]): Judgement {
  return { truth, because, ask: [] }
}

function ask(questions: readonly QuestionId[]): Judgement {
  return { truth: undefined, because: [], ask: [...new Set(questions)] }
}
