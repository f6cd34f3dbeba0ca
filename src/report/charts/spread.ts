import type { Drawing, Shape } from "../drawing.ts"
import { cutTo, linesOf } from "../lettering.ts"

export interface SpreadRow {
  readonly id: string
  readonly name: string
  /** One chip per answer: who (a role's short name) said which level. */
  readonly answers: readonly { readonly role: string; readonly level: number }[]
  /** The level that counts. */
  readonly agreed?: number
  readonly decided: boolean
}

const left = 176
const chip = { width: 24, height: 11, gap: 2 }

/** Per question the answers of each role on the levels 0–4; a frame marks the level that counts. */
export function drawSpread(rows: readonly SpreadRow[], width: number, title: string): Drawing {
  const column = (width - left) / 5
  const perLine = Math.max(1, Math.floor((column - 8) / (chip.width + chip.gap)))
  const shapes: Shape[] = []
  for (let level = 0; level < 5; level++) {
    const words = level === 0 ? "0 (weakest)" : level === 4 ? "4 (strongest)" : `${level}`
    shapes.push({
      shape: "text",
      x: left + (level + 0.5) * column,
      y: 9,
      text: words,
      size: 7.5,
      anchor: "middle",
      fill: "muted",
    })
  }
  let y = 16
  for (const row of rows) {
    const height = heightOf(row, perLine)
    shapes.push({ shape: "line", x1: 0, y1: y, x2: width, y2: y, stroke: "line", strokeWidth: 0.5 })
    shapes.push(...drawRow(row, y, height, column, perLine))
    y += height
  }
  return { width, height: y + 4, title, description: rows.map(say).join(" "), shapes }
}

function heightOf(row: SpreadRow, perLine: number): number {
  const most = Math.max(...[0, 1, 2, 3, 4].map((level) => row.answers.filter((answer) => answer.level === level).length))
  const chips = Math.ceil(most / perLine) * (chip.height + chip.gap)
  return Math.max(chips, nameLines(row).length * 10) + 12
}

function nameLines(row: SpreadRow): string[] {
  const lines = linesOf(`${row.id} ${row.name}`, left - 12, 8.5)
  return lines.length <= 2 ? lines : [lines[0] ?? "", cutTo(lines.slice(1).join(" "), left - 12, 8.5)]
}

function drawRow(row: SpreadRow, y: number, height: number, column: number, perLine: number): Shape[] {
  const shapes: Shape[] = nameLines(row).map((text, index) => ({ shape: "text", x: 0, y: y + 14 + index * 10, text, size: 8.5 }))
  if (row.agreed !== undefined) {
    const x = left + row.agreed * column + 1
    const weight = row.decided ? 1.5 : 0.75
    shapes.push({
      shape: "rect",
      x,
      y: y + 2,
      width: column - 2,
      height: height - 4,
      radius: 2,
      fill: "wash",
      stroke: row.decided ? "ink" : "muted",
      strokeWidth: weight,
    })
  }
  for (let level = 0; level < 5; level++) {
    const answers = row.answers.filter((answer) => answer.level === level)
    answers.forEach((answer, index) => {
      const inLine = Math.min(perLine, answers.length - Math.floor(index / perLine) * perLine)
      const start = left + (level + 0.5) * column - (inLine * (chip.width + chip.gap) - chip.gap) / 2
      const x = start + (index % perLine) * (chip.width + chip.gap)
      const top = y + 6 + Math.floor(index / perLine) * (chip.height + chip.gap)
      shapes.push({ shape: "rect", x, y: top, width: chip.width, height: chip.height, radius: 5.5, fill: "accent" })
      shapes.push({
        shape: "text",
        x: x + chip.width / 2,
        y: top + 8.2,
        text: cutTo(answer.role, chip.width - 4, 7.5, "semibold"),
        size: 7.5,
        weight: "semibold",
        anchor: "middle",
        fill: "paper",
      })
    })
  }
  return shapes
}

function say(row: SpreadRow): string {
  const levels = [0, 1, 2, 3, 4].flatMap((level) => {
    const roles = row.answers.filter((answer) => answer.level === level).map((answer) => answer.role)
    return roles.length ? [`${roles.join(", ")} at ${level}`] : []
  })
  const agreed = row.agreed === undefined ? "" : `; ${row.decided ? "agreed" : "counts as"} ${row.agreed}`
  return `${row.id} ${row.name}: ${levels.join("; ")}${agreed}.`
}
