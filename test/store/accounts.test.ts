import { randomUUID } from "node:crypto"
import { afterEach, beforeEach, describe, expect, test } from "vitest"
import { openSqlite } from "../../src/store/sqlite.ts"
import { openPostgres } from "../../src/store/postgres.ts"
import type { Store } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { rmSync } from "node:fs"
import { addAccount, castOf } from "./actors.ts"
import { databaseUrl, notRun, overEachEngine, temporaryDatabase, temporaryFolder } from "./engines.ts"

const details = (id: string, role: "administrator" | "consultant" | "reader") => ({
  name: `Name ${id}`,
  email: `${id}@example.com`,
  role,
})

overEachEngine((store) => {
  describe("accounts", () => {
    test("are found by id and by address in any case; an address belongs to one", async () => {
      const id = randomUUID()
      const account = { id, name: "Carla", email: `Carla.${id}@Example.com`, role: "consultant" } as const
      expect(await store().addAccount(program, account, 1_000)).toBe(true)
      expect(await store().addAccount(program, { ...account, id: randomUUID(), email: account.email.toUpperCase() }, 1_000)).toBe(
        false,
      )
      const found = await store().findAccount(id)
      expect(found).toEqual({ ...account, email: account.email.toLowerCase(), createdAt: 1_000, hasPassword: false })
      expect((await store().findCredentials(account.email.toUpperCase()))?.account).toEqual(found)
      expect((await store().credentialsOf(id))?.account).toEqual(found)
      expect(await store().listAccounts()).toContainEqual(found)
      expect(await store().findAccount(randomUUID())).toBeUndefined()
    })

    test("are changed; a taken address and a missing account say so", async () => {
      const [id, other] = [await addAccount(store()), await addAccount(store())]
      const change = (account: string, email: string) =>
        store().changeAccount(program, account, { name: "New", email, role: "consultant" }, 2_000)
      expect(await change(id, `new-${id}@example.com`)).toBe("changed")
      expect(await store().findAccount(id)).toMatchObject({ name: "New", email: `new-${id}@example.com` })
      expect(await change(id, `${other}@example.com`)).toBe("taken")
      expect(await change(randomUUID(), "x@example.com")).toBe("gone")
    })

    test("who becomes a reader only reads from then on, and is signed out", async () => {
      const cast = await castOf(store())
      const editor = cast.actors.editor as { account: string }
      const session = { hash: randomUUID(), id: randomUUID(), step: "open", browser: "b", address: "a" } as const
      await store().openAccountSession({ ...session, account: editor.account, expiresAt: 9_000 }, 1_600)
      await store().changeAccount(program, editor.account, details(editor.account, "reader"), 2_000)
      expect(await store().standingOf(cast.scope("editor"))).toBe("reader")
      expect(await store().readAccountSession(session.hash, 2_000, 5_000)).toBeUndefined()
    })

    test("nobody but the program and administrators adds, changes or disables others", async () => {
      const cast = await castOf(store())
      const target = await addAccount(store())
      const before = await store().findAccount(target)
      const others = ["owner", "reader", "disabled administrator", "no account", "respondent of it"] as const
      for (const name of others) {
        const by = cast.actors[name]
        expect(await store().addAccount(by, { id: randomUUID(), ...details(randomUUID(), "consultant") }, 2_000)).toBe(false)
        expect(await store().changeAccount(by, target, details("x", "administrator"), 2_000)).toBe("gone")
        expect(await store().disableAccount(by, target, true, 2_000)).toBe(false)
        expect(await store().setPassword(by, target, "$argon2id$x", 2_000)).toBe(false)
        expect(await store().removeTotp(by, target, 2_000)).toBe(false)
      }
      expect(await store().findAccount(target)).toEqual(before)
      const { administrator } = cast.actors
      expect(await store().disableAccount(administrator, target, true, 2_000)).toBe(true)
      expect(await store().setPassword(administrator, target, "$argon2id$x", 2_000)).toBe(true)
    })

    test("one changes one's own name, address and password, and not what one may do", async () => {
      const id = await addAccount(store())
      const by = { account: id }
      expect(await store().changeAccount(by, id, { ...details(id, "consultant"), name: "Else" }, 2_000)).toBe("changed")
      expect(await store().changeAccount(by, id, details(id, "administrator"), 2_000)).toBe("gone")
      expect(await store().setPassword(by, id, "$argon2id$x", 2_000)).toBe(true)
      expect((await store().credentialsOf(id))?.password).toBe("$argon2id$x")
      await store().disableAccount(program, id, true, 2_500)
      expect(await store().changeAccount(by, id, details(id, "consultant"), 3_000)).toBe("gone")
    })
  })
})

/** Tests about the last or the first administrator begin with nobody. */
const engines: readonly (readonly [string, boolean, () => Promise<{ store: Store; drop: () => Promise<void> }>])[] = [
  [
    "SQLite",
    true,
    async () => {
      const folder = temporaryFolder()
      return { store: await openSqlite({ folder, now: 1 }), drop: async () => rmSync(folder, { recursive: true }) }
    },
  ],
  [
    databaseUrl ? "PostgreSQL" : notRun,
    databaseUrl !== undefined,
    async () => {
      const { url, drop } = await temporaryDatabase(databaseUrl ?? "")
      return { store: await openPostgres({ url, now: 1 }), drop }
    },
  ],
]

describe.each(engines)("administrators on an empty %s", (_name, here, open) => {
  let store: Store
  let drop: () => Promise<void>
  beforeEach(async () => {
    if (here) ({ store, drop } = await open())
  })
  afterEach(async () => {
    await store?.close()
    await drop?.()
  })
  const first = (hash: string, id: string, now = 2_000) =>
    store.addFirstAdministrator(hash, { id, name: "N", email: `${id}@example.com`, password: "$argon2id$x" }, now)

  test.skipIf(!here)("the set-up link makes one, once", async () => {
    await store.issueToken(program, "hash", { purpose: "set-up" }, 5_000, 1_000)
    expect(await store.readToken("hash", 2_000)).toEqual({ purpose: "set-up" })
    expect(await first("other", "a")).toBe(false)
    expect(await first("hash", "a", 5_000)).toBe(false)
    expect(await first("hash", "a")).toBe(true)
    expect(await first("hash", "b")).toBe(false)
    await store.issueToken(program, "later", { purpose: "set-up" }, 5_000, 2_000)
    expect(await first("later", "b")).toBe(false)
    expect((await store.listAccounts()).map(({ id, role, hasPassword }) => ({ id, role, hasPassword }))).toEqual([
      { id: "a", role: "administrator", hasPassword: true },
    ])
  })

  test.skipIf(!here)("two who use it at the same moment are one administrator", async () => {
    await store.issueToken(program, "hash", { purpose: "set-up" }, 5_000, 1_000)
    const made = await Promise.all(["a", "b", "c", "d"].map((id) => first("hash", id)))
    expect(made.filter(Boolean)).toHaveLength(1)
    expect(await store.countAdministrators()).toBe(1)
  })

  test.skipIf(!here)("two links issued at the same moment make one administrator", async () => {
    const hashes = ["one", "two", "three"]
    await Promise.all(hashes.map((hash) => store.issueToken(program, hash, { purpose: "set-up" }, 5_000, 1_000)))
    const made = await Promise.all(hashes.map((hash) => first(hash, hash)))
    expect(made.filter(Boolean).length).toBeLessThanOrEqual(1)
    expect(await store.countAdministrators()).toBeLessThanOrEqual(1)
  })

  test.skipIf(!here)("a taken address leaves the link good", async () => {
    await store.addAccount(program, { id: "c", name: "C", email: "a@example.com", role: "consultant" }, 1_000)
    await store.issueToken(program, "hash", { purpose: "set-up" }, 5_000, 1_000)
    expect(await first("hash", "a")).toBe(false)
    expect(await first("hash", "b")).toBe(true)
  })

  test.skipIf(!here)("the last one cannot be disabled or made less; a second one can", async () => {
    const one = await addAccount(store, "administrator")
    const by = { account: one }
    expect(await store.disableAccount(by, one, true, 2_000)).toBe(false)
    expect(await store.changeAccount(by, one, details(one, "consultant"), 2_000)).toBe("last-administrator")
    expect(await store.changeAccount(by, one, { ...details(one, "administrator"), name: "New" }, 2_000)).toBe("changed")
    await addAccount(store, "administrator", true)
    expect(await store.disableAccount(by, one, true, 2_000)).toBe(false)
    const two = await addAccount(store, "administrator")
    expect(await store.disableAccount(by, two, true, 2_000)).toBe(true)
    expect(await store.disableAccount(by, two, false, 2_000)).toBe(true)
    expect(await store.changeAccount(by, two, details(two, "consultant"), 2_000)).toBe("changed")
  })

  test.skipIf(!here)("two who disable or demote each other at the same moment leave one", async () => {
    for (let round = 0; round < 5; round += 1) {
      const [one, two] = [await addAccount(store, "administrator"), await addAccount(store, "administrator")]
      const all = (await store.listAccounts()).filter(({ id }) => id !== one && id !== two)
      for (const { id } of all) await store.disableAccount(program, id, true, 2_000)
      await Promise.all([
        store.disableAccount({ account: one }, two, true, 3_000),
        store.changeAccount({ account: two }, one, details(one, "consultant"), 3_000),
      ])
      expect(await store.countAdministrators()).toBe(1)
    }
  })
})
