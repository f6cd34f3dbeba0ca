/** Cron expressions: five fields, Quartz with its seconds first, and cron(…) of a cloud with its year last. */

/**
 * Minutes from one run to the next: the distance that occurs most in a cycle, the longer one of equals, so that an hourly job
 * with a break at night is hourly. `undefined` for what is no cron expression or names a day that only a calendar knows (L, W, #).
 */
export function cronMinutes(text: string): number | undefined {
  const fields = fieldsOf(text)
  if (fields === undefined) return undefined
  const [minute, hour, dayOfMonth, month, dayOfWeek] = fields
  const minutes = valuesOf(minute, 0, 59)
  const hours = valuesOf(hour, 0, 23)
  const days = daysOf(dayOfMonth, month, dayOfWeek)
  if (minutes === undefined || hours === undefined || days === undefined) return undefined
  const runs = hours.flatMap((each) => minutes.map((minute) => each * 60 + minute))
  return commonest([...distancesWithin(runs, days), ...distancesBetween(runs, days)])
}

type Fields = readonly [minute: string, hour: string, dayOfMonth: string, month: string, dayOfWeek: string]

function fieldsOf(text: string): Fields | undefined {
  const inside = /^cron\((.*)\)$/.exec(text.trim().toLowerCase())
  const all = (inside?.[1] ?? text).trim().toLowerCase().split(/\s+/)
  const isQuartz = inside === null && (all.length === 7 || (all.length === 6 && (all[0] === "0" || all.includes("?"))))
  const [minute, hour, dayOfMonth, month, dayOfWeek] = isQuartz ? all.slice(1) : all
  const length = inside === null ? (isQuartz ? all.length : 5) : 6
  if (all.length !== length || dayOfWeek === undefined) return undefined
  return [minute ?? "", hour ?? "", dayOfMonth ?? "", month ?? "", dayOfWeek]
}

const months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]
const weekdays = ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]

interface Days {
  /** Days of the cycle on which it runs, ascending. */
  readonly on: readonly number[]
  /** Length of the cycle in days. */
  readonly of: number
}

/** Every day, days of a week, or days of a year of twelve months of 30 days, which is near enough for a distance. */
function daysOf(dayOfMonth: string, month: string, dayOfWeek: string): Days | undefined {
  const isAny = (field: string): boolean => field === "*" || field === "?"
  if (isAny(dayOfMonth) && isAny(month) && isAny(dayOfWeek)) return { on: [0], of: 1 }
  if (isAny(dayOfMonth) && isAny(month)) {
    const on = valuesOf(numbered(dayOfWeek, weekdays, 0), 0, 7)?.map((each) => each % 7)
    return on && { on: [...new Set(on)].toSorted((one, other) => one - other), of: 7 }
  }
  const inMonth = valuesOf(dayOfMonth, 1, 31)
  const inYear = valuesOf(numbered(month, months, 1), 1, 12)
  if (inMonth === undefined || inYear === undefined || !isAny(dayOfWeek)) return undefined
  const on = inYear.flatMap((month) => inMonth.map((each) => (month - 1) * 30 + Math.min(each, 30)))
  return { on: [...new Set(on)].toSorted((one, other) => one - other), of: 360 }
}

const numbered = (field: string, names: readonly string[], first: number): string =>
  field.replaceAll(/[a-z]+/g, (name) => (names.includes(name) ? String(names.indexOf(name) + first) : name))

/** "1-5,10/20" → its numbers, ascending; `undefined` when it is none. */
function valuesOf(field: string, least: number, most: number): readonly number[] | undefined {
  const values = new Set<number>()
  for (const part of field.split(",")) {
    const found = /^(?:[*?]|(\d{1,2})(?:-(\d{1,2}))?)(?:\/(\d{1,2}))?$/.exec(part)
    if (found === null) return undefined
    const [from, step] = [Number(found[1] ?? least), Number(found[3] ?? 1)]
    const to = found[2] !== undefined ? Number(found[2]) : found[1] === undefined || found[3] !== undefined ? most : from
    if (from < least || to > most || from > to || step === 0) return undefined
    for (let value = from; value <= to; value += step) values.add(value)
  }
  return [...values].toSorted((one, other) => one - other)
}

type Distance = readonly [minutes: number, times: number]

const distancesWithin = (runs: readonly number[], { on }: Days): readonly Distance[] =>
  runs.slice(1).map((run, at) => [run - (runs[at] ?? 0), on.length])

/** From the last run of a day to the first of the next day that has some. */
function distancesBetween(runs: readonly number[], { on, of }: Days): readonly Distance[] {
  const rest = (runs[0] ?? 0) - (runs.at(-1) ?? 0)
  return on.map((day, at) => [((on[at + 1] ?? (on[0] ?? 0) + of) - day) * 1440 + rest, 1])
}

function commonest(distances: readonly Distance[]): number | undefined {
  const times = new Map<number, number>()
  for (const [minutes, count] of distances) times.set(minutes, (times.get(minutes) ?? 0) + count)
  return [...times].toSorted(([one, count], [other, more]) => more - count || other - one)[0]?.[0]
}
