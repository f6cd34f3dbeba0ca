/** Who is asked to fill in which rows. */
import type { Engine } from "../engine.ts"
import type { EngagementScope, ListOutcome, Response } from "../store.ts"
import type { Db } from "../tables.ts"
import { remember } from "./history.ts"
import { changeList, isAskedAbout, nextRevision, rowsAt } from "./place.ts"

export const giveRows = (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  question: string,
  ids: readonly string[],
  owner: string | undefined,
  now: number,
): Promise<ListOutcome> =>
  changeList(engine, scope, domain, now, async (db) => {
    const place = { engagement: scope.engagement, domain, question }
    if (ids.length === 0 || (owner !== undefined && !(await isAskedAbout(db, scope.engagement, owner, domain)))) return false
    const asked = await rowsAt(db, place).select(["id", "position", "content", "owner"]).where("id", "in", ids).execute()
    const given = asked
      .filter((row) => row.owner !== (owner ?? null))
      .map((row) => ({ ...row, owner: owner ?? null, filled_at: null }))
    if (given.length === 0) return false
    await db
      .updateTable("inventory_row")
      .set({ owner: owner ?? null, filled_at: null })
      .where((row) => row.and({ ...place }))
      .where(
        "id",
        "in",
        given.map(({ id }) => id),
      )
      .execute()
    await remember(db, place, scope.by, given, await nextRevision(db, place), now)
    return true
  })

/** How many rows of which lists wait for the respondent. */
export const waitingFor = (db: Db, engagement: string, respondent: string): Promise<Response["waiting"]> =>
  db
    .selectFrom("inventory_row")
    .select((row) => ["domain", "question", row.fn.countAll<number>().as("rows")])
    .where("engagement", "=", engagement)
    .where("owner", "=", respondent)
    .where("filled_at", "is", null)
    .groupBy(["domain", "question"])
    .orderBy("domain")
    .orderBy("question")
    .execute()
