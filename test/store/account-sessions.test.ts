import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { NewSession } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { addAccount } from "./actors.ts"
import { overEachEngine } from "./engines.ts"

const idle = 30_000
const newSession = (account: string, more: Partial<NewSession> = {}): NewSession => ({
  hash: randomUUID(),
  id: randomUUID(),
  account,
  step: "open",
  expiresAt: 500_000,
  browser: "Firefox on Linux",
  address: "192.0.2.7",
  ...more,
})

overEachEngine((store) => {
  describe("an account's session", () => {
    test("says whose it is and since when, and is known by its hash alone", async () => {
      const id = await addAccount(store())
      const session = newSession(id)
      expect(await store().openAccountSession(session, 1_000)).toBe(true)
      expect(await store().readAccountSession(session.hash, 2_000, idle)).toMatchObject({
        id: session.id,
        account: { id },
        step: "open",
        createdAt: 1_000,
        confirmedAt: 1_000,
        browser: "Firefox on Linux",
        address: "192.0.2.7",
      })
      expect(await store().readAccountSession(session.id, 2_000, idle)).toBeUndefined()
    })

    test("ends at its time, and when it was not used for too long; use keeps it", async () => {
      const session = newSession(await addAccount(store()))
      await store().openAccountSession(session, 1_000)
      const read = async (now: number, longest = 100_000) =>
        (await store().readAccountSession(session.hash, now, longest)) !== undefined
      expect(await read(100_999)).toBe(true)
      expect(await read(200_000)).toBe(true)
      expect(await read(499_999, 1_000_000)).toBe(true)
      expect(await read(500_000, 1_000_000)).toBe(false)
      const other = newSession(await addAccount(store()))
      await store().openAccountSession(other, 1_000)
      expect(await store().readAccountSession(other.hash, 1_000 + idle, idle)).toBeUndefined()
    })

    test("of a disabled account ends at once and does not come back with the account", async () => {
      const id = await addAccount(store())
      const session = newSession(id)
      await store().openAccountSession(session, 1_000)
      await store().disableAccount(program, id, true, 2_000)
      expect(await store().readAccountSession(session.hash, 2_000, idle)).toBeUndefined()
      expect(await store().openAccountSession(newSession(id), 2_000)).toBe(false)
      await store().disableAccount(program, id, false, 3_000)
      expect(await store().readAccountSession(session.hash, 3_000, idle)).toBeUndefined()
      expect(await store().openAccountSession(newSession(randomUUID()), 3_000)).toBe(false)
    })

    test("takes the place of the one before the second factor", async () => {
      const id = await addAccount(store())
      const half = newSession(id, { step: "second-factor" })
      await store().openAccountSession(half, 1_000)
      const whole = newSession(id)
      await store().openAccountSession(whole, 2_000, half.hash)
      expect(await store().readAccountSession(half.hash, 2_000, idle)).toBeUndefined()
      expect((await store().readAccountSession(whole.hash, 2_000, idle))?.step).toBe("open")
    })

    test("notes when its owner proved again who they are", async () => {
      const session = newSession(await addAccount(store()))
      await store().openAccountSession(session, 1_000)
      expect(await store().confirmAccountSession(session.hash, 9_000)).toBe(true)
      expect((await store().readAccountSession(session.hash, 9_000, idle))?.confirmedAt).toBe(9_000)
      expect(await store().confirmAccountSession(randomUUID(), 9_000)).toBe(false)
    })

    test("is listed to its owner and ended by them, one or all but this; nobody ends another's", async () => {
      const [id, other] = [await addAccount(store()), await addAccount(store())]
      const sessions = [newSession(id), newSession(id), newSession(id)]
      for (const [at, session] of sessions.entries()) await store().openAccountSession(session, 1_000 + at)
      const [first, second, third] = sessions as [NewSession, NewSession, NewSession]
      const listed = async () => (await store().listAccountSessions(id, 2_000, idle)).map((session) => session.id)
      expect(await listed()).toEqual([third.id, second.id, first.id])
      expect(await store().endAccountSessions(other, { id: first.id }, 2_000)).toBe(0)
      expect(await store().endAccountSessions(id, { id: first.id }, 2_000)).toBe(1)
      expect(await listed()).toEqual([third.id, second.id])
      expect(await store().endAccountSessions(id, { except: second.hash }, 2_000)).toBe(1)
      expect(await listed()).toEqual([second.id])
      await store().endAccountSession(second.hash, 2_000)
      expect(await listed()).toEqual([])
      expect(await store().listAccountSessions(randomUUID(), 2_000, idle)).toEqual([])
    })
  })
})
