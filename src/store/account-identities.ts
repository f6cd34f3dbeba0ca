/** Accounts as an OpenID provider knows them, and the way there and back. */
import { accountOf, endEverything } from "./accounts.ts"
import { note } from "./audit.ts"
import type { Engine } from "./engine.ts"
import type { Account, Actor } from "./store.ts"
import type { Db } from "./tables.ts"

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

/** False when the account is disabled, when it has another identity of this provider, and when the identity is somebody else's. */
export const linkIdentity = (engine: Engine, account: string, issuer: string, subject: string, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    if (!(await holdEnabled(db, account)) || (await isLinked(db, account, issuer))) return false
    const done = await db
      .insertInto("account_identity")
      .values({ account, issuer, subject })
      .onConflict((conflict) => conflict.columns(["issuer", "subject"]).doNothing())
      .executeTakeFirst()
    if (done.numInsertedOrUpdatedRows !== 1n) return false
    await note(db, { account }, { action: "account.identity-linked", subject: account }, now)
    return true
  })

/** Changes nothing, and so holds the account's row until the transaction ends: two identities at once must not both be the first. */
const holdEnabled = async (db: Db, account: string): Promise<boolean> => {
  const held = await db
    .updateTable("account")
    .set({ disabled_at: null })
    .where("id", "=", account)
    .where("disabled_at", "is", null)
    .executeTakeFirst()
  return held.numUpdatedRows === 1n
}

const isLinked = async (db: Db, account: string, issuer: string): Promise<boolean> =>
  (await db
    .selectFrom("account_identity")
    .select("account")
    .where("account", "=", account)
    .where("issuer", "=", issuer)
    .executeTakeFirst()) !== undefined

export const listIdentities = (
  engine: Engine,
  account?: string,
): Promise<readonly { readonly account: string; readonly issuer: string }[]> =>
  engine.read((db) => {
    const all = db.selectFrom("account_identity").select(["account", "issuer"]).orderBy("account").orderBy("issuer")
    return (account === undefined ? all : all.where("account", "=", account)).execute()
  })

export const unlinkIdentities = (engine: Engine, by: Actor, account: string, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    const done = await db.deleteFrom("account_identity").where("account", "=", account).executeTakeFirst()
    if (done.numDeletedRows === 0n) return false
    await endEverything(db, account)
    await note(db, by, { action: "account.identity-unlinked", subject: account }, now)
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
