import { existsSync, rmSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterEach, beforeEach, expect, test } from "vitest"
import { migrate, migrations } from "../../../src/store/migrations/migrate.ts"
import type { Migration } from "../../../src/store/migrations/migrate.ts"
import { backUp } from "../../../src/store/sqlite-backup.ts"
import { connectSqlite, kyselyOver } from "../../../src/store/sqlite-connections.ts"
import { sqliteStore } from "../../../src/store/sqlite.ts"
import { temporaryFolder } from "../engines.ts"
import { answered, changeTo, startOrders } from "../orders.ts"

let folder = ""
let writer: Database.Database
beforeEach(async () => {
  folder = temporaryFolder()
  const store = await sqliteStore(connectSqlite(join(folder, "test.sqlite")), 1)
  const scope = await startOrders(store)
  await store.saveAnswers(scope, [changeTo(answered(2)), changeTo(answered(4), { domain: "stock" })], 2_000)
  await store.close()
  writer = connectSqlite(join(folder, "test.sqlite")).writer
})
afterEach(() => {
  writer.close()
  rmSync(folder, { recursive: true })
})

const count = (table: string): unknown => writer.prepare(`SELECT count(*) FROM ${table}`).pluck().get()
const step = (name: string, ...statements: string[]): Migration => ({ name, statements: () => statements })

/** How a column is changed on SQLite: a new table, the rows moved, the old table dropped. Its children refer to it by name. */
const rebuild = step(
  "rebuild",
  `CREATE TABLE domain_new (engagement TEXT NOT NULL, id TEXT NOT NULL, name TEXT NOT NULL, description TEXT, position INTEGER NOT NULL,
    PRIMARY KEY (engagement, id), FOREIGN KEY (engagement) REFERENCES engagement (id) ON DELETE CASCADE) STRICT`,
  "INSERT INTO domain_new SELECT engagement, id, name, description, position FROM domain",
  "DROP TABLE domain",
  "ALTER TABLE domain_new RENAME TO domain",
)

test("rebuilding a table takes none of its children with it", async () => {
  await migrate(kyselyOver(writer), "sqlite", 3_000, { steps: [...migrations, rebuild] })
  expect([count("domain"), count("answer"), count("answer_revision"), count("migration")]).toEqual([
    2,
    2,
    2,
    migrations.length + 1,
  ])
  expect(writer.pragma("foreign_keys", { simple: true })).toBe(1)
})

test("a step that fails, or would leave rows without what they refer to, changes nothing", async () => {
  const halfway = step("halfway", "ALTER TABLE domain ADD COLUMN colour TEXT", "INSERT INTO nowhere VALUES (1)")
  await expect(migrate(kyselyOver(writer), "sqlite", 3_000, { steps: [...migrations, halfway] })).rejects.toThrow("nowhere")
  const orphans = step("orphans", "DELETE FROM domain WHERE id = 'stock'")
  await expect(migrate(kyselyOver(writer), "sqlite", 3_000, { steps: [...migrations, orphans] })).rejects.toThrow(
    "orphans would leave 2 rows without what they refer to",
  )
  const less = step("less", "DELETE FROM answer_revision WHERE domain = 'stock'")
  await expect(migrate(kyselyOver(writer), "sqlite", 3_000, { steps: [...migrations, less] })).rejects.toThrow(
    "less would leave 1 of 2 rows of answer_revision",
  )
  expect([count("domain"), count("answer"), count("migration")]).toEqual([2, 2, migrations.length])
  expect(
    writer
      .prepare("SELECT * FROM domain")
      .columns()
      .map(({ name }) => name),
  ).not.toContain("colour")
})

test("a database with data is copied before the first step, and the copy is sound", async () => {
  const copy = join(folder, "copy.sqlite")
  const versions: number[] = []
  const beforeFirst = (version: number) => {
    versions.push(version)
    return backUp(writer.name, copy, { now: 3_000 })
  }
  await migrate(kyselyOver(writer), "sqlite", 3_000, { beforeFirst })
  expect([versions, existsSync(copy)]).toEqual([[], false])
  await migrate(kyselyOver(writer), "sqlite", 3_000, { steps: [...migrations, rebuild, step("more")], beforeFirst })
  expect(versions).toEqual([migrations.length])
  const copied = new Database(copy)
  expect(
    copied.prepare("SELECT (SELECT count(*) FROM answer) AS answers, (SELECT count(*) FROM migration) AS steps").get(),
  ).toEqual({
    answers: 2,
    steps: migrations.length,
  })
  copied.close()
})
