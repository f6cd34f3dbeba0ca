/** Tables as text that a spreadsheet opens without running any of it. */

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
