import encodeQR from "qr"

/** A QR code as the path of an SVG of `size` × `size` units, its quiet zone included: dark squares, row by row. */
export const qrPath = (text: string): { readonly size: number; readonly path: string } => {
  const rows = encodeQR(text, "raw", { ecc: "medium", border: 4 })
  const path = rows.flatMap((row, y) => row.flatMap((dark, x) => (dark ? [`M${x} ${y}h1v1h-1z`] : []))).join("")
  return { size: rows.length, path }
}
