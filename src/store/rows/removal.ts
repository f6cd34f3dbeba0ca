/** Removing a row, and putting it back. */
import type { Row } from "../../assessment/model.ts"
import { findEngagement } from "../access.ts"
import { rowOf } from "../content.ts"
import type { Engine } from "../engine.ts"
import type { EngagementScope, ListOutcome } from "../store.ts"
import type { Db } from "../tables.ts"
import { remember, type RowState, statesOf } from "./history.ts"
import { changeList, isAskedAbout, mayReadLists, nextRevision, type Place, rowsAt } from "./place.ts"
import { deleteRow } from "./save.ts"

/** The inventory stays, so that its rows' revisions go on growing. */
export const removeRow = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: string,
  now: number,
): Promise<ListOutcome> =>
  changeList(engine, scope, domain, now, async (db) => {
    const place = { engagement: scope.engagement, domain, question }
    const current = await rowsAt(db, place)
      .select(["id", "position", "owner", "filled_at"])
      .where("id", "=", row)
      .executeTakeFirst()
    if (current === undefined) return false
    await deleteRow(db, place, row)
    await remember(db, place, scope.by, [{ ...current, content: null }], await nextRevision(db, place), now)
    return true
  })

export const loadRemovedRow = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: string,
): Promise<Row | undefined> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "see")) || !(await mayReadLists(db, scope, domain))) return undefined
    const removed = await findRemoved(db, { engagement: scope.engagement, domain, question }, row)
    return removed && rowOf(removed.content)
  })

export const restoreRow = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: string,
  now: number,
): Promise<ListOutcome> =>
  changeList(engine, scope, domain, now, async (db) => {
    const place = { engagement: scope.engagement, domain, question }
    const removed = await findRemoved(db, place, row)
    if (removed === undefined) return false
    const asked = removed.owner !== null && (await isAskedAbout(db, scope.engagement, removed.owner, domain))
    const state = asked ? removed : { ...removed, owner: null, filled_at: null }
    await makeRoom(db, place, state.position)
    const revision = await nextRevision(db, place)
    await db
      .insertInto("inventory_row")
      .values({ ...place, ...state, revision, saved_at: now })
      .execute()
    await remember(db, place, scope.by, [state], revision, now)
    return true
  })

/** The state of a row before it was removed; `undefined` while it is in the list, or when it never was. */
const findRemoved = async (db: Db, place: Place, row: string): Promise<(RowState & { readonly content: string }) | undefined> => {
  const states = await statesOf(db, place, row).orderBy("revision", "desc").limit(50).execute()
  const [last] = states
  const full = states.find((state) => state.content !== null)
  if (last === undefined || last.content !== null || full === undefined || full.content === null) return undefined
  if (await rowsAt(db, place).select("id").where("id", "=", row).executeTakeFirst()) return undefined
  return { id: row, content: full.content, position: last.position, owner: last.owner, filled_at: last.filled_at }
}

const makeRoom = async (db: Db, place: Place, position: number): Promise<void> => {
  const there = await rowsAt(db, place).select("id").where("position", "=", position).executeTakeFirst()
  if (there === undefined) return
  await db
    .updateTable("inventory_row")
    .set((row) => ({ position: row("position", "+", 1) }))
    .where((row) => row.and({ ...place }))
    .where("position", ">=", position)
    .execute()
}
