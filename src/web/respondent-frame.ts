import type { Frame } from "./pages.ts"
import type { RespondentVisit } from "./visit.ts"

/** The frame of a respondent's page; `here` is the address of the current entry of the navigation. */
export const respondentFrame = (visit: RespondentVisit, title: readonly string[], here?: string): Frame => {
  const { stored, submittedAt } = visit.response
  const links = [
    { href: "/respond", text: "Sections" },
    { href: "/respond/check", text: "Check and submit" },
  ]
  return {
    title,
    language: stored.questionnaire.language,
    area: "respondent",
    place: stored.engagement.title,
    nav: submittedAt === undefined ? links.map((link) => ({ ...link, current: link.href === here })) : [],
    width: "form",
  }
}
