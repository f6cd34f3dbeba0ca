import { answerText, statusOf, storedAnswer } from "./content.ts"
import { isOwnResponse } from "./access.ts"
import { change, requireOne } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { statement } from "./statement.ts"
import type { AnswerChange, ResponseScope, SaveOutcome } from "./store.ts"
import type { AnswerTable, Db } from "./tables.ts"

type AnswerKey = Pick<AnswerTable, "engagement" | "respondent" | "domain" | "question">

interface Given {
  readonly revision: number
  readonly content: string | null
  readonly saved_at: number | null
}

interface ResponseNow {
  /** When the engagement began: the time of answers that came without one. */
  readonly start: number
  readonly submitted_at: number | null
  readonly revoked_at: number | null
  readonly closes_at: number | null
}

// Looked up one by one: on SQLite a join of these costs several times what they cost apart.
const findResponse = statement<{ engagement: string; respondent: string }, ResponseNow>((db, value) =>
  db
    .selectFrom("respondent as r")
    .select((row) => [
      "r.submitted_at",
      row
        .selectFrom("engagement as e")
        .select("e.created_at")
        .whereRef("e.id", "=", "r.engagement")
        .$asScalar()
        .$notNull()
        .as("start"),
      row.selectFrom("engagement as e").select("e.closes_at").whereRef("e.id", "=", "r.engagement").as("closes_at"),
      row
        .selectFrom("invitation as l")
        .select("l.revoked_at")
        .whereRef("l.engagement", "=", "r.engagement")
        .whereRef("l.respondent", "=", "r.id")
        .as("revoked_at"),
    ])
    .where("r.engagement", "=", value("engagement"))
    .where("r.id", "=", value("respondent")),
)

const findDomain = statement<{ engagement: string; domain: string }, { id: string }>((db, value) =>
  db.selectFrom("domain").select("id").where("engagement", "=", value("engagement")).where("id", "=", value("domain")),
)

const findAnswer = statement<AnswerKey, Given>((db, value) =>
  db
    .selectFrom("answer")
    .select(["revision", "content", "saved_at"])
    .where("engagement", "=", value("engagement"))
    .where("respondent", "=", value("respondent"))
    .where("domain", "=", value("domain"))
    .where("question", "=", value("question")),
)

const findByKey = statement<AnswerKey & { key: string }, Given>((db, value) =>
  db
    .selectFrom("answer_revision")
    .select(["revision", "content", "saved_at"])
    .where("engagement", "=", value("engagement"))
    .where("respondent", "=", value("respondent"))
    .where("domain", "=", value("domain"))
    .where("question", "=", value("question"))
    .where("key", "=", value("key")),
)

const insertRevision = statement<AnswerTable & { key: string }>((db, value) =>
  db.insertInto("answer_revision").values({
    engagement: value("engagement"),
    respondent: value("respondent"),
    domain: value("domain"),
    question: value("question"),
    revision: value("revision"),
    status: value("status"),
    content: value("content"),
    saved_at: value("saved_at"),
    key: value("key"),
  }),
)

const putAnswer = statement<AnswerTable>((db, value) =>
  db
    .insertInto("answer")
    .values({
      engagement: value("engagement"),
      respondent: value("respondent"),
      domain: value("domain"),
      question: value("question"),
      revision: value("revision"),
      status: value("status"),
      content: value("content"),
      saved_at: value("saved_at"),
    })
    .onConflict((conflict) =>
      conflict.columns(["engagement", "respondent", "domain", "question"]).doUpdateSet((row) => ({
        revision: row.ref("excluded.revision"),
        status: row.ref("excluded.status"),
        content: row.ref("excluded.content"),
        saved_at: row.ref("excluded.saved_at"),
      })),
    ),
)

/** Saves all changes in one transaction, each judged on its own; a person or engagement that is not there is `gone`. */
export const saveAnswers = async (
  engine: Engine,
  scope: ResponseScope,
  changes: readonly AnswerChange[],
  now: number,
): Promise<readonly SaveOutcome[]> => {
  const results = await change(
    engine,
    scope,
    now,
    (db) => saveEach(db, scope, changes, now),
    (saved) => saved.some((one) => one.written),
    "answer",
  )
  return (results ?? changes.map(() => gone)).map((one) => one.outcome)
}

interface Saved {
  readonly outcome: SaveOutcome
  readonly written: boolean
}

const gone: Saved = { outcome: { outcome: "closed", because: "gone" }, written: false }

const saveEach = async (
  db: Db,
  scope: ResponseScope,
  changes: readonly AnswerChange[],
  now: number,
): Promise<readonly Saved[]> => {
  if (!isOwnResponse(scope)) return changes.map(() => gone)
  const [response] = (await findResponse(db, { engagement: scope.engagement, respondent: scope.respondent })).rows
  if (!response) return changes.map(() => gone)
  const saved: Saved[] = []
  for (const one of changes) saved.push(await saveOne(db, scope, response, one, now))
  return saved
}

const saveOne = async (
  db: Db,
  { engagement, respondent }: ResponseScope,
  response: ResponseNow,
  wanted: AnswerChange,
  now: number,
): Promise<Saved> => {
  const key: AnswerKey = { engagement, respondent, domain: wanted.domain, question: wanted.question }
  const content = answerText(wanted.content)
  const [current] = (await findAnswer(db, key)).rows
  // An answer has its domain, and only an answer has earlier keys.
  if (!current && (await findDomain(db, key)).rows.length === 0) return gone
  const [byKey] = current ? (await findByKey(db, { ...key, key: wanted.key })).rows : []
  const isOwn = current !== undefined && (await storedUnheard(db, key, current, wanted))
  const outcome = withoutWriting({ response, current, byKey, isOwn }, wanted, content, now)
  if (outcome) return { outcome, written: false }
  const revision = (current?.revision ?? 0) + 1
  const row = { ...key, revision, status: statusOf(wanted.content), content, saved_at: now }
  requireOne(await insertRevision(db, { ...row, key: wanted.key }))
  requireOne(await putAnswer(db, row))
  return { outcome: { outcome: "saved", revision, savedAt: now }, written: true }
}

/** Whether the answer as it is comes from a change of the same page that never heard so: its reply was lost or is on its way. */
const storedUnheard = async (db: Db, key: AnswerKey, current: Given, { seen, unheard = [] }: AnswerChange): Promise<boolean> => {
  if (seen === current.revision) return false
  for (const one of unheard) {
    const [earlier] = (await findByKey(db, { ...key, key: one })).rows
    if (earlier?.revision === current.revision) return true
  }
  return false
}

interface Found {
  readonly response: ResponseNow
  readonly current: Given | undefined
  /** What this change stored when it came before. */
  readonly byKey: Given | undefined
  /** The page that sends this change stored the current answer itself. */
  readonly isOwn: boolean
}

/** What comes of a change that must not be written; `undefined` when it must. */
const withoutWriting = (
  { response, current, byKey, isOwn }: Found,
  { domain, question, seen }: AnswerChange,
  content: string | null,
  now: number,
): SaveOutcome | undefined => {
  const saved = ({ revision, saved_at }: Given): SaveOutcome => ({
    outcome: "saved",
    revision,
    savedAt: saved_at ?? response.start,
  })
  if (byKey && byKey.content === content) return saved(byKey)
  if (response.revoked_at !== null) return { outcome: "closed", because: "gone" }
  if (response.submitted_at !== null) return { outcome: "closed", because: "submitted" }
  if (response.closes_at !== null && response.closes_at <= now) return { outcome: "closed", because: "closed" }
  if ((current?.content ?? null) === content) return saved(current ?? { revision: 0, content, saved_at: null })
  // To a page that was opened on it, an answer taken back looks like none at all.
  const seenAsItIs = seen === (current?.revision ?? 0) || (seen === 0 && current?.content === null) || isOwn
  // The same key with other content is no replay: to call it saved would be untrue.
  if (seenAsItIs && !byKey) return undefined
  return { outcome: "conflict", current: current && storedAnswer({ domain, question, ...current }, response.start) }
}
