import type { Inventory, Row } from "../../assessment/model.ts"
import { rowText } from "../content.ts"
import { changeOrNot } from "../engine.ts"
import type { Engine } from "../engine.ts"
import { haveDomains } from "../people.ts"
import { insertMany } from "../statement.ts"
import type { Actor, EngagementScope, ListOutcome } from "../store.ts"
import type { Db } from "../tables.ts"
import { remember, type RowState } from "./history.ts"
import { changeList, nextRevision, type Place, rowsAt } from "./place.ts"

/** `unchanged` when there are rows and `none` says that there are none. */
export const stateNone = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  none: boolean,
  now: number,
): Promise<ListOutcome> =>
  changeList(engine, scope, domain, now, async (db) => {
    const place = { engagement: scope.engagement, domain, question }
    if (none && (await rowsAt(db, place).select("id").limit(1).executeTakeFirst())) return false
    await putInventory(db, place, { stated_none: none ? 1 : 0 })
    return true
  })

/** Puts these rows in the place of all that were there; none of them says that there are none. */
export const replaceInventory = (engine: Engine, scope: EngagementScope, inventory: Inventory, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const place = { engagement: scope.engagement, domain: inventory.domain, question: inventory.question }
    if (!(await haveDomains(db, place.engagement, [place.domain]))) return false
    const revision = await nextRevision(db, place)
    await putInventory(db, place, { evidence: inventory.evidence ?? null, stated_none: inventory.rows.length === 0 ? 1 : 0 })
    const removed = await removeAllBut(db, place, new Set(inventory.rows.map(({ id }) => id)))
    await remember(db, place, scope.by, removed, revision, now)
    await addRows(db, place, scope.by, inventory.rows, revision, now)
    return true
  })

/** Empties the list; gives the last states of those rows that do not come back. */
const removeAllBut = async (db: Db, place: Place, coming: ReadonlySet<string>): Promise<readonly RowState[]> => {
  const rows = await rowsAt(db, place).select(["id", "position", "owner", "filled_at"]).execute()
  await db
    .deleteFrom("inventory_row")
    .where((row) => row.and({ ...place }))
    .execute()
  return rows.filter(({ id }) => !coming.has(id)).map((row) => ({ ...row, content: null }))
}

/** Adds rows in their order. */
export const addRows = async (
  db: Db,
  place: Place,
  by: Actor | undefined,
  rows: readonly Row[],
  revision: number,
  now: number,
): Promise<void> => {
  const states = rows.map((row, index) => ({
    id: row.id,
    position: index + 1,
    content: rowText(row),
    owner: null,
    filled_at: null,
  }))
  await insertMany(
    db,
    "inventory_row",
    states.map((state) => ({ ...place, ...state, revision, saved_at: now })),
  )
  await remember(db, place, by, states, revision, now)
}

const putInventory = async (db: Db, place: Place, values: { evidence?: string | null; stated_none: number }): Promise<void> => {
  await db
    .insertInto("inventory")
    .values({ ...place, evidence: null, revision: 0, ...values })
    .onConflict((conflict) => conflict.columns(["engagement", "domain", "question"]).doUpdateSet(values))
    .execute()
}
