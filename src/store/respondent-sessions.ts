import type { Engine } from "./engine.ts"
import { type Person, scopeOf } from "./links.ts"
import type { ResponseScope } from "./store.ts"

/** How exactly the last use of a session is known: writing it down with every page would cost a commit each. */
const seenToWithin = 60_000

/** Whose session it is; `undefined` when it has ended, with its link or by itself, or was idle for too long. */
export const readSession = async (
  engine: Engine,
  sessionHash: string,
  now: number,
  idle = Number.MAX_SAFE_INTEGER,
): Promise<ResponseScope | undefined> => {
  const session = await engine.read((db) =>
    db
      .selectFrom("respondent_session as s")
      .innerJoin("invitation as i", (on) =>
        on.onRef("i.engagement", "=", "s.engagement").onRef("i.respondent", "=", "s.respondent"),
      )
      .select(["s.engagement", "s.respondent", "s.seen_at"])
      .where("s.session_hash", "=", sessionHash)
      .where("s.expires_at", ">", now)
      .where("s.seen_at", ">", now - idle)
      .where("i.revoked_at", "is", null)
      .executeTakeFirst(),
  )
  if (session === undefined) return undefined
  if (session.seen_at < now - seenToWithin) await noteUse(engine, session, sessionHash, now)
  return scopeOf(session)
}

/** Moves no revision: nothing that a page is computed from has changed. */
const noteUse = (engine: Engine, { engagement, respondent }: Person, sessionHash: string, now: number): Promise<void> =>
  engine.write(async (db) => {
    await db.updateTable("respondent_session").set({ seen_at: now }).where("session_hash", "=", sessionHash).execute()
    await db
      .updateTable("invitation")
      .set({ last_used_at: now })
      .where("engagement", "=", engagement)
      .where("respondent", "=", respondent)
      .execute()
  })

export const endSession = (engine: Engine, sessionHash: string): Promise<void> =>
  engine.write(async (db) => {
    await db.deleteFrom("respondent_session").where("session_hash", "=", sessionHash).execute()
  })
