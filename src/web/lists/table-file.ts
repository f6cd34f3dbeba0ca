/** The text of an uploaded file, or why it is none and what to do. */

export type ReadFile = { readonly text: string } | { readonly problem: string }

/** Largest table that is taken, as a file or pasted. */
export const largestTable = 1_000_000

/** Reads UTF-8, UTF-16 with its mark, and otherwise Windows-1252, which is what old spreadsheets write. */
export const readTableFile = ({ name, bytes }: { readonly name: string; readonly bytes: Uint8Array }): ReadFile => {
  if (bytes.length === 0) return { problem: `“${shortened(name)}” is empty. Choose a file with at least one row` }
  const other = otherKind(bytes)
  if (other !== undefined) return { problem: other }
  if (bytes.length > largestTable) {
    return { problem: `“${shortened(name)}” has ${megabytes(bytes.length)}; at most 1 MB is taken. Split it into several files` }
  }
  if (!/\.(csv|tsv|txt)$/i.test(name))
    return { problem: `Choose a file that ends in .csv, .tsv or .txt, not “${shortened(name)}”` }
  const text = decoded(bytes)
  if (text === undefined || /[^\P{Cc}\t\n\v\f\r]/u.test(text)) {
    return { problem: `“${shortened(name)}” is not a text file. In your spreadsheet, choose Save as and then CSV UTF-8` }
  }
  return text.trim() === "" ? { problem: `“${shortened(name)}” holds blank lines only` } : { text }
}

const shortened = (name: string): string => (name.length > 60 ? `${name.slice(0, 57)}…` : name)

const megabytes = (bytes: number): string => `${(bytes / 1_000_000).toFixed(1)} MB`

const asCsv = "In your spreadsheet, choose Save as and then CSV UTF-8, or copy the cells and paste them here"

const otherKind = (bytes: Uint8Array): string | undefined => {
  const starts = (...signature: readonly number[]): boolean => signature.every((byte, at) => bytes[at] === byte)
  if (starts(0x50, 0x4b, 0x03, 0x04)) return `This is an Excel workbook or a zip archive, not a CSV file. ${asCsv}`
  if (starts(0xd0, 0xcf, 0x11, 0xe0)) return `This is an old Excel workbook, or one with a password, not a CSV file. ${asCsv}`
  if (starts(0x25, 0x50, 0x44, 0x46)) return `This is a PDF, not a CSV file. ${asCsv}`
  if (starts(0x1f, 0x8b)) return `This is a compressed file. Unpack it first`
  return undefined
}

const decoded = (bytes: Uint8Array): string | undefined => {
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return decodedAs("utf-16le", bytes)
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return decodedAs("utf-16be", bytes)
  return decodedAs("utf-8", bytes) ?? decodedAs("windows-1252", bytes)
}

const decodedAs = (encoding: string, bytes: Uint8Array): string | undefined => {
  try {
    return new TextDecoder(encoding, { fatal: true }).decode(bytes)
  } catch {
    return undefined
  }
}
