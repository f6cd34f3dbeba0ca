import { at, type Drawing, type Shape } from "../drawing.ts"
import { cutTo, linesOf, widthOf } from "../lettering.ts"

export interface SpreadRow {
  readonly id: string
  readonly name: string
  /** One chip each: who (a role's short name, with a number where many said the same) gave which level. */
  readonly answers: readonly { readonly role: string; readonly level: number }[]
  /** The level that counts. */
  readonly agreed?: number
  readonly decided: boolean
}

/** Columns for the levels, and the chips in them. */
interface Grid {
  readonly column: number
  readonly chip: number
  readonly perLine: number
}

const left = 176
const chipHeight = 11
const gap = 2
const chipSize = 8
const levels = [0, 1, 2, 3, 4]
const chipsShown = 14

/** The chips of a row: one per answer, and where there are many, one per role and level with their number. */
export function countedAnswers(given: SpreadRow["answers"]): SpreadRow["answers"] {
  if (given.length <= chipsShown) return given
  const groups = Map.groupBy(given, ({ role, level }) => `${level} ${role}`)
  return [...groups.values()].flatMap((same) =>
    same[0] ? [{ role: `${same[0].role} ×${same.length}`, level: same[0].level }] : [],
  )
}

/** Per question the answers of each role on the levels 0–4; a frame marks the level that counts. */
export function drawSpread(rows: readonly SpreadRow[], width: number, title: string): Drawing {
  const grid = gridOf(rows, width)
  const shapes: Shape[] = levels.map((level) => {
    const words = level === 0 ? "0 (weakest)" : level === 4 ? "4 (strongest)" : `${level}`
    return {
      shape: "text",
      x: at(left + (level + 0.5) * grid.column),
      y: 9,
      text: words,
      size: 8,
      anchor: "middle",
      fill: "muted",
    }
  })
  let y = 16
  for (const row of rows) {
    const height = heightOf(row, grid)
    shapes.push({ shape: "line", x1: 0, y1: y, x2: width, y2: y, stroke: "line", strokeWidth: 0.5 })
    shapes.push(...drawName(row, y), ...drawAgreed(row, y, height, grid))
    shapes.push(
      ...levels.flatMap((level) =>
        drawChips(
          row.answers.filter((answer) => answer.level === level),
          level,
          y,
          grid,
        ),
      ),
    )
    y += height
  }
  return { width, height: y + 4, title, description: rows.map(say).join(" "), shapes }
}

function gridOf(rows: readonly SpreadRow[], width: number): Grid {
  const column = (width - left) / 5
  const widest = Math.max(0, ...rows.flatMap((row) => row.answers.map((answer) => widthOf(answer.role, chipSize, "semibold"))))
  const chip = Math.min(column - 8, Math.max(24, widest + 8))
  return { column, chip, perLine: Math.max(1, Math.floor((column - 8 + gap) / (chip + gap))) }
}

function heightOf(row: SpreadRow, { perLine }: Grid): number {
  const most = Math.max(...levels.map((level) => row.answers.filter((answer) => answer.level === level).length))
  const chips = Math.ceil(most / perLine) * (chipHeight + gap)
  return Math.max(chips, nameLines(row).length * 10) + 12
}

function nameLines(row: SpreadRow): string[] {
  const lines = linesOf(`${row.id} ${row.name}`, left - 12, 8.5)
  return lines.length <= 2 ? lines : [lines[0] ?? "", cutTo(lines.slice(1).join(" "), left - 12, 8.5)]
}

function drawName(row: SpreadRow, y: number): Shape[] {
  return nameLines(row).map((text, index) => ({ shape: "text", x: 0, y: y + 14 + index * 10, text, size: 8.5 }))
}

function drawAgreed(row: SpreadRow, y: number, height: number, { column }: Grid): Shape[] {
  if (row.agreed === undefined) return []
  const box = { x: at(left + row.agreed * column + 1), y: y + 2, width: at(column - 2), height: height - 4, radius: 2 }
  const look = row.decided ? ({ stroke: "ink", strokeWidth: 1.5 } as const) : ({ stroke: "muted", strokeWidth: 0.75 } as const)
  return [{ shape: "rect", ...box, fill: "wash", ...look }]
}

function drawChips(answers: SpreadRow["answers"], level: number, y: number, { column, chip, perLine }: Grid): Shape[] {
  return answers.flatMap((answer, index): Shape[] => {
    const line = Math.floor(index / perLine)
    const inLine = Math.min(perLine, answers.length - line * perLine)
    const start = left + (level + 0.5) * column - (inLine * (chip + gap) - gap) / 2
    const x = at(start + (index % perLine) * (chip + gap))
    const top = y + 6 + line * (chipHeight + gap)
    const text = cutTo(answer.role, chip - 4, chipSize, "semibold")
    return [
      { shape: "rect", x, y: top, width: at(chip), height: chipHeight, radius: 5.5, fill: "accent" },
      {
        shape: "text",
        x: at(x + chip / 2),
        y: top + 8.4,
        text,
        size: chipSize,
        weight: "semibold",
        anchor: "middle",
        fill: "paper",
      },
    ]
  })
}

function say(row: SpreadRow): string {
  const said = levels.flatMap((level) => {
    const roles = row.answers.filter((answer) => answer.level === level).map((answer) => answer.role)
    return roles.length ? [`${roles.join(", ")} at ${level}`] : []
  })
  const agreed = row.agreed === undefined ? "" : `; ${row.decided ? "agreed" : "counts as"} ${row.agreed}`
  return `${row.id} ${row.name}: ${said.join("; ")}${agreed}.`
}
