import type { AccountSessionTable, AccountTable } from "./account-tables.ts"
import { accountOf } from "./accounts.ts"
import { note } from "./audit.ts"
import type { Engine } from "./engine.ts"
import type { AccountSession, NewSession } from "./store.ts"
import type { Db } from "./tables.ts"

/** How exactly the last use of a session is known: writing it down with every page would cost a commit each. */
const seenToWithin = 60_000

/** Opens a session, in the place of the one whose hash is `replaces`; false when the account is disabled or gone. */
export const openAccountSession = (engine: Engine, session: NewSession, now: number, replaces?: string): Promise<boolean> =>
  engine.write(async (db) => {
    const account = await db
      .selectFrom("account")
      .select("id")
      .where("id", "=", session.account)
      .where("disabled_at", "is", null)
      .executeTakeFirst()
    if (account === undefined) return false
    await db.deleteFrom("account_session").where("account", "=", session.account).where("expires_at", "<=", now).execute()
    if (replaces !== undefined) await db.deleteFrom("account_session").where("session_hash", "=", replaces).execute()
    const { hash, expiresAt, confirmedAt = now, id, step, browser, address } = session
    const times = { created_at: now, seen_at: now, confirmed_at: confirmedAt, expires_at: expiresAt }
    await db
      .insertInto("account_session")
      .values({ session_hash: hash, id, account: session.account, step, browser, address, ...times })
      .execute()
    if (step === "open") await note(db, { account: session.account }, { action: "session.opened", subject: session.account }, now)
    return true
  })

/** The session, unless it is over or its account is disabled; its last use is noted. */
export const readAccountSession = async (
  engine: Engine,
  hash: string,
  now: number,
  idle: number,
): Promise<AccountSession | undefined> => {
  const found = await engine.read(async (db) => {
    const session = await inForce(db, now, idle).where("s.session_hash", "=", hash).executeTakeFirst()
    if (session === undefined) return undefined
    const account = await db.selectFrom("account").selectAll().where("id", "=", session.account).executeTakeFirst()
    return account && { session, account }
  })
  if (found === undefined || found.account.disabled_at !== null) return undefined
  if (found.session.seen_at < now - seenToWithin) await noteUse(engine, hash, now)
  return sessionOf(found.session, found.account)
}

const noteUse = (engine: Engine, hash: string, now: number): Promise<void> =>
  engine.write(async (db) => {
    await db.updateTable("account_session").set({ seen_at: now }).where("session_hash", "=", hash).execute()
  })

export const confirmAccountSession = (engine: Engine, hash: string, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    const done = await db
      .updateTable("account_session")
      .set({ confirmed_at: now })
      .where("session_hash", "=", hash)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

/** Those in force, newest first. */
export const listAccountSessions = (
  engine: Engine,
  account: string,
  now: number,
  idle: number,
): Promise<readonly AccountSession[]> =>
  engine.read(async (db) => {
    const owner = await db.selectFrom("account").selectAll().where("id", "=", account).executeTakeFirst()
    if (owner === undefined) return []
    const rows = await inForce(db, now, idle)
      .where("s.account", "=", account)
      .orderBy("s.created_at", "desc")
      .orderBy("s.id")
      .execute()
    return rows.map((row) => sessionOf(row, owner))
  })

/** Ends one session of the account, or all but one; gives how many. */
export const endAccountSessions = (
  engine: Engine,
  account: string,
  which: { readonly id: string } | { readonly except?: string },
  now: number,
): Promise<number> =>
  engine.write(async (db) => {
    const all = db.deleteFrom("account_session").where("account", "=", account)
    const some = "id" in which ? all.where("id", "=", which.id) : all.where("session_hash", "<>", which.except ?? "")
    const ended = Number((await some.executeTakeFirst()).numDeletedRows)
    if (ended > 0) await note(db, { account }, { action: "session.ended", subject: account, detail: { sessions: ended } }, now)
    return ended
  })

export const endAccountSession = (engine: Engine, hash: string, now: number): Promise<void> =>
  engine.write(async (db) => {
    const ended = await db.deleteFrom("account_session").where("session_hash", "=", hash).returning("account").executeTakeFirst()
    if (ended) await note(db, { account: ended.account }, { action: "session.ended", subject: ended.account }, now)
  })

const inForce = (db: Db, now: number, idle: number) =>
  db
    .selectFrom("account_session as s")
    .selectAll("s")
    .where("s.expires_at", ">", now)
    .where("s.seen_at", ">", now - idle)

const sessionOf = (row: AccountSessionTable, account: AccountTable): AccountSession => ({
  id: row.id,
  account: accountOf(account),
  step: row.step,
  createdAt: row.created_at,
  seenAt: row.seen_at,
  confirmedAt: row.confirmed_at,
  browser: row.browser,
  address: row.address,
})
