/** Imports that are put aside until the account that sent them takes them. */
import { deleteEstate } from "./delete-estate.ts"
import { findHeld } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { accountOf, insertHead, insertPart, type StatementPart, statementParts } from "./insert-estate.ts"
import { haveDomains } from "./people.ts"
import type { EngagementScope, EstateImport } from "./store.ts"
import type { Db, Tables } from "./tables.ts"

/** How long an import waits for a word before the next one clears it away. */
const longestWait = 86_400_000

/**
 * Puts an import aside for this account until it is taken. Writes it in parts, so that people's saves get their turn in between: nobody
 * knows of it before it is whole, and a part that a crash leaves is cleared away with the next import.
 */
export const putEstateAside = async (
  engine: Engine,
  scope: EngagementScope,
  wanted: EstateImport,
  now: number,
): Promise<boolean> => {
  if (!(await engine.write((db) => beginWaiting(engine, db, scope, wanted, now)))) return false
  try {
    for (const part of statementParts(scope.engagement, wanted)) {
      if (!(await engine.write((db) => addToWaiting(engine, db, scope, wanted.id, part)))) return false
    }
    return true
  } catch (error) {
    await engine.write((db) => deleteEstate(db, scope.engagement, wanted.id)).catch(() => undefined)
    throw error
  }
}

const beginWaiting = async (
  engine: Engine,
  db: Db,
  scope: EngagementScope,
  wanted: EstateImport,
  now: number,
): Promise<boolean> => {
  if (!(await findHeld(engine, db, scope, "change")) || !(await haveDomains(db, scope.engagement, [wanted.domain]))) return false
  await clearWaiting(db, scope, now)
  await insertHead(db, scope, wanted, now)
  return true
}

/** False once the import does not wait any more: its domain is gone, or the same account sent another one. */
const addToWaiting = async (
  engine: Engine,
  db: Db,
  scope: EngagementScope,
  estate: string,
  part: StatementPart,
): Promise<boolean> => {
  if (!(await findHeld(engine, db, scope, "change")) || !(await findWaiting(db, scope, estate))) return false
  await insertPart(db, part)
  return true
}

/** What waited for the account before, and what nobody came back for. */
const clearWaiting = async (db: Db, { engagement, by }: EngagementScope, now: number): Promise<void> => {
  const account = accountOf(by)
  const waiting = await db
    .selectFrom("estate")
    .select(["id", "account", "imported_at"])
    .where("engagement", "=", engagement)
    .where("state", "=", "waiting")
    .execute()
  for (const one of waiting) {
    if (one.account === account || one.imported_at < now - longestWait) await deleteEstate(db, engagement, one.id)
  }
}

export type WaitingEstate = Pick<Tables["estate"], "id" | "domain" | "name" | "kind" | "statements">

/** The import that waits for this account under this id. */
export const findWaiting = (db: Db, { engagement, by }: EngagementScope, estate: string): Promise<WaitingEstate | undefined> => {
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
