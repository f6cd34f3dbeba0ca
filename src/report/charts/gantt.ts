import { at, type Drawing, scale, type Shape } from "../drawing.ts"
import { cutTo, widthOf } from "../lettering.ts"
import { monthName } from "../wording.ts"

export interface GanttBar {
  readonly key: string
  readonly name: string
  /** Set behind the name where it matters, never cut. */
  readonly domain: string
  /** ISO dates. */
  readonly start: string
  readonly finish: string
  readonly finishLate: string
  /** Keys of bars that must be finished first. */
  readonly needs: readonly string[]
}

export interface GanttWave {
  readonly number: number
  readonly name: string
  readonly start: string
  readonly finish: string
  readonly bars: readonly GanttBar[]
}

interface Frame {
  readonly x: (date: string) => number
  readonly left: number
  readonly right: number
  readonly bottom: number
}

const rowHeight = 14
const headHeight = 20
const top = 34
const day = 86_400_000

/** Waves and their initiatives in calendar time: the bar ends where half of the simulated runs end, its light tail where 80 % do. */
export function drawGantt(
  waves: readonly GanttWave[],
  range: { start: string; finish: string },
  width: number,
  title: string,
): Drawing {
  const left = 216
  const right = width - 4
  const place = scale([Date.parse(range.start), Date.parse(range.finish) + day], [left, right])
  const height = top + waves.reduce((sum, wave) => sum + headOf(wave) + wave.bars.length * rowHeight, 0) + 6
  const frame: Frame = { x: (date) => place(Date.parse(date)), left, right, bottom: height - 4 }
  const rows = rowsOf(waves)
  return {
    width,
    height,
    title,
    description: waves.map(say).join(" "),
    shapes: [
      ...waves.flatMap((wave, index) => drawWave(wave, index, rows.heads[index] ?? 0, frame)),
      ...drawMonths(range, frame),
      ...drawNeeds(waves, rows.bars, frame),
      ...waves.flatMap((wave) => wave.bars.flatMap((bar) => drawBar(bar, rows.bars.get(bar.key) ?? 0, frame))),
    ],
  }
}

function rowsOf(waves: readonly GanttWave[]): { heads: number[]; bars: Map<string, number> } {
  const heads: number[] = []
  const bars = new Map<string, number>()
  let y = top
  for (const wave of waves) {
    heads.push(y)
    y += headOf(wave)
    for (const bar of wave.bars) {
      bars.set(bar.key, y)
      y += rowHeight
    }
  }
  return { heads, bars }
}

function drawMonths(range: { start: string; finish: string }, frame: Frame): Shape[] {
  const shapes: Shape[] = []
  const first = new Date(`${range.start.slice(0, 7)}-01T00:00:00Z`)
  const months = (Date.parse(range.finish) - first.getTime()) / (30 * day)
  const step = Math.max(1, Math.ceil((months * 40) / (frame.right - frame.left)))
  for (let count = 0; ; count += step) {
    const date = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + count, 1))
    const iso = date.toISOString().slice(0, 10)
    if (iso > range.finish) return shapes
    const x = frame.x(iso)
    const text = count === 0 || date.getUTCMonth() < step ? `${monthName(iso)} ${iso.slice(0, 4)}` : monthName(iso)
    if (x >= frame.left) shapes.push({ shape: "line", x1: x, y1: 14, x2: x, y2: frame.bottom, stroke: "line", strokeWidth: 0.5 })
    if (x < frame.right - 36) shapes.push({ shape: "text", x: Math.max(x, frame.left) + 2, y: 10, text, size: 8, fill: "muted" })
  }
}

/** Rows without a wave's name have no head of their own. */
function headOf(wave: GanttWave): number {
  return wave.name ? headHeight : 0
}

/** A wave is a column of time through the whole chart, and a group of rows. */
function drawWave(wave: GanttWave, index: number, y: number, frame: Frame): Shape[] {
  if (!wave.name) return []
  const start = frame.x(wave.start)
  const width = at(Math.max(2, frame.x(wave.finish) - start))
  const short = `Wave ${wave.number}`
  const label = width > widthOf(short, 8, "semibold") + 4 ? short : `${wave.number}`
  return [
    ...(index % 2 === 0 ? [{ shape: "rect", x: start, y: 14, width, height: frame.bottom - 14, fill: "wash" } as const] : []),
    {
      shape: "text",
      x: at(start + width / 2),
      y: 25,
      text: label,
      size: 8,
      weight: "semibold",
      anchor: "middle",
      fill: "muted",
    },
    { shape: "line", x1: 0, y1: y + 1, x2: frame.right, y2: y + 1, stroke: "line", strokeWidth: 0.5 },
    { shape: "text", x: 0, y: y + 14, text: cutTo(wave.name, frame.left - 6, 8.5, "semibold"), size: 8.5, weight: "semibold" },
  ]
}

function nameOf(bar: GanttBar, y: number, frame: Frame): Shape[] {
  const domain = bar.domain ? cutTo(bar.domain, 90, 8) : ""
  const room = frame.left - 14 - (domain ? widthOf(domain, 8) + 6 : 0)
  const name: Shape = { shape: "text", x: 6, y: y + 9.5, text: cutTo(bar.name, room, 8.5), size: 8.5 }
  if (!domain) return [name]
  return [name, { shape: "text", x: frame.left - 6, y: y + 9.5, text: domain, size: 8, anchor: "end", fill: "muted" }]
}

function drawBar(bar: GanttBar, y: number, frame: Frame): Shape[] {
  const [start, finish, late] = [frame.x(bar.start), frame.x(bar.finish), frame.x(bar.finishLate)]
  const shapes: Shape[] = nameOf(bar, y, frame)
  if (late > finish) {
    const tail = { x: finish, y: y + 3, width: at(late - finish), height: 7 }
    shapes.push(
      { shape: "rect", ...tail, fill: "accent", opacity: 0.22 },
      { shape: "rect", ...tail, stroke: "accent", strokeWidth: 0.5 },
    )
  }
  shapes.push({
    shape: "rect",
    x: start,
    y: y + 2,
    width: at(Math.max(2, finish - start)),
    height: 9,
    radius: 1.5,
    fill: "accent",
  })
  return shapes
}

function drawNeeds(waves: readonly GanttWave[], rows: ReadonlyMap<string, number>, frame: Frame): Shape[] {
  const bars = waves.flatMap((wave) => wave.bars)
  const byKey = new Map(bars.map((bar) => [bar.key, bar]))
  return bars.flatMap((bar) =>
    bar.needs.flatMap((key): Shape[] => {
      const needed = byKey.get(key)
      if (!needed) return []
      const [y1, y2] = [(rows.get(key) ?? 0) + 6.5, (rows.get(bar.key) ?? 0) + 6.5]
      const [x1, x2] = [frame.x(needed.finish), frame.x(bar.start)]
      const bend = at(Math.max(frame.left - 4, Math.min(x2 - 3, Math.max(x1 + 3, x2 - 3))))
      return [{ shape: "path", d: `M${x1} ${y1}L${bend} ${y1}L${bend} ${y2}L${x2} ${y2}`, stroke: "muted", strokeWidth: 0.4 }]
    }),
  )
}

function say(wave: GanttWave): string {
  const bars = wave.bars.map((bar) => `${bar.name} from ${bar.start} to ${bar.finish}, with 80 % certainty by ${bar.finishLate}`)
  return `${wave.name}, ${wave.start} to ${wave.finish}: ${bars.join("; ")}.`
}
