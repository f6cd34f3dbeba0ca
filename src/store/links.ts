import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import type { ResponseScope } from "./store.ts"
import type { Db, LinkTable } from "./tables.ts"

/** Gives the respondent a new link; the earlier one and every session it opened end. False when there is no such person. */
export const issueLink = (
  engine: Engine,
  scope: ResponseScope,
  tokenHash: string,
  expiresAt: number,
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const person = await db
      .selectFrom("respondent")
      .select("id")
      .where("engagement", "=", scope.engagement)
      .where("id", "=", scope.respondent)
      .executeTakeFirst()
    if (!person) return false
    await endSessions(db, scope)
    await db.deleteFrom("link").where("engagement", "=", scope.engagement).where("respondent", "=", scope.respondent).execute()
    const link = { token_hash: tokenHash, issued_at: now, expires_at: expiresAt, revoked_at: null, last_used_at: null }
    await db
      .insertInto("link")
      .values({ ...scope, ...link })
      .execute()
    return true
  })

/** Ends the link and every session it opened; false when there is none to end. */
export const revokeLink = (engine: Engine, scope: ResponseScope, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const done = await db
      .updateTable("link")
      .set({ revoked_at: now })
      .where("engagement", "=", scope.engagement)
      .where("respondent", "=", scope.respondent)
      .where("revoked_at", "is", null)
      .executeTakeFirst()
    if (done.numUpdatedRows !== 1n) return false
    await endSessions(db, scope)
    return true
  })

/** What a link opens. Unknown and revoked links are the same `undefined`. */
export const readLink = (
  engine: Engine,
  tokenHash: string,
  now: number,
): Promise<{ scope: ResponseScope; expired: boolean } | undefined> =>
  engine.read(async (db) => {
    const link = await linkInForce(db, tokenHash)
    return link && { scope: scopeOf(link), expired: link.expires_at <= now }
  })

/** Opens a session for a link that is in force; `undefined` for unknown, revoked and expired ones. */
export const openSession = async (
  engine: Engine,
  tokenHash: string,
  sessionHash: string,
  expiresAt: number,
  now: number,
): Promise<ResponseScope | undefined> => {
  const scope = (await readLink(engine, tokenHash, now))?.scope
  if (!scope) return undefined
  const opened = await changeOrNot(engine, scope, now, async (db) => {
    // Looked at again: the link may have been revoked since.
    const link = await linkInForce(db, tokenHash)
    if (!link || link.expires_at <= now) return false
    await db
      .deleteFrom("session")
      .where("engagement", "=", scope.engagement)
      .where("respondent", "=", scope.respondent)
      .where("expires_at", "<=", now)
      .execute()
    await db
      .insertInto("session")
      .values({ ...scope, session_hash: sessionHash, expires_at: expiresAt })
      .execute()
    await db.updateTable("link").set({ last_used_at: now }).where("token_hash", "=", tokenHash).execute()
    return true
  })
  return opened ? scope : undefined
}

/** Whose session it is; `undefined` when it has ended, with its link or by itself. */
export const readSession = (engine: Engine, sessionHash: string, now: number): Promise<ResponseScope | undefined> =>
  engine.read(async (db) => {
    const session = await db
      .selectFrom("session as s")
      .innerJoin("link as l", (on) => on.onRef("l.engagement", "=", "s.engagement").onRef("l.respondent", "=", "s.respondent"))
      .select(["s.engagement", "s.respondent"])
      .where("s.session_hash", "=", sessionHash)
      .where("s.expires_at", ">", now)
      .where("l.revoked_at", "is", null)
      .executeTakeFirst()
    return session && scopeOf(session)
  })

export const endSession = (engine: Engine, sessionHash: string): Promise<void> =>
  engine.write(async (db) => {
    await db.deleteFrom("session").where("session_hash", "=", sessionHash).execute()
  })

const linkInForce = (db: Db, tokenHash: string): Promise<LinkTable | undefined> =>
  db.selectFrom("link").selectAll().where("token_hash", "=", tokenHash).where("revoked_at", "is", null).executeTakeFirst()

const endSessions = async (db: Db, scope: ResponseScope): Promise<void> => {
  await db.deleteFrom("session").where("engagement", "=", scope.engagement).where("respondent", "=", scope.respondent).execute()
}

const scopeOf = ({ engagement, respondent }: ResponseScope): ResponseScope => ({ engagement, respondent })
