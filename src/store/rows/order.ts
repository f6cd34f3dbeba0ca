import { requireOne } from "../engine.ts"
import type { Engine } from "../engine.ts"
import type { EngagementScope, ListOutcome, RowPlace } from "../store.ts"
import type { Db } from "../tables.ts"
import { remember } from "./history.ts"
import { changeList, nextRevision, type Place, rowsAt } from "./place.ts"

/** Moves a row relative to the others as they stand now, so that two people who move at once both get what they asked for. */
export const moveRow = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: string,
  to: RowPlace,
  now: number,
): Promise<ListOutcome> =>
  changeList(engine, scope, domain, now, async (db) => {
    const place = { engagement: scope.engagement, domain, question }
    const rows = await rowsAt(db, place).select(["id", "position"]).orderBy("position").orderBy("id").execute()
    const from = rows.findIndex(({ id }) => id === row)
    const goal = goalOf(
      rows.map(({ id }) => id),
      from,
      to,
    )
    if (goal === undefined || goal === from) return false
    await shift(db, place, rows[from]?.position ?? 0, rows[goal]?.position ?? 0)
    const position = rows[goal]?.position ?? 0
    const moved = await db
      .updateTable("inventory_row")
      .set({ position })
      .where((one) => one.and({ ...place, id: row }))
      .returning(["id", "position", "content", "owner", "filled_at"])
      .execute()
    requireOne({ numAffectedRows: BigInt(moved.length) })
    await remember(db, place, scope.by, moved, await nextRevision(db, place), now)
    return true
  })

/** Index that the row at `from` shall have; `undefined` when it, or the one beside which it shall stand, is not there. */
const goalOf = (ids: readonly string[], from: number, to: RowPlace): number | undefined => {
  if (from < 0) return undefined
  if ("place" in to) return Math.min(Math.max(Math.trunc(to.place) - 1, 0), ids.length - 1)
  const beside = ids.indexOf("before" in to ? to.before : to.after)
  if (beside < 0 || beside === from) return undefined
  if ("before" in to) return beside > from ? beside - 1 : beside
  return beside > from ? beside : beside + 1
}

/** Closes the gap that a row leaves at `from` and opens one at `goal`. */
const shift = async (db: Db, place: Place, from: number, goal: number): Promise<void> => {
  const up = goal < from
  const rows = db
    .updateTable("inventory_row")
    .set((row) => ({ position: up ? row("position", "+", 1) : row("position", "-", 1) }))
    .where((row) => row.and({ ...place }))
  await (
    up
      ? rows.where("position", ">=", goal).where("position", "<", from)
      : rows.where("position", ">", from).where("position", "<=", goal)
  ).execute()
}
