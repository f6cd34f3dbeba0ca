/** Numbers and durations as people type them, and back. */

/** A number read, or why not: `ambiguous` when a comma could part thousands or decimals. */
export type ReadNumber = { readonly value: number } | { readonly problem: "ambiguous" | "not a number" }

/** Reads "35", "35,5", "-0.5", "12 500" (spaces of any width between thousands). */
export function readNumber(typed: string): ReadNumber {
  const plain = typed.trim()
  if (plain.length > 40 || !/^[+-]?\d{1,3}(?:\s\d{3})+(?:[.,]\d+)?$|^[+-]?\d+(?:[.,]\d*)?$/u.test(plain))
    return { problem: "not a number" }
  if (/^[+-]?[1-9]\d{0,2},\d{3}$/.test(plain)) return { problem: "ambiguous" }
  return { value: Number(plain.replace(/\s/gu, "").replace(",", ".")) }
}

const units = [
  { seconds: 1, short: "s", names: ["s", "sec", "secs", "second", "seconds"] },
  { seconds: 60, short: "min", names: ["min", "mins", "minute", "minutes"] },
  { seconds: 3600, short: "h", names: ["h", "hr", "hrs", "hour", "hours"] },
  { seconds: 86_400, short: "d", names: ["d", "day", "days"] },
  { seconds: 604_800, short: "w", names: ["w", "wk", "wks", "week", "weeks"] },
]

/** Minutes of "15 min", "4 h", "1 d", "30 s", "2 w", "1 h 30 min"; `undefined` when it is no duration with its unit. */
export function readDuration(typed: string): number | undefined {
  const plain = typed.trim().toLowerCase()
  if (plain.length > 60 || !/^(?:\d[\d\s.,]*[a-z]+\s*)+$/u.test(plain)) return undefined
  let seconds = 0
  for (const [, count, name] of plain.matchAll(/(\d[\d\s.,]*)([a-z]+)/gu)) {
    const unit = units.find((unit) => unit.names.includes(name!))
    const number = readNumber(count!)
    if (unit === undefined || !("value" in number)) return undefined
    seconds += number.value * unit.seconds
  }
  return rounded(seconds) / 60
}

/** A duration in its largest unit without a remainder, as `readDuration` reads it: "4 h", "90 min", "1 d". */
export function durationText(minutes: number): string {
  const seconds = rounded(minutes * 60)
  const whole = units.findLast((unit) => seconds > 0 && Number.isInteger(rounded(seconds / unit.seconds)))
  const unit = whole ?? units[minutes === 0 ? 1 : 0]!
  return `${rounded(seconds / unit.seconds)} ${unit.short}`
}

// To a millionth: 0.1 + 0.2 shall not be shown, nor kept, as 0.30000000000000004.
const rounded = (value: number): number => Math.round(value * 1e6) / 1e6
