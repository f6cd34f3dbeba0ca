import { at, type Drawing, type Shape } from "../drawing.ts"
import { cutTo } from "../lettering.ts"

export interface ContributionRow {
  readonly name: string
  /** Points of the index gained, and still to gain. */
  readonly points: number
  readonly missing: number
}

const rowHeight = 15

/** Which answers make an index what it is: points gained dark, points still to gain open, all on one scale of points. */
export function drawContributions(rows: readonly ContributionRow[], width: number, title: string): Drawing {
  const left = Math.round(width * 0.58)
  const right = width - 24
  const most = Math.max(1, ...rows.map((row) => row.points + row.missing))
  const unit = (right - left) / most
  const shapes = rows.flatMap((row, index): Shape[] => {
    const y = index * rowHeight + 2
    const gained = at(row.points * unit)
    return [
      { shape: "text", x: 0, y: y + 9, text: cutTo(row.name, left - 8, 8), size: 8 },
      {
        shape: "rect",
        x: left,
        y,
        width: at((row.points + row.missing) * unit),
        height: 10,
        fill: "paper",
        stroke: "accent",
        strokeWidth: 0.75,
      },
      ...(gained > 0 ? [{ shape: "rect", x: left, y, width: gained, height: 10, fill: "accent" } as const] : []),
      {
        shape: "text",
        x: at(left + (row.points + row.missing) * unit + 4),
        y: y + 8.5,
        text: signed(row.missing),
        size: 8,
        fill: "muted",
      },
    ]
  })
  return { width, height: rows.length * rowHeight + 4, title, description: rows.map(say).join(" "), shapes }
}

function signed(points: number): string {
  const rounded = Math.round(points)
  return rounded === 0 && points > 0 ? "<1" : `+${rounded}`
}

function say(row: ContributionRow): string {
  return `${row.name}: ${Math.round(row.points)} points gained, ${Math.round(row.missing)} still to gain.`
}
