import Database from "better-sqlite3"
import { Kysely, SqliteDialect } from "kysely"
import { StoreRefused } from "./errors.ts"
import { privateFile } from "./sqlite-folder.ts"
import type { Db, Tables } from "./tables.ts"

/** Older releases can corrupt a database in WAL mode when two connections write and checkpoint at once. */
const leastVersion = "3.51.3"

/** What each connection sets and must read back. `synchronous` 2 is FULL: better-sqlite3 is built with NORMAL, which loses saves in a power cut. */
const pragmas: Readonly<Record<string, { readonly set: string; readonly read: string | number }>> = {
  journal_mode: { set: "WAL", read: "wal" },
  synchronous: { set: "FULL", read: 2 },
  foreign_keys: { set: "ON", read: 1 },
  mmap_size: { set: "0", read: 0 },
  // What is erased is overwritten, not only left unused in the file.
  secure_delete: { set: "ON", read: 1 },
  trusted_schema: { set: "OFF", read: 0 },
  cell_size_check: { set: "ON", read: 1 },
  journal_size_limit: { set: "67108864", read: 67_108_864 },
}

/**
 * One connection that writes and one that only reads. In WAL mode the reader neither waits for an open group of writes nor sees what is
 * not committed, and it cannot write by mistake.
 */
export interface SqliteConnections {
  readonly writer: Database.Database
  readonly reader: Database.Database
}

/** Opens `file`, creating it readable by its owner alone. Locks held by others stop the event loop for 50 ms at most. */
export const connectSqlite = (file: string): SqliteConnections => {
  privateFile(file)
  const writer = new Database(file, { timeout: 50 })
  try {
    setPragmas(writer)
    const reader = new Database(file, { timeout: 50, readonly: true })
    setPragmas(reader)
    return { writer, reader }
  } catch (error) {
    writer.close()
    throw error
  }
}

const setPragmas = (connection: Database.Database): void => {
  for (const [name, { set }] of Object.entries(pragmas)) {
    if (!(connection.readonly && name === "journal_mode")) connection.pragma(`${name}=${set}`)
  }
}

/** Throws `StoreRefused` when a setting on which durability rests did not take, or SQLite is too old. */
export const requirePragmas = (connection: Database.Database): void => {
  for (const [name, { read }] of Object.entries(pragmas)) {
    const found = connection.pragma(name, { simple: true })
    if (found !== read) {
      throw new StoreRefused(
        `SQLite's ${name} is ${String(found)} and must be ${read}. Saves would not be safe; the program does not start.`,
      )
    }
  }
  const { version } = connection.prepare<[], { version: string }>("SELECT sqlite_version() AS version").get() ?? { version: "0" }
  if (isOlder(version, leastVersion)) {
    throw new StoreRefused(`SQLite is ${version} and must be ${leastVersion} or newer. Run npm ci to get the right one.`)
  }
}

const isOlder = (version: string, least: string): boolean => {
  const [have, want] = [version, least].map((text) => text.split(".").map(Number))
  const at = want?.findIndex((part, index) => part !== (have?.[index] ?? 0)) ?? -1
  return at >= 0 && (have?.[at] ?? 0) < (want?.[at] ?? 0)
}

/** Kysely on a connection, each statement prepared once: preparing costs more than running most of them. */
export const kyselyOver = (connection: Database.Database): Db => {
  const prepared = new Map<string, Database.Statement>()
  const prepare = (sql: string): Database.Statement => {
    const known = prepared.get(sql) ?? connection.prepare(sql)
    if (prepared.size >= 500) prepared.clear()
    prepared.set(sql, known)
    return known
  }
  const database = { prepare, close: () => connection.close() }
  return new Kysely<Tables>({ dialect: new SqliteDialect({ database }) })
}
