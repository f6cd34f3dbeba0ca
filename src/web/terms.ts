/** What people are promised: whether names are seen with answers, and until when answers are taken. */
import type { StoredEngagement, Terms } from "../store/store.ts"
import { changeInEngagement, engagementFrame, type EngagementVisit, inEngagement, withDone } from "./engagement.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { page, redirect, type Reply } from "./respond.ts"
import { momentOf, serverClock, serverTimeText, serverZone } from "./server-time.ts"
import type { Fields } from "./visit.ts"

export const showTerms = inEngagement((visit) => termsPage(visit, formOf(visit.stored.terms), []))

export const saveTerms = changeInEngagement(async (visit, { store }) => {
  const { terms, problems } = readTerms(visit)
  if (terms === undefined) return termsPage(visit, visit.form, problems)
  if (await store.changeTerms(visit.engagementScope, terms, visit.now)) {
    return redirect(withDone(`${visit.home}/settings`, "terms"))
  }
  const isUnchanged = (await store.revisionOf(visit.engagementScope)) === visit.stored.revision
  return isUnchanged ? termsPage(visit, visit.form, [promised]) : "again"
})

const promised: PageProblem = {
  target: "confidentiality",
  message: "Keep “By role only”: people have answered under this promise",
}

const readTerms = ({ form, stored }: EngagementVisit): { terms?: Terms; problems: readonly PageProblem[] } => {
  const problems: PageProblem[] = []
  const confidentiality = typed(form["confidentiality"])
  if (confidentiality !== "named" && confidentiality !== "role") {
    problems.push({ target: "confidentiality", message: "Select what is seen with an answer" })
  } else if (confidentiality === "named" && isPromised(stored)) problems.push(promised)
  const closesAt = readClosing(form, problems)
  if (problems.length > 0) return { problems }
  const { remindOn } = stored.terms
  const terms = { confidentiality: confidentiality as Terms["confidentiality"], remindOn }
  return { terms: { ...terms, ...(closesAt !== undefined && { closesAt }) }, problems }
}

const endOfDay = "23:59"

const readClosing = (form: Fields, problems: PageProblem[]): number | undefined => {
  const day = typed(form["day"]).trim()
  const time = clock(typed(form["time"]).trim())
  if (day === "" && time === "") return undefined
  if (day === "") return noted(problems, "day", "Enter the last day for answers, or leave the time empty too")
  if (!/^2\d{3}-\d\d-\d\d$/.test(day) || momentOf(day, "12:00") === undefined) {
    return noted(problems, "day", "Enter the day as in 2026-11-30, between 2000 and 2999")
  }
  if (time !== "" && !/^([01]\d|2[0-3]):[0-5]\d$/.test(time)) {
    return noted(problems, "time", "Enter the time as in 18:00, or leave it empty for the end of the day")
  }
  const at = momentOf(day, time === "" ? endOfDay : time)
  return at ?? noted(problems, "time", "Enter another time: clocks go forward on that day and leave this one out")
}

/** "8:30", "8.30" and "0830" are times as well. */
const clock = (text: string): string => {
  const [, hour, minute] = /^(\d{1,2})[:.h]?(\d\d)$/.exec(text) ?? []
  return hour === undefined ? text : `${hour.padStart(2, "0")}:${minute ?? ""}`
}

const noted = (problems: PageProblem[], target: string, message: string): undefined => void problems.push({ target, message })

/** Whether somebody has answered under the promise that only their role is seen. */
const isPromised = ({ terms, engagement, responses }: StoredEngagement): boolean =>
  terms.confidentiality === "role" &&
  (engagement.answers.length > 0 || responses.some(({ submittedAt }) => submittedAt !== undefined))

const formOf = ({ confidentiality, closesAt }: Terms): Fields => {
  const closing = closesAt === undefined ? { day: "", time: "" } : serverClock(closesAt)
  return { confidentiality, ...closing }
}

const termsPage = (visit: EngagementVisit, form: Fields, problems: readonly PageProblem[]): Reply => {
  const isNow = (value: string): boolean => typed(form["confidentiality"]) === value
  const text = (name: string, label: string, more: object) => ({
    id: name,
    name,
    label,
    value: typed(form[name]),
    error: errorOf(problems, name),
    optional: true,
    ...more,
  })
  const back = { href: `${visit.home}/settings`, text: "Settings" }
  return page(
    "engagements/terms",
    engagementFrame(visit, "overview", "What people are promised", { width: "form", problems, back }),
    {
      home: visit.home,
      promised: isPromised(visit.stored),
      confidentiality: {
        id: "confidentiality",
        name: "confidentiality",
        label: "What is seen with an answer",
        error: errorOf(problems, "confidentiality"),
        choices: [
          { value: "named", text: "The name", checked: isNow("named"), hint: named },
          { value: "role", text: "By role only", checked: isNow("role"), hint: byRole },
        ],
      },
      day: text("day", "Last day for answers", { type: "date", width: "medium" }),
      time: text("time", "Time", {
        width: "short",
        hint: `In the time of this server, ${serverZone()}. Empty: the end of the day`,
      }),
    },
    { status: problems.length > 0 ? 422 : 200 },
  )
}

const named = "Owners and editors see who gave which answer. The report shows roles, and readers see no names"
const byRole =
  "Owners and editors see “Data engineer 2”, not who that is. Who is asked and how far they are is shown with names. " +
  "Somebody who is the only one with a role can still be recognised by it"

/** The promise in two sentences, always true whatever the time. */
export const termsText = ({ confidentiality, closesAt }: Terms): string => {
  const seen = confidentiality === "role" ? "Answers are seen by role only" : "Answers are seen with names"
  return `${seen}. ${closesAt === undefined ? "No closing date" : `Answers are taken until ${serverTimeText(closesAt)}`}.`
}
