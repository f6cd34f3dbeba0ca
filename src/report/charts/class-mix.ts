import type { EffortRange } from "../../assessment/result.ts"
import type { StatementClass } from "../../estate/model.ts"
import { classLooks, classText } from "../classes.ts"
import { at, type Drawing, type Shape } from "../drawing.ts"
import { cutTo } from "../lettering.ts"
import { capital, count, effortText } from "../wording.ts"

export interface ClassRow {
  readonly class: StatementClass
  readonly statements: number
  /** Person-days; absent where nobody can say. */
  readonly effort?: EffortRange
}

const rowHeight = 18

/** One bar per class, as long as its number of statements, with the number and the effort beside it. */
export function drawClassMix(rows: readonly ClassRow[], width: number, title: string): Drawing {
  const left = 148
  const right = width - 150
  const most = Math.max(1, ...rows.map((row) => row.statements))
  return {
    width,
    height: rows.length * rowHeight + 4,
    title,
    description: rows.map((row) => `${capital(classText(row.class))}: ${noteOf(row)}.`).join(" "),
    shapes: rows.flatMap((row, index): Shape[] => {
      const y = index * rowHeight + 2
      const { fill, open } = classLooks[row.class]
      const wide = at(((right - left) * row.statements) / most)
      const name = {
        shape: "text",
        x: 0,
        y: y + 10.5,
        text: cutTo(capital(classText(row.class)), left - 8, 8.5),
        size: 8.5,
      } as const
      const note = { shape: "text", x: left + wide + 6, y: y + 10.5, text: noteOf(row), size: 8.5, fill: "muted" } as const
      if (row.statements === 0) return [name, note]
      const line = { stroke: "accent", strokeWidth: 0.75, ...(open ? { dash: [2, 1.5] as const } : {}) } as const
      return [
        name,
        { shape: "rect", x: left, y: y + 1, width: Math.max(1.5, wide), height: 12, radius: 1.5, fill, ...line },
        note,
      ]
    }),
  }
}

function noteOf({ statements, effort }: ClassRow): string {
  const days = statements > 0 && effort ? `, ${effortText(effort)} person-days` : ""
  return `${count(statements, "statement")}${days}`
}
