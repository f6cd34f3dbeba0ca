import { answerText, statusOf, storedAnswer } from "./content.ts"
import { change, requireOne } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { statement } from "./statement.ts"
import type { AnswerChange, ResponseScope, SaveOutcome } from "./store.ts"
import type { AnswerTable, Db } from "./tables.ts"

type AnswerKey = Pick<AnswerTable, "engagement" | "respondent" | "domain" | "question">

interface Found {
  /** When the engagement began: the time of answers that came without one. */
  readonly start: number
  readonly submitted_at: number | null
  readonly revoked_at: number | null
  readonly domain: string | null
  readonly revision: number | null
  readonly content: string | null
  readonly saved_at: number | null
  readonly key_revision: number | null
  readonly key_content: string | null
  readonly key_saved_at: number | null
}

/** The response, the answer as it stands and what the key stored earlier, in one look. */
const findAnswer = statement<AnswerKey & { key: string }, Found>((db, value) =>
  db
    .selectFrom("respondent as r")
    .innerJoin("engagement as e", "e.id", "r.engagement")
    .leftJoin("link as l", (on) => on.onRef("l.engagement", "=", "r.engagement").onRef("l.respondent", "=", "r.id"))
    .leftJoin("domain as d", (on) => on.onRef("d.engagement", "=", "r.engagement").on("d.id", "=", value("domain")))
    .leftJoin("answer as a", (on) =>
      on
        .onRef("a.engagement", "=", "r.engagement")
        .onRef("a.respondent", "=", "r.id")
        .onRef("a.domain", "=", "d.id")
        .on("a.question", "=", value("question")),
    )
    .leftJoin("answer_revision as k", (on) =>
      on
        .onRef("k.engagement", "=", "r.engagement")
        .onRef("k.respondent", "=", "r.id")
        .onRef("k.domain", "=", "d.id")
        .on("k.question", "=", value("question"))
        .on("k.key", "=", value("key")),
    )
    .select([
      "e.created_at as start",
      "r.submitted_at",
      "l.revoked_at",
      "d.id as domain",
      "a.revision",
      "a.content",
      "a.saved_at",
      "k.revision as key_revision",
      "k.content as key_content",
      "k.saved_at as key_saved_at",
    ])
    .where("r.engagement", "=", value("engagement"))
    .where("r.id", "=", value("respondent")),
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
  const saved: Saved[] = []
  for (const one of changes) saved.push(await saveOne(db, scope, one, now))
  return saved
}

const saveOne = async (db: Db, { engagement, respondent }: ResponseScope, wanted: AnswerChange, now: number): Promise<Saved> => {
  const key: AnswerKey = { engagement, respondent, domain: wanted.domain, question: wanted.question }
  const content = answerText(wanted.content)
  const [found] = (await findAnswer(db, { ...key, key: wanted.key })).rows
  if (!found?.domain) return gone
  const outcome = withoutWriting(found, wanted, content)
  if (outcome) return { outcome, written: false }
  const revision = (found.revision ?? 0) + 1
  const row = { ...key, revision, status: statusOf(wanted.content), content, saved_at: now }
  requireOne(await insertRevision(db, { ...row, key: wanted.key }))
  requireOne(await putAnswer(db, row))
  return { outcome: { outcome: "saved", revision, savedAt: now }, written: true }
}

/** What comes of a change that must not be written; `undefined` when it must. */
const withoutWriting = (found: Found, wanted: AnswerChange, content: string | null): SaveOutcome | undefined => {
  if (found.key_revision !== null && found.key_content === content) {
    return { outcome: "saved", revision: found.key_revision, savedAt: found.key_saved_at ?? found.start }
  }
  if (found.revoked_at !== null) return { outcome: "closed", because: "gone" }
  if (found.submitted_at !== null) return { outcome: "closed", because: "submitted" }
  if (found.revision === null) {
    if (content === null) return { outcome: "saved", revision: 0, savedAt: found.start }
    return wanted.seen === 0 ? undefined : { outcome: "conflict", current: undefined }
  }
  if (found.content === content) return { outcome: "saved", revision: found.revision, savedAt: found.saved_at ?? found.start }
  // To a page that was opened on it, an answer taken back looks like none at all.
  const seenAsItIs = wanted.seen === found.revision || (wanted.seen === 0 && found.content === null)
  // The same key with other content is no replay: to call it saved would be untrue.
  if (seenAsItIs && found.key_revision === null) return undefined
  const { revision, content: current, saved_at } = found
  const { domain, question } = wanted
  return { outcome: "conflict", current: storedAnswer({ domain, question, revision, content: current, saved_at }, found.start) }
}
