import { sql } from "kysely"
import { StoreRefused } from "../errors.ts"
import type { Db } from "../tables.ts"
import { first } from "./001-first.ts"
import { people } from "./002-people.ts"
import { estate } from "./003-estate.ts"
import { columnTypes } from "./column-types.ts"
import type { ColumnTypes } from "./column-types.ts"

/** One step of the schema, never changed once released. */
export interface Migration {
  readonly name: string
  readonly statements: (types: ColumnTypes) => readonly string[]
}

/** In order; a step's version is its place, from 1. */
export const migrations: readonly Migration[] = [
  { name: "first", statements: first },
  { name: "people", statements: people },
  { name: "estate", statements: estate },
]

/**
 * Brings the database behind `db`, a single connection, to the newest schema, each step in a transaction of its own. Throws `StoreRefused`
 * when a newer program wrote it. `beforeFirst` runs before the first
 * step on a database that has a schema already.
 */
export const migrate = async (
  db: Db,
  engine: "sqlite" | "postgres",
  now: number,
  { steps = migrations, beforeFirst }: { steps?: readonly Migration[]; beforeFirst?: (version: number) => Promise<unknown> } = {},
): Promise<void> => {
  await run(
    db,
    "CREATE TABLE IF NOT EXISTS migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)",
  )
  const version = await schemaVersion(db)
  if (version > steps.length) {
    throw new StoreRefused(
      `The database has schema ${version} and this program knows ${steps.length}: a newer program wrote it. Start that one, or restore a backup made before the update.`,
    )
  }
  if (version > 0 && version < steps.length) await beforeFirst?.(version)
  // A table that is rebuilt would otherwise take its children with it, and inside a transaction this setting cannot change.
  if (engine === "sqlite") await run(db, "PRAGMA foreign_keys=OFF")
  for (const [index, step] of steps.entries()) {
    if (index >= version) await applyStep(db, engine, step, index + 1, now)
  }
  if (engine === "sqlite") await run(db, "PRAGMA foreign_keys=ON")
}

const schemaVersion = async (db: Db): Promise<number> => {
  const last = await db.selectFrom("migration").select("version").orderBy("version", "desc").limit(1).executeTakeFirst()
  return last?.version ?? 0
}

const applyStep = async (db: Db, engine: "sqlite" | "postgres", step: Migration, version: number, now: number): Promise<void> => {
  await run(db, engine === "sqlite" ? "BEGIN IMMEDIATE" : "BEGIN")
  try {
    const before = await rowCounts(db, engine)
    for (const statement of step.statements(columnTypes[engine])) await run(db, statement)
    if (engine === "sqlite") await requireWholeReferences(db, step)
    requireSameRows(before, await rowCounts(db, engine), step)
    await db.insertInto("migration").values({ version, name: step.name, applied_at: now }).execute()
    await run(db, "COMMIT")
  } catch (error) {
    await run(db, "ROLLBACK").catch(() => undefined)
    throw error
  }
}

const requireWholeReferences = async (db: Db, step: Migration): Promise<void> => {
  const { rows } = await sql.raw("SELECT * FROM pragma_foreign_key_check").execute(db)
  if (rows.length > 0) throw new Error(`The migration ${step.name} would leave ${rows.length} rows without what they refer to.`)
}

const tableNames = {
  sqlite: "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'",
  postgres: "SELECT tablename AS name FROM pg_tables WHERE schemaname = current_schema()",
} as const

const rowCounts = async (db: Db, engine: "sqlite" | "postgres"): Promise<ReadonlyMap<string, number>> => {
  const { rows: tables } = await sql.raw<{ name: string }>(tableNames[engine]).execute(db)
  const counts = new Map<string, number>()
  for (const { name } of tables) {
    const { rows } = await sql<{ rows: number }>`SELECT count(*) AS rows FROM ${sql.table(name)}`.execute(db)
    counts.set(name, Number(rows[0]?.rows))
  }
  return counts
}

/** A step may add and drop tables; those that stay keep every row, also when a rebuilt parent could have taken them along. */
const requireSameRows = (before: ReadonlyMap<string, number>, after: ReadonlyMap<string, number>, step: Migration): void => {
  for (const [table, rows] of before) {
    const left = after.get(table) ?? rows
    if (left !== rows) throw new Error(`The migration ${step.name} would leave ${left} of ${rows} rows of ${table}.`)
  }
}

const run = async (db: Db, statement: string): Promise<void> => {
  await sql.raw(statement).execute(db)
}
