import type { EffortRange } from "../../assessment/result.ts"
import { constructTable } from "../../estate/construct-table.ts"
import { classOf } from "../../estate/judgement.ts"
import type { Statement } from "../../estate/model.ts"
import { writeCsv } from "../csv.ts"
import { type EngagementVisit, inEngagement } from "../engagement.ts"
import type { Reply } from "../respond.ts"
import { namesOf } from "../results.ts"
import { effortsOf } from "./effort.ts"
import type { LoadedEstate } from "./loaded.ts"
import { estatesFor } from "./visible.ts"
import { obstacleOf, STATES, stateOf } from "./words.ts"

const HEADINGS = [
  "Domain",
  "Import",
  "Id",
  "Name",
  "Kind",
  "File",
  "Line",
  "Class",
  "By hand",
  "State",
  "Output",
  "Factor",
  "Further stateful constructs",
  "Person-days",
  "What stands in the way",
  "Constructs",
  "Text",
  "Read by",
  "Sink",
  "Writes",
  "Reads",
  "Depends on",
  "Differences",
  "Owner",
  "Rows",
  "Run minutes",
] as const

/** Every statement as a row of a table. */
export const downloadStatements = inEngagement(async (visit, on) => {
  const estates = await estatesFor(visit, on)
  const rows = estates.flatMap((estate) =>
    estate.estate.statements.map((statement) =>
      rowOf(visit, estate, statement, effortsOf(visit, estates, estate.domain).effortOf(statement)),
    ),
  )
  return file(visit, "statements.csv", writeCsv([HEADINGS, ...rows]), "text/csv")
})

const rowOf = (
  visit: EngagementVisit,
  estate: LoadedEstate,
  statement: Statement,
  { expected }: EffortRange,
): readonly (string | number)[] => {
  const { verdict, measured } = statement
  return [
    namesOf(visit.stored).domain(estate.domain),
    estate.name,
    statement.id,
    statement.name,
    statement.kind,
    statement.file ?? "",
    statement.line ?? "",
    classOf(statement),
    statement.decision === undefined ? "" : "yes",
    STATES[stateOf(statement)],
    verdict.output,
    verdict.factor ?? "",
    verdict.furtherStateful,
    expected,
    obstacleOf(statement),
    [...new Set(verdict.constructs.map(({ construct }) => constructTable[construct].name))].join("; "),
    statement.textSource,
    verdict.readBy,
    estate.sinks.has(statement.id) ? "yes" : "",
    statement.writes.join("; "),
    statement.reads.join("; "),
    statement.dependsOn.join("; "),
    statement.differences.map(({ kind, relation }) => `${kind}: ${relation}`).join("; "),
    statement.owner ?? "",
    measured?.rows ?? "",
    measured?.runMinutes ?? "",
  ]
}

/** The imports as they are kept, without the texts. */
export const downloadEstate = inEngagement(async (visit, on) => {
  const estates = await estatesFor(visit, on)
  const imports = estates.map(({ domain, name, importedAt, estate }) => ({
    domain,
    name,
    importedAt: new Date(importedAt).toISOString(),
    estate,
  }))
  return file(
    visit,
    "estate.json",
    `${JSON.stringify({ format: "headwater-estates/1", imports }, undefined, 2)}\n`,
    "application/json",
  )
})

/** A text as a file, named after the engagement. */
export const file = (visit: EngagementVisit, name: string, text: string, type: string): Reply => ({
  reply: "file",
  bytes: new TextEncoder().encode(text),
  type: `${type}; charset=utf-8`,
  name: `${visit.stored.engagement.title}-${name}`,
})
