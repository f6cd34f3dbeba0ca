import { coneWalker, sinksOf } from "../estate/graph/cones.ts"
import { constructTable } from "../estate/construct-table.ts"
import { findCycles } from "../estate/graph/cycles.ts"
import { buildGraph } from "../estate/graph/graph.ts"
import { classOf, isStateful } from "../estate/judgement.ts"
import type { Estate, Statement, StatementClass } from "../estate/model.ts"

const classes: Readonly<Record<StatementClass, string>> = {
  P1: "port",
  P2: "adapt",
  P3: "redesign, bounded",
  P4: "redesign, stateful",
  P5: "rebuild or keep in batch",
  code: "not SQL",
  unknown: "to be looked at",
}

/** Most lines of each list. */
const shown = 10

/** An estate on a screen or two: its classes, what is hard, what nobody knows, circles and the largest cones. */
export function estateSummary(estate: Estate): string {
  const { statements, notices } = estate
  const of = (...wanted: readonly StatementClass[]) => statements.filter((each) => wanted.includes(classOf(each)))
  const lines = [
    headLine(estate),
    ...passedOverLine(estate),
    "",
    ...Object.entries(classes).flatMap(([id, name]) => classLine(id, name, of(id as StatementClass).length, statements.length)),
    stateLine(statements),
    ...section("Hard: P5 and P4", [...of("P5"), ...of("P4")].map(hardLine)),
    ...section(
      "Nobody knows yet",
      of("unknown", "code").map((each) => `${placed(each)}: ${each.verdict.because ?? "no text"}`),
    ),
    ...section("Circles", circleLines(estate)),
    ...section("What needs the most: sinks with their cones", coneLines(estate)),
    ...section("SQL and lineage disagree", differenceLines(statements)),
    ...section(
      "Notices",
      notices.map(({ place, line, message }) => `${place}${line === undefined ? "" : `:${line}`}: ${message}`),
    ),
  ]
  return `${lines.join("\n")}\n`
}

function headLine({ origin, statements, sources, consumers }: Estate): string {
  const kind = { "dbt-manifest": "dbt manifest", "sql-files": "SQL files", "job-list": "list of jobs" }[origin.kind]
  const about = [kind, origin.schemaVersion, origin.dialect].filter((part) => part !== undefined).join(", ")
  const counts = [count(statements.length, "statement"), count(sources.length, "source"), count(consumers.length, "consumer")]
  return `${origin.name} (${about}): ${counts.join(", ")}`
}

/** "2 statements". */
export const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`

function passedOverLine({ origin }: Estate): readonly string[] {
  const parts = Object.entries(origin.passedOver).map(([what, number]) => `${what} ${number}`)
  return parts.length === 0 ? [] : [`Passed over: ${parts.join(", ")}`]
}

const classLine = (id: string, name: string, number: number, all: number): readonly string[] =>
  number === 0
    ? []
    : [`  ${id.padEnd(7)}  ${String(number).padStart(6)}  ${String(Math.round((100 * number) / all)).padStart(3)} %  ${name}`]

function stateLine(statements: readonly Statement[]): string {
  const of = (state: boolean | null): number => statements.filter((each) => isStateful(each) === state).length
  return `  ${of(true)} keep state, ${of(false)} keep none, of ${of(null)} nobody knows`
}

/** A heading with numbered lines, ten at most; nothing without lines. */
export function section(title: string, lines: readonly string[]): readonly string[] {
  if (lines.length === 0) return []
  const more = lines.length - shown
  return [
    "",
    title,
    ...lines.slice(0, shown).map((line, at) => `  ${at + 1}. ${line}`),
    ...(more > 0 ? [`  and ${more} more`] : []),
  ]
}

/** "fct_orders (models/fct_orders.sql:12)". */
function placed({ name, file, line }: Statement): string {
  return file === undefined ? name : `${name} (${file}${line === undefined || line === 1 ? "" : `:${line}`})`
}

function hardLine(statement: Statement): string {
  const { constructs, factor } = statement.verdict
  const decisive = constructs.filter((each) => each.factor === factor)
  const names = [...new Set(decisive.map(({ construct }) => constructTable[construct].name))]
  return `${classOf(statement)} ${placed(statement)}: ${names.join("; ")}`
}

function circleLines(estate: Estate): readonly string[] {
  const names = new Map(estate.statements.map(({ id, name }) => [id, name]))
  const nameOf = (id: string): string => names.get(id) ?? id
  return findCycles(graphOf(estate)).map(
    ({ nodes, cut }) =>
      `${nodes.slice(0, 6).map(nameOf).join(", ")}${nodes.length > 6 ? ` and ${nodes.length - 6} more` : ""}; cut ${nameOf(cut.from)} → ${nameOf(cut.to)}: ${cut.because}`,
  )
}

const graphOf = ({ statements, sources }: Estate) =>
  buildGraph([...statements, ...sources.map(({ id }) => ({ id, dependsOn: [] }))])

/** Sinks by the number of statements upstream; walking the cones of more sinks than this would take too long to wait for. */
const mostSinks = 2000

function coneLines(estate: Estate): readonly string[] {
  const graph = graphOf(estate)
  const { statements, consumers } = estate
  const walk = coneWalker(graph)
  const sinks = [
    ...sinksOf(
      graph,
      consumers.flatMap(({ reads }) => reads),
    ),
  ]
    .filter((node) => node < statements.length)
    .slice(0, mostSinks)
  const cones = sinks.map((sink) => {
    const cone = walk(sink)
    const own = cone.filter((node) => node < statements.length).length
    return { name: statements[sink]?.name ?? "", own, sources: cone.length - own }
  })
  return cones
    .filter(({ own }) => own > 1)
    .toSorted((one, other) => other.own - one.own)
    .slice(0, 5)
    .map(({ name, own, sources }) => `${name}: ${count(own, "statement")}, ${count(sources, "source")}`)
}

const differenceLines = (statements: readonly Statement[]): readonly string[] =>
  statements.flatMap((statement) =>
    statement.differences.map(({ kind, relation }) =>
      kind === "hard-coded"
        ? `${placed(statement)} reads ${relation}, which its lineage does not have`
        : `${placed(statement)} does not show ${relation} in its text`,
    ),
  )
