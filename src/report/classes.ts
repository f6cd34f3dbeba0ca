/** What the classes of statements are called, and how they are drawn: a shade for the effort, and always the label as well. */
import type { ClassMix, StatementClass } from "../estate/model.ts"
import type { Ink } from "./drawing.ts"
import { series } from "./wording.ts"

export interface ClassLook {
  /** "redesign, stateful". */
  readonly name: string
  /** Short enough for a mark in a picture. */
  readonly mark: string
  readonly fill: Ink
  readonly ink: Ink
  /** Drawn with a dashed outline: nobody knows yet. */
  readonly open: boolean
}

/** From the least work to the most, then what has no class of effort. */
export const classOrder: readonly StatementClass[] = ["P1", "P2", "P3", "P4", "P5", "code", "unknown"]

export const classLooks: Readonly<Record<StatementClass, ClassLook>> = {
  P1: { name: "port", mark: "P1", fill: "level-0", ink: "ink", open: false },
  P2: { name: "adapt", mark: "P2", fill: "level-1", ink: "ink", open: false },
  P3: { name: "redesign, bounded", mark: "P3", fill: "level-2", ink: "ink", open: false },
  P4: { name: "redesign, stateful", mark: "P4", fill: "level-3", ink: "paper", open: false },
  P5: { name: "rebuild or keep in batch", mark: "P5", fill: "level-4", ink: "paper", open: false },
  code: { name: "code, not SQL", mark: "code", fill: "wash", ink: "ink", open: true },
  unknown: { name: "not known", mark: "?", fill: "paper", ink: "ink", open: true },
}

/** "P4 redesign, stateful", and only the words where the class has no number. */
export function classText(name: StatementClass): string {
  return /^P\d$/.test(name) ? `${name} ${classLooks[name].name}` : classLooks[name].name
}

/** "12 P1, 3 P4 and 1 not known"; empty without statements. */
export function mixText(mix: ClassMix): string {
  const words = (name: StatementClass): string => (/^P\d$/.test(name) ? name : classLooks[name].name)
  return series(classOrder.flatMap((name) => (mix[name] > 0 ? [`${mix[name]} ${words(name)}`] : [])))
}

/** Whether a statement keeps state, in a word. */
export function stateText(stateful: boolean | null): string {
  return stateful === null ? "not known" : stateful ? "keeps state" : "stateless"
}
