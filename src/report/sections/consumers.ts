import { cellText, rowMatches, rowName } from "../../assessment/question-types/table.ts"
import type { Row, TableQuestion } from "../../assessment/model.ts"
import type { Dossier } from "../dossier.ts"
import { duration } from "../wording.ts"

/** A critical consumer whose data is older than the decision can bear. */
export interface WaitingConsumer {
  readonly domain: string
  readonly name: string
  readonly decision: string
  readonly required: string
  readonly actual: string
  readonly cost: string
  /** Actual age as a multiple of the required one. */
  readonly times: number
}

/** Critical consumers that do not get what they need, the worst first. */
export function waitingConsumers(dossier: Dossier): WaitingConsumer[] {
  const { needs } = dossier.questionnaire.scoring
  const question = dossier.question(needs.inventory)
  const test = needs.met.find((predicate) => predicate.atMostColumn !== undefined)
  if (question?.type !== "table" || !test?.atMostColumn) return []
  const columns = { actual: test.column, required: test.atMostColumn }
  return dossier.engagement.inventories
    .filter((inventory) => inventory.question === needs.inventory)
    .flatMap((inventory) => inventory.rows.map((row) => ({ domain: inventory.domain, row })))
    .filter(({ row }) => rowMatches(row, needs.critical, question) && isLate(row, columns))
    .map(({ domain, row }) => describe(dossier, domain, row, question, columns))
    .sort((a, b) => b.times - a.times)
}

function isLate(row: Row, columns: { actual: string; required: string }): boolean {
  const [actual, required] = [row[columns.actual], row[columns.required]]
  return typeof actual === "number" && typeof required === "number" && actual > required
}

function describe(
  dossier: Dossier,
  domain: string,
  row: Row,
  question: TableQuestion,
  columns: { actual: string; required: string },
): WaitingConsumer {
  const text = (id: string): string => {
    const column = question.columns.find((each) => each.id === id)
    return column && row[id] !== undefined ? dossier.anonymous(cellText(column, row[id])) : ""
  }
  return {
    domain,
    name: rowName(question, row),
    decision: text("decision"),
    required: duration(Number(row[columns.required])),
    actual: duration(Number(row[columns.actual])),
    cost: text("cost"),
    times: Number(row[columns.actual]) / Math.max(1, Number(row[columns.required])),
  }
}
