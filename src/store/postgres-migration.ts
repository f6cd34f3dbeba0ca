import { setTimeout as pause } from "node:timers/promises"
import { sql } from "kysely"
import { StoreBusy } from "./errors.ts"
import { migrate } from "./migrations/migrate.ts"
import type { Db } from "./tables.ts"

/** Any number, the same in every instance of the program. */
const migrationLock = 4_155_110_214
const patience = 30_000

/**
 * Migrates while no other instance does. Asks for the lock again and again instead of waiting in the database for it: a session that
 * waits there holds a snapshot, and can block the very index it waits for.
 */
export const migrateAlone = (db: Db, now: number): Promise<void> =>
  db.connection().execute(async (one) => {
    await takeLock(one)
    try {
      await migrate(one, "postgres", now)
    } finally {
      await sql`SELECT pg_advisory_unlock(${migrationLock})`.execute(one)
    }
  })

const takeLock = async (db: Db): Promise<void> => {
  const giveUp = performance.now() + patience
  for (;;) {
    const { rows } = await sql<{ taken: boolean }>`SELECT pg_try_advisory_lock(${migrationLock}) AS taken`.execute(db)
    if (rows[0]?.taken) return
    if (performance.now() >= giveUp)
      throw new StoreBusy("Another instance is still migrating the database. Start again when it is done.")
    await pause(100 + Math.random() * 100)
  }
}
