/** Prints a drawing as SVG: presentation attributes and classes only, so that it passes a strict content security policy. */
import type { Drawing, Shape, TextShape } from "./drawing.ts"

const entities: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" }

/** The whole `<svg>`; `id` names its title and description and must be unique on the page. */
export function toSvg(drawing: Drawing, id: string): string {
  const name = escape(id)
  return [
    `<svg class="drawing" xmlns="http://www.w3.org/2000/svg" role="img" viewBox="0 0 ${drawing.width} ${drawing.height}"`,
    ` width="${drawing.width}" height="${drawing.height}" aria-labelledby="${name}-title ${name}-desc">`,
    `<title id="${name}-title">${escape(drawing.title)}</title><desc id="${name}-desc">${escape(drawing.description)}</desc>`,
    ...drawing.shapes.map(printShape),
    "</svg>",
  ].join("")
}

function printShape(shape: Shape): string {
  if (shape.shape === "text") return printText(shape)
  const paint = printPaint(shape)
  if (shape.shape === "rect") {
    const radius = shape.radius ? ` rx="${shape.radius}"` : ""
    return `<rect x="${shape.x}" y="${shape.y}" width="${shape.width}" height="${shape.height}"${radius}${paint}/>`
  }
  if (shape.shape === "circle") return `<circle cx="${shape.x}" cy="${shape.y}" r="${shape.radius}"${paint}/>`
  if (shape.shape === "line") return `<line x1="${shape.x1}" y1="${shape.y1}" x2="${shape.x2}" y2="${shape.y2}"${paint}/>`
  return `<path d="${escape(shape.d)}"${paint}/>`
}

function printPaint(shape: Exclude<Shape, TextShape>): string {
  const classes = [shape.fill && `fill-${shape.fill}`, shape.stroke && `stroke-${shape.stroke}`].filter(Boolean).join(" ")
  const parts = [` class="${escape(classes)}"`]
  if (!shape.fill) parts.push(' fill="none"')
  if (shape.stroke && shape.strokeWidth !== undefined) parts.push(` stroke-width="${shape.strokeWidth}"`)
  if (shape.dash) parts.push(` stroke-dasharray="${shape.dash.join(" ")}"`)
  if (shape.opacity !== undefined) parts.push(` opacity="${shape.opacity}"`)
  return parts.join("")
}

function printText(shape: TextShape): string {
  const style = shape.weight ?? "regular"
  const anchor = shape.anchor && shape.anchor !== "start" ? ` text-anchor="${shape.anchor}"` : ""
  const turn = shape.turn ? ` transform="rotate(${shape.turn} ${shape.x} ${shape.y})"` : ""
  const place = `x="${shape.x}" y="${shape.y}" font-size="${shape.size}"`
  return `<text ${place} class="${style} fill-${escape(shape.fill ?? "ink")}"${anchor}${turn}>${escape(shape.text)}</text>`
}

function escape(text: string): string {
  return text.replace(/[&<>"']/g, (character) => entities[character] ?? "")
}
