/** What proves who somebody is: passwords, second factors, recovery codes. */
import { accountRow, endEverything, heldAdministrators, mayAdminister } from "./accounts.ts"
import { note } from "./audit.ts"
import type { Engine } from "./engine.ts"
import type { Actor } from "./store.ts"
import type { Db } from "./tables.ts"

/** Sets the password; every session but `except` and every one-time link ends. */
export const setPassword = (
  engine: Engine,
  by: Actor,
  account: string,
  password: string,
  now: number,
  except?: string,
): Promise<boolean> =>
  engine.write(async (db) =>
    (await mayChange(engine, db, by, account)) ? putPassword(db, by, account, password, now, except) : false,
  )

/** One's own, or as an administrator. */
const mayChange = async (engine: Engine, db: Db, by: Actor, account: string): Promise<boolean> =>
  ("account" in by && by.account === account) || mayAdminister(by, await heldAdministrators(engine, db))

/** The same inside a transaction that has begun. */
export const putPassword = async (
  db: Db,
  by: Actor,
  account: string,
  password: string,
  now: number,
  except?: string,
): Promise<boolean> => {
  const done = await db.updateTable("account").set({ password }).where("id", "=", account).executeTakeFirst()
  if (done.numUpdatedRows !== 1n) return false
  await endEverything(db, account, except)
  await note(db, by, { action: "account.password", subject: account }, now)
  return true
}

export const renewPasswordHash = (engine: Engine, account: string, password: string): Promise<void> =>
  engine.write(async (db) => {
    await db.updateTable("account").set({ password }).where("id", "=", account).execute()
  })

/** Keeps a secret that a code has yet to confirm; false where a second factor is in force. */
export const proposeTotp = (engine: Engine, account: string, secret: string): Promise<boolean> =>
  engine.write(async (db) => {
    const done = await db
      .updateTable("account")
      .set({ totp_secret: secret, totp_step: 0 })
      .where("id", "=", account)
      .where("totp_since", "is", null)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

export const confirmTotp = (
  engine: Engine,
  account: string,
  step: number,
  codeHashes: readonly string[],
  now: number,
  except?: string,
): Promise<boolean> =>
  engine.write(async (db) => {
    const done = await db
      .updateTable("account")
      .set({ totp_since: now, totp_step: step })
      .where("id", "=", account)
      .where("totp_secret", "is not", null)
      .where("totp_since", "is", null)
      .executeTakeFirst()
    if (done.numUpdatedRows !== 1n) return false
    await putRecoveryCodes(db, account, codeHashes)
    await endEverything(db, account, except)
    await note(db, { account }, { action: "account.second-factor", subject: account, detail: { on: true } }, now)
    return true
  })

export const removeTotp = (engine: Engine, by: Actor, account: string, now: number, except?: string): Promise<boolean> =>
  engine.write(async (db) => {
    if (!(await mayChange(engine, db, by, account))) return false
    const done = await db
      .updateTable("account")
      .set({ totp_secret: null, totp_since: null, totp_step: 0 })
      .where("id", "=", account)
      .executeTakeFirst()
    if (done.numUpdatedRows !== 1n) return false
    await putRecoveryCodes(db, account, [])
    await endEverything(db, account, except)
    await note(db, by, { action: "account.second-factor", subject: account, detail: { on: false } }, now)
    return true
  })

export const replaceRecoveryCodes = (
  engine: Engine,
  account: string,
  codeHashes: readonly string[],
  now: number,
): Promise<boolean> =>
  engine.write(async (db) => {
    if (((await accountRow(db, account))?.totp_since ?? null) === null) return false
    await putRecoveryCodes(db, account, codeHashes)
    await note(db, { account }, { action: "account.recovery-codes", subject: account }, now)
    return true
  })

const putRecoveryCodes = async (db: Db, account: string, hashes: readonly string[]): Promise<void> => {
  await db.deleteFrom("recovery_code").where("account", "=", account).execute()
  const rows = hashes.map((code_hash) => ({ account, code_hash, used_at: null }))
  if (rows.length > 0) await db.insertInto("recovery_code").values(rows).execute()
}

export const recoveryCodesLeft = (engine: Engine, account: string): Promise<number> =>
  engine.read(async (db) => {
    const { count } = await db
      .selectFrom("recovery_code")
      .select((row) => row.fn.countAll<number>().as("count"))
      .where("account", "=", account)
      .where("used_at", "is", null)
      .executeTakeFirstOrThrow()
    return count
  })

/** True once for each step, and never for one before the last that was used. */
export const takeTotpStep = (engine: Engine, account: string, step: number): Promise<boolean> =>
  engine.write(async (db) => {
    const done = await db
      .updateTable("account")
      .set({ totp_step: step })
      .where("id", "=", account)
      .where("totp_step", "<", step)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

export const takeRecoveryCode = (engine: Engine, account: string, codeHash: string, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    const done = await db
      .updateTable("recovery_code")
      .set({ used_at: now })
      .where("account", "=", account)
      .where("code_hash", "=", codeHash)
      .where("used_at", "is", null)
      .executeTakeFirst()
    if (done.numUpdatedRows !== 1n) return false
    await note(db, { account }, { action: "account.recovery-code-used", subject: account }, now)
    return true
  })
