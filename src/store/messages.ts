import { type FoundEngagement, findEngagement, isOwnResponse } from "./access.ts"
import { note, personReference } from "./audit.ts"
import { change, changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import type { MessageTable } from "./invitation-tables.ts"
import { prolong } from "./links.ts"
import { justMailed, recipientsOf, withheldFrom } from "./recipients.ts"
import { insertMany } from "./statement.ts"
import type { Actor, Addressed, EngagementScope, Message, MessageKind, MessageState, ResponseScope } from "./store.ts"
import type { Db } from "./tables.ts"

/** Invitations that an engagement may send in 24 hours, so that a mistake or a stolen account stays small. */
const invitationsADay = 200
const DAY = 24 * 60 * 60 * 1000

export const addressees = (
  engine: Engine,
  scope: EngagementScope,
  kind: MessageKind,
  respondents: readonly string[],
  now: number,
): Promise<readonly Addressed[] | undefined> =>
  engine.read(async (db) => {
    const found = await findEngagement(db, scope, "change")
    return found && judge(db, scope.engagement, found, kind, respondents, now)
  })

export const putOutMessages = (
  engine: Engine,
  scope: EngagementScope,
  kind: MessageKind,
  messages: readonly { readonly id: string; readonly respondent: string }[],
  expiresAt: number,
  now: number,
): Promise<readonly Addressed[] | undefined> =>
  change(
    engine,
    scope,
    now,
    async (db) => {
      const found = await findEngagement(db, scope, "change")
      if (found === undefined) return []
      const { engagement, by } = scope
      const judged = await judge(
        db,
        engagement,
        found,
        kind,
        messages.map(({ respondent }) => respondent),
        now,
      )
      const wanted = new Set(judged.filter(({ withheld }) => withheld === undefined).map(({ respondent }) => respondent))
      const chosen = messages.filter(({ respondent }) => wanted.delete(respondent))
      await putOut(db, scope, kind, chosen, expiresAt, now)
      if (chosen.length > 0)
        await note(db, by, { action: `${kind}s.put-out`, engagement, detail: { people: chosen.length } }, now)
      return judged
    },
    (judged) => judged.some(({ withheld }) => withheld === undefined),
  )

/** Adds the messages, and the invitation that their links will belong to. */
export const putOut = async (
  db: Db,
  { engagement, by }: EngagementScope,
  kind: MessageKind,
  messages: readonly { readonly id: string; readonly respondent: string }[],
  expiresAt: number,
  now: number,
): Promise<void> => {
  for (const { respondent } of messages) await prolong(db, { engagement, respondent }, expiresAt, now)
  const rest = { kind, account: accountOf(by), created_at: now, due_at: now, sent_at: null, tries: 0, problem: null }
  await insertMany(
    db,
    "message",
    messages.map(({ id, respondent }) => ({ engagement, id, respondent, ...rest })),
  )
}

const accountOf = (by: Actor): string | null => ("account" in by ? by.account : null)

/** In the order given; those beyond the day's limit are the last. */
const judge = async (
  db: Db,
  engagement: string,
  found: FoundEngagement,
  kind: MessageKind,
  respondents: readonly string[],
  now: number,
): Promise<readonly Addressed[]> => {
  const people = new Map((await recipientsOf(db, engagement)).map((one) => [one.id, one]))
  const mailed = await justMailed(db, engagement, kind, now)
  let room = kind === "invitation" ? invitationsADay - (await invitedToday(db, engagement, now)) : Infinity
  return [...new Set(respondents)].map((respondent) => {
    const withheld =
      withheldFrom(found, people.get(respondent), kind, now) ??
      (mailed.has(respondent) ? "recent" : room <= 0 ? "limit" : undefined)
    if (withheld === undefined) room -= 1
    return { respondent, ...(withheld !== undefined && { withheld }) }
  })
}

const invitedToday = async (db: Db, engagement: string, now: number): Promise<number> => {
  const { sum } = await db
    .selectFrom("message")
    .select((row) => row.fn.countAll<number>().as("sum"))
    .where("engagement", "=", engagement)
    .where("kind", "=", "invitation")
    .where("created_at", ">", now - DAY)
    .executeTakeFirstOrThrow()
  return sum
}

export const listMessages = (engine: Engine, scope: EngagementScope, respondent?: string): Promise<readonly Message[]> =>
  engine.read(async (db) => {
    if ("respondent" in scope.by || !(await findEngagement(db, scope, "see"))) return []
    const all = db.selectFrom("message").selectAll().where("engagement", "=", scope.engagement)
    const rows = await (respondent === undefined ? all : all.where("respondent", "=", respondent))
      .orderBy("created_at", "desc")
      .orderBy("id")
      .execute()
    return rows.map(messageOf)
  })

const messageOf = ({ id, respondent, kind, created_at, sent_at, tries, ...row }: MessageTable): Message => {
  const [word = "", ...said] = (row.problem ?? "").split(" ")
  const state = sent_at !== null ? "sent" : row.due_at !== null ? "waiting" : (word as MessageState)
  return {
    id,
    respondent,
    kind,
    state,
    createdAt: created_at,
    tries,
    ...(sent_at !== null && { sentAt: sent_at }),
    ...(said.length > 0 && { problem: said.join(" ") }),
  }
}

export const stopReminders = (engine: Engine, scope: ResponseScope, stopped: boolean, now: number): Promise<boolean> =>
  changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const { engagement, respondent, by } = scope
      if (!isOwnResponse(scope)) return false
      const done = await db
        .updateTable("invitation")
        .set({ unsubscribed_at: stopped ? now : null })
        .where("engagement", "=", engagement)
        .where("respondent", "=", respondent)
        .where("unsubscribed_at", stopped ? "is" : "is not", null)
        .executeTakeFirst()
      if (done.numUpdatedRows !== 1n) return false
      const action = stopped ? "reminders.declined" : "reminders.wanted"
      await note(db, by, { action, engagement, subject: personReference(engagement, respondent) }, now)
      return true
    },
    "see",
  )
