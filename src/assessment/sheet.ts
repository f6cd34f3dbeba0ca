/** The scoring file laid out for arithmetic: levels in a typed array, weights and gates by question number. */
import type { Anchor, Axis, Gate, QuestionId, Quadrant, Questionnaire } from "./model.ts"

/** Level per question in the order asked; `none` where nothing counts. */
export type Levels = Int8Array

/** Value per axis in the order of the scoring file; absent where nothing on the axis is answered. */
export type Indices = readonly (number | undefined)[]

export interface SheetGate {
  readonly gate: Gate
  readonly zero: readonly number[]
  readonly low: readonly number[]
}

export interface SheetAxis {
  readonly axis: Axis
  /** Numbers of the questions that carry weight on the axis, in the order asked, and their weights. */
  readonly questions: Int32Array
  readonly weights: Float64Array
  readonly gates: readonly SheetGate[]
}

export interface Sheet {
  readonly number: ReadonlyMap<QuestionId, number>
  readonly axes: readonly SheetAxis[]
  /** Places of the two axes of the matrix in `axes`. */
  readonly vertical: number
  readonly horizontal: number
  readonly limit: number
  readonly quadrants: readonly Quadrant[]
}

export const none = -1

/** Lays out a questionnaire's scoring. */
export function layOutSheet(questionnaire: Questionnaire): Sheet {
  const { axes, gates, placement, quadrants, weights } = questionnaire.scoring
  const number = new Map(questionnaire.questions.map((question, at) => [question.id, at]))
  const numbers = (ids: readonly QuestionId[]): number[] => ids.map((id) => number.get(id)).filter((at) => at !== undefined)
  const place = (id: string): number => axes.findIndex((axis) => axis.id === id)
  return {
    number,
    axes: axes.map((axis) => {
      const weighted = questionnaire.questions.filter((question) => (weights[question.id]?.[axis.id] ?? 0) > 0)
      return {
        axis,
        questions: Int32Array.from(numbers(weighted.map((question) => question.id))),
        weights: Float64Array.from(weighted, (question) => weights[question.id]?.[axis.id] ?? 0),
        gates: gates
          .filter((gate) => gate.axis === axis.id)
          .map((gate) => ({ gate, zero: numbers(gate.zero), low: numbers(gate.low?.questions ?? []) })),
      }
    }),
    vertical: place(placement.vertical),
    horizontal: place(placement.horizontal),
    limit: placement.limit,
    quadrants,
  }
}

/** Levels from anything that has a level per question, in the order asked. */
export function levelsOf(settled: readonly { readonly anchor?: Anchor }[]): Levels {
  return Int8Array.from(settled, (each) => each.anchor ?? none)
}

/**
 * 100 · Σ(w · level) / Σ(4 · w) over the questions with a level (C.2), on a grid of 2⁻⁴⁰ points: multiples of it below
 * 128 add up without any rounding, so the points of an index sum to it exactly, in any order.
 */
export function rawIndex(axis: SheetAxis, levels: Levels, weights: Float64Array = axis.weights): number | undefined {
  let gained = 0
  let possible = 0
  for (let at = 0; at < axis.questions.length; at++) {
    const level = levels[axis.questions[at] as number] as number
    if (level === none) continue
    const weight = weights[at] as number
    gained += weight * level
    possible += weight
  }
  return possible === 0 ? undefined : onGrid((100 * gained) / (4 * possible))
}

/** Rounds points to multiples of 2⁻⁴⁰. */
export function onGrid(points: number): number {
  return Math.round(points * 2 ** 40) / 2 ** 40
}

/** The lowest cap that the gates put on an axis; `Infinity` when none does. Questions without a level never gate (C.3). */
export function capOn(axis: SheetAxis, levels: Levels): number {
  let cap = Infinity
  for (const each of axis.gates) if (gateCloses(each, levels)) cap = Math.min(cap, each.gate.cap)
  return cap
}

/** The capped index of every axis. `weights` and `capShift` serve variants: other weights, caps moved with the limit. */
export function cappedIndices(sheet: Sheet, levels: Levels, weights?: readonly Float64Array[], capShift = 0): Indices {
  return sheet.axes.map((axis, at) => {
    const raw = rawIndex(axis, levels, weights?.[at])
    return raw === undefined ? undefined : Math.min(raw, capOn(axis, levels) + capShift)
  })
}

/** Id of the quadrant in which the indices lie, a value at the limit being high; absent when a placing axis has no value. */
export function quadrantOf(sheet: Sheet, indices: Indices, limit: number = sheet.limit): string | undefined {
  const vertical = indices[sheet.vertical]
  const horizontal = indices[sheet.horizontal]
  return vertical === undefined || horizontal === undefined
    ? undefined
    : quadrantAt(sheet, vertical >= limit, horizontal >= limit)
}

/** Id of the quadrant on the given sides. */
export function quadrantAt(sheet: Sheet, verticalIsHigh: boolean, horizontalIsHigh: boolean): string | undefined {
  return sheet.quadrants.find(
    ({ vertical, horizontal }) => (vertical === "high") === verticalIsHigh && (horizontal === "high") === horizontalIsHigh,
  )?.id
}

/** The indices by axis id, those without a value left out. */
export function byAxisId(sheet: Sheet, indices: Indices): Readonly<Record<string, number>> {
  const entries = sheet.axes.map((each, at) => [each.axis.id, indices[at]] as const)
  return Object.fromEntries(entries.filter((each): each is readonly [string, number] => each[1] !== undefined))
}

function gateCloses({ gate, zero, low }: SheetGate, levels: Levels): boolean {
  if (zero.some((at) => levels[at] === 0)) return true
  return gate.low !== undefined && questionsAtOrBelow(low, levels, gate.low.atMost).length >= gate.low.count
}

/** Those of the numbered questions whose level is `level` or lower. */
export function questionsAtOrBelow(questions: readonly number[], levels: Levels, level: number): readonly number[] {
  return questions.filter((at) => levels[at] !== none && (levels[at] as number) <= level)
}
