import type { ChangedRow } from "../../assessment/lists/differences.ts"
import { cellText } from "../../assessment/question-types/table.ts"
import { engagementFrame, type EngagementVisit } from "../engagement.ts"
import { longestList } from "../lists/view.ts"
import type { PageProblem } from "../pages.ts"
import { page, type Reply } from "../respond.ts"
import { count } from "../words.ts"
import type { InventoryPlace } from "./inventories.ts"

const rowsShown = 20

/** What an import would add to a list and change in it, before it does. */
export const inventoryPage = (
  visit: EngagementVisit,
  { question, domain, proposal, total, state, path }: InventoryPlace,
  problems: readonly PageProblem[],
  status = 200,
): Reply => {
  const { added, changed, differing, unchanged, notices } = proposal
  const room = Math.max(0, longestList - total)
  const columns = question.columns.filter(({ id }) => added.some(({ cells }) => cells[id] !== undefined)).slice(0, 6)
  const wanted = Math.min(room, added.length) + changed.length
  const back = { href: `${visit.home}/estate`, text: "Estate" }
  return page(
    "estate/inventory",
    engagementFrame(visit, "estate", `Rows for ${question.id}`, { width: "page", problems, back }),
    {
      title: `${question.id} ${question.short}`,
      domain: domain.name,
      unchanged: unchanged === 0 ? "" : `${count(unchanged, "row")} ${unchanged === 1 ? "is" : "are"} as on record.`,
      notices,
      added: {
        title: `${count(added.length, question.item)} to add`,
        columns: columns.map(({ label }) => label),
        rows: added.slice(0, rowsShown).map(({ number, cells }) => ({
          number,
          cells: columns.map((column) => ({ label: column.label, text: cellText(column, cells[column.id]) })),
        })),
        more: added.length > rowsShown ? `And ${count(added.length - rowsShown, "more row", "more rows")}.` : "",
        cut: added.length > room ? `The list has room for ${room} more: only the first ${room} are added.` : "",
      },
      changed: { title: `${count(changed.length, question.item)} to complete`, rows: shown(changed), more: moreText(changed) },
      differing: {
        title: `${count(differing.length, question.item)} that people filled in otherwise`,
        rows: shown(differing),
        more: moreText(differing),
      },
      state,
      list: path,
      action: `${visit.home}/estate/inventories/${encodeURIComponent(domain.id)}/${encodeURIComponent(question.id)}`,
      button: wanted === 0 ? "" : `Take ${count(wanted, "row")}`,
    },
    { status },
  )
}

const shown = (rows: readonly ChangedRow[]) =>
  rows.slice(0, rowsShown).map(({ number, name, differences }) => ({ number, name, differences }))

const moreText = (rows: readonly ChangedRow[]): string => (rows.length > rowsShown ? `And ${rows.length - rowsShown} more.` : "")
