import { note, personReference } from "./audit.ts"
import { change, changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import type { EngagementScope, NewLink, ResponseScope } from "./store.ts"
import type { Db } from "./tables.ts"

export type Person = Pick<ResponseScope, "engagement" | "respondent">

/** Invites the respondent with a new link; earlier links and every session they opened end. False when there is no such person. */
export const issueLink = (
  engine: Engine,
  scope: ResponseScope,
  tokenHash: string,
  expiresAt: number,
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    if (!(await isThere(db, scope))) return false
    await invite(db, scope, expiresAt, now)
    await dropLinks(db, scope)
    await addLink(db, scope, tokenHash, now)
    await noteLink(db, scope, "link.issued", now)
    return true
  })

/** Gives each of these a further link; gives the ids of those who got one. */
export const addLinks = async (
  engine: Engine,
  scope: EngagementScope,
  links: readonly NewLink[],
  expiresAt: number,
  now: number,
): Promise<readonly string[]> => {
  const given = await change(
    engine,
    scope,
    now,
    async (db) => {
      const done: string[] = []
      for (const { respondent, tokenHash } of links) {
        const person = { ...scope, respondent }
        if (!(await isThere(db, person)) || (await isRevoked(db, person))) continue
        await prolong(db, person, expiresAt, now)
        await addLink(db, person, tokenHash, now)
        await noteLink(db, person, "link.added", now)
        done.push(respondent)
      }
      return done
    },
    (done) => done.length > 0,
  )
  return given ?? []
}

/** Ends the links and every session they opened, in an archived engagement too; false when there is none to end. */
export const revokeLink = (engine: Engine, scope: ResponseScope, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, (db) => endLinks(db, scope, now), "erase")

/** The same inside another change. */
export const endLinks = async (db: Db, scope: ResponseScope, now: number): Promise<boolean> => {
  const done = await db
    .updateTable("invitation")
    .set({ revoked_at: now })
    .where("engagement", "=", scope.engagement)
    .where("respondent", "=", scope.respondent)
    .where("revoked_at", "is", null)
    .executeTakeFirst()
  if (done.numUpdatedRows !== 1n) return false
  await dropLinks(db, scope)
  await noteLink(db, scope, "link.revoked", now)
  return true
}

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
  const opened = await changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      // Looked at again: the link may have been revoked since.
      const link = await linkInForce(db, tokenHash)
      if (!link || link.expires_at <= now) return false
      await ofPerson(db.deleteFrom("respondent_session"), scope).where("expires_at", "<=", now).execute()
      const { engagement, respondent } = scope
      const session = { engagement, respondent, session_hash: sessionHash, expires_at: expiresAt, seen_at: now }
      await db.insertInto("respondent_session").values(session).execute()
      await db
        .updateTable("invitation")
        .set({ last_used_at: now })
        .where("engagement", "=", engagement)
        .where("respondent", "=", respondent)
        .execute()
      return true
    },
    "see",
  )
  return opened ? scope : undefined
}

// ---------------------------------------------------------------- pieces

const isThere = async (db: Db, { engagement, respondent }: Person): Promise<boolean> =>
  (await db
    .selectFrom("respondent")
    .select("id")
    .where("engagement", "=", engagement)
    .where("id", "=", respondent)
    .executeTakeFirst()) !== undefined

const isRevoked = async (db: Db, { engagement, respondent }: Person): Promise<boolean> => {
  const found = await db
    .selectFrom("invitation")
    .select("revoked_at")
    .where("engagement", "=", engagement)
    .where("respondent", "=", respondent)
    .executeTakeFirst()
  return found !== undefined && found.revoked_at !== null
}

/** A new invitation in the place of any earlier one; a wish for no reminders stays. */
const invite = async (db: Db, { engagement, respondent }: Person, expiresAt: number, now: number): Promise<void> => {
  const state = { issued_at: now, expires_at: expiresAt, revoked_at: null, last_used_at: null }
  await db
    .insertInto("invitation")
    .values({ engagement, respondent, unsubscribed_at: null, ...state })
    .onConflict((conflict) => conflict.columns(["engagement", "respondent"]).doUpdateSet(state))
    .execute()
}

/** The invitation in force, or a first one, valid at least until `expiresAt`. */
export const prolong = async (db: Db, { engagement, respondent }: Person, expiresAt: number, now: number): Promise<void> => {
  const first = { issued_at: now, revoked_at: null, last_used_at: null, unsubscribed_at: null }
  await db
    .insertInto("invitation")
    .values({ engagement, respondent, expires_at: expiresAt, ...first })
    .onConflict((conflict) =>
      conflict.columns(["engagement", "respondent"]).doUpdateSet((row) => ({
        expires_at: row
          .case()
          .when("invitation.expires_at", ">", row.ref("excluded.expires_at"))
          .then(row.ref("invitation.expires_at"))
          .else(row.ref("excluded.expires_at"))
          .end(),
      })),
    )
    .execute()
}

export const addLink = async (db: Db, { engagement, respondent }: Person, tokenHash: string, now: number): Promise<void> => {
  await db.insertInto("personal_link").values({ engagement, respondent, token_hash: tokenHash, issued_at: now }).execute()
}

const dropLinks = async (db: Db, person: Person): Promise<void> => {
  for (const table of ["personal_link", "respondent_session"] as const) {
    await ofPerson(db.deleteFrom(table as "personal_link"), person).execute()
  }
}

const ofPerson = <Q extends { where(column: "engagement" | "respondent", is: "=", value: string): Q }>(
  query: Q,
  { engagement, respondent }: Person,
): Q => query.where("engagement", "=", engagement).where("respondent", "=", respondent)

const linkInForce = (db: Db, tokenHash: string): Promise<(Person & { expires_at: number }) | undefined> =>
  db
    .selectFrom("personal_link as l")
    .innerJoin("invitation as i", (on) =>
      on.onRef("i.engagement", "=", "l.engagement").onRef("i.respondent", "=", "l.respondent"),
    )
    .select(["l.engagement", "l.respondent", "i.expires_at"])
    .where("l.token_hash", "=", tokenHash)
    .where("i.revoked_at", "is", null)
    .executeTakeFirst()

const noteLink = (db: Db, { engagement, respondent, by }: ResponseScope, action: string, now: number): Promise<void> =>
  note(db, by, { action, engagement, subject: personReference(engagement, respondent) }, now)

/** What somebody who came by a link may touch: their own response. */
export const scopeOf = ({ engagement, respondent }: Person): ResponseScope => ({ engagement, respondent, by: { respondent } })
