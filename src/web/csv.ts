/** Tables as text: what people paste or upload, and what a spreadsheet opens without running any of it. */
import { parse } from "csv-parse/sync"
import { guardCell } from "../assessment/lists/sheet-cells.ts"

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

/** A table as RFC 4180 has it, with the mark at the start by which Excel knows UTF-8. */
export const csvText = (lines: readonly (readonly string[])[]): string =>
  `\uFEFF${lines.map((line) => `${line.map(quoted).join(",")}\r\n`).join("")}`

const quoted = (text: string): string => (/[",;\t\r\n]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

/** The same of cells in which nothing is to run as a formula in any spreadsheet; numbers stay numbers. */
export const writeCsv = (rows: readonly (readonly (string | number)[])[]): string =>
  csvText(rows.map((row) => row.map((cell) => (typeof cell === "number" ? String(cell) : guardCell(cell)))))
