import { after, isSymbol } from "./cursor.ts"
import { splitAtCommas } from "./constructs/select-items.ts"
import type { Structure } from "./structure.ts"
import { kind } from "./tokens.ts"

/** Columns that identify a row of the result: what MERGE matches, DISTINCT ON keeps one of, or a single GROUP BY names. */
export function keyOf({ tokens, root, key }: Structure): readonly string[] | undefined {
  if (key !== undefined && key.length > 0) return key
  const core = root.cores.at(-1)
  const range = core?.distinctOn ?? core?.groupBy
  if (core === undefined || range === undefined || root.cores.length !== 1) return undefined
  const columns = splitAtCommas(tokens, range).map(({ start, end }) => {
    const last = end - 1
    const isColumn =
      (tokens.kind[last] === kind.word || tokens.kind[last] === kind.quoted) &&
      (end - start === 1 || isSymbol(tokens, last - 1, ".")) &&
      after(tokens, start) <= end
    return isColumn ? tokens.word[last]!.toLowerCase() : undefined
  })
  return columns.every((column) => column !== undefined) ? columns : undefined
}
