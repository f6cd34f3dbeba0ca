import { answerContent, storedAnswer } from "./content.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { readEngagement } from "./load-engagement.ts"
import type { AnswerRevision, EngagementScope, Response, ResponseScope } from "./store.ts"

/** One respondent's answers, drafts included, with the engagement they belong to, which holds no one else's answers. */
export const loadResponse = (engine: Engine, { engagement, respondent }: ResponseScope): Promise<Response | undefined> =>
  engine.read(async (db) => {
    const stored = await readEngagement(db, engagement, respondent)
    const person = stored?.engagement.respondents.find(({ id }) => id === respondent)
    if (!stored || !person) return undefined
    const rows = await db
      .selectFrom("answer")
      .select(["domain", "question", "revision", "content", "saved_at"])
      .where("engagement", "=", engagement)
      .where("respondent", "=", respondent)
      .orderBy("domain")
      .orderBy("question")
      .execute()
    const answers = rows.flatMap((row) => storedAnswer(row, stored.createdAt) ?? [])
    const submittedAt = stored.responses.find((state) => state.respondent === respondent)?.submittedAt
    return { stored, respondent: person, ...(submittedAt === undefined ? {} : { submittedAt }), answers }
  })

/** Closes the response; false when it is closed, or not there. */
export const submit = (engine: Engine, scope: ResponseScope, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const done = await db
      .updateTable("respondent")
      .set({ submitted_at: now })
      .where("engagement", "=", scope.engagement)
      .where("id", "=", scope.respondent)
      .where("submitted_at", "is", null)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

/** Opens a submitted response again; false when it is open, or not there. */
export const reopen = (engine: Engine, scope: ResponseScope, now: number): Promise<boolean> =>
  changeOrNot(engine, scope, now, async (db) => {
    const done = await db
      .updateTable("respondent")
      .set({ submitted_at: null })
      .where("engagement", "=", scope.engagement)
      .where("id", "=", scope.respondent)
      .where("submitted_at", "is not", null)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

/** Every state of one answer, oldest first. */
export const answerHistory = (
  engine: Engine,
  { engagement }: EngagementScope,
  respondent: string,
  domain: string,
  question: string,
): Promise<readonly AnswerRevision[]> =>
  engine.read(async (db) => {
    const rows = await db
      .selectFrom("answer_revision as r")
      .innerJoin("engagement as e", "e.id", "r.engagement")
      .select(["r.revision", "r.saved_at", "r.content", "e.created_at"])
      .where("r.engagement", "=", engagement)
      .where("r.respondent", "=", respondent)
      .where("r.domain", "=", domain)
      .where("r.question", "=", question)
      .orderBy("r.revision")
      .execute()
    return rows.map((row) => ({
      revision: row.revision,
      at: row.saved_at ?? row.created_at,
      respondent,
      content: row.content === null ? undefined : answerContent(row.content),
    }))
  })
