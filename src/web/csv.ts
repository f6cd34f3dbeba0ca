/** Tables as text: what people paste or upload, and what a spreadsheet opens without running any of it. */
import { parse } from "csv-parse/sync"

export interface TableRow {
  /** Where it begins in the text, from 1. */
  readonly line: number
  readonly cells: readonly string[]
}

/** The rows of pasted text or a CSV file; blank lines are left out. Tabs, semicolons or commas separate, whichever the first line uses. */
export const readTable = (text: string): readonly TableRow[] => {
  let end = 0
  return parsed(text).flatMap(({ record, info }) => {
    const line = Math.max(end + 1, info.lines - breaksIn(record))
    end = info.lines
    return record.some((cell) => cell !== "") ? [{ line, cells: record }] : []
  })
}

type Parsed = readonly { readonly record: readonly string[]; readonly info: { readonly lines: number } }[]

const parsed = (text: string): Parsed => {
  const options = {
    bom: true,
    delimiter: delimiterOf(text),
    info: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
    trim: true,
  }
  try {
    return parse(text, options) as unknown as Parsed
  } catch {
    // A quote that is never closed is a sign like others.
    return parse(text, { ...options, quote: false }) as unknown as Parsed
  }
}

const breaksIn = (record: readonly string[]): number => record.join("").split("\n").length - 1

const delimiterOf = (text: string): string => {
  const line = text.split("\n").find((one) => one.trim() !== "") ?? ""
  const plain = line.replaceAll(/"[^"]*"/g, "")
  if (plain.includes("\t")) return "\t"
  return plain.split(";").length > plain.split(",").length || (plain.includes(";") && !plain.includes(",")) ? ";" : ","
}

/** The text of an uploaded file: UTF-16 where it says so, UTF-8 where it is, else what Windows spreadsheets write in western Europe. */
export const decodeText = (bytes: Uint8Array): string => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes)
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes)
  } catch {
    return new TextDecoder("windows-1252").decode(bytes)
  }
}

/** RFC 4180 with a mark that says UTF-8. Text that a spreadsheet would take for a formula is led by an apostrophe; numbers stay numbers. */
export const writeCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  `\u{feff}${rows.map((row) => row.map(cellText).join(",")).join("\r\n")}\r\n`

const cellText = (cell: string | number): string => {
  if (typeof cell === "number") return String(cell)
  const safe = isFormula(cell) ? `'${cell}` : cell
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}

/** A cell that begins, after any white space, with a sign that makes it a formula somewhere. */
// oxlint-disable-next-line no-control-regex -- a control character is one of those signs
const isFormula = (text: string): boolean => /^\s*[=+\-@＝＋－＠\u0000]|^[\t\r]/.test(text)
