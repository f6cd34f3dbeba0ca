import { findEngagement, type FoundEngagement, type Need } from "./access.ts"
import { statement } from "./statement.ts"
import type { EngagementScope } from "./store.ts"
import type { Db } from "./tables.ts"

/**
 * What a database offers to the queries, which are the same for both. A body gets the only connection that it may use, awaits nothing
 * but its own statements and has no effect outside them: it may run again.
 */
export interface Engine {
  readonly kind: "sqlite" | "postgres"
  /** Runs `body` on one consistent state of the database. */
  read<T>(body: (db: Db) => Promise<T>): Promise<T>
  /** Runs `body` as one transaction; resolves after COMMIT only. */
  write<T>(body: (db: Db) => Promise<T>): Promise<T>
  /** After something was erased: leaves nothing of it in the engine's own files, as far as it can. */
  forget?(): Promise<void>
  close(): Promise<void>
}

const moveRevisionOn = statement<{ id: string; now: number }>((db, value) =>
  db
    .updateTable("engagement")
    .set((row) => ({ revision: row("revision", "+", 1), changed_at: value("now") }))
    .where("id", "=", value("id")),
)

/**
 * One whole change to an engagement, alone in it until COMMIT: SQLite has one writer, PostgreSQL locks the engagement's row first.
 * Moves the engagement's revision on when `changed` says that the result is a change. `undefined` when there is no such engagement, when
 * the scope's actor may not do that with it, or when it is not at the revision that the scope asks for.
 */
export const change = <T>(
  engine: Engine,
  scope: EngagementScope,
  now: number,
  body: (db: Db) => Promise<T>,
  changed: (result: T) => boolean,
  need: Need = "change",
): Promise<T | undefined> =>
  engine.write(async (db) => {
    const found = await findHeld(engine, db, scope, need)
    if (found === undefined || (scope.revision ?? found.revision) !== found.revision) return undefined
    const result = await body(db)
    if (changed(result)) requireOne(await moveRevisionOn(db, { id: scope.engagement, now }))
    return result
  })

/** The same for a change that either happens or, for want of what it should change, does not. */
export const changeOrNot = async (
  engine: Engine,
  scope: EngagementScope,
  now: number,
  body: (db: Db) => Promise<boolean>,
  need: Need = "change",
): Promise<boolean> => (await change(engine, scope, now, body, (happened) => happened, need)) ?? false

/**
 * The engagement, held until the end of the transaction. Where that had to wait for another change, PostgreSQL looks at the engagement's row
 * again but at memberships as they were before: so an account's right is looked up once more.
 */
export const findHeld = async (
  engine: Engine,
  db: Db,
  scope: EngagementScope,
  need: Need,
): Promise<FoundEngagement | undefined> => {
  if (engine.kind === "sqlite") return findEngagement(db, scope, need)
  const found = await findEngagement(db, scope, need, true)
  return found && "account" in scope.by ? findEngagement(db, scope, need) : found
}

/** Erases something for good. */
export const erase = async (engine: Engine, erasing: Promise<boolean>): Promise<boolean> => {
  const erased = await erasing
  if (erased) await engine.forget?.()
  return erased
}

/** Throws unless exactly one row was written: a write that touches nothing must never pass for a save. */
export const requireOne = (written: { readonly numAffectedRows?: bigint | undefined }): void => {
  if (written.numAffectedRows !== 1n) throw new Error(`A write touched ${String(written.numAffectedRows)} rows instead of 1.`)
}
