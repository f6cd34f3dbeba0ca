import { writeResultFile } from "../assessment/result-file.ts"
import { pageOf } from "../report/page.ts"
import { writeReport } from "../report/report.ts"
import { engagementFrame, type EngagementVisit, inEngagement } from "./engagement.ts"
import { page, type Reply } from "./respond.ts"
import { assessmentOf } from "./results.ts"

/** The report as the client gets it, as a page. */
export const showReport = inEngagement((visit) => {
  const report = pageOf(reportOf(visit))
  return page("results/report", engagementFrame(visit, "report", "Report", { width: "wide" }), { report, home: visit.home })
})

/** The report as a PDF: A4, or Letter when asked for. */
export const downloadReport = inEngagement(async (visit, { pdf }) => {
  const format = visit.query["paper"] === "letter" ? "Letter" : "A4"
  const tag = `${visit.stored.id}-${visit.stored.revision}-${dateOf(visit)}-${format}`
  if (visit.holds(tag)) return { reply: "unchanged", tag } satisfies Reply
  const bytes = await pdf.render(reportOf(visit), { format })
  return { reply: "file", bytes, type: "application/pdf", name: `${visit.stored.engagement.title}.pdf`, tag } satisfies Reply
})

/** The complete result as JSON, as the command line prints it. */
export const downloadResult = inEngagement((visit) => ({
  reply: "file",
  bytes: new TextEncoder().encode(writeResultFile(visit.stored.engagement, assessmentOf(visit.stored))),
  type: "application/json; charset=utf-8",
  name: `${visit.stored.engagement.title}-result.json`,
}))

const reportOf = (visit: EngagementVisit) => {
  const { engagement, questionnaire } = visit.stored
  return writeReport({ questionnaire, engagement, assessment: assessmentOf(visit.stored), date: dateOf(visit) })
}

const dateOf = (visit: EngagementVisit): string => new Date(visit.now).toISOString().slice(0, 10)
