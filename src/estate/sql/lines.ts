import type { FoundConstruct } from "../model.ts"

/** Constructs with their lines in the text, from 1; they are given in the order of the text. */
export function withLines(text: string, constructs: readonly FoundConstruct[]): readonly FoundConstruct[] {
  let line = 1
  let place = 0
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
