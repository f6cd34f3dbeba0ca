/** Databases as released programs left them, with children on every foreign key, are brought to today's schema on both engines. */
import { createHash } from "node:crypto"
import { existsSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { first } from "../../../src/store/migrations/001-first.ts"
import { columnTypes } from "../../../src/store/migrations/column-types.ts"
import { manifestOf } from "../../../src/store/sqlite-backup.ts"
import { openPostgres } from "../../../src/store/postgres.ts"
import { openSqlite } from "../../../src/store/sqlite.ts"
import type { Store } from "../../../src/store/store.ts"
import { program } from "../../fixtures/program.ts"
import { databaseUrl, notRun, temporaryDatabase, temporaryFolder } from "../engines.ts"

type Rows = readonly Readonly<Record<string, string | number | null>>[]
interface Released {
  readonly schema: readonly string[]
  readonly rows: Readonly<Record<string, Rows>>
}

const fixture = join(import.meta.dirname, "../../fixtures/schemas/001.json")
const released = JSON.parse(readFileSync(fixture, "utf8")) as Released
/** Tables of schema 1 that have another name since. */
const renamed: Readonly<Record<string, string>> = { link: "invitation", session: "respondent_session" }
const noon = Date.UTC(2026, 10, 23, 12)
const sha = (text: string): string => createHash("sha256").update(text).digest("hex")

test("the first schema is still the one that was released", () => {
  const bare = (sql: string) => sql.replaceAll(/\s+/g, " ")
  expect(first(columnTypes.sqlite).map(bare)).toEqual(released.schema.slice(1).map(bare))
})

test("the fixture has rows in every table that anything refers to", () => {
  for (const [table, rows] of Object.entries(released.rows)) expect([table, rows.length]).not.toEqual([table, 0])
})

interface Opened {
  readonly store: Store
  readonly rowsOf: (table: string) => Promise<Rows>
  readonly close: () => Promise<void>
}

const onSqlite = async (): Promise<Opened> => {
  const folder = temporaryFolder()
  const file = join(folder, "headwater.sqlite")
  const before = new Database(file)
  before.pragma("journal_mode=WAL")
  for (const statement of released.schema) before.exec(statement)
  for (const [table, rows] of Object.entries(released.rows)) {
    for (const row of rows) {
      const names = Object.keys(row)
      before.prepare(`INSERT INTO ${table} (${names.join()}) VALUES (${names.map(() => "?").join()})`).run(...Object.values(row))
    }
  }
  before.close()
  const store = await openSqlite({ folder, now: noon + 10_000, leastFree: 0 })
  const copy = `${file}.before-schema-2`
  expect([existsSync(copy), existsSync(manifestOf(copy))]).toEqual([true, true])
  const other = new Database(file, { readonly: true })
  const close = async () => {
    other.close()
    await store.close()
    rmSync(folder, { recursive: true })
  }
  return { store, rowsOf: async (table) => other.prepare(`SELECT * FROM ${table}`).all() as unknown as Rows, close }
}

const onPostgres = async (server: string): Promise<Opened> => {
  const { url, drop } = await temporaryDatabase(server)
  const client = new Client({ connectionString: url })
  await client.connect()
  await client.query("CREATE TABLE migration (version BIGINT PRIMARY KEY, name TEXT NOT NULL, applied_at BIGINT NOT NULL)")
  for (const statement of first(columnTypes.postgres)) await client.query(statement)
  for (const [table, rows] of Object.entries(released.rows)) {
    for (const row of rows) {
      const places = Object.keys(row).map((_, at) => `$${at + 1}`)
      await client.query(`INSERT INTO ${table} (${Object.keys(row).join()}) VALUES (${places.join()})`, Object.values(row))
    }
  }
  const store = await openPostgres({ url, now: noon + 10_000 })
  const close = async () => {
    await client.end()
    await store.close()
    await drop()
  }
  const numbers = (row: Record<string, unknown>) =>
    Object.fromEntries(Object.entries(row).map(([name, value]) => [name, isNumber(value) ? Number(value) : value]))
  return {
    store,
    rowsOf: async (table) => (await client.query(`SELECT * FROM ${table}`)).rows.map(numbers) as unknown as Rows,
    close,
  }
}

/** 64-bit numbers come as text here; no id of the fixture is one. */
const isNumber = (value: unknown): boolean => typeof value === "string" && /^-?\d+$/.test(value)

const migrated = (open: () => Promise<Opened>): void => {
  let opened: Opened
  beforeAll(async () => {
    opened = await open()
  })
  afterAll(() => opened.close())

  test.each(Object.keys(released.rows).filter((table) => table !== "migration" && table !== "meta"))(
    "%s keeps every row, and every column that is still there",
    async (table) => {
      const now = await opened.rowsOf(renamed[table] ?? table)
      const before = released.rows[table] ?? []
      const columns = Object.keys(before[0] ?? {}).filter((column) => column in (now[0] ?? {}))
      const shown = (rows: Rows) => rows.map((row) => JSON.stringify(columns.map((column) => row[column]))).toSorted()
      expect(shown(now)).toEqual(shown(before))
      expect(columns.length).toBeGreaterThan(2)
    },
  )

  test("links and sessions go on, and what was revoked stays so", async () => {
    const { store } = opened
    expect(await store.readLink(sha("petra-link-of-schema-one"), noon + 20_000)).toMatchObject({
      expired: false,
      scope: { engagement: "autumn", respondent: "petra" },
    })
    expect(await store.readLink(sha("greta-link-of-schema-one"), noon + 20_000)).toBeUndefined()
    const hours = 3_600_000
    expect(await store.readSession(sha("petra-session-of-schema-one"), noon + 4 * hours, 8 * hours)).toMatchObject({
      respondent: "petra",
    })
  })

  test("answers are read with their earlier states, drafts and what was taken back", async () => {
    const { store } = opened
    const scope = { engagement: "autumn", by: program }
    const response = await store.loadResponse({ ...scope, respondent: "petra" })
    expect(response?.answers.map(({ question, status, revision }) => [question, status, revision])).toEqual([
      ["SRC-01", "answered", 2],
      ["USE-01", "draft", 1],
    ])
    const history = await store.answerHistory(scope, "petra", "orders", "SRC-02")
    expect(history.map(({ content }) => content?.value)).toEqual([["kafka"], undefined])
    const anil = await store.loadResponse({ ...scope, respondent: "anil" })
    expect([anil?.submittedAt, anil?.stored.terms]).toEqual([noon + 5_000, { confidentiality: "named", remindOn: [] }])
    expect((await store.loadRows(scope, "orders", "SRC-04")).map(({ row }) => row["name"])).toEqual([
      "Order feed",
      "Stock feed",
      "Returns",
    ])
  })

  test("and more can be saved on top of them", async () => {
    const change = {
      domain: "orders",
      question: "SRC-01",
      seen: 2,
      key: "k-new",
      content: { status: "answered", value: 4 },
    } as const
    const scope = { engagement: "autumn", respondent: "petra", by: { respondent: "petra" } }
    expect(await opened.store.saveAnswers(scope, [change], noon + 30_000)).toMatchObject([{ outcome: "saved", revision: 3 }])
  })
}

describe("schema 1 on SQLite", () => migrated(onSqlite))
const server = databaseUrl ?? ""
if (server) describe("schema 1 on PostgreSQL", () => migrated(() => onPostgres(server)))
else describe.skip(notRun, () => migrated(() => onPostgres(server)))
