import { writeResultFile } from "../assessment/result-file.ts"
import { pageOf } from "../report/page.ts"
import { writeReport } from "../report/report.ts"
import { computedPage, engagementFrame, type EngagementVisit, inEngagement, mayChange } from "./engagement.ts"
import { plannedOf } from "./estate/planned.ts"
import { estatesFor } from "./estate/visible.ts"
import { page, type Reply } from "./respond.ts"
import { assessmentOf, isUnanswered } from "./results.ts"
import type { Tools } from "./visit.ts"

/** The report as the client gets it, as a page. */
export const showReport = computedPage(
  async (visit, on) => {
    const frame = engagementFrame(visit, "report", "Report", { width: "wide" })
    if (isUnanswered(visit.stored)) return page("results/no-report", frame, { home: visit.home, mayChange: mayChange(visit) })
    return page("results/report", frame, { report: pageOf(await reportOf(visit, on)), home: visit.home })
  },
  ({ today }) => today,
)

/** The report as a PDF: A4, or Letter when asked for. */
export const downloadReport = inEngagement(async (visit, on) => {
  const { pdf, release } = on
  const format = visit.query["paper"] === "letter" ? "Letter" : "A4"
  const tag = [visit.stored.revision, release, visit.today, format].join(".")
  if (visit.holds(tag)) return { reply: "unchanged", tag } satisfies Reply
  const bytes = await pdf.render(await reportOf(visit, on), { format })
  return { reply: "file", bytes, type: "application/pdf", name: `${visit.stored.engagement.title}.pdf`, tag } satisfies Reply
})

/** The complete result as JSON, as the command line prints it. */
export const downloadResult = inEngagement((visit) => ({
  reply: "file",
  bytes: new TextEncoder().encode(writeResultFile(visit.stored.engagement, assessmentOf(visit.stored))),
  type: "application/json; charset=utf-8",
  name: `${visit.stored.engagement.title}-result.json`,
}))

const reportOf = async (visit: EngagementVisit, on: Tools) => {
  const { engagement, questionnaire } = visit.stored
  const estate = plannedOf(visit, await estatesFor(visit, on))
  const input = { questionnaire, engagement, assessment: assessmentOf(visit.stored), date: visit.today }
  return writeReport({ ...input, ...(estate !== undefined && { estate }) })
}
