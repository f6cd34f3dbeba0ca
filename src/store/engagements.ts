import type { Engagement, PlanSettings, Questionnaire } from "../assessment/model.ts"
import { addContents } from "./add-engagement.ts"
import { findEngagement, mayRead } from "./access.ts"
import { accountRow } from "./accounts.ts"
import { note } from "./audit.ts"
import { deleteEstate } from "./delete-estate.ts"
import { changeOrNot, erase, findHeld } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { summariesOf } from "./find-engagements.ts"
import { readEngagement } from "./load-engagement.ts"
import { breathe } from "./statement.ts"
import type { Actor, EngagementScope, EngagementSummary, StoredEngagement, Terms } from "./store.ts"
import type { Db } from "./tables.ts"

/** Those that the actor reaches, newest first, with their counts. */
export const listEngagements = (engine: Engine, by: Actor): Promise<readonly EngagementSummary[]> =>
  engine.read((db) => summariesOf(db).where(mayRead(by)).orderBy("e.created_at", "desc").orderBy("e.id").execute())

/**
 * Throws, and keeps nothing, when the id is taken, the content refers to people or domains that it does not list, or the actor may not add
 * any.
 */
export const addEngagement = (
  engine: Engine,
  { engagement: id, by }: EngagementScope,
  engagement: Engagement,
  questionnaire: Questionnaire,
  now: number,
  terms: Terms = usualTerms,
): Promise<void> =>
  engine.write(async (db) => {
    if (!(await mayAdd(db, by))) throw new Error("This actor may not add an engagement.")
    await freeze(db, questionnaire)
    await addContents(db, id, engagement, questionnaire.hash, { ...termColumns(terms), archived_at: null }, now)
    if ("account" in by) {
      await db.insertInto("membership").values({ engagement: id, account: by.account, role: "owner", added_at: now }).execute()
    }
    await note(db, by, { action: "engagement.added", engagement: id }, now)
  })

const mayAdd = async (db: Db, by: Actor): Promise<boolean> => {
  if (!("account" in by)) return "program" in by
  const account = await accountRow(db, by.account)
  return account !== undefined && account.disabled_at === null && account.role !== "reader"
}

const usualTerms: Terms = { confidentiality: "named", remindOn: [] }

const termColumns = ({ confidentiality, closesAt, remindOn }: Terms) => ({
  confidentiality,
  closes_at: closesAt ?? null,
  remind_on: JSON.stringify(remindOn),
})

export const loadEngagement = (engine: Engine, scope: EngagementScope): Promise<StoredEngagement | undefined> =>
  engine.read(async (db) => ((await findEngagement(db, scope, "read")) ? readEngagement(db, scope.engagement) : undefined))

export const revisionOf = (engine: Engine, scope: EngagementScope): Promise<number | undefined> =>
  engine.read(async (db) => (await findEngagement(db, scope, "read"))?.revision)

export const changeDetails = (
  engine: Engine,
  scope: EngagementScope,
  { title, client, plan }: { title: string; client: string; plan: PlanSettings },
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const values = { title, client, plan: JSON.stringify(plan) }
    const done = await db.updateTable("engagement").set(values).where("id", "=", scope.engagement).executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

/**
 * What respondents are promised, until when they can answer, and when they are reminded. False also for names where somebody has answered
 * (or begun to) under the promise that only their role is seen.
 */
export const changeTerms = (engine: Engine, scope: EngagementScope, terms: Terms, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    if (terms.confidentiality === "named" && (await isPromised(db, scope.engagement))) return false
    await db.updateTable("engagement").set(termColumns(terms)).where("id", "=", scope.engagement).execute()
    const { confidentiality, closesAt } = terms
    const detail = { confidentiality, ...(closesAt !== undefined && { closesAt }) }
    await note(db, scope.by, { action: "engagement.terms", engagement: scope.engagement, detail }, now)
    return true
  })

const isPromised = async (db: Db, engagement: string): Promise<boolean> => {
  const found = await db
    .selectFrom("engagement as e")
    .select("e.id")
    .where("e.id", "=", engagement)
    .where("e.confidentiality", "=", "role")
    .where((row) => {
      const answer = row.selectFrom("answer_revision as a").select("a.engagement").whereRef("a.engagement", "=", "e.id")
      const listed = row.selectFrom("inventory_row_revision as i").select("i.engagement").whereRef("i.engagement", "=", "e.id")
      const submitted = row.selectFrom("respondent as r").select("r.engagement").whereRef("r.engagement", "=", "e.id")
      return row.or([
        row.exists(answer.limit(1)),
        row.exists(listed.where("i.respondent", "is not", null).limit(1)),
        row.exists(submitted.where("r.submitted_at", "is not", null).limit(1)),
      ])
    })
    .executeTakeFirst()
  return found !== undefined
}

/** Puts the engagement away, or takes it out again; false when it is so already. */
export const archive = (engine: Engine, scope: EngagementScope, archived: boolean, now: number): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const done = await db
        .updateTable("engagement")
        .set({ archived_at: archived ? now : null })
        .where("id", "=", scope.engagement)
        .where("archived_at", archived ? "is" : "is not", null)
        .executeTakeFirst()
      if (done.numUpdatedRows !== 1n) return false
      const action = archived ? "engagement.archived" : "engagement.restored"
      await note(db, scope.by, { action, engagement: scope.engagement }, now)
      return true
    },
    "own",
  )

/** Removes the engagement with all that belongs to it. What stays is one line of the audit log, without a name. */
export const removeEngagement = (engine: Engine, scope: EngagementScope, now: number): Promise<boolean> =>
  erase(engine, removeWhole(engine, scope, now))

const removeWhole = (engine: Engine, scope: EngagementScope, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    const { engagement } = scope
    if (!(await findHeld(engine, db, scope, "own"))) return false
    // Piece by piece: the foreign keys would do it in one statement, which for a large engagement takes longer than a statement may.
    for (const table of ["respondent", "estate", "domain"] as const) {
      const rows = await db.selectFrom(table).select("id").where("engagement", "=", engagement).execute()
      for (const { id } of rows) {
        if (table === "estate") await deleteEstate(db, engagement, id)
        else await db.deleteFrom(table).where("engagement", "=", engagement).where("id", "=", id).execute()
        await breathe()
      }
    }
    const done = await db.deleteFrom("engagement").where("id", "=", engagement).executeTakeFirst()
    if (done.numDeletedRows !== 1n) return false
    await note(db, scope.by, { action: "engagement.erased", engagement }, now)
    return true
  })

export const changeQuestionnaire = (
  engine: Engine,
  scope: EngagementScope,
  questionnaire: Questionnaire,
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    await freeze(db, questionnaire)
    const detail = { version: questionnaire.version }
    await note(db, scope.by, { action: "engagement.questionnaire", engagement: scope.engagement, detail }, now)
    const values = { questionnaire_hash: questionnaire.hash }
    const done = await db.updateTable("engagement").set(values).where("id", "=", scope.engagement).executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

const freeze = async (db: Db, questionnaire: Questionnaire): Promise<void> => {
  const { hash, id, version } = questionnaire
  await db
    .insertInto("questionnaire")
    .values({ hash, id, version, doc: JSON.stringify(questionnaire) })
    .onConflict((conflict) => conflict.column("hash").doNothing())
    .execute()
}
