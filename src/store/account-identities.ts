/** Accounts as an OpenID provider knows them, and the way there and back. */
import { accountOf } from "./accounts.ts"
import { note } from "./audit.ts"
import type { Engine } from "./engine.ts"
import type { Account } from "./store.ts"

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
