import { sql } from "kysely"
import type { Engagement, PlanSettings, Questionnaire } from "../assessment/model.ts"
import { addContents } from "./add-engagement.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { readEngagement } from "./load-engagement.ts"
import { breathe } from "./statement.ts"
import type { EngagementScope, EngagementSummary, StoredEngagement } from "./store.ts"
import type { Db } from "./tables.ts"

/** Newest first, with their counts. */
export const listEngagements = (engine: Engine): Promise<readonly EngagementSummary[]> =>
  engine.read((db) =>
    db
      .selectFrom("engagement as e")
      .select(["e.id", "e.title", "e.client", "e.created_at as createdAt"])
      .select([
        sql<number>`(SELECT count(*) FROM domain d WHERE d.engagement = e.id)`.as("domains"),
        sql<number>`(SELECT count(*) FROM respondent r WHERE r.engagement = e.id)`.as("respondents"),
        sql<number>`(SELECT count(r.submitted_at) FROM respondent r WHERE r.engagement = e.id)`.as("submitted"),
        sql<number>`(SELECT count(*) FROM answer a WHERE a.engagement = e.id AND a.status NOT IN ('draft', 'cleared'))`.as(
          "answers",
        ),
      ])
      .orderBy("e.created_at", "desc")
      .orderBy("e.id")
      .execute(),
  )

/** Throws, and keeps nothing, when the id is taken or the content refers to people or domains that it does not list. */
export const addEngagement = (
  engine: Engine,
  id: string,
  engagement: Engagement,
  questionnaire: Questionnaire,
  now: number,
): Promise<void> =>
  engine.write(async (db) => {
    await freeze(db, questionnaire)
    await addContents(db, id, engagement, questionnaire.hash, now)
  })

export const loadEngagement = (engine: Engine, { engagement }: EngagementScope): Promise<StoredEngagement | undefined> =>
  engine.read((db) => readEngagement(db, engagement))

export const revisionOf = (engine: Engine, { engagement }: EngagementScope): Promise<number | undefined> =>
  engine.read(
    async (db) =>
      (await db.selectFrom("engagement").select("revision").where("id", "=", engagement).executeTakeFirst())?.revision,
  )

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

/** Removes the engagement with all that belongs to it. */
export const removeEngagement = (engine: Engine, { engagement }: EngagementScope): Promise<boolean> =>
  engine.write(async (db) => {
    // Piece by piece: the foreign keys would do it in one statement, which for a large engagement takes longer than a statement may.
    for (const table of ["respondent", "domain"] as const) {
      const rows = await db.selectFrom(table).select("id").where("engagement", "=", engagement).execute()
      for (const { id } of rows) {
        await db.deleteFrom(table).where("engagement", "=", engagement).where("id", "=", id).execute()
        await breathe()
      }
    }
    const done = await db.deleteFrom("engagement").where("id", "=", engagement).executeTakeFirst()
    return done.numDeletedRows === 1n
  })

export const changeQuestionnaire = (
  engine: Engine,
  scope: EngagementScope,
  questionnaire: Questionnaire,
  now: number,
): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    await freeze(db, questionnaire)
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
