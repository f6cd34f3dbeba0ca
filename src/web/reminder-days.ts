import { changeAmongPeople, type EngagementVisit, withDone } from "./engagement.ts"
import { typed } from "./forms.ts"
import { peoplePage } from "./people.ts"
import { redirect } from "./respond.ts"
import { dateText } from "./words.ts"

const mostDays = 20

/** Adds a day on which those who have not submitted are reminded, or takes one away. */
export const changeReminderDays = changeAmongPeople(async (visit, on) => {
  const { terms } = visit.stored
  const taken = typed(visit.form["remove"])
  const day = typed(visit.form["day"]).trim()
  const problem = taken === "" ? problemWith(visit, day) : undefined
  if (problem !== undefined) return peoplePage(visit, on, [{ target: "day", message: problem }])
  const remindOn = taken === "" ? [...terms.remindOn, day].sort() : terms.remindOn.filter((one) => one !== taken)
  const saved = await on.store.changeTerms(visit.engagementScope, { ...terms, remindOn }, visit.now)
  return saved ? redirect(withDone(`${visit.home}/people`, "reminder-days")) : "again"
})

const problemWith = ({ stored, today }: EngagementVisit, day: string): string | undefined => {
  const { remindOn, closesAt } = stored.terms
  if (day === "") return "Enter the day of the reminder, for example 2027-01-18"
  if (!isDay(day)) return "Enter a day of the calendar as year, month and day, for example 2027-01-18"
  if (day < today) return "Enter today or a later day"
  if (day > `${Number(today.slice(0, 4)) + 2}`) return "Enter a day within the next two years"
  if (closesAt !== undefined && Date.parse(day) >= closesAt) {
    return `Enter a day before the engagement closes on ${dateText(closesAt)}`
  }
  if (remindOn.includes(day)) return "This day is on the list already"
  return remindOn.length >= mostDays ? `Remove a day first: there can be ${mostDays}` : undefined
}

const isDay = (text: string): boolean =>
  /^\d{4}-\d{2}-\d{2}$/.test(text) && !Number.isNaN(Date.parse(text)) && new Date(Date.parse(text)).toISOString().startsWith(text)
