/** Statements as rows of a table. */
import { classOf } from "../../estate/judgement.ts"
import type { Statement } from "../../estate/model.ts"
import type { EngagementVisit } from "../engagement.ts"
import { namesOf } from "../results.ts"
import { effortsOf } from "./effort.ts"
import type { FoundStatement } from "./filter.ts"
import { type LoadedEstate, refOf } from "./loaded.ts"
import { classText } from "../../report/classes.ts"
import { obstacleOf, someOf, STATES, stateOf } from "./words.ts"

/** Each with class, state, output, effort and what stands in its way. */
export const statementRows = (visit: EngagementVisit, estates: readonly LoadedEstate[], found: readonly FoundStatement[]) =>
  found.map(({ estate, statement }) => {
    const effort = effortsOf(visit, estates, estate.domain).effortOf(statement)
    return {
      name: statement.name,
      href: statementHref(visit, estate, statement),
      place: placeOf(statement),
      domain: namesOf(visit.stored).domain(estate.domain),
      class: classText(classOf(statement)),
      tone: classOf(statement),
      byHand: statement.decision !== undefined,
      state: STATES[stateOf(statement)],
      output: statement.verdict.output === "none" ? "–" : statement.verdict.output,
      sink: estate.sinks.has(statement.id),
      effort: effort.expected.toFixed(1),
      obstacle: obstacleOf(statement),
      waitsFor: waitsFor(estate, statement),
    }
  })

export const statementHref = (
  visit: EngagementVisit,
  { id }: Pick<LoadedEstate, "id">,
  statement: Pick<Statement, "id">,
): string => `${visit.home}/estate/statements/${encodeURIComponent(id)}/${refOf(statement.id)}`

/** "models/orders.sql, line 12". */
export const placeOf = ({ file, line }: Statement): string =>
  file === undefined ? "" : line === undefined || line === 1 ? file : `${file}, line ${line}`

/** What it reads that nobody can port yet. */
const waitsFor = ({ byId }: LoadedEstate, { dependsOn }: Statement): string => {
  const blocking = dependsOn.flatMap((id) => {
    const read = byId.get(id)
    return read !== undefined && ["unknown", "code", "P5"].includes(classOf(read)) ? [read.name] : []
  })
  return blocking.length === 0 ? "" : `Reads ${someOf(blocking, 3)}`
}

/** "P4 redesign, stateful, keeps state". */
export const statementText = (statement: Statement): string =>
  `${classText(classOf(statement))}, ${STATES[stateOf(statement)].toLowerCase()}`
