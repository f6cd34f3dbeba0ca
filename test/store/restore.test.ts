import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { StoreRefused } from "../../src/store/errors.ts"
import { backUp, manifestOf } from "../../src/store/sqlite-backup.ts"
import { openSqlite } from "../../src/store/sqlite.ts"
import { restoreSqlite } from "../../src/store/sqlite-restore.ts"
import type { Store } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { ordersText, shopEstate } from "../fixtures/shop-estate.ts"
import { smallQuestionnaire } from "../fixtures/small-questionnaire.ts"
import { temporaryFolder } from "./engines.ts"
import { answered, changeTo, orders } from "./orders.ts"

let root = ""
let data = ""
let backup = ""
let store: Store
const scope = { engagement: "e1", by: program }
const mara = { ...scope, respondent: "mara" }
const jonas = { ...scope, respondent: "jonas" }
const DAY = 86_400_000

beforeEach(async () => {
  root = temporaryFolder()
  data = join(root, "data")
  mkdirSync(join(root, "backups"))
  backup = join(root, "backups", "one.sqlite")
  store = await openSqlite({ folder: data, now: 1, leastFree: 0 })
  await store.addEngagement(scope, orders, smallQuestionnaire, 1_000)
  await store.saveAnswers(mara, [changeTo(answered(2, "said by Mara"))], 2_000)
})
afterEach(async () => {
  await store.close()
  rmSync(root, { recursive: true })
})

const makeBackup = (file = backup, now = 10_000) => backUp(join(data, "headwater.sqlite"), file, { now })

const restore = (from = backup, more: Partial<Parameters<typeof restoreSqlite>[0]> = {}) =>
  restoreSqlite({ folder: join(root, "restored"), backup: from, ledgers: [], withoutLedger: false, now: 50_000, ...more })

/** The restored store, with the ledger of the data folder. */
const restored = async (from = backup, folder = join(root, "restored")): Promise<Store> => {
  await restore(from, { folder, ledgers: [join(data, "headwater.ledger")] })
  return openSqlite({ folder, now: 60_000, leastFree: 0 })
}

describe("a backup", () => {
  test("has everything that was acknowledged before it began, while saving goes on", async () => {
    const acknowledged: string[] = []
    const stop = new AbortController()
    const saving = (async () => {
      for (let turn = 0; !stop.signal.aborted; turn += 1) {
        await store.saveAnswers(mara, [changeTo(answered(3, "x".repeat(2_000)), { question: `Q-${turn}` })], 3_000)
        acknowledged.push(`Q-${turn}`)
      }
    })()
    while (acknowledged.length < 50) await new Promise((turn) => setImmediate(turn))
    const before = [...acknowledged]
    const { rows } = await makeBackup()
    const after = acknowledged.length
    stop.abort()
    await saving
    expect(after).toBeGreaterThan(before.length)
    expect(rows["answer"]).toBeGreaterThan(before.length)
    await restore(backup, { withoutLedger: true })
    const copy = await openSqlite({ folder: join(root, "restored"), now: 60_000, leastFree: 0 })
    const kept = new Set((await copy.loadResponse(mara))?.answers.map(({ question }) => question))
    expect(before.filter((question) => !kept.has(question))).toEqual([])
    await copy.close()
  })

  test("is one file with a manifest beside it, both for their owner alone, and nothing else", async () => {
    const { sha256, bytes, schema } = await makeBackup()
    expect(readdirSync(join(root, "backups")).toSorted()).toEqual(["one.sqlite", "one.sqlite.json"])
    expect(JSON.parse(readFileSync(manifestOf(backup), "utf8"))).toMatchObject({ format: "headwater-backup/1", sha256, schema })
    expect(readFileSync(backup)).toHaveLength(bytes)
  })

  test("that is given up leaves nothing", async () => {
    await expect(backUp(join(data, "headwater.sqlite"), backup, { now: 1, goOn: () => false })).rejects.toThrow("given up")
    expect(readdirSync(join(root, "backups"))).toEqual([])
  })

  test("of a database that is not sound is none", async () => {
    const broken = join(root, "broken.sqlite")
    const database = new Database(broken)
    database.exec("PRAGMA foreign_keys=OFF; CREATE TABLE migration (version INTEGER); CREATE TABLE a (id INTEGER PRIMARY KEY)")
    database.exec("CREATE TABLE b (a INTEGER REFERENCES a (id)); INSERT INTO b VALUES (7)")
    database.close()
    await expect(backUp(broken, backup, { now: 1 })).rejects.toThrow("1 rows lack what they refer to")
    expect(readdirSync(join(root, "backups"))).toEqual([])
  })
})

describe("restoring", () => {
  test(
    "refuses a backup that is truncated or has a single bit changed, and leaves no database",
    { timeout: 60_000 },
    async () => {
      await makeBackup()
      const whole = readFileSync(backup)
      const damaged = join(root, "backups", "damaged.sqlite")
      writeFileSync(manifestOf(damaged), readFileSync(manifestOf(backup)))
      const cuts = [0, 1, 4_096, whole.length - 1].map((length) => whole.subarray(0, length))
      const flips = Array.from({ length: 10 }, (_, number) => {
        const copy = Buffer.from(whole)
        const at = Math.floor(((number + 0.5) * whole.length) / 10)
        copy.writeUInt8(copy.readUInt8(at) ^ (1 << (number % 8)), at)
        return copy
      })
      for (const bytes of [...cuts, ...flips]) {
        writeFileSync(damaged, bytes)
        await expect(restore(damaged, { withoutLedger: true })).rejects.toThrow("is damaged")
        expect(existsSync(join(root, "restored", "headwater.sqlite"))).toBe(false)
      }
    },
  )

  test("refuses one without a manifest, with a damaged one, and of a newer program", async () => {
    await makeBackup()
    const manifest = JSON.parse(readFileSync(manifestOf(backup), "utf8")) as object
    const says = (text: string) => writeFileSync(manifestOf(backup), text)
    says(JSON.stringify({ ...manifest, schema: 99 }))
    await expect(restore()).rejects.toThrow(/schema 99 .* newer program/)
    says("{")
    await expect(restore()).rejects.toThrow("is damaged")
    rmSync(manifestOf(backup))
    await expect(restore()).rejects.toThrow("lacks its manifest")
    await expect(restore(join(root, "nothing"))).rejects.toThrow("There is no file")
  })

  test("does not bring back an import of the estate that was removed since, and keeps the others", async () => {
    for (const [id, name] of [
      ["gone", "one"],
      ["kept", "two"],
    ] as const)
      await store.saveEstate(scope, { id, domain: "orders", name, estate: shopEstate }, 3_000)
    await makeBackup()
    await store.removeEstate(scope, "gone", 20_000)
    const copy = await restored()
    expect((await copy.listEstates(scope)).map(({ id }) => id)).toEqual(["kept"])
    expect(await copy.loadStatementText(scope, "kept", "model.shop.fct_orders")).toBe(ordersText)
    await copy.close()
  })

  test("refuses a folder that has a database, or is in use", async () => {
    await makeBackup()
    await expect(restore(backup, { folder: data })).rejects.toThrow("Another process uses the data folder")
    await store.close()
    await expect(restore(backup, { folder: data })).rejects.toThrow("has a database")
    store = await openSqlite({ folder: data, now: 9_000, leastFree: 0 })
  })

  test("removes what another database left in the folder", async () => {
    await makeBackup()
    mkdirSync(join(root, "restored"))
    for (const name of ["wal", "shm"]) writeFileSync(join(root, "restored", `headwater.sqlite-${name}`), "left over")
    await restore(backup, { withoutLedger: true })
    const copy = await openSqlite({ folder: join(root, "restored"), now: 60_000, leastFree: 0 })
    expect((await copy.loadResponse(mara))?.answers).toMatchObject([{ comment: "said by Mara" }])
    await copy.close()
  })

  test("asks for the ledger, because what was ended since would come back", async () => {
    await makeBackup()
    await expect(restore()).rejects.toThrow(StoreRefused)
    await expect(restore()).rejects.toThrow("--without-ledger")
    await expect(restore(backup, { ledgers: [join(root, "no.ledger")] })).rejects.toThrow("There is no ledger")
  })
})

describe("what was ended after the backup does not come back", () => {
  test("links, sessions, people, domains, engagements, memberships and accounts", async () => {
    await store.issueLink(mara, "mara-old", 90 * DAY, 3_000)
    await store.issueLink(jonas, "jonas-old", 90 * DAY, 3_000)
    await store.openSession("jonas-old", "jonas-session", 90 * DAY, 4_000)
    for (const id of ["e2", "e3"]) await store.addEngagement({ engagement: id, by: program }, orders, smallQuestionnaire, 4_000)
    for (const id of ["carla", "otto", "ada"]) {
      const role = id === "ada" ? ("administrator" as const) : ("consultant" as const)
      await store.addAccount(program, { id, name: id, email: `${id}@example.com`, role }, 4_000)
      if (id !== "ada") await store.saveMember(scope, id, "owner", 4_000)
    }
    await makeBackup()

    await store.issueLink(mara, "mara-new", 90 * DAY, 20_000)
    await store.revokeLink(jonas, 20_000)
    await store.removeEngagement({ engagement: "e2", by: program }, 20_000)
    await store.removeRespondent({ engagement: "e3", by: program }, "jonas", 20_000)
    await store.removeDomain({ engagement: "e3", by: program }, "stock", 20_000)
    await store.removeMember(scope, "otto", 20_000)
    await store.saveMember(scope, "carla", "owner", 20_000)
    await store.disableAccount(program, "otto", true, 20_000)

    const copy = await restored()
    expect(await copy.readLink("mara-old", 70_000)).toBeUndefined()
    expect(await copy.readLink("jonas-old", 70_000)).toBeUndefined()
    expect(await copy.readSession("jonas-session", 70_000)).toBeUndefined()
    expect((await copy.listEngagements(program)).map(({ id }) => id).toSorted()).toEqual(["e1", "e3"])
    const third = await copy.loadEngagement({ engagement: "e3", by: program })
    expect(third?.engagement.respondents.map(({ id, domains }) => [id, domains])).toEqual([["mara", undefined]])
    expect(third?.engagement.domains.map(({ id }) => id)).toEqual(["orders"])
    expect((await copy.listMembers(scope))?.map(({ account, role }) => [account, role])).toEqual([["carla", "owner"]])
    expect((await copy.findAccount("otto"))?.disabledAt).toBe(20_000)
    expect(await copy.verifyAudit(program)).toMatchObject({ entries: expect.any(Number) as number })
    expect(await copy.verifyAudit(program)).not.toHaveProperty("broken")
    await copy.close()
  })

  test("what was there before the backup stays, also somebody who was erased and asked again", async () => {
    await store.issueLink(mara, "mara-1", 90 * DAY, 3_000)
    await store.removeRespondent(scope, "jonas", 4_000)
    await store.saveRespondent(scope, { id: "jonas", name: "Jonas Weber", role: "DPE" }, 5_000)
    await store.issueLink(mara, "mara-2", 90 * DAY, 6_000)
    await makeBackup()
    const copy = await restored()
    expect((await copy.loadEngagement(scope))?.engagement.respondents.map(({ id }) => id)).toEqual(["mara", "jonas"])
    expect(await copy.readLink("mara-2", 70_000)).toMatchObject({ expired: false })
    await copy.close()
  })

  test("nor from an older backup, after the database was restored once and went on", async () => {
    const older = join(root, "backups", "older.sqlite")
    await makeBackup(older, 9_000)
    await makeBackup()
    await store.removeRespondent(scope, "jonas", 20_000)
    const second = join(root, "second")
    const copy = await restored(backup, second)
    await copy.removeDomain(scope, "stock", 61_000)
    await copy.close()
    await restore(older, { ledgers: [join(second, "headwater.ledger")] })
    const third = await openSqlite({ folder: join(root, "restored"), now: 70_000, leastFree: 0 })
    const { engagement } = (await third.loadEngagement(scope)) ?? {}
    expect(engagement?.respondents.map(({ id }) => id)).toEqual(["mara"])
    expect(engagement?.domains.map(({ id }) => id)).toEqual(["orders"])
    await third.close()
  })
})

describe("the ledger", () => {
  const lines = (file: string) => readFileSync(file, "utf8").trimEnd().split("\n")
  const ledger = () => join(data, "headwater.ledger")

  test("is written before the change is acknowledged, and holds no name, address or answer", async () => {
    await store.removeRespondent(scope, "jonas", 20_000)
    expect(lines(ledger())).toHaveLength(1)
    expect(readFileSync(ledger(), "utf8")).not.toMatch(/jonas|weber|mara|example\.com|northwind/i)
  })

  test("catches up at the next start with what a crash kept it from, and with a line cut in half", async () => {
    await store.removeDomain(scope, "stock", 20_000)
    const [first = ""] = lines(ledger())
    await store.removeRespondent(scope, "jonas", 21_000)
    const whole = readFileSync(ledger(), "utf8")
    await store.close()
    writeFileSync(ledger(), `${first}\n{"number":`)
    store = await openSqlite({ folder: data, now: 30_000, leastFree: 0 })
    expect(readFileSync(ledger(), "utf8")).toBe(whole)
    await store.close()
    rmSync(ledger())
    store = await openSqlite({ folder: data, now: 31_000, leastFree: 0 })
    expect(readFileSync(ledger(), "utf8")).toBe(whole)
  })

  test("that cannot be written is told of, costs no change, and is caught up when it can", async () => {
    await store.close()
    const told: string[] = []
    const onLedgerBehind = ({ message }: Error) => void told.push(message)
    const away = join(root, "away")
    store = await openSqlite({ folder: data, now: 30_000, leastFree: 0, backupFolder: away, onLedgerBehind })
    rmSync(away, { recursive: true })
    expect(await store.removeRespondent(scope, "jonas", 31_000)).toBe(true)
    expect([told.length, lines(ledger()).length]).toEqual([1, 1])
    mkdirSync(away)
    await store.removeDomain(scope, "stock", 32_000)
    expect(readFileSync(join(away, "headwater.ledger"), "utf8")).toBe(readFileSync(ledger(), "utf8"))
  })

  test("is kept beside the backups too; one of another database is put aside, not lost", async () => {
    const beside = join(root, "backups", "headwater.ledger")
    writeFileSync(beside, `${JSON.stringify({ number: 7, hash: "another", at: 1, action: "person.erased", detail: {} })}\n`)
    await store.removeRespondent(scope, "jonas", 20_000)
    await store.close()
    store = await openSqlite({ folder: data, now: 30_000, leastFree: 0, backupFolder: join(root, "backups") })
    expect(readFileSync(beside, "utf8")).toBe(readFileSync(ledger(), "utf8"))
    expect(readdirSync(join(root, "backups")).filter((name) => name.includes(".before-"))).toHaveLength(1)
    await store.removeDomain(scope, "stock", 31_000)
    expect(lines(beside)).toHaveLength(2)
  })
})
