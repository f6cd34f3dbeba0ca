import { antiJoinRewrites } from "../../estate/anti-join.ts"
import { constructTable } from "../../estate/construct-table.ts"
import { classOf } from "../../estate/judgement.ts"
import type { NodeId, Statement, Verdict } from "../../estate/model.ts"
import { engagementFrame, type EngagementVisit, mayChange } from "../engagement.ts"
import type { PageProblem } from "../pages.ts"
import { page, type Reply } from "../respond.ts"
import { namesOf } from "../results.ts"
import type { Fields } from "../visit.ts"
import { dateText } from "../words.ts"
import { classifyForm } from "./classify-form.ts"
import { effortRange, effortsOf } from "./effort.ts"
import type { LoadedEstate } from "./loaded.ts"
import { placeOf, statementHref } from "./statement-rows.ts"
import { markText } from "./statement-text.ts"
import { notesOn } from "../../estate/notes.ts"
import { portabilityOf } from "../../estate/portability.ts"
import { classText } from "../../report/classes.ts"
import { obstacleOf, READINGS, STATES, stateOf, TEXT_SOURCES } from "./words.ts"

export interface StatementPlace {
  /** All imports of the engagement. */
  readonly estates: readonly LoadedEstate[]
  readonly estate: LoadedEstate
  readonly statement: Statement
  readonly text: string | undefined
}

interface Shown {
  /** As typed. */
  readonly form?: Fields
  readonly problems: readonly PageProblem[]
  /** Somebody else classified it since the form was opened. */
  readonly conflict?: true
}

/** One statement: its text with the constructs marked, what follows from each, effort, lineage, and the form to classify it by hand. */
export const statementPage = (visit: EngagementVisit, place: StatementPlace, { form, problems, conflict }: Shown): Reply => {
  const { estate, statement, text } = place
  const back = { href: `${visit.home}/estate`, text: "Estate" }
  return page(
    "estate/statement",
    engagementFrame(visit, "estate", statement.name, { width: "wide", problems, back }),
    {
      name: statement.name,
      context: contextOf(visit, place),
      description: statement.description ?? "",
      facts: factsOf(visit, place),
      constructs: constructsOf(statement.verdict),
      marked: text === undefined ? undefined : markText(text, statement.verdict.constructs),
      textHref: [statementHref(visit, estate, statement), "text.sql"].join("/"),
      rewrites: rewritesOf(statement.verdict, text),
      notes: notesOn(statement.verdict),
      ...portabilityView(statement),
      upstream: statement.dependsOn.map((id) => nodeOf(visit, estate, id)),
      downstream: (estate.readers.get(statement.id) ?? []).map((id) => nodeOf(visit, estate, id)),
      differences: differencesOf(statement),
      decision: decisionOf(visit, estate, statement),
      mayChange: mayChange(visit),
      conflict: conflict === true,
      action: statementHref(visit, estate, statement),
      ...classifyForm(estate, statement, form ?? {}, problems),
    },
    problems.length === 0 ? {} : { status: conflict ? 409 : 422 },
  )
}

const contextOf = (visit: EngagementVisit, { estate, statement }: StatementPlace): string =>
  [namesOf(visit.stored).domain(estate.domain), estate.name, statement.kind, placeOf(statement)]
    .filter((part) => part !== "")
    .join(" · ")

/** The facts as a list of terms; what is not known is left out. */
const factsOf = (visit: EngagementVisit, { estates, estate, statement }: StatementPlace) => {
  const { verdict, measured, key, owner, tags, materialized, writes } = statement
  const efforts = effortsOf(visit, estates, estate.domain)
  const all: readonly (readonly [term: string, text: string | undefined])[] = [
    ["Class", `${classText(classOf(statement))}${statement.decision === undefined ? "" : ", set by hand"}`],
    ["Why", obstacleOf(statement) || undefined],
    ["State", STATES[stateOf(statement)]],
    ["Output", verdict.output === "none" ? undefined : verdict.output],
    ["Person-days", effortRange(efforts.effortOf(statement))],
    ["How that comes about", efforts.basisOf(statement)],
    ["Sink", estate.sinks.has(statement.id) ? "Yes: consumers read it, or nothing in the estate does" : undefined],
    ["Writes", writes.join(", ") || undefined],
    ["Key", key?.join(", ")],
    ["Materialized", materialized],
    ["Owner", owner],
    ["Tags", tags?.join(", ") || undefined],
    ["Rows", measured?.rows?.toLocaleString("en-GB")],
    ["Run time", measured?.runMinutes === undefined ? undefined : `${Number(measured.runMinutes.toFixed(1))} minutes`],
    ["Runs every", measured?.everyMinutes === undefined ? undefined : `${measured.everyMinutes} minutes`],
    ["The class comes from", `${TEXT_SOURCES[statement.textSource]}. ${READINGS[verdict.readBy]}.`],
  ]
  return all.flatMap(([term, text]) => (text === undefined ? [] : [{ term, text }]))
}

/** Longest text that is read again for its rewrites while somebody waits for the page. */
const longestRewritten = 100_000

const absences = new Set<string>(["anti-join", "not-exists", "not-in", "intersect-except", "join-outer"])

const rewritesOf = ({ constructs }: Verdict, text: string | undefined) =>
  text !== undefined && text.length <= longestRewritten && constructs.some(({ construct }) => absences.has(construct))
    ? antiJoinRewrites({ text }).map(({ warning = "", ...one }) => ({ ...one, warning }))
    : []

const MET = { true: "yes", false: "no", undefined: "not known" } as const

/** The four conditions under which a statement ports as it is. */
const portabilityView = (statement: Statement) => {
  const { portable, conditions } = portabilityOf(statement, { inputsStream: undefined, sinkTakes: undefined })
  return {
    portable: {
      true: "It ports as it is",
      false: "It does not port as it is",
      undefined: "Nothing speaks against porting it as it is yet",
    }[`${portable}`],
    conditions: conditions.map(({ text, met, because }) => ({ text, met: MET[`${met}`], because })),
  }
}

const constructsOf = ({ constructs }: Verdict) =>
  constructs.map(({ construct, line, reason, stateful, factor }, at) => {
    const row = constructTable[construct]
    return {
      number: at + 1,
      name: row.name,
      line,
      reason,
      state: stateful ? `${row.class}; keeps ${row.state}` : row.class,
      output: row.outputNote,
      rewrite: row.rewrite,
      factor,
    }
  })

const nodeOf = (visit: EngagementVisit, estate: LoadedEstate, id: NodeId) => {
  const statement = estate.byId.get(id)
  const source = estate.estate.sources.find((one) => one.id === id)
  return {
    name: estate.names.get(id) ?? id,
    href: statement === undefined ? "" : statementHref(visit, estate, statement),
    note: statement === undefined ? (source?.kind ?? "consumer") : classText(classOf(statement)),
  }
}

const differencesOf = ({ differences }: Statement) =>
  differences.map(({ kind, relation }) =>
    kind === "hard-coded"
      ? `The SQL reads ${relation}, which the lineage does not have: write it as a reference, or the plan misses it.`
      : `The lineage has ${relation}, which the SQL does not show: a macro or a comment makes this edge.`,
  )

const decisionOf = (visit: EngagementVisit, { decisions }: LoadedEstate, { id, verdict }: Statement) => {
  const decision = decisions.get(id)
  if (decision === undefined) return undefined
  const { account } = visit.session
  return {
    class: classText(decision.class),
    reason: decision.reason,
    when: dateText(Date.parse(decision.time)),
    mine: decision.by === account.id,
    found: classText(verdict.class),
    outdated: decision.outdated,
  }
}
