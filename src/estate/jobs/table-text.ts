/** Tables as text: how spreadsheets copy and save them. */
import { CsvError, parse } from "csv-parse/sync"

export type ReadTable = { readonly lines: readonly (readonly string[])[] } | { readonly problem: string }

/** Reads tab-, comma- or semicolon-separated text; cells in quotes may hold line breaks. */
export const readTable = (text: string): ReadTable => {
  const named = /^\uFEFF?sep=(.)\r?\n/.exec(text)
  const body = named === null ? text : text.slice(named[0].length)
  const options = { bom: true, relax_column_count: true, relax_quotes: true, max_record_size: 200_000 } as const
  try {
    return { lines: parse(body, { ...options, delimiter: named?.[1] ?? separatorOf(body) }) }
  } catch (error) {
    if (error instanceof CsvError) return { problem: problemOf(error) }
    throw error
  }
}

const problemOf = (error: CsvError): string => {
  const line = typeof error["lines"] === "number" ? ` (noticed in line ${error["lines"]})` : ""
  return error.code === "CSV_QUOTE_NOT_CLOSED"
    ? `A quotation mark is opened and never closed${line}: close it, or take it out, and send the table again`
    : `The table cannot be told apart into cells${line}: copy it from the spreadsheet once more`
}

/** What parts the cells of the first line: a tab when there is one, else the more frequent of semicolon and comma. */
const separatorOf = (text: string): string => {
  const first = firstLine(text)
  const times = (sign: string): number => first.split(sign).length - 1
  if (times("\t") > 0) return "\t"
  if (times(";") + times(",") === 0) return "\t"
  return times(";") >= times(",") ? ";" : ","
}

/** The first line that holds something, without what stands in quotes. */
const firstLine = (text: string): string =>
  text
    .slice(0, 20_000)
    .replaceAll(/"(?:[^"]|"")*"/g, "")
    .split(/\r\n?|\n/)
    .find((line) => line.trim() !== "") ?? ""
