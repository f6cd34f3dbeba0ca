import { rmSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Client } from "pg"
import { afterAll, beforeAll, describe, expect, test } from "vitest"
import { openPostgres } from "../../src/store/postgres.ts"
import { openSqlite } from "../../src/store/sqlite.ts"
import type { Store } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { accountOf, actorNames, castOf } from "./actors.ts"
import { databaseUrl, notRun, overEachEngine, temporaryDatabase, temporaryFolder } from "./engines.ts"
import { startOrders } from "./orders.ts"

overEachEngine((store) => {
  test("is read newest first, a page at a time, by engagement, action and actor", async () => {
    const { engagement } = await startOrders(store())
    for (let number = 1; number <= 5; number += 1)
      await store().noteAudit({ account: "a" }, { action: `test.${number % 2}`, engagement, detail: { number } }, number)
    const read = async (filter: object) => {
      const log = await store().readAudit(program, { engagement, offset: 0, limit: 10, ...filter })
      return [log?.total, log?.entries.map(({ detail }) => detail["number"])]
    }
    expect(await read({ action: "test.1" })).toEqual([3, [5, 3, 1]])
    expect(await read({ actor: "account a", offset: 1, limit: 2 })).toEqual([5, [4, 3]])
    expect(await read({ actor: "account b" })).toEqual([0, []])
    expect(await read({ action: "engagement.added" })).toEqual([1, [undefined]])
  })

  test("is read by administrators and the program alone", async () => {
    const cast = await castOf(store())
    for (const name of actorNames) {
      const seen = name === "administrator" || name === "program"
      expect((await store().readAudit(cast.actors[name], { offset: 0, limit: 1 })) !== undefined, name).toBe(seen)
      expect((await store().verifyAudit(cast.actors[name])) !== undefined, name).toBe(seen)
    }
  })

  test("says who did it: an account, a respondent under a reference, the program, nobody", async () => {
    const { engagement } = await startOrders(store())
    const actors = [{ account: "a" }, { respondent: "mara" }, program, "nobody"] as const
    for (const by of actors) await store().noteAudit(by, { action: "test.actor", engagement }, 1)
    const log = await store().readAudit(program, { engagement, action: "test.actor", offset: 0, limit: 10 })
    const said = log?.entries.map(({ actor }) => actor).toReversed()
    expect(said).toEqual(["account a", expect.stringMatching(/^person-[0-9a-f]{10}$/), "program test", "nobody"])
    expect(JSON.stringify(log)).not.toContain("mara")
  })

  test("numbers are without a gap and the chain holds, also when many write at the same moment", async () => {
    const before = (await store().verifyAudit(program))?.entries ?? 0
    await Promise.all(Array.from({ length: 60 }, (_, at) => store().noteAudit("nobody", { action: "test.crowd" }, at)))
    expect(await store().verifyAudit(program)).toEqual({ entries: before + 60 })
    const log = await store().readAudit(program, { action: "test.crowd", offset: 0, limit: 100 })
    const numbers = log?.entries.map(({ number }) => number).toReversed()
    expect(numbers).toEqual(Array.from({ length: 60 }, (_, at) => before + 1 + at))
  })

  test("an entry is there only with what it tells of", async () => {
    const cast = await castOf(store())
    const count = async () => (await store().readAudit(program, { engagement: cast.engagement, offset: 0, limit: 1 }))?.total
    const before = await count()
    await store().removeMember(cast.scope("owner"), accountOf(cast.actors.administrator), 2_000)
    await store().archive(cast.scope("editor"), true, 2_000)
    await store().removeEngagement(cast.scope("editor"), 2_000)
    expect(await count()).toBe(before)
  })
})

interface Beside {
  readonly store: Store
  /** Runs SQL beside the store. */
  readonly run: (sql: string) => Promise<unknown>
  /** Takes the guards away, as whoever owns the database can. */
  readonly unguard: string
  readonly close: () => Promise<void>
}

const besideSqlite = async (): Promise<Beside> => {
  const folder = temporaryFolder()
  const store = await openSqlite({ folder, now: 1 })
  const other = new Database(join(folder, "headwater.sqlite"))
  return {
    store,
    run: async (sql) => other.exec(sql),
    unguard: "DROP TRIGGER audit_no_update; DROP TRIGGER audit_no_delete",
    close: async () => {
      other.close()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const besidePostgres = async (): Promise<Beside> => {
  const { url, drop } = await temporaryDatabase(databaseUrl ?? "")
  const store = await openPostgres({ url, now: 1 })
  const other = new Client({ connectionString: url })
  await other.connect()
  return {
    store,
    run: (sql) => other.query(sql),
    unguard: "DROP TRIGGER audit_append_only ON audit",
    close: async () => {
      await other.end()
      await store.close()
      await drop()
    },
  }
}

const engines: readonly (readonly [string, boolean, () => Promise<Beside>])[] = [
  ["SQLite", true, besideSqlite],
  [databaseUrl ? "PostgreSQL" : notRun, databaseUrl !== undefined, besidePostgres],
]

describe.each(engines)("by SQL beside the program, on %s,", (name, here, open) => {
  let beside: Beside
  beforeAll(async () => {
    if (here) beside = await open()
  })
  afterAll(() => beside?.close())
  const noted = async () => {
    for (let at = 0; at < 6; at += 1) await beside.store.noteAudit("nobody", { action: "test.noted" }, at)
    return (await beside.store.verifyAudit(program))?.entries ?? 0
  }
  const replace =
    "INTO audit (number, at, actor, action, detail, hash) SELECT number, 0, actor, action, detail, hash FROM audit WHERE number = 2"

  test.skipIf(!here)("no entry can be changed, replaced or removed", async () => {
    const entries = await noted()
    const attempts = [
      "UPDATE audit SET actor = 'account x' WHERE number = 2",
      "DELETE FROM audit WHERE number = 2",
      "DELETE FROM audit",
      ...(name === "SQLite"
        ? [`REPLACE ${replace}`, `INSERT OR REPLACE ${replace}`]
        : ["TRUNCATE audit", `INSERT ${replace} ON CONFLICT (number) DO UPDATE SET at = 0`]),
    ]
    for (const sql of attempts) await expect(beside.run(sql), sql).rejects.toThrow("append-only")
    expect(await beside.store.verifyAudit(program)).toEqual({ entries })
  })

  test.skipIf(!here)("whoever takes the guards away is found out, first entry changed or missing by its number", async () => {
    const entries = await noted()
    await beside.run(beside.unguard)
    await beside.run(`DELETE FROM audit WHERE number = ${entries}`)
    expect(await beside.store.verifyAudit(program)).toEqual({ entries: entries - 1, broken: entries })
    await beside.run("DELETE FROM audit WHERE number = 5")
    expect(await beside.store.verifyAudit(program)).toEqual({ entries: 4, broken: 5 })
    await beside.run("UPDATE audit SET detail = '{\"n\":1}' WHERE number = 3")
    expect(await beside.store.verifyAudit(program)).toEqual({ entries: 2, broken: 3 })
    await beside.run("DELETE FROM audit WHERE number = 1")
    expect(await beside.store.verifyAudit(program)).toEqual({ entries: 0, broken: 1 })
  })
})
