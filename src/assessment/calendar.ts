/** Arithmetic on ISO dates in UTC. Working days are Mondays to Fridays; public holidays are nobody's but the reader's. */

const DAY = 86_400_000
const WORKING_DAYS_A_WEEK = 5

/** The date itself, or the Monday after it. */
export function nextWorkingDay(date: string): string {
  const weekday = weekdayOf(date)
  return weekday < WORKING_DAYS_A_WEEK ? date : addDays(date, 7 - weekday)
}

/** The working day `count` working days after `date` (0 or more), counted from the first working day at or after it. */
export function addWorkingDays(date: string, count: number): string {
  const from = nextWorkingDay(date)
  const days = weekdayOf(from) + Math.max(0, Math.floor(count))
  return addDays(from, Math.floor(days / WORKING_DAYS_A_WEEK) * 7 + (days % WORKING_DAYS_A_WEEK) - weekdayOf(from))
}

/** Working day on which work that starts `weeks` (a fraction counts) after `start` begins. */
export function beginsOn(start: string, weeks: number): string {
  return addWorkingDays(start, Math.floor(tidy(weeks * WORKING_DAYS_A_WEEK)))
}

/** Working day on which work that ends `weeks` (a fraction counts) after `start` is done. */
export function endsOn(start: string, weeks: number): string {
  return addWorkingDays(start, Math.max(0, Math.ceil(tidy(weeks * WORKING_DAYS_A_WEEK)) - 1))
}

/** The Monday after a date, also when the date is a Monday. */
export const mondayAfter = (date: string): string => addDays(date, 7 - weekdayOf(date))

/** The earlier of two ISO dates. */
export const earlierOf = (one: string, other: string): string => (one < other ? one : other)

/** The later of two ISO dates. */
export const laterOf = (one: string, other: string): string => (one > other ? one : other)

function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY).toISOString().slice(0, 10)
}

/** 0 is Monday. */
function weekdayOf(date: string): number {
  return (new Date(`${date}T00:00:00Z`).getUTCDay() + 6) % 7
}

/** Takes the dust of binary fractions away, so that five fifths of a day are one day. */
const tidy = (days: number): number => Math.round(days * 1e6) / 1e6
