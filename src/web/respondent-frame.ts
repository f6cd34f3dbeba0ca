import { closedFor } from "./closing.ts"
import type { Frame } from "./pages.ts"
import type { RespondentVisit } from "./visit.ts"

/** The frame of a respondent's page; `here` is the address of the current entry of the navigation. */
export const respondentFrame = (visit: RespondentVisit, title: readonly string[], here?: string): Frame => {
  const { stored } = visit.response
  const link = (href: string, text: string) => ({ href, text, current: href === here })
  return {
    title,
    language: stored.questionnaire.language,
    area: "respondent",
    place: stored.engagement.title,
    nav: closedFor(visit) === undefined ? [link("/respond", "Sections"), link("/respond/check", "Check and submit")] : [],
    width: "form",
  }
}
