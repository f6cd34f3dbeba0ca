import type { FoundConstruct } from "../model.ts"

/** Constructs with their lines, counted from 1 where the statement starts in the text; they are given in the order of the text. */
export function withLines(text: string, constructs: readonly FoundConstruct[], start = 0): readonly FoundConstruct[] {
  let line = 1
  let place = start
  return [...constructs]
    .sort((one, other) => one.start - other.start || one.end - other.end)
    .map((construct) => {
      for (let next = text.indexOf("\n", place); next !== -1 && next < construct.start; next = text.indexOf("\n", place)) {
        line++
        place = next + 1
      }
      return { ...construct, line }
    })
}
