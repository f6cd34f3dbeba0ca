import { Client } from "pg"
import type { QueryResult } from "pg"
import { describe, expect, test } from "vitest"
import { StoreRefused } from "../../src/store/errors.ts"
import { migrations } from "../../src/store/migrations/migrate.ts"
import { openPostgres } from "../../src/store/postgres.ts"
import { StoreBusy } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { addAccount } from "./actors.ts"
import { databaseUrl, notRun, temporaryDatabase } from "./engines.ts"
import { answered, changeTo, startOrders } from "./orders.ts"

if (!databaseUrl) console.warn(notRun)

/** Runs `work` on a database of its own, with a way to run SQL beside the store. */
const onDatabase = async (work: (url: string, run: (sql: string) => Promise<QueryResult>) => Promise<void>): Promise<void> => {
  const { url, drop } = await temporaryDatabase(databaseUrl ?? "")
  const beside = new Client({ connectionString: url })
  await beside.connect()
  try {
    await work(url, (sql) => beside.query(sql))
  } finally {
    await beside.end()
    await drop()
  }
}

describe.skipIf(!databaseUrl)(databaseUrl ? "PostgreSQL" : notRun, () => {
  test("instances that start at once on an empty database migrate it once", () =>
    onDatabase(async (url, run) => {
      const stores = await Promise.all([1, 2, 3, 4].map((now) => openPostgres({ url, now })))
      expect((await run("SELECT count(*)::int AS steps FROM migration")).rows).toEqual([{ steps: migrations.length }])
      const scope = await startOrders(stores[0]!)
      expect(await stores[3]!.revisionOf(scope)).toBe(1)
      await Promise.all(stores.map((store) => store.close()))
    }))

  test("a database of a newer program is refused and stays as it is", () =>
    onDatabase(async (url, run) => {
      await (await openPostgres({ url, now: 1 })).close()
      await run("INSERT INTO migration VALUES (99, 'from the future', 1)")
      await expect(openPostgres({ url, now: 1 })).rejects.toThrow(StoreRefused)
      await expect(openPostgres({ url, now: 1 })).rejects.toThrow(/schema 99 .* newer program/)
    }))

  test("saves from two instances at once are judged against each other", () =>
    onDatabase(async (url) => {
      const [one, two] = await Promise.all([openPostgres({ url, now: 1 }), openPostgres({ url, now: 1 })])
      const scope = await startOrders(one)
      const saves = Array.from({ length: 20 }, (_, at) =>
        (at % 2 ? one : two).saveAnswers(scope, [changeTo(answered(2, `${at}`))], 2_000),
      )
      const outcomes = (await Promise.all(saves)).flat().map(({ outcome }) => outcome)
      expect(outcomes.filter((outcome) => outcome === "saved")).toHaveLength(1)
      expect(outcomes.filter((outcome) => outcome === "conflict")).toHaveLength(19)
      await Promise.all([one.close(), two.close()])
    }))

  test("connections that the server ends are told of and replaced; the process and the data stay", () =>
    onDatabase(async (url, run) => {
      const lost: Error[] = []
      const store = await openPostgres({ url, now: 1, onLostConnection: (error) => lost.push(error) })
      const scope = await startOrders(store)
      await store.saveAnswers(scope, [changeTo(answered(2))], 2_000)
      await run(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'headwater' AND datname = current_database()",
      )
      const change = changeTo(answered(4), { seen: 1 })
      expect(await store.saveAnswers(scope, [change], 3_000)).toMatchObject([{ outcome: "saved", revision: 2 }])
      expect(lost.length).toBeGreaterThan(0)
      await store.close()
    }))

  test("a transaction that the database asks to run again is run again", () =>
    onDatabase(async (url, run) => {
      const store = await openPostgres({ url, now: 1 })
      const scope = await startOrders(store)
      await run("CREATE SEQUENCE tries")
      await run(`CREATE FUNCTION give_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
        IF nextval('tries') < 4 THEN RAISE EXCEPTION 'give way' USING ERRCODE = '40001'; END IF; RETURN NEW; END $$`)
      await run("CREATE TRIGGER give_way BEFORE INSERT ON answer_revision FOR EACH ROW EXECUTE FUNCTION give_way()")
      expect(await store.saveAnswers(scope, [changeTo(answered(2))], 2_000)).toMatchObject([{ outcome: "saved", revision: 1 }])
      await run("SELECT setval('tries', 1), setval('tries', 1)")
      await run(
        "CREATE OR REPLACE FUNCTION give_way() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'no' USING ERRCODE = '40P01'; END $$",
      )
      await expect(store.saveAnswers(scope, [changeTo(answered(4), { seen: 1 })], 3_000)).rejects.toThrow(StoreBusy)
      expect((await store.loadResponse(scope))?.answers).toMatchObject([{ value: 2, revision: 1 }])
      await store.close()
    }))

  test("who was removed while their change waited changes nothing any more", () =>
    onDatabase(async (url, run) => {
      const store = await openPostgres({ url, now: 1 })
      const { engagement } = await startOrders(store)
      const account = await addAccount(store)
      await store.saveMember({ engagement, by: program }, account, "owner", 1_500)
      const revision = await store.revisionOf({ engagement, by: program })
      await run("BEGIN")
      await run(`UPDATE engagement SET revision = revision + 1 WHERE id = '${engagement}'`)
      await run(`DELETE FROM membership WHERE account = '${account}'`)
      const attempts = [
        store.saveDomain({ engagement, by: { account } }, { id: "new", name: "New" }, 2_000),
        store.removeEngagement({ engagement, by: { account } }, 2_000),
      ]
      const waiting = `SELECT count(*)::int AS n FROM pg_stat_activity WHERE wait_event_type = 'Lock' AND datname = current_database()`
      await expect
        .poll(async () => {
          // Within a transaction, what others do is shown as it was at the first look.
          await run("SELECT pg_stat_clear_snapshot()")
          return ((await run(waiting)).rows as { n: number }[])[0]?.n
        })
        .toBe(attempts.length)
      await run("COMMIT")
      expect(await Promise.all(attempts)).toEqual([false, false])
      expect(await store.revisionOf({ engagement, by: program })).toBe((revision ?? 0) + 1)
      await store.close()
    }))

  test("a server that does not answer is said to be busy", async () => {
    await expect(openPostgres({ url: "postgres://postgres@127.0.0.1:1/none", now: 1 })).rejects.toThrow(StoreBusy)
  })
})
