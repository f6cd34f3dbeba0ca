/** Tells what a text is that an estate is to be imported from. */

export type InputKind = "manifest" | "sql" | "jobs"

/**
 * What a file is read as: by the ending of its name, else by its first sign. A JSON file is read as dbt's manifest, whose reader
 * says what it is when it is none. `path` is absent for standard input.
 */
export function inputKindOf(text: string, path?: string): InputKind {
  const ending = path === undefined ? undefined : /\.(\w+)$/.exec(path)?.[1]?.toLowerCase()
  if (ending === "json") return "manifest"
  if (ending === "csv" || ending === "tsv") return "jobs"
  if (ending !== undefined && ending !== "txt") return "sql"
  return /^\uFEFF?\s*\{\s*["}]/.test(text.slice(0, 1000)) ? "manifest" : "sql"
}
