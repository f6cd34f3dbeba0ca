import type { Respondent } from "../assessment/model.ts"
import { answerContent, storedAnswer } from "./content.ts"
import { findEngagement, isOwnResponse } from "./access.ts"
import { isClosed } from "./closing.ts"
import { note, personReference } from "./audit.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { readAsked, readEngagement } from "./load-engagement.ts"
import { waitingFor } from "./rows/owners.ts"
import type { AnswerRevision, EngagementScope, Response, ResponseScope } from "./store.ts"
import { suggestionsOf } from "./suggestions.ts"

/** One respondent's answers, drafts included, with the engagement they belong to, which holds no one else's answers. */
export const loadResponse = (engine: Engine, scope: ResponseScope): Promise<Response | undefined> =>
  engine.read(async (db) => {
    const { engagement, respondent } = scope
    if (!isOwnResponse(scope) || !(await findEngagement(db, scope, "see"))) return undefined
    const stored = await readEngagement(db, engagement, respondent)
    const person = stored.engagement.respondents.find(({ id }) => id === respondent)
    if (!person) return undefined
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
    const suggestions = await suggestionsOf(db, engagement, respondent)
    const waiting = await waitingFor(db, engagement, respondent)
    const submitted = submittedAt === undefined ? {} : { submittedAt }
    return { stored, respondent: person, ...submitted, answers, suggestions, waiting }
  })

/** Everybody who is asked, without addresses; nobody for those who may not see the response. */
export const listAsked = (engine: Engine, scope: ResponseScope): Promise<readonly Respondent[]> =>
  engine.read(async (db) =>
    isOwnResponse(scope) && (await findEngagement(db, scope, "see")) ? readAsked(db, scope.engagement) : [],
  )

/** Closes the response; false when it is closed, or not there, or the engagement takes no more answers. */
export const submit = (engine: Engine, scope: ResponseScope, now: number): Promise<boolean> =>
  putState(engine, scope, now, "submitted")

/** Opens a submitted response again; false when it is open, or not there. */
export const reopen = (engine: Engine, scope: ResponseScope, now: number): Promise<boolean> =>
  putState(engine, scope, now, "reopened")

const putState = (engine: Engine, scope: ResponseScope, now: number, state: "submitted" | "reopened"): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const { engagement, respondent, by } = scope
      if (!isOwnResponse(scope) || ("respondent" in by && (await isClosed(db, engagement, now)))) return false
      const done = await db
        .updateTable("respondent")
        .set({ submitted_at: state === "submitted" ? now : null })
        .where("engagement", "=", engagement)
        .where("id", "=", respondent)
        .where("submitted_at", state === "submitted" ? "is" : "is not", null)
        .executeTakeFirst()
      if (done.numUpdatedRows !== 1n) return false
      await note(db, by, { action: `answers.${state}`, engagement, subject: personReference(engagement, respondent) }, now)
      return true
    },
    "answer",
  )

/** Every state of one answer, oldest first. */
export const answerHistory = (
  engine: Engine,
  scope: EngagementScope,
  respondent: string,
  domain: string,
  question: string,
): Promise<readonly AnswerRevision[]> =>
  engine.read(async (db) => {
    const { engagement } = scope
    if (!isOwnResponse({ ...scope, respondent }) || !(await findEngagement(db, scope, "see"))) return []
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
