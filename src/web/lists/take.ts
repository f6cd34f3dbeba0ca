import { createHash } from "node:crypto"
import type { Row } from "../../assessment/model.ts"
import type { ChangedRow } from "../../assessment/lists/differences.ts"
import type { RowChange, RowOutcome } from "../../store/store.ts"
import { notFound, redirect, type Reply } from "../respond.ts"
import { closedProblem } from "../saving.ts"
import type { Dependencies, Visit } from "../visit.ts"
import { count } from "../words.ts"
import { type Comparison, compareWithList } from "./comparison.ts"
import type { ListPlace } from "./place.ts"
import { showComparison } from "./preview.ts"
import type { Table } from "./table-form.ts"
import { listHref, longestList } from "./view.ts"

/** Takes a table into the list in one transaction, once it is right or its bad rows are left out on purpose. */
export const takeRows = async (visit: Visit, on: Dependencies, place: ListPlace, table: Table): Promise<Reply> => {
  const found = await compareWithList(visit, on, place, table)
  const show = (target: string, message: string, status?: number): Reply =>
    showComparison(visit, on, place, table, found, [{ target, message }], status)
  if (found.open.length > 0) return showOpen(visit, on, place, table, found)
  if (visit.form["state"] !== found.state) {
    return show("changes", "The list was changed while this page was open. Look at what is different now, then take it", 409)
  }
  const room = longestList - found.total
  if (found.added.length > room) {
    return show("changes", `Add at most ${count(Math.max(room, 0), "row")}: a list holds ${longestList}. Leave out some of yours`)
  }
  const changes = changesOf(visit, found)
  const outcomes = await on.store.saveRows(place.scope, place.domain.id, place.question.id, changes, visit.now)
  const kept = [{ name: "Your table", value: table.text }]
  if (outcomes === undefined) return { ...notFound(), kept }
  const closed = outcomes.find((one) => one.outcome === "closed")
  if (closed?.outcome === "closed") return closedProblem(closed.because, kept)
  return redirect(listHref(place.path, "", tally(changes, outcomes)))
}

const showOpen = (visit: Visit, on: Dependencies, place: ListPlace, table: Table, found: Comparison): Reply => {
  const problems = found.open.slice(0, 10).map(({ number, problems }) => ({
    target: `leave-${number}`,
    message: `Row ${number}, ${problems[0]?.label ?? ""}: correct it in your spreadsheet, or leave the row out`,
  }))
  return showComparison(visit, on, place, table, found, problems)
}

const changesOf = ({ form }: Visit, { added, changed, conflicts, gone, absent, knowsRows }: Comparison): readonly RowChange[] => {
  const isMine = ({ number }: ChangedRow): boolean => form[`mine-${number}`] === "yes"
  const batch = String(form["batch"] ?? "")
  return [
    ...[...changed, ...conflicts.filter(isMine)].map(({ id, cells, revision }) => ({
      id,
      row: { ...cells, id } as Row,
      seen: revision,
    })),
    // What comes back after somebody removed it is a new row: a file must not choose ids.
    ...[...added, ...gone.filter(isMine)].map(({ number, cells }) => {
      const id = newRowId(batch, number)
      return { id, row: { ...cells, id }, seen: 0 }
    }),
    ...(knowsRows && form["remove"] === "yes"
      ? absent.map(({ row, revision }) => ({ id: row.id, row: undefined, seen: revision }))
      : []),
  ]
}

/** The same id for the same row of the same preview, so that a second click cannot add it twice. */
const newRowId = (batch: string, number: number): string =>
  createHash("sha256")
    .update(`${batch}\n${number}`)
    .digest("hex")
    .slice(0, 32)
    .replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5")

const tally = (changes: readonly RowChange[], outcomes: readonly RowOutcome[]): Readonly<Record<string, number>> => {
  const number = (fits: (change: RowChange, outcome: RowOutcome) => boolean): number =>
    changes.filter((change, at) => outcomes[at] !== undefined && fits(change, outcomes[at])).length
  const saved = (outcome: RowOutcome): boolean => outcome.outcome === "saved"
  return {
    added: number(({ row, seen }, outcome) => saved(outcome) && row !== undefined && seen === 0),
    changed: number(({ row, seen }, outcome) => saved(outcome) && row !== undefined && seen > 0),
    taken: number(({ row }, outcome) => saved(outcome) && row === undefined),
    left: number((_change, outcome) => !saved(outcome)),
  }
}
