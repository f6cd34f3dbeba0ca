/** Words, figures and dates as the report prints them: whole numbers, plain dates, no person's name. */
import type { EffortRange, Interval } from "../assessment/result.ts"
import type { EvidenceGrade, Severity } from "../assessment/model.ts"

const months = ["Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"]
const longMonths = "January February March April May June July August September October November December".split(" ")

/** "4 Jan 2027" from an ISO date; what is no date is given back as it is. */
export function dateText(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number)
  const name = months[(month ?? 0) - 1]
  return name && day ? `${day} ${name} ${year}` : iso
}

export function monthName(iso: string): string {
  return months[Number(iso.slice(5, 7)) - 1] ?? ""
}

/** "22 November 2026". */
export function longDate(iso: string): string {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number)
  const name = longMonths[(month ?? 0) - 1]
  return name && day ? `${day} ${name} ${year}` : iso
}

/** "Jan–Mar 2027", "Nov 2026–Feb 2027", or one month alone. */
export function monthsText(from: string, to: string): string {
  const [first, last] = [from, to].map((iso) => ({ name: months[Number(iso.slice(5, 7)) - 1] ?? "", year: iso.slice(0, 4) }))
  if (!first || !last) return ""
  if (first.name === last.name && first.year === last.year) return `${first.name} ${first.year}`
  return first.year === last.year
    ? `${first.name}–${last.name} ${last.year}`
    : `${first.name} ${first.year}–${last.name} ${last.year}`
}

/** A number nobody measured to the decimal. */
export function whole(value: number): string {
  return `${Math.round(value)}`
}

export function percent(share: number): string {
  return `${Math.round(share * 100)}\u00a0%`
}

export function intervalText(interval: Interval): string {
  const [low, high] = [whole(interval.low), whole(interval.high)]
  return low === high ? low : `${low}–${high}`
}

/** Person-days, "10–25". */
export function effortText(effort: EffortRange): string {
  return intervalText(effort)
}

/** "1 question", "4 questions". */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number} ${number === 1 ? one : many}`
}

/** "a, b and c". */
export function series(items: readonly string[]): string {
  if (items.length < 2) return items.join("")
  return `${items.slice(0, -1).join(", ")} and ${items.at(-1)}`
}

/** The first items, and how many more there are. */
export function someOf(items: readonly string[], most: number): string {
  if (items.length <= most) return series(items)
  return `${items.slice(0, most).join(", ")} and ${items.length - most} more`
}

/** "1 h 30 min", "26 h", "3 d" from minutes. */
export function duration(minutes: number): string {
  if (minutes < 1) return `${Math.round(minutes * 60)}\u00a0s`
  if (minutes < 60) return `${Math.round(minutes)}\u00a0min`
  if (minutes > 2880) return `${Math.round(minutes / 1440)}\u00a0d`
  const rest = Math.round(minutes % 60)
  return `${Math.floor(minutes / 60)}\u00a0h${rest && minutes < 600 ? ` ${rest}\u00a0min` : ""}`
}

/** Digits in groups of three: "3 100 000". */
export function grouped(digits: string): string {
  return digits.replace(/(?<![\d.])\d{5,}(?![\d.])/g, (number) => number.replace(/\B(?=(\d{3})+$)/g, "\u00a0"))
}

export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** Cuts long text at a word. */
export function shorten(text: string, most: number): string {
  if (text.length <= most) return text
  const cut = text.slice(0, most)
  return `${cut.slice(0, Math.max(cut.lastIndexOf(" "), most * 0.6)).trimEnd()}…`
}

/** Ends with a full stop, once. */
export function sentence(text: string): string {
  const trimmed = text.trim()
  return /[.!?…]$/.test(trimmed) ? trimmed : `${trimmed}.`
}

export const evidenceWords: Record<EvidenceGrade, string> = {
  claim: "claim",
  document: "document",
  observed: "observed",
  measured: "measured",
}

export const severityOrder: readonly Severity[] = ["critical", "high", "medium", "opportunity", "positive", "information"]
