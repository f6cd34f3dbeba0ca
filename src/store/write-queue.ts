import { setImmediate as nextTurn, setTimeout as pause } from "node:timers/promises"
import Database from "better-sqlite3"
import { StoreBusy, StoreFull, StoreUnwritable } from "./errors.ts"
import type { Db } from "./tables.ts"

/** The most changes that share one COMMIT: some milliseconds of work, so that reading is not held up. */
const mostPerGroup = 256
/** How long a change waits, in milliseconds, for another process to let go of the database. */
const patience = 2_000

type Body<T> = (db: Db) => Promise<T>

interface Item {
  readonly body: Body<unknown>
  readonly resolve: (value: unknown) => void
  readonly reject: (error: unknown) => void
}

export interface WriteQueue {
  /** Runs `body` in a transaction; resolves after COMMIT, rejects when nothing of it was kept. */
  write<T>(body: Body<T>): Promise<T>
  /** Takes no more changes and waits until those in the queue are settled. */
  finish(): Promise<void>
}

/**
 * The one writer. The wait for the disk is the whole cost of a durable change, so all changes that arrive in one turn of the event loop
 * share one BEGIN IMMEDIATE … COMMIT, each behind a savepoint: one that fails takes no other with it. None is acknowledged before COMMIT.
 */
export const createWriteQueue = (sqlite: Database.Database, db: Db): WriteQueue => {
  const waiting: Item[] = []
  let draining: Promise<void> | undefined
  let finished = false

  const drain = async (): Promise<void> => {
    while (waiting.length > 0) {
      await nextTurn()
      const group = waiting.splice(0, mostPerGroup)
      const again = await commitTogether(sqlite, db, group).catch((error: unknown) => {
        for (const item of group) item.reject(error)
        return []
      })
      waiting.unshift(...again)
    }
    draining = undefined
  }

  const write = <T>(body: Body<T>): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (finished) return reject(new Error("The store is closed."))
      waiting.push({ body, resolve: resolve as (value: unknown) => void, reject })
      draining ??= drain()
    })

  const finish = async (): Promise<void> => {
    finished = true
    await draining
  }

  return { write, finish }
}

/** Gives the items to run again: the neighbours of one whose failure made SQLite give up the whole transaction. */
const commitTogether = async (sqlite: Database.Database, db: Db, group: readonly Item[]): Promise<readonly Item[]> => {
  await whenFree(() => sqlite.exec("BEGIN IMMEDIATE"))
  const settle: (() => void)[] = []
  for (const item of group) {
    try {
      const value = await behindSavepoint(sqlite, () => item.body(db))
      settle.push(() => item.resolve(value))
    } catch (error) {
      settle.push(() => item.reject(inOurWords(error)))
      if (sqlite.inTransaction) continue
      item.reject(inOurWords(error))
      return group.filter((other) => other !== item)
    }
  }
  commit(sqlite)
  for (const done of settle) done()
  return []
}

const behindSavepoint = async <T>(sqlite: Database.Database, body: () => Promise<T>): Promise<T> => {
  sqlite.exec("SAVEPOINT item")
  try {
    const value = await body()
    sqlite.exec("RELEASE item")
    return value
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec("ROLLBACK TO item; RELEASE item")
    throw error
  }
}

const commit = (sqlite: Database.Database): void => {
  try {
    sqlite.exec("COMMIT")
  } catch (error) {
    if (sqlite.inTransaction) sqlite.exec("ROLLBACK")
    throw inOurWords(error)
  }
}

/**
 * Tries until no other process holds the database. SQLite's own waiting would stop the whole event loop, so that is kept below 100 ms
 * and the rest of the waiting happens here.
 */
export const whenFree = async <T>(attempt: () => T): Promise<T> => {
  const giveUp = performance.now() + patience
  for (;;) {
    try {
      return attempt()
    } catch (error) {
      if (!codeOf(error).startsWith("SQLITE_BUSY")) throw inOurWords(error)
      if (performance.now() >= giveUp) throw inOurWords(error)
      await pause(20 + Math.random() * 60)
    }
  }
}

const codeOf = (error: unknown): string => (error instanceof Database.SqliteError ? error.code : "")

/** SQLite's error as one that callers know, where there is one. */
export const inOurWords = (error: unknown): unknown => {
  const code = codeOf(error)
  if (code.startsWith("SQLITE_BUSY")) return new StoreBusy("Another program holds the database. Try again.", { cause: error })
  if (code.startsWith("SQLITE_READONLY") || code.startsWith("SQLITE_IOERR") || code.startsWith("SQLITE_CANTOPEN"))
    return new StoreUnwritable("The data folder cannot be written any more. Nothing was saved.", { cause: error })
  if (code === "SQLITE_FULL")
    return new StoreFull("The disk is full. Nothing was saved; free some space and save again.", { cause: error })
  return error
}
