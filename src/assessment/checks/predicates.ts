/** Tests on rows that do not fit the columns of their table. */
import type { Column, RowPredicate, TableQuestion } from "../model.ts"
import { nearest } from "../nearest.ts"
import type { DocumentName, Fault, Path } from "./fault.ts"

/** Faults of tests on rows: unknown columns, comparisons that the column's type does not allow, unknown options. */
export const checkPredicates = (
  table: TableQuestion,
  predicates: readonly RowPredicate[],
  document: DocumentName,
  path: Path,
): readonly Fault[] =>
  predicates.flatMap((predicate, at) =>
    problemsWith(table, predicate).map(({ key, message, fix }) => ({ document, path: [...path, at, ...key], message, fix })),
  )

/** Whether a test on rows fits the columns of the table. */
export const fitsTable = (table: TableQuestion, predicate: RowPredicate): boolean => problemsWith(table, predicate).length === 0

interface Problem {
  readonly key: Path
  readonly message: string
  readonly fix: string
}

function problemsWith(table: TableQuestion, predicate: RowPredicate): readonly Problem[] {
  const column = table.columns.find((each) => each.id === predicate.column)
  if (column === undefined) return [unknownColumn(table, predicate.column, "column")]
  if (predicate.filled || predicate.blank) return []
  if (predicate.is)
    return [...wrongType(column, "is", ["text", "yes-no", "choice", "date"]), ...unknownWords(column, "is", predicate.is)]
  if (predicate.includes)
    return [...wrongType(column, "includes", ["choices"]), ...unknownWords(column, "includes", predicate.includes)]
  if (predicate.onlyFrom)
    return [...wrongType(column, "onlyFrom", ["choices"]), ...unknownWords(column, "onlyFrom", predicate.onlyFrom)]
  return problemsWithComparison(table, column, predicate)
}

const measures: readonly Column["type"][] = ["number", "percent", "duration"]

function problemsWithComparison(table: TableQuestion, column: Column, predicate: RowPredicate): readonly Problem[] {
  const key = (["atLeast", "atMost", "above", "below", "atMostColumn", "aboveColumn"] as const).find(
    (name) => predicate[name] !== undefined,
  )!
  const wrong = wrongType(column, key, measures)
  const name = predicate[key]
  if (wrong.length > 0 || typeof name !== "string") return wrong
  const other = table.columns.find((each) => each.id === name)
  if (other === undefined) return [unknownColumn(table, name, key)]
  if (other.type === column.type) return []
  return [
    {
      key: [key],
      message: `column "${column.id}" (${column.type}) cannot be compared with "${name}" (${other.type})`,
      fix: "Compare columns of the same type",
    },
  ]
}

function unknownColumn(table: TableQuestion, id: string, key: string): Problem {
  const known = table.columns.map((column) => column.id)
  const guess = nearest(id, known)
  return {
    key: [key],
    message: `unknown column "${id}" of ${table.id}`,
    fix: guess === undefined ? `Use one of ${known.join(", ")}` : `Write "${guess}"`,
  }
}

function wrongType(column: Column, comparison: keyof RowPredicate, allowed: readonly Column["type"][]): readonly Problem[] {
  if (allowed.includes(column.type)) return []
  const fix =
    column.type === "choices"
      ? "Use includes or onlyFrom"
      : measures.includes(column.type)
        ? "Compare with a number"
        : "Use is, filled or blank"
  return [
    {
      key: [comparison],
      message: `"${comparison}" does not go with column "${column.id}", which is of type ${column.type}`,
      fix,
    },
  ]
}

function unknownWords(column: Column, key: "is" | "includes" | "onlyFrom", words: readonly string[]): readonly Problem[] {
  const known = column.type === "yes-no" ? ["yes", "no"] : column.options?.map((option) => option.id)
  if (known === undefined) return []
  return words.flatMap((word, at) =>
    known.includes(word)
      ? []
      : [{ key: [key, at], message: `column "${column.id}" never holds "${word}"`, fix: `Use one of ${known.join(", ")}` }],
  )
}
