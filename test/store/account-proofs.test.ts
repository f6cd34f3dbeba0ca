import { randomUUID } from "node:crypto"
import { describe, expect, test } from "vitest"
import type { Store } from "../../src/store/store.ts"
import { program } from "../fixtures/program.ts"
import { addAccount } from "./actors.ts"
import { overEachEngine } from "./engines.ts"

/** Signs the account in; gives the session's hash. */
const signIn = async (store: Store, account: string): Promise<string> => {
  const hash = randomUUID()
  const session = { hash, id: randomUUID(), account, step: "open", expiresAt: 99_000, browser: "b", address: "a" } as const
  expect(await store.openAccountSession(session, 1_600)).toBe(true)
  return hash
}

const isOpen = async (store: Store, hash: string): Promise<boolean> =>
  (await store.readAccountSession(hash, 2_000, 50_000)) !== undefined

/** So many attempts side by side; gives how many were let through. */
const atOnce = async (count: number, attempt: () => Promise<boolean>): Promise<number> =>
  (await Promise.all(Array.from({ length: count }, attempt))).filter(Boolean).length

overEachEngine((store) => {
  describe("a password", () => {
    test("that is set ends every other session and every one-time link", async () => {
      const id = await addAccount(store())
      const [here, elsewhere] = [await signIn(store(), id), await signIn(store(), id)]
      const token = randomUUID()
      await store().issueToken(program, token, { purpose: "password", account: id }, 9_000, 1_000)
      expect(await store().setPassword({ account: id }, id, "$argon2id$1", 2_000, here)).toBe(true)
      expect([await isOpen(store(), here), await isOpen(store(), elsewhere)]).toEqual([true, false])
      expect(await store().readToken(token, 2_000)).toBeUndefined()
      await store().renewPasswordHash(id, "$argon2id$2")
      expect((await store().credentialsOf(id))?.password).toBe("$argon2id$2")
      expect(await isOpen(store(), here)).toBe(true)
    })

    test("of nobody is not set", async () => {
      expect(await store().setPassword(program, randomUUID(), "$argon2id$1", 2_000)).toBe(false)
    })
  })

  describe("a second factor", () => {
    const enrolled = async () => {
      const id = await addAccount(store())
      await store().proposeTotp(id, "SECRET")
      expect(await store().confirmTotp(id, 10, ["code-1", "code-2"], 2_000)).toBe(true)
      return id
    }

    test("is proposed, confirmed once, and then not proposed over", async () => {
      const id = await addAccount(store())
      expect(await store().confirmTotp(id, 10, [], 2_000)).toBe(false)
      expect(await store().proposeTotp(id, "FIRST")).toBe(true)
      expect(await store().proposeTotp(id, "SECOND")).toBe(true)
      expect((await store().findAccount(id))?.secondFactorSince).toBeUndefined()
      expect(await atOnce(5, () => store().confirmTotp(id, 10, ["a", "b"], 2_000))).toBe(1)
      expect(await store().proposeTotp(id, "THIRD")).toBe(false)
      expect(await store().credentialsOf(id)).toMatchObject({ totpSecret: "SECOND", account: { secondFactorSince: 2_000 } })
      expect(await store().recoveryCodesLeft(id)).toBe(2)
    })

    test("a code works once, however many try it at the same moment, and none from before it", async () => {
      const id = await enrolled()
      expect(await store().takeTotpStep(id, 10)).toBe(false)
      expect(await atOnce(20, () => store().takeTotpStep(id, 11))).toBe(1)
      expect(await store().takeTotpStep(id, 10)).toBe(false)
      expect(await store().takeTotpStep(id, 12)).toBe(true)
    })

    test("a recovery code works once, and only for its account", async () => {
      const [id, other] = [await enrolled(), await enrolled()]
      expect(await atOnce(10, () => store().takeRecoveryCode(id, "code-1", 3_000))).toBe(1)
      expect(await store().takeRecoveryCode(id, "unknown", 3_000)).toBe(false)
      expect([await store().recoveryCodesLeft(id), await store().recoveryCodesLeft(other)]).toEqual([1, 2])
      expect(await store().replaceRecoveryCodes(id, ["n1", "n2", "n3"], 4_000)).toBe(true)
      expect(await store().takeRecoveryCode(id, "code-2", 4_000)).toBe(false)
      expect(await store().recoveryCodesLeft(id)).toBe(3)
    })

    test("that is removed takes its codes and the other sessions with it", async () => {
      const id = await enrolled()
      const [here, elsewhere] = [await signIn(store(), id), await signIn(store(), id)]
      expect(await store().removeTotp({ account: id }, id, 3_000, here)).toBe(true)
      expect([await isOpen(store(), here), await isOpen(store(), elsewhere)]).toEqual([true, false])
      expect(await store().recoveryCodesLeft(id)).toBe(0)
      expect(await store().replaceRecoveryCodes(id, ["x"], 3_000)).toBe(false)
    })
  })

  describe("a one-time link for a password", () => {
    test("works once, in its time, and the next one replaces it", async () => {
      const id = await addAccount(store())
      const issue = async (until: number) => {
        const hash = randomUUID()
        await store().issueToken(program, hash, { purpose: "password", account: id }, until, 1_000)
        return hash
      }
      const [old, expired, good] = [await issue(9_000), await issue(2_000), await issue(9_000)]
      expect(await store().redeemPasswordToken(old, "$argon2id$1", 2_000)).toBeUndefined()
      expect(await store().redeemPasswordToken(expired, "$argon2id$1", 2_000)).toBeUndefined()
      expect(await store().readToken(good, 2_000)).toEqual({ purpose: "password", account: id })
      expect(await atOnce(8, async () => (await store().redeemPasswordToken(good, "$argon2id$2", 3_000)) === id)).toBe(1)
      expect((await store().credentialsOf(id))?.password).toBe("$argon2id$2")
    })

    test("does not outlive the account's being disabled", async () => {
      const id = await addAccount(store())
      const hash = randomUUID()
      await store().issueToken(program, hash, { purpose: "password", account: id }, 9_000, 1_000)
      await store().disableAccount(program, id, true, 2_000)
      expect(await store().redeemPasswordToken(hash, "$argon2id$1", 3_000)).toBeUndefined()
    })

    test("does not open what is no password link", async () => {
      const hash = randomUUID()
      await store().issueToken(program, hash, { purpose: "set-up" }, 9_000, 1_000)
      expect(await store().redeemPasswordToken(hash, "$argon2id$1", 2_000)).toBeUndefined()
      expect(await store().readToken(hash, 2_000)).toEqual({ purpose: "set-up" })
    })
  })

  describe("an identity of a provider", () => {
    test("belongs to one account", async () => {
      const [id, other, subject] = [await addAccount(store()), await addAccount(store()), randomUUID()]
      expect(await store().accountOfIdentity("https://id.example", subject)).toBeUndefined()
      expect(await atOnce(4, () => store().linkIdentity(id, "https://id.example", subject, 2_000))).toBe(1)
      expect(await store().linkIdentity(other, "https://id.example", subject, 2_000)).toBe(false)
      expect((await store().accountOfIdentity("https://id.example", subject))?.id).toBe(id)
      expect(await store().accountOfIdentity("https://other.example", subject)).toBeUndefined()
    })

    test("is the only one of its provider, and of an account that can sign in", async () => {
      const [id, other, disabled] = [await addAccount(store()), await addAccount(store()), await addAccount(store())]
      const link = (account: string, issuer: string) => store().linkIdentity(account, issuer, randomUUID(), 2_000)
      expect(await atOnce(4, () => link(id, "https://id.example"))).toBe(1)
      expect(await link(id, "https://other.example")).toBe(true)
      expect(await link(other, "https://id.example")).toBe(true)
      await store().disableAccount(program, disabled, true, 2_000)
      expect(await link(disabled, "https://id.example")).toBe(false)
      expect(await link(randomUUID(), "https://id.example")).toBe(false)
      expect(await store().listIdentities(id)).toEqual([
        { account: id, issuer: "https://id.example" },
        { account: id, issuer: "https://other.example" },
      ])
      expect(await store().listIdentities(disabled)).toEqual([])
      expect((await store().listIdentities()).filter(({ account }) => account === other)).toHaveLength(1)
    })

    test("is taken off with the sign-ins of its account", async () => {
      const [id, hash, subject] = [await addAccount(store()), randomUUID(), randomUUID()]
      expect(await store().unlinkIdentities(program, id, 2_000)).toBe(false)
      await store().linkIdentity(id, "https://id.example", subject, 2_000)
      const session = { hash, id: "s", account: id, step: "open", expiresAt: 9_000, browser: "b", address: "a" } as const
      await store().openAccountSession({ ...session, confirmedAt: 500 }, 2_000)
      expect((await store().readAccountSession(hash, 2_500, 60_000))?.confirmedAt).toBe(500)
      expect(await store().unlinkIdentities(program, id, 3_000)).toBe(true)
      expect(await store().readAccountSession(hash, 3_500, 60_000)).toBeUndefined()
      expect(await store().accountOfIdentity("https://id.example", subject)).toBeUndefined()
      expect((await store().readAudit(program, { offset: 0, limit: 1 }))?.entries).toMatchObject([
        { action: "account.identity-unlinked", subject: id, actor: expect.stringMatching(/^program /) },
      ])
    })

    test("the way back from the provider works once, in its time", async () => {
      const [state, late] = [randomUUID(), randomUUID()]
      await store().beginSignOn(state, "nonce", 5_000, 1_000)
      await store().beginSignOn(late, "nonce", 2_000, 1_000)
      expect(await atOnce(6, async () => (await store().finishSignOn(state, 2_000)) === "nonce")).toBe(1)
      expect(await store().finishSignOn(late, 2_000)).toBeUndefined()
    })
  })

  describe("attempts", () => {
    test("20 at the same moment against a limit of 10 let exactly 10 through", async () => {
      const bucket = randomUUID()
      expect(await atOnce(20, async () => (await store().countAttempt(bucket, 10, 60_000, 1_000)) === 0)).toBe(10)
      expect(await store().countAttempt(bucket, 10, 60_000, 31_000)).toBe(30_000)
      expect(await store().countAttempt(bucket, 10, 60_000, 61_000)).toBe(0)
    })

    test("are counted for each bucket by itself, and forgotten when told so", async () => {
      const [one, other] = [randomUUID(), randomUUID()]
      expect(await store().countAttempt(one, 1, 60_000, 1_000)).toBe(0)
      expect(await store().countAttempt(one, 1, 60_000, 1_000)).toBeGreaterThan(0)
      expect(await store().countAttempt(other, 1, 60_000, 1_000)).toBe(0)
      await store().forgetAttempts(one)
      expect(await store().countAttempt(one, 1, 60_000, 1_000)).toBe(0)
    })
  })
})
