import { note, personReference } from "./audit.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import type { ResponseScope } from "./store.ts"

/** Moves the end of the person's invitation, sooner or later; every link to it follows. */
export const changeExpiry = (engine: Engine, scope: ResponseScope, expiresAt: number, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const { engagement, respondent, by } = scope
    const done = await db
      .updateTable("invitation")
      .set({ expires_at: expiresAt })
      .where("engagement", "=", engagement)
      .where("respondent", "=", respondent)
      .where("revoked_at", "is", null)
      .executeTakeFirst()
    if (done.numUpdatedRows !== 1n) return false
    const subject = personReference(engagement, respondent)
    await note(db, by, { action: "link.expiry", engagement, subject, detail: { expiresAt } }, now)
    return true
  })
