import { chmodSync, chownSync, mkdirSync, readdirSync, rmSync, statSync, writeFileSync } from "node:fs"
import { join } from "node:path"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { StoreRefused } from "../../src/store/errors.ts"
import { connectSqlite, requirePragmas } from "../../src/store/sqlite-connections.ts"
import { migrations } from "../../src/store/migrations/migrate.ts"
import { prepareFolder } from "../../src/store/sqlite-folder.ts"
import { openSqlite } from "../../src/store/sqlite.ts"
import { temporaryFolder } from "./engines.ts"
import { answered, changeTo, startOrders } from "./orders.ts"

let folder = ""
beforeEach(() => {
  folder = temporaryFolder()
})
afterEach(() => {
  rmSync(folder, { recursive: true })
})

const database = (): string => join(folder, "headwater.sqlite")

describe("opening the data folder", () => {
  test("creates it for its owner alone, and opens again with everything in it", async () => {
    const inside = join(folder, "new", "data")
    const store = await openSqlite({ folder: inside, now: 1 })
    const scope = await startOrders(store)
    await store.saveAnswers(scope, [changeTo(answered(2))], 2_000)
    const modes = readdirSync(inside).map((file) => statSync(join(inside, file)).mode & 0o777)
    expect(statSync(inside).mode & 0o777).toBe(0o700)
    expect(modes.length).toBeGreaterThan(1)
    expect(new Set(modes)).toEqual(new Set([0o600]))
    await store.close()
    const again = await openSqlite({ folder: inside, now: 3_000 })
    expect((await again.loadResponse(scope))?.answers).toMatchObject([{ value: 2 }])
    await again.close()
  })

  test("takes the others' rights from a folder and a database that were open to all", async () => {
    chmodSync(folder, 0o755)
    await (await openSqlite({ folder, now: 1 })).close()
    chmodSync(database(), 0o644)
    await (await openSqlite({ folder, now: 1 })).close()
    expect([statSync(folder).mode & 0o777, statSync(database()).mode & 0o777]).toEqual([0o700, 0o600])
  })

  test("is refused to a second process while the first runs, and open to it afterwards", async () => {
    const first = await openSqlite({ folder, now: 1 })
    const second = openSqlite({ folder, now: 1 })
    await expect(second).rejects.toThrow(StoreRefused)
    await expect(second).rejects.toThrow(`process ${process.pid} on`)
    await first.close()
    await (await openSqlite({ folder, now: 1 })).close()
  })

  test("is refused when the disk is nearly full, saying how much is needed", async () => {
    await expect(openSqlite({ folder, now: 1, leastFree: 2 ** 60 })).rejects.toThrow(/MB free and .* MB are needed/)
    expect(readdirSync(folder)).toEqual([])
  })

  test.each([
    ["NFS", 0x6969, ""],
    ["SMB", 0xfe534d42, ""],
    ["Ceph", 0x00c36400, ""],
    ["9P", 0x01021997, ""],
    ["sshfs", 0x65735546, "fuse.sshfs"],
  ])("is refused on a network file system: %s", (_, type, kind) => {
    expect(() => prepareFolder(folder, 0, () => ({ type, free: 1e12, kind }))).toThrow("is on a network file system")
  })

  test("is taken on a file system of this machine, also one in user space", () => {
    for (const disk of [{ type: 0xef53 }, { type: 0x65735546, kind: "fuse.gocryptfs" }, { type: 0x65735546 }])
      expect(() => prepareFolder(folder, 0, () => ({ free: 1e12, ...disk }))).not.toThrow()
    expect(() => prepareFolder(folder, 0)).not.toThrow()
  })

  test("is refused when it is a file, or its database is something else", async () => {
    writeFileSync(join(folder, "file"), "")
    await expect(openSqlite({ folder: join(folder, "file"), now: 1 })).rejects.toThrow(StoreRefused)
    writeFileSync(database(), "This is a letter, not a database. ".repeat(40))
    await expect(openSqlite({ folder, now: 1 })).rejects.toThrow("is not a sound database")
  })

  test("is refused when it cannot be written, saying what to do", async () => {
    const locked = join(folder, "locked")
    mkdirSync(locked)
    const opening = () => openSqlite({ folder: locked, now: 1 })
    await asSomebodyElse(locked, async () => {
      await expect(opening()).rejects.toThrow(StoreRefused)
      await expect(opening()).rejects.toThrow(/cannot be written .* Give its owner write access/)
    })
    expect(readdirSync(locked)).toEqual([])
  })

  test("is refused when a newer program wrote the database, which stays as it is", async () => {
    await (await openSqlite({ folder, now: 1 })).close()
    const newer = new Database(database())
    newer.exec("INSERT INTO migration VALUES (99, 'from the future', 1)")
    newer.close()
    await expect(openSqlite({ folder, now: 1 })).rejects.toThrow(/schema 99 .* newer program/)
    const after = new Database(database())
    expect(after.prepare("SELECT count(*) AS rows FROM migration").get()).toEqual({ rows: migrations.length + 1 })
    after.close()
  })
})

describe("the settings that durability rests on", () => {
  test("are read back on both connections", () => {
    const { writer, reader } = connectSqlite(database())
    expect(() => [requirePragmas(writer), requirePragmas(reader)]).not.toThrow()
    expect(() => reader.exec("CREATE TABLE t (x)")).toThrow(/readonly/)
    for (const [wrong, message] of [
      ["synchronous=NORMAL", "synchronous is 1 and must be 2"],
      ["foreign_keys=OFF", "foreign_keys is 0 and must be 1"],
      ["mmap_size=65536", "mmap_size is 65536 and must be 0"],
      ["trusted_schema=ON", "trusted_schema is 1 and must be 0"],
      ["cell_size_check=OFF", "cell_size_check is 0 and must be 1"],
      ["secure_delete=OFF", "secure_delete is 0 and must be 1"],
      ["journal_size_limit=-1", "journal_size_limit is -1 and must be 67108864"],
      ["busy_timeout=5000", "busy_timeout is 5000 and must be 50"],
    ] as const) {
      const [name = ""] = wrong.split("=")
      const right = writer.pragma(name, { simple: true })
      writer.pragma(wrong)
      expect(() => requirePragmas(writer)).toThrow(`SQLite's ${message}`)
      writer.pragma(`${name}=${String(right)}`)
    }
    expect(() => requirePragmas(writer)).not.toThrow()
    reader.close()
    writer.close()
  })

  test("refuse a database that cannot have a write-ahead log", () => {
    const memory = new Database(":memory:")
    memory.pragma("journal_mode=WAL")
    expect(() => requirePragmas(memory)).toThrow("SQLite's journal_mode is memory and must be wal")
    memory.close()
  })
})

/** Root may write anywhere, so that root tries as nobody; anybody else tries on a folder made read-only. */
const asSomebodyElse = async (path: string, attempt: () => Promise<void>): Promise<void> => {
  const nobody = 65_534
  const isRoot = process.getuid?.() === 0
  if (isRoot) {
    chmodSync(folder, 0o711)
    chownSync(path, nobody, nobody)
  }
  chmodSync(path, 0o500)
  if (isRoot) process.seteuid?.(nobody)
  try {
    await attempt()
  } finally {
    if (isRoot) process.seteuid?.(0)
    chmodSync(path, 0o700)
  }
}
