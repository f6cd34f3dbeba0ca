import { encodeQR } from "qr"

/** A QR code as one path of an SVG: `size` units wide and high, its quiet border included. */
export interface QrCode {
  readonly size: number
  readonly path: string
}

/** The code of a text, at a level that stands a coffee stain. */
export const qrCode = (text: string): QrCode => {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 })
  return { size: rows.length, path: rows.map(darkRuns).join("") }
}

/** Neighbouring dark squares of a row are drawn as one. */
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
