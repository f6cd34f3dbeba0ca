import type { EngagementVisit } from "./engagement.ts"
import { errorOf } from "./fields.ts"
import { typed } from "./forms.ts"
import type { PageProblem } from "./pages.ts"
import { dateText } from "./words.ts"

/** The chosen days of reminders, and the form to add one, for the people's list. */
export const reminderSection = ({ stored, form, today }: EngagementVisit, problems: readonly PageProblem[]) => ({
  days: stored.terms.remindOn.map((day) => ({ day, text: dateText(Date.parse(day)), past: day < today })),
  field: {
    id: "day",
    name: "day",
    label: "Remind on",
    type: "date",
    width: "short",
    value: typed(form["day"]),
    error: errorOf(problems, "day"),
  },
})
