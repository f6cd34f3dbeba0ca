/** Bands that leave a gap or overlap. */
import type { Band, CountBand, MultiQuestion } from "../model.ts"
import type { Fault, Path } from "./fault.ts"

/** Faults of bands that shall hold every number from `min` to `max` exactly once. */
export function checkBands(bands: readonly Band[], limits: Limits, path: Path): readonly Fault[] {
  const fault = (at: number, message: string, fix: string): Fault => ({
    document: "questionnaire",
    path: [...path, at],
    message,
    fix,
  })
  const spans = bands.map((band, at) => ({ at, ...spanOf(band, limits) }))
  const empty = spans.filter((span) => isBefore(span.end, span.start) || isSame(span.start, span.end))
  const ordered = spans.filter((span) => !empty.includes(span)).sort((a, b) => compare(a.start, b.start))
  const faults = empty.map((span) =>
    fault(span.at, "this band holds no number between the limits of the question", "Correct its limits or remove it"),
  )
  const ends = endsOf(limits)
  let reached = ends.start
  for (const span of ordered) {
    if (isBefore(reached, span.start))
      faults.push(
        fault(
          span.at,
          `gap: no band holds ${between(reached, span.start, limits)}`,
          "Let the bands meet, with above or below where a limit belongs to the other band",
        ),
      )
    if (isBefore(span.start, reached))
      faults.push(
        fault(
          span.at,
          `overlap: two bands hold ${between(span.start, least(reached, span.end), limits)}`,
          "Let each number belong to one band",
        ),
      )
    if (isBefore(reached, span.end)) reached = span.end
  }
  if (isBefore(reached, ends.end))
    faults.push(
      fault(
        ordered.at(-1)?.at ?? 0,
        `gap: no band holds ${between(reached, ends.end, limits)}`,
        `Let the bands reach ${limits.max}`,
      ),
    )
  return faults
}

/** Faults of a multi question's bands: counts of ticks without a level, options that are not there, bands that never match. */
export function checkCounts(question: MultiQuestion, path: Path): readonly Fault[] {
  const fault = (at: Path, message: string, fix: string): Fault => ({
    document: "questionnaire",
    path: [...path, "bands", ...at],
    message,
    fix,
  })
  const bands = question.bands ?? []
  const named = [...new Set(bands.flatMap((band) => band.including ?? []))]
  if (named.length > 10)
    return [fault([], `${named.length} options decide the level`, "Name ten or fewer options under including")]
  const used = new Set<CountBand>()
  const gaps = new Set<number>()
  for (const { count, ticked } of combinations(named, question.options.length)) {
    const band = bandFor(bands, count, ticked)
    if (band === undefined) gaps.add(count)
    else used.add(band)
  }
  return [
    ...[...gaps]
      .sort((a, b) => a - b)
      .map((count) =>
        fault(
          [],
          `gap: no band holds ${count} of ${question.options.length} ticks`,
          "Add a band without including for this count, or widen one",
        ),
      ),
    ...bands.flatMap((band, at) =>
      used.has(band)
        ? []
        : [fault([at], "this band never matches", "Put it before the bands that take its counts, or remove it")],
    ),
  ]
}

/** The first band that holds a count of ticks, of which `ticked` are those that any band names. */
export const bandFor = (bands: readonly CountBand[], count: number, ticked: readonly string[]): CountBand | undefined =>
  bands.find(
    ({ from, to = Infinity, including = [] }) => count >= from && count <= to && including.every((id) => ticked.includes(id)),
  )

/** Every count of ticks with every choice of the named options that allows it. */
export function* combinations(
  named: readonly string[],
  options: number,
): Generator<{ readonly count: number; readonly ticked: readonly string[] }> {
  for (let bits = 0; bits < 2 ** named.length; bits += 1) {
    const ticked = named.filter((_, at) => (bits >> at) % 2 === 1)
    for (let count = ticked.length; count <= options - named.length + ticked.length; count += 1) yield { count, ticked }
  }
}

interface Limits {
  readonly min: number
  readonly max: number
  readonly whole: boolean
}

/** A place on the number line: at a value, or just after it. */
interface Place {
  readonly value: number
  readonly after: boolean
}

// Whole numbers are places of their own: from 1 to 19 ends where from 20 starts. What lies beyond the limits is cut off.
function spanOf(band: Band, limits: Limits): { readonly start: Place; readonly end: Place } {
  const ends = endsOf(limits)
  const given = {
    start: band.above !== undefined ? { value: band.above, after: true } : { value: band.from ?? limits.min, after: false },
    end: band.below !== undefined ? { value: band.below, after: false } : { value: band.to ?? limits.max, after: true },
  }
  const span = limits.whole ? { start: onWhole(given.start), end: onWhole(given.end) } : given
  return { start: isBefore(span.start, ends.start) ? ends.start : span.start, end: least(span.end, ends.end) }
}

const endsOf = ({ min, max, whole }: Limits): { readonly start: Place; readonly end: Place } => ({
  start: whole ? onWhole({ value: min, after: false }) : { value: min, after: false },
  end: whole ? onWhole({ value: max, after: true }) : { value: max, after: true },
})

const onWhole = ({ value, after }: Place): Place =>
  after ? { value: Math.floor(value), after } : { value: Math.ceil(value) - 1, after: true }

const compare = (a: Place, b: Place): number => a.value - b.value || Number(a.after) - Number(b.after)
const isBefore = (a: Place, b: Place): boolean => compare(a, b) < 0
const isSame = (a: Place, b: Place): boolean => compare(a, b) === 0
const least = (a: Place, b: Place): Place => (isBefore(a, b) ? a : b)

function between(start: Place, end: Place, { whole }: Limits): string {
  if (whole) {
    const [first, last] = [start.after ? start.value + 1 : start.value, end.after ? end.value : end.value - 1]
    return first === last ? String(first) : `${first} to ${last}`
  }
  if (start.value === end.value) return `exactly ${start.value}`
  return `the numbers ${start.after ? "above" : "from"} ${start.value} ${end.after ? "to" : "and below"} ${end.value}`
}
