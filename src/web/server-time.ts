/** Moments as people agree on them: in the zone of the machine that the program runs on, which is always named. */

const zone = (): string => Intl.DateTimeFormat().resolvedOptions().timeZone

/** The zone's name, "Europe/Berlin". */
export const serverZone = (): string => zone()

/** "2026-11-30" and "18:00". */
export const serverClock = (at: number): { readonly day: string; readonly time: string } => {
  const date = new Date(at)
  const two = (number: number): string => String(number).padStart(2, "0")
  return {
    day: `${date.getFullYear()}-${two(date.getMonth() + 1)}-${two(date.getDate())}`,
    time: `${two(date.getHours())}:${two(date.getMinutes())}`,
  }
}

/** "30 November 2026, 18:00 (Europe/Berlin)". */
export const serverTimeText = (at: number): string => {
  const text = new Intl.DateTimeFormat("en-GB", {
    day: "numeric",
    month: "long",
    year: "numeric",
    hour: "2-digit",
    minute: "2-digit",
    timeZone: zone(),
  }).format(at)
  return `${text.replace(" at ", ", ")} (${zone()})`
}

/** The moment of a day and a time; `undefined` for what is none, as an hour that is left out when clocks go forward. */
export const momentOf = (day: string, time: string): number | undefined => {
  const [year, month, date, hour, minute] = [...(/^(\d{4})-(\d\d)-(\d\d)$/.exec(day)?.slice(1) ?? []), ...time.split(":")].map(
    Number,
  )
  if (minute === undefined || !/^\d\d:\d\d$/.test(time)) return undefined
  const at = new Date(year ?? 0, (month ?? 0) - 1, date, hour, minute).getTime()
  const read = Number.isNaN(at) ? undefined : serverClock(at)
  return read?.day === day && read.time === time ? at : undefined
}
