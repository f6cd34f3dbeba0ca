/** Dates, times and counts as pages write them. */

const day = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" })
const clockTime = new Intl.DateTimeFormat("en-GB", { hour: "2-digit", minute: "2-digit", timeZone: "UTC" })

/** "22 November 2026", in UTC. */
export const dateText = (time: number): string => day.format(time)

/** "22 November 2026, 14:02 UTC"; the page's script shows it in the reader's own zone. */
export const timeText = (time: number): string => `${day.format(time)}, ${clockTime.format(time)} UTC`

/** "1 question", "12 questions". */
export const count = (number: number, one: string, many = `${one}s`): string => `${number} ${number === 1 ? one : many}`

/** "about 35 minutes", "about 2 hours": nobody measured more exactly. */
export const aboutMinutes = (minutes: number): string => {
  if (minutes < 1.5) return "about a minute"
  if (minutes <= 12) return `about ${Math.round(minutes)} minutes`
  if (minutes < 75) return `about ${Math.ceil(minutes / 5) * 5} minutes`
  const hours = Math.round(minutes / 30) / 2
  return `about ${Number.isInteger(hours) ? hours : `${Math.floor(hours)}½`} ${hours === 1 ? "hour" : "hours"}`
}

/** "a source system", "an interface". */
export const withArticle = (item: string): string => `${/^[aeiou]/i.test(item) ? "an" : "a"} ${item}`

/** "Orders, Billing and Returns". */
export const listed = (names: readonly string[]): string =>
  names.length < 2 ? names.join("") : `${names.slice(0, -1).join(", ")} and ${names.at(-1) ?? ""}`
