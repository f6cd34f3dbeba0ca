/** What changed about one question, in words. */
import { byId, changedTo, differs, isSame, listOr, reworded } from "./change-words.ts"
import type { Band, Column, CountBand, MultiQuestion, NumberQuestion, Question, SingleQuestion, TableQuestion } from "./model.ts"

/** Names for ids; an id that has none stands for itself. */
export interface Names {
  readonly role: (id: string) => string
  readonly dimension: (id: string) => string
}

/** Sentences, the wording first; none when nothing changed that anybody could notice. */
export function questionChanges(before: Question, after: Question, names: Names): readonly string[] {
  return [...wordingChanges(before, after), ...askingChanges(before, after, names), ...answerChanges(before, after)]
}

function wordingChanges(before: Question, after: Question): readonly string[] {
  return [
    ...reworded("Asked as", before.text, after.text),
    ...reworded("Called", before.short, after.short),
    ...reworded("Hint", before.hint, after.hint),
    ...reworded("Why it matters", before.why, after.why),
    ...reworded("What would prove it", before.evidence, after.evidence),
    ...reworded("Note", before.note, after.note),
  ]
}

function askingChanges(before: Question, after: Question, names: Names): readonly string[] {
  const roles = (ids: readonly string[]): string => listOr("nobody", ids.map(names.role))
  return [
    ...changedTo("Dimension", names.dimension(before.dimension), names.dimension(after.dimension)),
    ...changedTo("Asked first", roles(before.primary), roles(after.primary)),
    ...changedTo("Asked as well", roles(before.secondary), roles(after.secondary)),
    ...(before.core === after.core ? [] : [after.core ? "Part of the short form now" : "No longer part of the short form"]),
    ...skipChanges(before.skip, after.skip),
    ...changedTo("Minutes in a workshop", before.minutes, after.minutes),
  ]
}

function skipChanges(before: Question["skip"], after: Question["skip"]): readonly string[] {
  if (before === undefined) return after === undefined ? [] : [`Can be skipped now: ${after.because}`]
  if (after === undefined) return ["Is never skipped any more"]
  return [
    ...reworded("Skipped because", before.because, after.because),
    ...differs("Is skipped in other cases", before.when, after.when),
  ]
}

function answerChanges(before: Question, after: Question): readonly string[] {
  if (before.type === "single" && after.type === "single") return optionChanges(before, after)
  if (before.type === "multi" && after.type === "multi") return tickChanges(before, after)
  if (before.type === "number" && after.type === "number") return figureChanges(before, after)
  if (before.type === "table" && after.type === "table") return tableChanges(before, after)
  return changedTo("Answered by", kinds[before.type], kinds[after.type])
}

const kinds = {
  single: "one of several options",
  multi: "any number of options",
  number: "a number",
  text: "a text",
  table: "a list",
} as const

function optionChanges(before: SingleQuestion, after: SingleQuestion): readonly string[] {
  const options = byId(before.options, after.options, ({ anchor }) => anchor)
  return [
    ...options.removed.map(({ anchor, text }) => `Level ${anchor} is no longer offered: “${text}”`),
    ...options.added.map(({ anchor, text }) => `Level ${anchor} is offered now: “${text}”`),
    ...options.kept.flatMap(([old, now]) => reworded(`Level ${now.anchor}`, old.text, now.text)),
  ]
}

function tickChanges(before: MultiQuestion, after: MultiQuestion): readonly string[] {
  const options = byId(before.options, after.options, ({ id }) => id)
  return [
    ...options.removed.map(({ text }) => `No longer offered: “${text}”`),
    ...options.added.map(({ text }) => `Offered now: “${text}”`),
    ...options.kept.flatMap(([old, now]) => reworded("Option", old.text, now.text)),
    ...reworded("None of the options", before.none, after.none),
    ...bandChanges(before.bands, after.bands),
  ]
}

function figureChanges(before: NumberQuestion, after: NumberQuestion): readonly string[] {
  const limits = ({ whole, min, max, unit }: NumberQuestion): string =>
    `${whole ? "a whole number " : ""}from ${min} to ${max} ${unit}`
  return [
    ...changedTo("Takes", limits(before), limits(after)),
    ...bandChanges(before.bands, after.bands),
    ...differs("The answers in words changed", before.special, after.special),
    ...differs("The second figure changed", before.companion, after.companion),
  ]
}

function tableChanges(before: TableQuestion, after: TableQuestion): readonly string[] {
  const columns = byId(before.columns, after.columns, ({ id }) => id)
  return [
    ...columns.removed.map(({ label }) => `No column “${label}” any more`),
    ...columns.added.map(({ label }) => `A new column “${label}”`),
    ...columns.kept.flatMap(([old, now]) => columnChanges(old, now)),
    ...reworded("A row is a", before.item, after.item),
    ...bandChanges(before.score?.bands, after.score?.bands),
    ...differs(
      "Other rows count towards its level",
      before.score && [before.score.among, before.score.share],
      after.score && [after.score.among, after.score.share],
    ),
    ...changedTo("Without rows", emptyMeans[before.whenEmpty], emptyMeans[after.whenEmpty]),
  ]
}

const emptyMeans = { skip: "it falls away", missing: "it counts as missing" } as const

function columnChanges(before: Column, after: Column): readonly string[] {
  const { label: _old, ...rest } = before
  const { label, ...now } = after
  return [...reworded("Column", before.label, label), ...differs(`Column “${label}” takes other values`, rest, now)]
}

/** Level by level in its own words; limits that moved under the same words are told as well. */
function bandChanges(
  before: readonly (Band | CountBand)[] | undefined,
  after: readonly (Band | CountBand)[] | undefined,
): readonly string[] {
  if (isSame(before, after)) return []
  if (after === undefined) return ["Is no longer scored"]
  if (before === undefined) return ["Is scored now"]
  const words = (bands: readonly (Band | CountBand)[], anchor: number): string =>
    bands
      .filter((band) => band.anchor === anchor)
      .map((band) => band.text)
      .join(" or ")
  const told = [4, 3, 2, 1, 0].flatMap((anchor) => reworded(`Level ${anchor}`, words(before, anchor), words(after, anchor)))
  return told.length > 0 ? told : ["The limits of its levels moved"]
}
