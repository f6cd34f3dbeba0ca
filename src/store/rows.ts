import type { Inventory, Row } from "../assessment/model.ts"
import { rowOf, rowText } from "./content.ts"
import { findEngagement } from "./access.ts"
import { change, changeOrNot, requireOne } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { haveDomains } from "./people.ts"
import { insertMany } from "./statement.ts"
import type { EngagementScope, RowOutcome, StoredRow } from "./store.ts"
import type { Db } from "./tables.ts"

/** Which inventory: the columns that its rows share. */
interface Place {
  readonly engagement: string
  readonly domain: string
  readonly question: string
}

export const loadRows = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
): Promise<readonly StoredRow[]> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "see"))) return []
    const place = { engagement: scope.engagement, domain, question }
    const rows = await rowsAt(db, place).select(["content", "revision", "saved_at"]).orderBy("position").orderBy("id").execute()
    return rows.map((row) => ({ row: rowOf(row.content), revision: row.revision, savedAt: row.saved_at }))
  })

/** Adds (`seen` 0) or changes a row; `undefined` when the domain is not there. */
export const saveRow = async (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: Row,
  seen: number,
  now: number,
): Promise<RowOutcome | undefined> => {
  const place = { engagement: scope.engagement, domain, question }
  const result = await change(
    engine,
    scope,
    now,
    async (db) => ((await haveDomains(db, place.engagement, [place.domain])) ? putRow(db, place, row, seen, now) : undefined),
    (saved) => saved?.written ?? false,
    "answer",
  )
  return result?.outcome
}

const putRow = async (
  db: Db,
  place: Place,
  row: Row,
  seen: number,
  now: number,
): Promise<{ outcome: RowOutcome; written: boolean }> => {
  const content = rowText(row)
  const current = await rowsAt(db, place).select(["content", "revision"]).where("id", "=", row.id).executeTakeFirst()
  if (current?.content === content) return { outcome: { outcome: "saved", revision: current.revision }, written: false }
  if ((current?.revision ?? 0) !== seen) {
    const known = current ? rowOf(current.content) : undefined
    return { outcome: { outcome: "conflict", current: known, revision: current?.revision ?? 0 }, written: false }
  }
  const revision = await nextRevision(db, place)
  const values = { content, revision, saved_at: now }
  if (current) {
    const update = db
      .updateTable("inventory_row")
      .set(values)
      .where((row) => row.and({ ...place }))
      .where("id", "=", row.id)
    requireOne({ numAffectedRows: (await update.executeTakeFirst()).numUpdatedRows })
  } else {
    const last = await rowsAt(db, place).select("position").orderBy("position", "desc").limit(1).executeTakeFirst()
    await db
      .insertInto("inventory_row")
      .values({ ...place, id: row.id, position: (last?.position ?? 0) + 1, owner: null, ...values })
      .execute()
  }
  return { outcome: { outcome: "saved", revision }, written: true }
}

/** The inventory of a first row comes with it; a row takes back that there are none. */
const nextRevision = async (db: Db, place: Place): Promise<number> => {
  const { revision } = await db
    .insertInto("inventory")
    .values({ ...place, evidence: null, stated_none: 0, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(["engagement", "domain", "question"])
        .doUpdateSet((row) => ({ stated_none: 0, revision: row("inventory.revision", "+", 1) })),
    )
    .returning("revision")
    .executeTakeFirstOrThrow()
  return revision
}

/** False when there is no such row. The inventory stays, so that its rows' revisions go on growing. */
export const removeRow = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  row: string,
  now: number,
): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const done = await db
        .deleteFrom("inventory_row")
        .where((one) => one.and({ engagement: scope.engagement, domain, question, id: row }))
        .executeTakeFirst()
      return done.numDeletedRows === 1n
    },
    "answer",
  )

/** False when the domain is not there, or when there are rows and `none` says that there are none. */
export const stateNone = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  none: boolean,
  now: number,
): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const place = { engagement: scope.engagement, domain, question }
      if (!(await haveDomains(db, place.engagement, [place.domain]))) return false
      if (none && (await rowsAt(db, place).select("id").limit(1).executeTakeFirst())) return false
      await putInventory(db, place, { stated_none: none ? 1 : 0 })
      return true
    },
    "answer",
  )

/** Puts these rows in the place of all that were there; none of them says that there are none. */
export const replaceInventory = (engine: Engine, scope: EngagementScope, inventory: Inventory, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const place = { engagement: scope.engagement, domain: inventory.domain, question: inventory.question }
    if (!(await haveDomains(db, place.engagement, [place.domain]))) return false
    const revision = await nextRevision(db, place)
    await putInventory(db, place, { evidence: inventory.evidence ?? null, stated_none: inventory.rows.length === 0 ? 1 : 0 })
    await db
      .deleteFrom("inventory_row")
      .where((row) => row.and({ ...place }))
      .execute()
    await addRows(db, place, inventory.rows, revision, now)
    return true
  })

/** Adds rows in their order. */
export const addRows = (db: Db, place: Place, rows: readonly Row[], revision: number, now: number): Promise<void> =>
  insertMany(
    db,
    "inventory_row",
    rows.map((row, index) => ({
      ...place,
      id: row.id,
      position: index + 1,
      content: rowText(row),
      revision,
      saved_at: now,
      owner: null,
    })),
  )

const putInventory = async (db: Db, place: Place, values: { evidence?: string | null; stated_none: number }): Promise<void> => {
  await db
    .insertInto("inventory")
    .values({ ...place, evidence: null, revision: 0, ...values })
    .onConflict((conflict) => conflict.columns(["engagement", "domain", "question"]).doUpdateSet(values))
    .execute()
}

const rowsAt = (db: Db, place: Place) => db.selectFrom("inventory_row").where((row) => row.and({ ...place }))
