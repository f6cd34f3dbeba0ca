/** Imports of what runs today: kept, put aside, taken, removed. */
import { note } from "./audit.ts"
import { change, changeOrNot, findHeld } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { accountOf, insertEstate, statementKey } from "./insert-estate.ts"
import { haveDomains } from "./people.ts"
import { insertMany } from "./statement.ts"
import type { EngagementScope, EstateComparison, EstateImport, EstateOutcome } from "./store.ts"
import type { Db, Tables } from "./tables.ts"

/** How long an import waits for a word before the next one clears it away. */
const longestWait = 86_400_000

/** Puts an import aside for this account until it is taken. */
export const putEstateAside = (engine: Engine, scope: EngagementScope, wanted: EstateImport, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    if (!(await findHeld(engine, db, scope, "change")) || !(await haveDomains(db, scope.engagement, [wanted.domain])))
      return false
    await clearWaiting(db, scope, now)
    await insertEstate(db, scope, wanted, now)
    return true
  })

/** What waited for the account before, and what nobody came back for. */
const clearWaiting = async (db: Db, { engagement, by }: EngagementScope, now: number): Promise<void> => {
  const waiting = db.deleteFrom("estate").where("engagement", "=", engagement).where("state", "=", "waiting")
  const account = accountOf(by)
  await waiting.where("account", account === null ? "is" : "=", account).execute()
  await waiting.where("imported_at", "<", now - longestWait).execute()
}

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

type Waiting = Pick<Tables["estate"], "id" | "domain" | "name" | "kind" | "statements">

/** The import that waits for this account under this id. */
export const findWaiting = (db: Db, { engagement, by }: EngagementScope, estate: string): Promise<Waiting | undefined> => {
  const account = accountOf(by)
  return db
    .selectFrom("estate")
    .select(["id", "domain", "name", "kind", "statements"])
    .where("engagement", "=", engagement)
    .where("id", "=", estate)
    .where("state", "=", "waiting")
    .where("account", account === null ? "is" : "=", account)
    .executeTakeFirst()
}

/** Id of the import that one of this domain and name replaces. */
const findEarlier = async (
  db: Db,
  engagement: string,
  { domain, name }: Pick<Waiting, "domain" | "name">,
): Promise<string | undefined> => {
  const found = db.selectFrom("estate").select("id").where("engagement", "=", engagement).where("state", "=", "taken")
  return (await found.where("domain", "=", domain).where("name", "=", name).executeTakeFirst())?.id
}

const putInPlace = async (
  db: Db,
  { engagement, by }: EngagementScope,
  { id, kind, statements }: Waiting,
  earlier: string | undefined,
  moved: EstateComparison["moved"],
  now: number,
): Promise<void> => {
  if (earlier !== undefined) await carryDecisions(db, engagement, earlier, id, moved)
  if (earlier !== undefined)
    await db.deleteFrom("estate").where("engagement", "=", engagement).where("id", "=", earlier).execute()
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

/** Removes an import with its statements and the decisions on them. */
export const removeEstate = async (engine: Engine, scope: EngagementScope, estate: string, now: number): Promise<boolean> => {
  const removed = await change(
    engine,
    scope,
    now,
    async (db) => {
      const found = db.deleteFrom("estate").where("engagement", "=", scope.engagement).where("id", "=", estate)
      const gone = await found.returning("state").executeTakeFirst()
      if (gone?.state === "taken") {
        await note(db, scope.by, { action: "estate.removed", engagement: scope.engagement, subject: estate }, now)
      }
      return gone?.state
    },
    (state) => state === "taken",
  )
  return removed !== undefined
}
