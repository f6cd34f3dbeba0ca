import encodeQR from "qr"

/** A QR code as the path of an SVG of `size` × `size` units, its quiet zone included: runs of dark squares, row by row. */
export const qrPath = (text: string): { readonly size: number; readonly path: string } => {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 })
  return { size: rows.length, path: rows.map(darkRuns).join("") }
}

/** Neighbouring dark squares are drawn as one: a page may hold hundreds of codes. */
const darkRuns = (row: readonly boolean[], y: number): string => {
  let path = ""
  for (let x = 0; x < row.length; x += 1) {
    if (!row[x]) continue
    const start = x
    while (row[x + 1]) x += 1
    path += `M${start} ${y}h${x + 1 - start}v1h-${x + 1 - start}z`
  }
  return path
}
