import { randomUUID } from "node:crypto"
import { rmSync } from "node:fs"
import { join } from "node:path"
import { setImmediate as nextTurn } from "node:timers/promises"
import Database from "better-sqlite3"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { connectSqlite } from "../../src/store/sqlite-connections.ts"
import type { SqliteConnections } from "../../src/store/sqlite-connections.ts"
import { sqliteStore } from "../../src/store/sqlite.ts"
import { StoreBusy, StoreFull, StoreUnwritable } from "../../src/store/store.ts"
import type { ResponseScope, Store } from "../../src/store/store.ts"
import { temporaryFolder } from "./engines.ts"
import { answered, changeTo, startOrders } from "./orders.ts"

let folder = ""
let connections: SqliteConnections
let store: Store
let scope: ResponseScope

beforeEach(async () => {
  folder = temporaryFolder()
  connections = connectSqlite(join(folder, "test.sqlite"))
  store = await sqliteStore(connections, 1)
  scope = await startOrders(store)
})
afterEach(async () => {
  await store.close()
  rmSync(folder, { recursive: true })
})

const save = (question: string, comment = "") => store.saveAnswers(scope, [changeTo(answered(2, comment), { question })], 2_000)
const saved = async () => (await store.loadResponse(scope))?.answers.length

/** The commands that the writing connection gets while `work` runs. */
const commandsOf = async (work: () => Promise<unknown>): Promise<readonly string[]> => {
  const commands: string[] = []
  const exec = connections.writer.exec.bind(connections.writer)
  connections.writer.exec = (command) => {
    commands.push(command)
    return exec(command)
  }
  await work()
  return commands
}

describe("group commit", () => {
  test("saves of one turn share one transaction, and none is acknowledged before it is committed", async () => {
    const order: string[] = []
    const commands = await commandsOf(async () => {
      const commit = connections.writer.exec.bind(connections.writer)
      connections.writer.exec = (command) => {
        if (command === "COMMIT") order.push(command)
        return commit(command)
      }
      await Promise.all(Array.from({ length: 20 }, async (_, number) => save(`Q-${number}`).then(() => order.push("saved"))))
    })
    expect(commands.filter((command) => command === "COMMIT")).toHaveLength(1)
    expect(order).toEqual(["COMMIT", ...Array.from({ length: 20 }, () => "saved")])
  })

  test("one that fails takes no other with it", async () => {
    const failing = store.addEngagement(scope, {} as never, {} as never, 2_000)
    const results = await Promise.allSettled([save("Q-1"), failing, save("Q-2")])
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect(await saved()).toBe(2)
  })

  test("a reader sees nothing of a group that is not committed", async () => {
    const saving = save("Q-1")
    const during = saved()
    await saving
    expect([await during, await saved()]).toEqual([0, 1])
  })
})

const pages = (): number => connections.writer.pragma("page_count", { simple: true }) as number

/** Saves more than eight pages hold, one after the other. */
const fillUp = async () => {
  const outcomes: PromiseSettledResult<unknown>[] = []
  for (let number = 1; number <= 20; number += 1) {
    outcomes.push(...(await Promise.allSettled([save(`Q-${number}`, "x".repeat(4_000))])))
  }
  return outcomes
}

describe("a full disk", () => {
  test("refuses saves by name, keeps reading, and takes saves again when there is room", async () => {
    await save("Q-0")
    connections.writer.pragma(`max_page_count=${pages() + 8}`)
    const outcomes = await fillUp()
    const [failure] = outcomes.flatMap((one) => (one.status === "rejected" ? [one.reason as unknown] : []))
    expect(failure).toBeInstanceOf(StoreFull)
    expect(String(failure)).toContain("Nothing was saved; free some space")
    const kept = 1 + outcomes.filter(({ status }) => status === "fulfilled").length
    expect(await saved()).toBe(kept)
    expect(connections.writer.pragma("integrity_check", { simple: true })).toBe("ok")
    connections.writer.pragma("max_page_count=100000")
    await save("Q-later", "x".repeat(20_000))
    expect(await saved()).toBe(kept + 1)
  })

  test("costs a save too large for it, not the small ones beside it", async () => {
    connections.writer.pragma(`max_page_count=${pages() + 8}`)
    const results = await Promise.allSettled([save("Q-1"), save("Q-2", "x".repeat(200_000)), save("Q-3")])
    expect(results.map(({ status }) => status)).toEqual(["fulfilled", "rejected", "fulfilled"])
    expect(await saved()).toBe(2)
  })
})

test("a database that cannot be written any more says so, and takes saves again when it can", async () => {
  connections.writer.pragma("query_only=ON")
  await expect(save("Q-1")).rejects.toBeInstanceOf(StoreUnwritable)
  expect(await saved()).toBe(0)
  connections.writer.pragma("query_only=OFF")
  await save("Q-1")
  expect(await saved()).toBe(1)
})

describe("a database that another program holds", () => {
  let other: Database.Database
  beforeEach(() => {
    other = new Database(join(folder, "test.sqlite"))
    other.exec("BEGIN IMMEDIATE")
  })
  afterEach(() => {
    other.close()
  })

  test("makes saves wait while reading goes on, and they are kept once it is free", async () => {
    const saving = save("Q-1")
    for (let turn = 0; turn < 3; turn += 1) await nextTurn()
    expect(await saved()).toBe(0)
    other.exec("ROLLBACK")
    expect(await saving).toMatchObject([{ outcome: "saved" }])
  })

  test("refuses them by name after two seconds, without ever stopping the process for long", async () => {
    let longest = 0
    let last = performance.now()
    const watch = setInterval(() => {
      longest = Math.max(longest, performance.now() - last)
      last = performance.now()
    }, 5)
    await expect(save("Q-1")).rejects.toThrow(StoreBusy)
    clearInterval(watch)
    expect(longest).toBeGreaterThan(0)
    expect(longest).toBeLessThan(500)
    other.exec("ROLLBACK")
    expect(await save("Q-1")).toMatchObject([{ outcome: "saved" }])
  })
})

test("a store that is closed finishes what it took and takes no more", async () => {
  const saving = save(randomUUID())
  const own = store
  const closing = own.close()
  await expect(save("Q-late")).rejects.toThrow("closed")
  expect(await saving).toMatchObject([{ outcome: "saved" }])
  await closing
  connections = connectSqlite(join(folder, "test.sqlite"))
  store = await sqliteStore(connections, 1)
  expect(await saved()).toBe(1)
})
