/** Rows of the inventories that an import can fill in: statements, micro-batch jobs, source systems. */
import type { Cell, Column, EvidenceGrade, Row, TableQuestion } from "../../assessment/model.ts"
import { problemWithCell } from "../../assessment/question-types/cells.ts"
import { constructCells } from "./inventory-cells.ts"
import type { Consumer, Estate, NodeId, Source, Statement } from "../model.ts"
import { stableId } from "./stable-id.ts"

export interface ImportedRows {
  readonly rows: readonly Row[]
  readonly evidence: EvidenceGrade
  /** What was left out, and why. */
  readonly notices: readonly string[]
}

/** Ids of the questions that take rows from an import. */
export const importedQuestions = ["SQL-01", "MBT-01", "PRD-06"] as const

/**
 * The rows of an estate for one of those questions, none for another one. Ids stay the same from import to import; cells that the
 * import does not know are blank, and so are those that the question does not have.
 */
export function rowsOf(question: TableQuestion, estate: Estate): ImportedRows {
  const readers = readersOf(estate.consumers)
  const drafts = draftsFor(question.id, estate, readers)
  const known = drafts.map(({ key, cells }) => ({ key, cells: fitting(question, cells) }))
  const whole = known.filter(({ cells }) => question.columns.every(({ id, required }) => !required || cells[id] !== undefined))
  const ids = new Set<string>()
  const rows = whole.slice(0, mostRows).map(({ key, cells }): Row => ({ ...cells, id: stableId("import", key, ids) }))
  return { rows, evidence: "measured", notices: noticesOf(question, estate, whole.length) }
}

/** Most rows of a list that people work on. */
const mostRows = 2000

interface Draft {
  /** What the row is known by from import to import. */
  readonly key: string
  readonly cells: Readonly<Record<string, Cell | undefined>>
}

type Readers = ReadonlyMap<NodeId, readonly string[]>

function draftsFor(question: string, { statements, sources }: Estate, readers: Readers): readonly Draft[] {
  if (question === "SQL-01") return statements.filter(isStored).map((each) => statementDraft(each, readers))
  if (question === "MBT-01") return statements.filter(isMicroBatch).map((each) => jobDraft(each, readers))
  return question === "PRD-06" ? systemDrafts(sources) : []
}

/** Ephemeral models are part of their readers and have no table of their own. */
const isStored = ({ materialized }: Statement): boolean => materialized !== "ephemeral"

/** More often than once a day. */
const isMicroBatch = ({ measured }: Statement): boolean => (measured?.everyMinutes ?? Infinity) < 1440

function statementDraft(statement: Statement, readers: Readers): Draft {
  const { id, name, kind, writes, key, measured } = statement
  const { rows, everyMinutes } = measured ?? {}
  return {
    key: id,
    cells: {
      name: kind === "statement" ? id : name,
      sink: writes.length === 0 ? name : writes.join("; "),
      ...constructCells(statement),
      volume: rows === undefined || !everyMinutes ? undefined : Math.round((rows * 1440) / everyMinutes),
      key: key?.join(", "),
      readers: readers.get(id)?.join("; "),
    },
  }
}

function jobDraft({ id, name, kind, measured, text, verdict }: Statement, readers: Readers): Draft {
  const form = verdict.class === "code" ? "code" : text === undefined ? undefined : "sql"
  return {
    key: id,
    cells: {
      name: kind === "statement" ? id : name,
      interval: measured?.everyMinutes,
      runTime: measured?.runMinutes,
      rows: measured?.rows,
      reader: readers.get(id)?.join("; "),
      form,
    },
  }
}

/** One row for each system; who owns it only where all of its tables have one owner. */
function systemDrafts(sources: readonly Source[]): readonly Draft[] {
  const bySystem = Map.groupBy(sources.filter(namesSystem), ({ system = "" }) => system.toLowerCase())
  return Array.from(bySystem, ([key, tables]) => {
    const owners = new Set(tables.map(({ owner }) => owner))
    return { key, cells: { name: tables[0]?.system, owner: owners.size === 1 ? tables[0]?.owner : undefined } }
  })
}

const namesSystem = ({ kind, system }: Source): boolean => kind !== "seed" && system !== undefined

function readersOf(consumers: readonly Consumer[]): Readers {
  const readers = new Map<NodeId, string[]>()
  for (const { name, reads } of consumers) {
    for (const id of new Set(reads)) readers.set(id, [...(readers.get(id) ?? []), name])
  }
  return readers
}

/** The cells that the question has a column for, and that fit it. */
function fitting(question: TableQuestion, cells: Draft["cells"]): Readonly<Record<string, Cell>> {
  return Object.fromEntries(
    question.columns.flatMap((column) => {
      const given = cells[column.id]
      const cell = typeof given === "string" ? shortened(given) : Array.isArray(given) ? inOrder(column, given) : given
      return cell === undefined || cell === "" || problemWithCell(column, cell) !== undefined ? [] : [[column.id, cell]]
    }),
  )
}

/** As a form gives them, so that the same options are no difference. */
const inOrder = ({ options = [] }: Column, given: readonly string[]): readonly string[] =>
  options.map(({ id }) => id).filter((id) => given.includes(id))

const longestCell = 1000

const shortened = (text: string): string => {
  const plain = text.toWellFormed().replaceAll("\0", "").trim()
  return plain.length > longestCell ? `${plain.slice(0, longestCell - 1).toWellFormed()}…` : plain
}

function noticesOf(question: TableQuestion, { sources }: Estate, found: number): readonly string[] {
  const nameless = question.id === "PRD-06" ? sources.filter((each) => each.kind !== "seed" && !namesSystem(each)).length : 0
  return [
    ...(found > mostRows ? [`Only the first ${mostRows} of ${found} rows are taken: a list holds no more`] : []),
    ...(nameless > 0
      ? [`${nameless === 1 ? "1 table is" : `${nameless} tables are`} left out, where the import does not say the system`]
      : []),
  ]
}
