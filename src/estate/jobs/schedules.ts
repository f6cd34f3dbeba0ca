/** How often a job runs, from what schedulers and people write: "15 min", "hourly", a cron expression. */
import { readDuration } from "../../assessment/question-types/amounts.ts"
import { cronMinutes } from "./cron.ts"

/** Minutes from one run to the next; `undefined` when it cannot be told. */
export function intervalMinutes(typed: string): number | undefined {
  const text = typed.trim().toLowerCase().replaceAll(/\s+/g, " ")
  if (text.length > 200) return undefined
  const word = text
    .replace(/^@/, "")
    .replace(/^(?:runs |once )?(?:every |each |per |an? )?/, "")
    .replace(/\.$/, "")
  if (Object.hasOwn(words, word)) return words[word]
  const rate = /^rate\((\d+) ([a-z]+)\)$/.exec(text)
  if (rate !== null) return readDuration(`${rate[1]} ${rate[2]}`)
  const times = /^(once|twice|\d{1,4}(?: times|x)) (?:a|an|per|each|every) (hour|day|week)$/.exec(text)
  if (times !== null) return timesPer(times[1] ?? "", times[2] ?? "")
  return readDuration(word) ?? cronMinutes(text)
}

/** Minutes that a run takes: a duration with its unit, or hours, minutes and seconds as in 01:02:30. */
export function runMinutes(typed: string): number | undefined {
  const clock = /^(\d{1,4}):([0-5]\d):([0-5]\d)(?:\.\d{1,9})?$/.exec(typed.trim())
  if (clock === null) return readDuration(typed)
  return Number(clock[1]) * 60 + Number(clock[2]) + Number(clock[3]) / 60
}

const [hour, day] = [60, 1440]

const words: Readonly<Record<string, number>> = {
  minute: 1,
  hourly: hour,
  hour,
  daily: day,
  day,
  night: day,
  nightly: day,
  midnight: day,
  morning: day,
  weekly: 7 * day,
  week: 7 * day,
  fortnightly: 14 * day,
  monthly: 30 * day,
  month: 30 * day,
  quarterly: 91 * day,
  quarter: 91 * day,
  yearly: 365 * day,
  annually: 365 * day,
  year: 365 * day,
}

function timesPer(times: string, period: string): number | undefined {
  const count = times === "once" ? 1 : times === "twice" ? 2 : Number.parseInt(times, 10)
  const minutes = words[period]
  return count > 0 && minutes !== undefined ? minutes / count : undefined
}
