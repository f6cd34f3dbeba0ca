import { join } from "node:path"
import Database from "better-sqlite3"
import type { Engine } from "./engine.ts"
import { StoreRefused } from "./errors.ts"
import { migrate } from "./migrations/migrate.ts"
import { backUp } from "./sqlite-backup.ts"
import { connectSqlite, kyselyOver, requirePragmas } from "./sqlite-connections.ts"
import type { SqliteConnections } from "./sqlite-connections.ts"
import { prepareFolder } from "./sqlite-folder.ts"
import { lockFolder } from "./sqlite-lock.ts"
import { storeOver } from "./store-over.ts"
import type { Store } from "./store.ts"
import { createWriteQueue, inOurWords, whenFree } from "./write-queue.ts"

export interface SqliteOptions {
  readonly folder: string
  readonly now: number
  /** Free bytes that the disk must have, 200 MB when absent. */
  readonly leastFree?: number
}

/**
 * Opens the database in `folder`, creating and migrating it. Throws `StoreRefused`, with what to do, when the folder cannot be used,
 * another process has it, the database is of a newer program, or a setting on which durability rests does not take.
 */
export const openSqlite = async ({ folder, now, leastFree }: SqliteOptions): Promise<Store> => {
  prepareFolder(folder, leastFree)
  const unlock = lockFolder(folder, now)
  const file = join(folder, "headwater.sqlite")
  try {
    const store = await sqliteStore(connectSqlite(file), now)
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
export const sqliteStore = async (connections: SqliteConnections, now: number): Promise<Store> => {
  try {
    const { writer } = connections
    const beforeFirst = (version: number) => backUp(writer, `${writer.name}.before-schema-${version + 1}`)
    await migrate(kyselyOver(writer), "sqlite", now, { beforeFirst })
    const store = storeOver(sqliteEngine(connections))
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
