import { join } from "node:path"
import Database from "better-sqlite3"
import type { Engine } from "./engine.ts"
import { StoreRefused } from "./errors.ts"
import { takeNoted } from "./audit.ts"
import { ledgerName, openLedger } from "./ledger.ts"
import { migrate } from "./migrations/migrate.ts"
import { backUp } from "./sqlite-backup.ts"
import { connectSqlite, kyselyOver, requirePragmas } from "./sqlite-connections.ts"
import type { SqliteConnections } from "./sqlite-connections.ts"
import { createFolder, databaseName, prepareFolder } from "./sqlite-folder.ts"
import { lockFolder } from "./sqlite-lock.ts"
import { storeOver } from "./store-over.ts"
import type { Store } from "./store.ts"
import { createWriteQueue, inOurWords, whenFree } from "./write-queue.ts"

export interface SqliteOptions {
  readonly folder: string
  readonly now: number
  /** Free bytes that the disk must have, 200 MB when absent. */
  readonly leastFree?: number
  /** A second folder for the ledger of what was ended for good: where the backups are. */
  readonly backupFolder?: string
  /** Told that the ledger could not be written. */
  readonly onLedgerBehind?: (problem: Error) => void
}

interface LedgerPlace {
  readonly files: readonly string[]
  readonly onBehind?: (problem: Error) => void
}

/**
 * Opens the database in `folder`, creating and migrating it. Throws `StoreRefused`, with what to do, when the folder cannot be used,
 * another process has it, the database is of a newer program, or a setting on which durability rests does not take.
 */
export const openSqlite = async ({ folder, now, leastFree, backupFolder, onLedgerBehind }: SqliteOptions): Promise<Store> => {
  prepareFolder(folder, leastFree)
  const unlock = lockFolder(folder, now)
  const file = join(folder, databaseName)
  if (backupFolder !== undefined) createFolder(backupFolder)
  const files = [folder, ...(backupFolder === undefined ? [] : [backupFolder])].map((place) => join(place, ledgerName))
  try {
    const store = await sqliteStore(connectSqlite(file), now, { files, ...(onLedgerBehind && { onBehind: onLedgerBehind }) })
    return {
      ...store,
      close: async () => {
        await store.close()
        unlock()
      },
    }
  } catch (error) {
    unlock()
    throw unusable(error, file)
  }
}

const unusable = (error: unknown, file: string): unknown => {
  const code = error instanceof Database.SqliteError ? error.code : ""
  if (code.startsWith("SQLITE_READONLY")) {
    return new StoreRefused(`The database ${file} cannot be written. Give its owner write access to it.`, { cause: error })
  }
  if (code === "SQLITE_NOTADB" || code.startsWith("SQLITE_CORRUPT")) {
    return new StoreRefused(`The file ${file} is not a sound database. Move it away and restore a backup.`, { cause: error })
  }
  return inOurWords(error)
}

/** The store over two open connections: migrated, written, read, and only then are the settings read back. */
export const sqliteStore = async (connections: SqliteConnections, now: number, ledger?: LedgerPlace): Promise<Store> => {
  try {
    const { name } = connections.writer
    const beforeFirst = (version: number) => backUp(name, `${name}.before-schema-${version + 1}`, { now })
    await migrate(kyselyOver(connections.writer), "sqlite", now, { beforeFirst })
    const engine = sqliteEngine(connections)
    const store = storeOver(ledger === undefined ? engine : await withLedger(engine, ledger))
    await store.probe(now)
    requirePragmas(connections.writer)
    requirePragmas(connections.reader)
    return store
  } catch (error) {
    connections.reader.close()
    connections.writer.close()
    throw error
  }
}

/** Milliseconds until a ledger that could not be written is tried again, with whatever change comes then. */
const ledgerPatience = 10_000

/** Each change that ended something for good is acknowledged after the ledger has it; what cannot be written there is told and caught up. */
const withLedger = async (engine: Engine, { files, onBehind = () => undefined }: LedgerPlace): Promise<Engine> => {
  const ledger = openLedger((body) => engine.read(body), files)
  let tryAgainAt = Number.POSITIVE_INFINITY
  const follow = async (): Promise<void> => {
    const problem = await ledger.follow()
    tryAgainAt = problem === undefined ? Number.POSITIVE_INFINITY : performance.now() + ledgerPatience
    if (problem !== undefined) onBehind(problem)
  }
  await follow()
  return {
    ...engine,
    write: async (body) => {
      let noted = false
      const result = await engine.write(async (db) => {
        const value = await body(db)
        noted = takeNoted(db)
        return value
      })
      if (noted || performance.now() >= tryAgainAt) await follow()
      return result
    },
  }
}

const sqliteEngine = ({ writer, reader }: SqliteConnections): Engine => {
  const queue = createWriteQueue(writer, kyselyOver(writer))
  const readDb = kyselyOver(reader)
  let lastRead: Promise<unknown> = Promise.resolve()

  const readNow: Engine["read"] = async (body) => {
    await whenFree(() => reader.exec("BEGIN"))
    try {
      return await body(readDb)
    } catch (error) {
      throw inOurWords(error)
    } finally {
      if (reader.inTransaction) reader.exec("COMMIT")
    }
  }

  return {
    kind: "sqlite",
    // One at a time: two reads on one connection would share a transaction, and the second would see the first one's past.
    read: (body) => {
      const result = lastRead.then(() => readNow(body))
      lastRead = result.catch(() => undefined)
      return result
    },
    write: (body) => queue.write(body),
    // The write-ahead log still holds what was deleted. Where somebody reads or writes just now, the next checkpoint does it.
    forget: async () => {
      await lastRead
      if (!writer.inTransaction && !reader.inTransaction) writer.pragma("wal_checkpoint(TRUNCATE)")
    },
    close: async () => {
      await queue.finish()
      await lastRead
      reader.close()
      writer.pragma("wal_checkpoint(TRUNCATE)")
      writer.close()
    },
  }
}
