import { setTimeout as pause } from "node:timers/promises"
import { Kysely, PostgresDialect } from "kysely"
import type { TransactionBuilder } from "kysely"
import type { Pool } from "pg"
import type { Engine } from "./engine.ts"
import { StoreBusy, StoreFull } from "./errors.ts"
import { migrateAlone } from "./postgres-migration.ts"
import { storeOver } from "./store-over.ts"
import type { Store } from "./store.ts"
import type { Db, Tables } from "./tables.ts"

export interface PostgresOptions {
  /** `postgres://user:password@host:port/database`. */
  readonly url: string
  readonly now: number
  /** Most connections at once, 10 when absent. */
  readonly connections?: number
  /** Told of a connection that broke while nobody used it; the pool replaces it. */
  readonly onLostConnection?: (error: Error) => void
}

/** Opens the database at `url`, migrating it. Throws `StoreRefused` when a newer program wrote it, `StoreBusy` when it does not answer. */
export const openPostgres = async (options: PostgresOptions): Promise<Store> => {
  const db = new Kysely<Tables>({ dialect: new PostgresDialect({ pool: await connect(options) }) })
  try {
    await migrateAlone(db, options.now)
    const store = storeOver(postgresEngine(db))
    await store.probe(options.now)
    return store
  } catch (error) {
    await db.destroy()
    throw inOurWords(error)
  }
}

const connect = async ({ url, connections = 10, onLostConnection = () => undefined }: PostgresOptions): Promise<Pool> => {
  // Loaded here, so that a program on SQLite starts without it.
  const { default: pg } = await import("pg")
  const pool = new pg.Pool({
    connectionString: url,
    max: connections,
    application_name: "headwater",
    connectionTimeoutMillis: 2_000,
    statement_timeout: 5_000,
    idle_in_transaction_session_timeout: 10_000,
    types: { getTypeParser: (oid, format) => (oid === pg.types.builtins.INT8 ? Number : pg.types.getTypeParser(oid, format)) },
  })
  // Without both handlers a connection that the server ends would end the whole process.
  pool.on("error", onLostConnection)
  pool.on("connect", (client) => client.on("error", onLostConnection))
  return pool
}

const postgresEngine = (db: Db): Engine => ({
  kind: "postgres",
  read: (body) => withRetry(db.transaction().setIsolationLevel("repeatable read").setAccessMode("read only"), body),
  write: (body) => withRetry(db.transaction().setIsolationLevel("read committed"), body),
  close: () => db.destroy(),
})

/** Serialization failure and deadlock: the database chose this transaction to give way, and asks to run it again. */
const giveWay = new Set(["40001", "40P01"])
const mostTries = 5

const withRetry = async <T>(transaction: TransactionBuilder<Tables>, body: (db: Db) => Promise<T>): Promise<T> => {
  for (let tries = 1; ; tries += 1) {
    let begun = false
    try {
      return await transaction.execute((db) => {
        begun = true
        return body(db)
      })
    } catch (error) {
      // A connection that was lost before the transaction began did nothing; lost later, only the caller's key can tell.
      const again = giveWay.has(codeOf(error)) || (!begun && isLost(error))
      if (!again || tries === mostTries) throw inOurWords(error)
      await pause(10 * 2 ** tries * (0.5 + Math.random()))
    }
  }
}

const codeOf = (error: unknown): string => {
  const code = (error as { code?: unknown } | undefined)?.code
  return typeof code === "string" ? code : ""
}

/** Connection exceptions and the server shutting down, as PostgreSQL, the operating system and pg say it. */
const isLost = (error: unknown): boolean =>
  /^(08...|57P0.|ECONNRESET|EPIPE)$/.test(codeOf(error)) || /Connection terminated|not queryable/.test(messageOf(error))

/** Nobody there, too many connections, and time limits. */
const doesNotAnswer = (error: unknown): boolean =>
  /^(53300|57014|55P03|ECONNREFUSED|ETIMEDOUT|EHOSTUNREACH|ENOTFOUND|EAI_AGAIN)$/.test(codeOf(error)) ||
  /timeout exceeded when trying to connect/.test(messageOf(error))

const messageOf = (error: unknown): string => (error instanceof Error ? error.message : "")

/** PostgreSQL's error as one that callers know, where there is one. */
const inOurWords = (error: unknown): unknown => {
  const code = codeOf(error)
  if (code === "53100")
    return new StoreFull("The database's disk is full. Nothing was saved; free some space and save again.", { cause: error })
  if (giveWay.has(code) || isLost(error) || doesNotAnswer(error)) {
    return new StoreBusy("The database does not answer. Try again.", { cause: error })
  }
  return error
}
