import { classText } from "../../report/classes.ts"
import { jobTargets } from "../../estate/jobs/job-columns.ts"
import type { JobTable } from "../../estate/jobs/job-table.ts"
import type { StoredEstate } from "../../store/store.ts"
import { engagementFrame, type EngagementVisit } from "../engagement.ts"
import type { PageProblem } from "../pages.ts"
import { page, type Reply } from "../respond.ts"
import { namesOf } from "../results.ts"
import { count } from "../words.ts"
import { noticesView, originText, passedOverText } from "./import-list.ts"
import { comparisonView, type ImportComparison } from "./import-preview.ts"
import { mixOf, mixSvg } from "./mix.ts"
import type { EstateReading } from "./reader.ts"
import { someOf } from "./words.ts"

const problemsShown = 50
const statementsShown = 20

interface Shown {
  readonly problems: readonly PageProblem[]
  readonly status?: number
  /** Of a list of jobs: as it was understood. */
  readonly reading?: EstateReading
  readonly leaveOut?: boolean
}

/** What was read and what taking it would change, before it does. */
export const previewPage = (
  visit: EngagementVisit,
  waiting: StoredEstate,
  comparison: ImportComparison,
  { problems, status, reading, leaveOut = false }: Shown,
): Reply => {
  const { estate } = waiting
  const names = new Map([...estate.sources, ...estate.statements, ...estate.consumers].map(({ id, name }) => [id, name]))
  const back = { href: `${visit.home}/estate`, text: "Estate" }
  const wrong = reading?.problems ?? []
  return page(
    "estate/preview",
    engagementFrame(visit, "estate", "Check the import", { width: "page", problems, back }),
    {
      name: waiting.name,
      domain: namesOf(visit.stored).domain(waiting.domain),
      origin: originText(estate.origin),
      figures: [
        count(estate.statements.length, "statement"),
        count(estate.sources.length, "source"),
        count(estate.consumers.length, "consumer"),
      ].join(", "),
      passedOver: passedOverText(estate.origin.passedOver),
      bar: estate.statements.length === 0 ? undefined : mixSvg(mixOf([waiting])),
      statements: estate.statements.slice(0, statementsShown).map(({ name, verdict, writes, reads }) => ({
        name,
        class: classText(verdict.class),
        writes: someOf(writes, 3) || "–",
        reads: someOf(reads, 6) || "–",
      })),
      ...comparisonView(comparison, names),
      notices: noticesView([waiting]),
      action: `${visit.home}/estate/import/${encodeURIComponent(waiting.id)}`,
      seen: comparison.earlier?.id ?? "",
      takeable: estate.statements.length > 0,
      wrong: wrong.slice(0, problemsShown),
      moreWrong: wrong.length > problemsShown ? `And ${wrong.length - problemsShown} more.` : "",
      badRows: reading?.badRows ?? 0,
      leaveOut,
      columns: reading?.table === undefined ? [] : columnsOf(reading.table),
      headings: reading?.table?.headings ?? true,
    },
    { status: status ?? (problems.length > 0 ? 422 : 200) },
  )
}

/** Columns of a list of jobs, with what each may hold. */
const columnsOf = ({ lines, headings, targets }: JobTable) => {
  const body = lines.slice(headings ? 1 : 0)
  return targets.map((target, at) => ({
    heading: (headings && lines[0]?.[at]?.trim()) || `Column ${at + 1}`,
    samples: body
      .slice(0, 3)
      .map((line) => (line[at] ?? "").trim())
      .filter((text) => text !== "")
      .map((text) => (text.length > 60 ? `${text.slice(0, 57).toWellFormed()}…` : text)),
    select: {
      id: `column-${at}`,
      name: `column-${at}`,
      label: "Goes to",
      error: undefined,
      choices: [
        { value: "", text: "Leave out", checked: target === undefined },
        ...jobTargets.map(({ id, label }) => ({ value: id, text: label, checked: target === id })),
      ],
    },
  }))
}
