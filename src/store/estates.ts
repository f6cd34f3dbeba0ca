/** Imports of what runs today: taken, kept, removed. */
import { note } from "./audit.ts"
import { deleteEstate } from "./delete-estate.ts"
import { change, changeOrNot, erase } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { insertEstate, statementKey } from "./insert-estate.ts"
import { haveDomains } from "./people.ts"
import { insertMany } from "./statement.ts"
import type { EngagementScope, EstateComparison, EstateImport, EstateOutcome } from "./store.ts"
import type { Db } from "./tables.ts"
import { findWaiting, type WaitingEstate } from "./waiting-estates.ts"

/** Takes what waits in the place of the import that it was compared with. */
export const takeEstate = async (
  engine: Engine,
  scope: EngagementScope,
  estate: string,
  { replaces, moved }: EstateComparison,
  now: number,
): Promise<EstateOutcome> =>
  (await change<EstateOutcome>(
    engine,
    scope,
    now,
    async (db) => {
      const waiting = await findWaiting(db, scope, estate)
      if (waiting === undefined) return "gone"
      const earlier = await findEarlier(db, scope.engagement, waiting)
      if (earlier !== replaces) return "moved on"
      await putInPlace(db, scope, waiting, earlier, moved, now)
      return "taken"
    },
    (outcome) => outcome === "taken",
  )) ?? "gone"

/** Id of the import that one of this domain and name replaces. */
const findEarlier = async (
  db: Db,
  engagement: string,
  { domain, name }: Pick<WaitingEstate, "domain" | "name">,
): Promise<string | undefined> => {
  const found = db.selectFrom("estate").select("id").where("engagement", "=", engagement).where("state", "=", "taken")
  return (await found.where("domain", "=", domain).where("name", "=", name).executeTakeFirst())?.id
}

const putInPlace = async (
  db: Db,
  { engagement, by }: EngagementScope,
  { id, kind, statements }: WaitingEstate,
  earlier: string | undefined,
  moved: EstateComparison["moved"],
  now: number,
): Promise<void> => {
  if (earlier !== undefined) {
    await carryDecisions(db, engagement, earlier, id, moved)
    await deleteEstate(db, engagement, earlier)
  }
  await db
    .updateTable("estate")
    .set({ state: "taken", imported_at: now, upload: null })
    .where("engagement", "=", engagement)
    .where("id", "=", id)
    .execute()
  const detail = { kind, statements, again: earlier !== undefined }
  await note(db, by, { action: "estate.imported", engagement, subject: id, detail }, now)
}

/** Also decisions on statements that are gone stay: they may come back. */
const carryDecisions = async (
  db: Db,
  engagement: string,
  from: string,
  to: string,
  moved: EstateComparison["moved"],
): Promise<void> => {
  const newKeys = new Map(moved.map((one) => [statementKey(one.from), statementKey(one.to)]))
  const taken = new Set(newKeys.values())
  const decided = await db
    .selectFrom("estate_decision")
    .selectAll()
    .where("engagement", "=", engagement)
    .where("estate", "=", from)
    .execute()
  const kept = decided.filter(({ key }) => newKeys.has(key) || !taken.has(key))
  await insertMany(
    db,
    "estate_decision",
    kept.map((one) => ({ ...one, estate: to, key: newKeys.get(one.key) ?? one.key })),
  )
}

/** Puts aside and takes at once. */
export const saveEstate = (engine: Engine, scope: EngagementScope, wanted: EstateImport, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    if (!(await haveDomains(db, scope.engagement, [wanted.domain]))) return false
    await insertEstate(db, scope, wanted, now)
    const { id, domain, name, estate } = wanted
    const taken = { id, domain, name, kind: estate.origin.kind, statements: estate.statements.length }
    await putInPlace(db, scope, taken, await findEarlier(db, scope.engagement, wanted), [], now)
    return true
  })

/** Removes an import with its statements and the decisions on them; nothing of their texts stays. */
export const removeEstate = (engine: Engine, scope: EngagementScope, estate: string, now: number): Promise<boolean> =>
  erase(engine, removeWhole(engine, scope, estate, now))

const removeWhole = async (engine: Engine, scope: EngagementScope, estate: string, now: number): Promise<boolean> => {
  const removed = await change(
    engine,
    scope,
    now,
    async (db) => {
      const { engagement, by } = scope
      const found = db.selectFrom("estate").select("state").where("engagement", "=", engagement).where("id", "=", estate)
      const state = (await found.executeTakeFirst())?.state
      if (state === undefined) return undefined
      await deleteEstate(db, engagement, estate)
      if (state === "taken") await note(db, by, { action: "estate.removed", engagement, subject: estate }, now)
      return state
    },
    (state) => state === "taken",
  )
  return removed !== undefined
}
