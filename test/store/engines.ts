/** The engines that every contract test runs on: SQLite always, PostgreSQL where TEST_DATABASE_URL names a server. */
import { randomUUID } from "node:crypto"
import { mkdtempSync, rmSync } from "node:fs"
import { tmpdir } from "node:os"
import { join } from "node:path"
import { Client } from "pg"
import { afterAll, beforeAll, describe } from "vitest"
import { openPostgres } from "../../src/store/postgres.ts"
import { openSqlite } from "../../src/store/sqlite.ts"
import type { Store } from "../../src/store/store.ts"

export const databaseUrl = process.env["TEST_DATABASE_URL"]
export const notRun = "PostgreSQL: not run, TEST_DATABASE_URL is not set"

/** Runs the same tests over each engine, on a database of this run's own that goes when they end. */
export const overEachEngine = (tests: (store: () => Store) => void): void => {
  describe("SQLite", () => withStore(sqliteForTests, tests))
  if (databaseUrl) describe("PostgreSQL", () => withStore(() => postgresForTests(databaseUrl), tests))
  else describe.skip(notRun, () => withStore(() => postgresForTests(""), tests))
}

interface Opened {
  readonly store: Store
  readonly drop: () => Promise<void>
}

const withStore = (open: () => Promise<Opened>, tests: (store: () => Store) => void): void => {
  let opened: Opened | undefined
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened?.drop())
  tests(() => {
    if (!opened) throw new Error("The store is open only while tests run.")
    return opened.store
  })
}

const sqliteForTests = async (): Promise<Opened> => {
  const folder = temporaryFolder()
  const store = await openSqlite({ folder, now: 1 })
  const drop = async () => {
    await store.close()
    rmSync(folder, { recursive: true })
  }
  return { store, drop }
}

export const temporaryFolder = (): string => mkdtempSync(join(tmpdir(), "headwater-test-"))

const postgresForTests = async (server: string): Promise<Opened> => {
  const { url, drop } = await temporaryDatabase(server)
  const store = await openPostgres({ url, now: 1 })
  return { store, drop: () => store.close().then(drop) }
}

/** A database of its own on the server. */
export const temporaryDatabase = async (server: string): Promise<{ url: string; drop: () => Promise<void> }> => {
  const name = `headwater_test_${randomUUID().replaceAll("-", "")}`
  const run = async (command: string): Promise<void> => {
    const client = new Client({ connectionString: server })
    await client.connect()
    await client.query(command)
    await client.end()
  }
  await run(`CREATE DATABASE ${name}`)
  const url = new URL(server)
  url.pathname = `/${name}`
  return { url: url.href, drop: () => run(`DROP DATABASE ${name} WITH (FORCE)`) }
}
