/** A list, who may touch it, and the revisions of its rows. */
import { change } from "../engine.ts"
import type { Engine } from "../engine.ts"
import { domainList, haveDomains } from "../people.ts"
import type { ClosedBecause, EngagementScope, ListOutcome } from "../store.ts"
import type { Db } from "../tables.ts"

/** Which inventory: the columns that its rows share. */
export interface Place {
  readonly engagement: string
  readonly domain: string
  readonly question: string
}

export const rowsAt = (db: Db, place: Place) => db.selectFrom("inventory_row").where((row) => row.and({ ...place }))

/** A respondent reads lists of the domains that they are asked about. */
export const mayReadLists = async (db: Db, { engagement, by }: EngagementScope, domain: string): Promise<boolean> =>
  !("respondent" in by) || isAskedAbout(db, engagement, by.respondent, domain)

/** Whether the engagement has such a person, and asks them about the domain. */
export const isAskedAbout = async (db: Db, engagement: string, respondent: string, domain: string): Promise<boolean> => {
  const found = await db
    .selectFrom("respondent")
    .select("domains")
    .where("engagement", "=", engagement)
    .where("id", "=", respondent)
    .executeTakeFirst()
  return found !== undefined && (domainList(found.domains)?.includes(domain) ?? true)
}

/** Whether the actor may change lists of the domain now: looked up in the transaction of the change. */
export const listState = async (
  db: Db,
  { engagement, by }: EngagementScope,
  domain: string,
  now: number,
): Promise<"open" | "missing" | ClosedBecause> => {
  if (!(await haveDomains(db, engagement, [domain]))) return "missing"
  if (!("respondent" in by)) return "open"
  if (!(await isAskedAbout(db, engagement, by.respondent, domain))) return "missing"
  const found = await db
    .selectFrom("respondent as r")
    .innerJoin("engagement as e", "e.id", "r.engagement")
    .leftJoin("invitation as i", (on) => on.onRef("i.engagement", "=", "r.engagement").onRef("i.respondent", "=", "r.id"))
    .select(["r.submitted_at", "e.closes_at", "i.revoked_at"])
    .where("r.engagement", "=", engagement)
    .where("r.id", "=", by.respondent)
    .executeTakeFirstOrThrow()
  if (found.revoked_at !== null) return "gone"
  if (found.submitted_at !== null) return "submitted"
  return found.closes_at !== null && found.closes_at <= now ? "closed" : "open"
}

/** One change to a list that either happens or does not; refused where the list is closed to the actor. */
export const changeList = async (
  engine: Engine,
  scope: EngagementScope,
  domain: string,
  now: number,
  body: (db: Db) => Promise<boolean>,
): Promise<ListOutcome> => {
  const result = await change<ListOutcome>(
    engine,
    scope,
    now,
    async (db) => {
      const state = await listState(db, scope, domain, now)
      if (state === "missing") return { outcome: "unchanged" }
      if (state !== "open") return { outcome: "closed", because: state }
      return { outcome: (await body(db)) ? "changed" : "unchanged" }
    },
    ({ outcome }) => outcome === "changed",
    "answer",
  )
  return result ?? { outcome: "unchanged" }
}

/** The inventory of a first row comes with it; a row takes back that there are none. */
export const nextRevision = async (db: Db, place: Place): Promise<number> => {
  const { revision } = await db
    .insertInto("inventory")
    .values({ ...place, evidence: null, stated_none: 0, revision: 1 })
    .onConflict((conflict) =>
      conflict
        .columns(["engagement", "domain", "question"])
        .doUpdateSet((row) => ({ stated_none: 0, revision: row("inventory.revision", "+", 1) })),
    )
    .returning("revision")
    .executeTakeFirstOrThrow()
  return revision
}
