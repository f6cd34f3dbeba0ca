/** A statement's text in pieces, so that a template can print it with its constructs marked. */
import type { FoundConstruct } from "../../estate/model.ts"

export interface TextPiece {
  readonly text: string
  readonly marked: boolean
  /** Numbers, from 1, of the constructs that begin here. */
  readonly begins: readonly number[]
}

export interface MarkedText {
  readonly pieces: readonly TextPiece[]
  /** Whether more of the text follows than is shown. */
  readonly cut: boolean
}

/** Longest part of a text on a page, in UTF-16 units; models of literals have megabytes. */
export const longestShown = 60_000

/** The text cut where a construct begins or ends; constructs may lie in each other. Linear but for sorting the constructs' ends. */
export const markText = (text: string, constructs: readonly FoundConstruct[]): MarkedText => {
  const end = wholeEnd(text, Math.min(text.length, longestShown))
  const ranges = constructs.map(({ start, end: last }, at) => ({
    number: at + 1,
    start: clamp(start, end),
    end: clamp(Math.max(start, last), end),
  }))
  const shown = ranges.filter(({ start }) => start < end)
  const beginning = Map.groupBy(shown, ({ start }) => start)
  const ending = Map.groupBy(shown, ({ end: last }) => last)
  const cuts = [...new Set([0, end, ...beginning.keys(), ...ending.keys()])].toSorted((one, other) => one - other)
  let open = 0
  const pieces = cuts.flatMap((from, at): TextPiece[] => {
    const begins = beginning.get(from) ?? []
    open += begins.length - (ending.get(from)?.length ?? 0)
    const to = cuts[at + 1]
    if (to === undefined) return []
    return [{ text: text.slice(from, to), marked: open > 0, begins: begins.map(({ number }) => number) }]
  })
  return { pieces, cut: end < text.length }
}

const clamp = (place: number, end: number): number => Math.max(0, Math.min(place, end))

/** Not between the halves of a surrogate pair. */
const wholeEnd = (text: string, end: number): number =>
  /[\ud800-\udbff]/.test(text.charAt(end - 1)) && end < text.length ? end - 1 : end
