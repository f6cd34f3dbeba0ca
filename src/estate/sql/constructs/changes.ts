/** Statements that change rows or replace tables. */
import { textOf } from "../cursor.ts"
import { type Search, note } from "./found.ts"

export function findChanges(search: Search): void {
  const { tokens, changes } = search.structure
  for (const { kind, at, end } of changes) {
    const words = textOf(tokens, at, end)
    if (kind === "merge" || kind === "update" || kind === "delete") note(search, "merge", at, end, words)
    else if (kind === "overwrite") note(search, "overwrite", at, end, words)
    else if (kind === "multi-insert") note(search, "multi-insert", at, end, "one read, several targets")
    else note(search, "procedure", at, end, `${words}: control flow around SQL`)
  }
  const versions = changes.some(({ kind }) => kind === "merge") ? versionColumn(search) : undefined
  if (versions !== undefined) note(search, "type-2", versions, versions + 1, `${tokens.word[versions]} keeps versions`)
}

/** A column that only histories have, in a MERGE. */
function versionColumn({ structure: { tokens, statement } }: Search): number | undefined {
  for (let at = statement.start; at < statement.end; at++) {
    if (
      /^(valid_to|valid_until|dbt_valid_to|effective_to|end_effective|is_current|current_flag|eff_end_date|row_end_date)$/.test(
        tokens.word[at]!.toLowerCase(),
      )
    )
      return at
  }
  return undefined
}
