/** One-time links: they make the first administrator, or let somebody set a password. */
import { putPassword } from "./account-proofs.ts"
import { note } from "./audit.ts"
import type { Engine } from "./engine.ts"
import type { Actor, TokenUse } from "./store.ts"

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
