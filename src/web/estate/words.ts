/** Classes, states and readings of statements as pages say them. */
import { constructTable } from "../../estate/construct-table.ts"
import { classOf, isStateful } from "../../estate/judgement.ts"
import type { OriginKind, Statement, StatementClass, Verdict } from "../../estate/model.ts"
import { classLooks } from "../../report/classes.ts"
import { listed } from "../words.ts"

export const isClass = (text: string | undefined): text is StatementClass => text !== undefined && Object.hasOwn(classLooks, text)

export const STATES = { stateful: "Keeps state", stateless: "Keeps no state", unknown: "Not known" } as const
export type StateName = keyof typeof STATES

export const stateOf = (statement: Statement): StateName => {
  const stateful = isStateful(statement)
  return stateful === null ? "unknown" : stateful ? "stateful" : "stateless"
}

export const READINGS: Readonly<Record<Verdict["readBy"], string>> = {
  parser: "Understood in full",
  scanner: "Read word by word",
  none: "Not read",
}

export const TEXT_SOURCES: Readonly<Record<Statement["textSource"], string>> = {
  compiled: "Compiled SQL",
  raw: "Raw SQL",
  none: "No text",
}

export const ORIGINS: Readonly<Record<OriginKind, string>> = {
  "dbt-manifest": "dbt project",
  "sql-files": "SQL files",
  "job-list": "List of jobs",
}

/** What keeps a statement from being ported as it is: its hardest constructs, or why nobody can say. */
export const obstacleOf = (statement: Statement): string => {
  const { verdict, decision } = statement
  if (decision !== undefined) return decision.reason
  const name = classOf(statement)
  if (name === "unknown" || name === "code") return verdict.because ?? ""
  if (name === "P1") return ""
  const hardest = verdict.constructs.filter(({ factor }) => factor === verdict.factor)
  const names = [...new Set(hardest.map(({ construct }) => constructTable[construct].name))]
  return names.length > 3 ? `${names.slice(0, 3).join("; ")}; and ${names.length - 3} more` : names.join("; ")
}

/** "a, b and 12 more". */
export const someOf = (names: readonly string[], most: number): string =>
  names.length <= most ? listed(names) : `${names.slice(0, most).join(", ")} and ${names.length - most} more`
