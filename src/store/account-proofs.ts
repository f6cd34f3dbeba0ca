/** What proves who somebody is: passwords, second factors, one-time links, identities of a provider; and how often it may be tried. */
import { accountOf, accountRow, endEverything } from "./accounts.ts"
import { note } from "./audit.ts"
import type { Engine } from "./engine.ts"
import type { Account, Actor, TokenUse } from "./store.ts"
import type { Db } from "./tables.ts"

/** Sets the password; every session but `except` and every one-time link ends. */
export const setPassword = (
  engine: Engine,
  by: Actor,
  account: string,
  password: string,
  now: number,
  except?: string,
): Promise<boolean> => engine.write((db) => putPassword(db, by, account, password, now, except))

const putPassword = async (
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
    if ((await accountRow(db, account))?.totp_since == null) return false
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

// ---------------------------------------------------------------- one-time links

export const issueToken = (
  engine: Engine,
  by: Actor,
  tokenHash: string,
  use: TokenUse,
  expiresAt: number,
  now: number,
): Promise<void> =>
  engine.write(async (db) => {
    const account = use.purpose === "set-up" ? null : use.account
    await db
      .deleteFrom("account_token")
      .where("purpose", "=", use.purpose)
      .where("account", account === null ? "is" : "=", account)
      .execute()
    const token = { token_hash: tokenHash, purpose: use.purpose, account, created_at: now, expires_at: expiresAt }
    await db.insertInto("account_token").values(token).execute()
    if (account !== null) await note(db, by, { action: "account.password-link", subject: account }, now)
  })

export const readToken = (engine: Engine, tokenHash: string, now: number): Promise<TokenUse | undefined> =>
  engine.read(async (db) => {
    const row = await db
      .selectFrom("account_token")
      .select(["purpose", "account"])
      .where("token_hash", "=", tokenHash)
      .where("expires_at", ">", now)
      .executeTakeFirst()
    if (row === undefined) return undefined
    return row.account === null ? { purpose: "set-up" } : { purpose: "password", account: row.account }
  })

/** Sets the password of the link's account and gives the account; `undefined` when the link is not good (any more). */
export const redeemPasswordToken = (
  engine: Engine,
  tokenHash: string,
  password: string,
  now: number,
): Promise<string | undefined> =>
  engine.write(async (db) => {
    const token = await db
      .deleteFrom("account_token")
      .where("token_hash", "=", tokenHash)
      .where("purpose", "=", "password")
      .where("expires_at", ">", now)
      .returning("account")
      .executeTakeFirst()
    const account = token?.account ?? undefined
    if (account === undefined) return undefined
    return (await putPassword(db, { account }, account, password, now)) ? account : undefined
  })

// ---------------------------------------------------------------- identities of a provider

export const accountOfIdentity = (engine: Engine, issuer: string, subject: string): Promise<Account | undefined> =>
  engine.read(async (db) => {
    const row = await db
      .selectFrom("account_identity as i")
      .innerJoin("account as a", "a.id", "i.account")
      .selectAll("a")
      .where("i.issuer", "=", issuer)
      .where("i.subject", "=", subject)
      .executeTakeFirst()
    return row && accountOf(row)
  })

/** False when the identity belongs to another account. */
export const linkIdentity = (engine: Engine, account: string, issuer: string, subject: string, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    const done = await db
      .insertInto("account_identity")
      .values({ account, issuer, subject })
      .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doNothing())
      .executeTakeFirst()
    if (done.numInsertedOrUpdatedRows !== 1n) return false
    await note(db, { account }, { action: "account.identity-linked", subject: account }, now)
    return true
  })

export const beginSignOn = (engine: Engine, stateHash: string, content: string, expiresAt: number, now: number): Promise<void> =>
  engine.write(async (db) => {
    await db.deleteFrom("sign_on").where("expires_at", "<=", now).execute()
    await db.insertInto("sign_on").values({ state_hash: stateHash, content, expires_at: expiresAt }).execute()
  })

export const finishSignOn = (engine: Engine, stateHash: string, now: number): Promise<string | undefined> =>
  engine.write(async (db) => {
    const row = await db
      .deleteFrom("sign_on")
      .where("state_hash", "=", stateHash)
      .where("expires_at", ">", now)
      .returning("content")
      .executeTakeFirst()
    return row?.content
  })

// ---------------------------------------------------------------- how often something may be tried

/** Buckets that are over by now are dropped once in so many counts, so that the table stays small. */
const sweepEvery = 200
let counts = 0

/**
 * Counts an attempt and says how long to wait, in milliseconds; 0 when it may be made. The count is one statement: attempts side by side
 * cannot slip through between a look and a write.
 */
export const countAttempt = (engine: Engine, bucket: string, limit: number, window: number, now: number): Promise<number> =>
  engine.write(async (db) => {
    counts += 1
    if (counts % sweepEvery === 0)
      await db
        .deleteFrom("attempt")
        .where("since", "<=", now - 24 * 60 * 60 * 1000)
        .execute()
    const { count, since } = await db
      .insertInto("attempt")
      .values({ bucket, count: 1, since: now })
      .onConflict((conflict) =>
        conflict.column("bucket").doUpdateSet((row) => ({
          count: row
            .case()
            .when("attempt.since", "<=", now - window)
            .then(1)
            .else(row("attempt.count", "+", 1))
            .end(),
          since: row
            .case()
            .when("attempt.since", "<=", now - window)
            .then(now)
            .else(row.ref("attempt.since"))
            .end(),
        })),
      )
      .returning(["count", "since"])
      .executeTakeFirstOrThrow()
    return count <= limit ? 0 : Math.max(1, since + window - now)
  })

export const forgetAttempts = (engine: Engine, bucket: string): Promise<void> =>
  engine.write(async (db) => {
    await db.deleteFrom("attempt").where("bucket", "=", bucket).execute()
  })
