import { readdirSync, readFileSync, rmSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { Client } from "pg"
import { describe, expect, test } from "vitest"
import type { Engagement } from "../../src/assessment/model.ts"
import { openPostgres } from "../../src/store/postgres.ts"
import { openSqlite } from "../../src/store/sqlite.ts"
import type { Store } from "../../src/store/store.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { program } from "../fixtures/program.ts"
import { shopEstate } from "../fixtures/shop-estate.ts"
import { databaseUrl, notRun, temporaryDatabase, temporaryFolder } from "./engines.ts"
import { answered, changeTo, orders } from "./orders.ts"

/** Whatever is to be erased holds this word. */
const canary = "canary"
const person = { id: "zed-canary", name: "Zed Canary", role: "AD", email: "zed@canary.example" }
const scope = { engagement: "e1", by: program }
const zed = { ...scope, respondent: person.id }
const mine: Engagement = { ...orders, respondents: [...orders.respondents, person] }

interface Beside {
  readonly store: Store
  readonly run: (sql: string) => Promise<unknown>
  /** Every row of every table, as text. */
  readonly rows: () => Promise<readonly string[]>
  /** The bytes of the database's own files, where they are at hand. */
  readonly files: () => string
  readonly close: () => Promise<void>
}

const sqlite = async (): Promise<Beside> => {
  const folder = temporaryFolder()
  const store = await openSqlite({ folder, now: 1 })
  const other = new Database(join(folder, "headwater.sqlite"))
  const tables = () => other.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[]
  return {
    store,
    run: async (sql) => other.exec(sql),
    rows: async () =>
      tables().flatMap((table) =>
        other
          .prepare(`SELECT * FROM ${table}`)
          .all()
          .map((row) => `${table} ${JSON.stringify(row)}`),
      ),
    files: () =>
      readdirSync(folder)
        .map((file) => readFileSync(join(folder, file), "latin1"))
        .join(""),
    close: async () => {
      other.close()
      await store.close()
      rmSync(folder, { recursive: true })
    },
  }
}

const postgres = async (): Promise<Beside> => {
  const { url, drop } = await temporaryDatabase(databaseUrl ?? "")
  const store = await openPostgres({ url, now: 1 })
  const other = new Client({ connectionString: url })
  await other.connect()
  const list = async (sql: string) => (await other.query({ text: sql, rowMode: "array" })).rows.map(([one]) => String(one))
  return {
    store,
    run: (sql) => other.query(sql),
    rows: async () => {
      const tables = await list("SELECT table_name FROM information_schema.tables WHERE table_schema = 'public'")
      const all: string[] = []
      for (const table of tables) all.push(...(await list(`SELECT '${table} ' || t::text FROM ${table} t`)))
      return all
    },
    files: () => "",
    close: async () => {
      await other.end()
      await store.close()
      await drop()
    },
  }
}

/** Leaves something of the person in every table that can hold it. */
const live = async ({ store, run }: Beside): Promise<void> => {
  await store.addEngagement(scope, mine, smallQuestionnaire, 1_000)
  const theirs = { ...zed, by: { respondent: person.id } }
  await store.issueLink(zed, "token", 90_000, 2_000)
  await store.openSession("token", "session", 90_000, 2_000)
  await store.saveAnswers(theirs, [changeTo(answered(2, `${canary} said`))], 2_000)
  await store.saveAnswers(theirs, [changeTo(answered(3, `${canary} meant`), { seen: 1 })], 2_000)
  await store.saveAnswers(theirs, [changeTo(undefined, { seen: 2 })], 2_000)
  await store.saveAnswers(theirs, [changeTo(answered(4, `${canary} says`), { question: "SRC-02" })], 2_000)
  await store.saveRow(theirs, "orders", "SRC-04", { id: "r1", name: "SAP" }, 0, 2_000)
  const estate = { id: "estate", domain: "orders", name: "shop", estate: shopEstate }
  await store.saveEstate(scope, estate, 2_000)
  const byHand = { class: "P2", stateful: false, reason: "seen" } as const
  await store.decideStatement(scope, "estate", shopEstate.statements[0]?.id ?? "", byHand, 2_000)
  await store.putEstateAside(scope, { ...estate, id: "another" }, 2_000)
  await store.submit(theirs, 2_500)
  await store.reopen(zed, 2_600)
  const asked = (id: string, by: string, name: string, email: string) =>
    run(`INSERT INTO suggestion (engagement, id, respondent, kind, domain, dimension, name, email, made_at)
      VALUES ('e1', '${id}', '${by}', 'section', 'orders', 'SRC', '${name}', '${email}', 2000)`)
  await asked("s1", person.id, "A colleague", `colleague.of@${canary}.example`)
  await asked("s2", "mara", "ZED CANARY", "other@example.com")
  await asked("s3", "mara", "Z.", "Zed@Canary.example")
  await run(`INSERT INTO message (engagement, id, respondent, kind, created_at, tries, problem)
    VALUES ('e1', 'm1', '${person.id}', 'invitation', 2000, 1, 'no such mailbox: ${person.email}')`)
  await run(`UPDATE inventory_row SET owner = '${person.id}'`)
  await run(`INSERT INTO inventory_row_revision (engagement, domain, question, id, revision, position, content, owner, saved_at, respondent)
    VALUES ('e1', 'orders', 'SRC-04', 'r1', 901, 1, '{"id":"r1","name":"SAP"}', '${person.id}', 2000, '${person.id}')`)
}

const holding = (rows: readonly string[]): readonly string[] => rows.filter((row) => new RegExp(canary, "i").test(row))

const engines: readonly (readonly [string, boolean, () => Promise<Beside>])[] = [
  ["SQLite", true, sqlite],
  [databaseUrl ? "PostgreSQL" : notRun, databaseUrl !== undefined, postgres],
]

describe.each(engines)("after erasing, %s", (_name, here, open) => {
  const with_ = async (work: (beside: Beside) => Promise<void>) => {
    const beside = await open()
    try {
      await live(beside)
      expect(new Set(holding(await beside.rows()).map((row) => row.split(" ")[0]))).toEqual(
        new Set([
          "respondent",
          "invitation",
          "personal_link",
          "respondent_session",
          "answer",
          "answer_revision",
          "suggestion",
          "message",
          "inventory_row",
          "inventory_row_revision",
        ]),
      )
      await work(beside)
    } finally {
      await beside.close()
    }
  }

  test.skipIf(!here)("no table holds anything of the person; their row of a shared list stays, and one line of the log", () =>
    with_(async ({ store, rows, files }) => {
      expect(await store.removeRespondent(scope, person.id, 3_000)).toBe(true)
      expect(holding(await rows())).toEqual([])
      expect(files()).not.toMatch(/canary/i)
      expect((await store.loadRows(scope, "orders", "SRC-04")).map(({ row }) => row)).toEqual([{ id: "r1", name: "SAP" }])
      const log = await store.readAudit(program, { action: "person.erased", offset: 0, limit: 9 })
      expect(log?.entries).toMatchObject([{ engagement: "e1", subject: expect.stringMatching(/^person-[0-9a-f]{10}$/) }])
      expect(await store.verifyAudit(program)).toEqual({ entries: expect.any(Number) })
    }),
  )

  test.skipIf(!here)("nothing of the texts of an import stays that is removed", () =>
    with_(async ({ store, rows, files }) => {
      const word = "heronry"
      const statements = shopEstate.statements.map((one) => ({ ...one, text: `select 1 -- ${word}` }))
      const wanted = { id: "gone", domain: "stock", name: "gone", estate: { ...shopEstate, statements } }
      await store.saveEstate(scope, wanted, 2_700)
      expect((await rows()).some((row) => row.includes(word))).toBe(true)
      expect(await store.removeEstate(scope, "gone", 3_000)).toBe(true)
      expect((await rows()).filter((row) => row.includes(word))).toEqual([])
      expect(files()).not.toContain(word)
    }),
  )

  test.skipIf(!here)("no table holds anything of the engagement but the log its id; others stay whole", () =>
    with_(async ({ store, rows, files }) => {
      const other = { engagement: "e2", by: program }
      await store.addEngagement(other, orders, smallQuestionnaire, 1_000)
      const before = await store.loadEngagement(other)
      expect(await store.removeEngagement(scope, 3_000)).toBe(true)
      const left = (await rows()).filter((row) => /"e1"|\be1\b/.test(row)).map((row) => row.split(" ")[0])
      expect(new Set(left)).toEqual(new Set(["audit"]))
      expect(holding(await rows())).toEqual([])
      expect(files()).not.toMatch(/canary/i)
      expect(await store.loadEngagement(other)).toEqual(before)
    }),
  )
})
