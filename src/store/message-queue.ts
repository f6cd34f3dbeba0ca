/** What the program does with messages by itself: the reminders of chosen days, and sending, safe with any number of processes. */
import { findEngagement } from "./access.ts"
import { note } from "./audit.ts"
import { change } from "./engine.ts"
import type { Engine } from "./engine.ts"
import { addLink, prolong } from "./links.ts"
import type { MessageTable } from "./invitation-tables.ts"
import { putOut } from "./messages.ts"
import { justMailed, recipientsOf, withheldFrom } from "./recipients.ts"
import type { Actor, ClaimedMessage, EngagementScope, MessageOutcome } from "./store.ts"
import type { Db } from "./tables.ts"

export const putOutReminders = async (
  engine: Engine,
  by: Actor,
  day: string,
  newId: () => string,
  expiresAt: number,
  now: number,
): Promise<number> => {
  if (!("program" in by)) return 0
  const engagements = await engine.read((db) => waitingFor(db, day))
  let sum = 0
  for (const engagement of engagements) sum += await remind(engine, { engagement, by }, day, newId, expiresAt, now)
  return sum
}

/** Engagements that chose the day and whose reminders are not out yet. */
const waitingFor = async (db: Db, day: string): Promise<readonly string[]> => {
  const rows = await db
    .selectFrom("engagement as e")
    .leftJoin("reminder_day as d", (on) => on.onRef("d.engagement", "=", "e.id").on("d.day", "=", day))
    .select(["e.id", "e.remind_on"])
    .where("e.remind_on", "<>", "[]")
    .where("e.archived_at", "is", null)
    .where("d.day", "is", null)
    .orderBy("e.id")
    .execute()
  return rows.filter(({ remind_on }) => (JSON.parse(remind_on) as readonly string[]).includes(day)).map(({ id }) => id)
}

const remind = async (
  engine: Engine,
  scope: EngagementScope,
  day: string,
  newId: () => string,
  expiresAt: number,
  now: number,
): Promise<number> => {
  const { engagement, by } = scope
  const put = await change(
    engine,
    scope,
    now,
    async (db) => {
      const found = await findEngagement(db, scope, "change")
      if (found === undefined || !(await isFirst(db, engagement, day, now))) return 0
      const mailed = await justMailed(db, engagement, "reminder", now)
      const people = (await recipientsOf(db, engagement)).filter(
        (one) => withheldFrom(found, one, "reminder", now) === undefined && !mailed.has(one.id),
      )
      const messages = people.map(({ id }) => ({ id: newId(), respondent: id }))
      await putOut(db, scope, "reminder", messages, expiresAt, now)
      await note(db, by, { action: "reminders.put-out", engagement, detail: { day, people: messages.length } }, now)
      return messages.length
    },
    (number) => number > 0,
  )
  return put ?? 0
}

/** Notes the day; false when another process did it before. */
const isFirst = async (db: Db, engagement: string, day: string, now: number): Promise<boolean> => {
  const done = await db
    .insertInto("reminder_day")
    .values({ engagement, day, done_at: now })
    .onConflict((conflict) => conflict.columns(["engagement", "day"]).doNothing())
    .executeTakeFirst()
  return done.numInsertedOrUpdatedRows === 1n
}

type Due = MessageTable & { due_at: number }

export const claimMessage = async (
  engine: Engine,
  by: Actor,
  link: { readonly tokenHash: string; readonly expiresAt: number },
  lease: number,
  now: number,
): Promise<ClaimedMessage | "again" | undefined> => {
  if (!("program" in by)) return undefined
  const due = await engine.read((db) => longestDue(db, now))
  if (due === undefined) return undefined
  return engine.write(async (db) => {
    const found = await findEngagement(db, { engagement: due.engagement, by }, "read", engine.kind === "postgres")
    if (found === undefined || !(await take(db, due, now + lease))) return "again"
    const [person] = await recipientsOf(db, due.engagement, due.respondent)
    const withheld = withheldFrom(found, person, due.kind, now)
    if (withheld !== undefined || person === undefined || person.email === null) {
      await ofMessage(db, due)
        .set({ due_at: null, problem: `withheld ${withheld ?? "gone"}` })
        .execute()
      return "again"
    }
    // Moves no revision: when the invitation was put out, pages already said that there is one.
    await prolong(db, due, link.expiresAt, now)
    await addLink(db, due, link.tokenHash, now)
    const asker = await askerOf(db, due)
    const { engagement, id, kind, respondent, tries } = due
    const { name, email } = person
    return { engagement, id, kind, respondent, name, email, tries: tries + 1, ...(asker && { asker }) }
  })
}

const longestDue = async (db: Db, now: number): Promise<Due | undefined> =>
  (await db
    .selectFrom("message")
    .selectAll()
    .where("due_at", "<=", now)
    .orderBy("due_at")
    .orderBy("engagement")
    .orderBy("id")
    .limit(1)
    .executeTakeFirst()) as Due | undefined

/** Of two who saw the message due, one moves it on; the other finds that it is not due any more. */
const take = async (db: Db, due: Due, until: number): Promise<boolean> => {
  const done = await ofMessage(db, due)
    .set((row) => ({ due_at: until, tries: row("tries", "+", 1) }))
    .where("due_at", "=", due.due_at)
    .where("tries", "=", due.tries)
    .executeTakeFirst()
  return done.numUpdatedRows === 1n
}

const ofMessage = (db: Db, { engagement, id }: Pick<ClaimedMessage, "engagement" | "id">) =>
  db.updateTable("message").where("engagement", "=", engagement).where("id", "=", id)

const askerOf = async (db: Db, { engagement, account }: Due): Promise<{ name: string; email: string } | undefined> => {
  const working = db.selectFrom("account as a").select(["a.name", "a.email"]).where("a.disabled_at", "is", null)
  const asked = account === null ? undefined : await working.where("a.id", "=", account).executeTakeFirst()
  return (
    asked ??
    working
      .innerJoin("membership as m", "m.account", "a.id")
      .where("m.engagement", "=", engagement)
      .where("m.role", "=", "owner")
      .orderBy("m.added_at")
      .orderBy("a.id")
      .limit(1)
      .executeTakeFirst()
  )
}

export const settleMessage = (
  engine: Engine,
  by: Actor,
  message: Pick<ClaimedMessage, "engagement" | "id" | "tries">,
  outcome: MessageOutcome,
  now: number,
): Promise<boolean> =>
  engine.write(async (db) => {
    if (!("program" in by)) return false
    const done = await ofMessage(db, message)
      .set(columnsOf(outcome, message.tries, now))
      .where("tries", "=", message.tries)
      .where("due_at", "is not", null)
      .executeTakeFirst()
    return done.numUpdatedRows === 1n
  })

const columnsOf = (outcome: MessageOutcome, tries: number, now: number): Partial<MessageTable> => {
  if (outcome.outcome === "sent") return { due_at: null, sent_at: now, problem: null }
  const problem = `${outcome.outcome} ${outcome.problem}`
  if (outcome.outcome !== "waiting") return { due_at: null, problem }
  return { due_at: outcome.dueAt, problem, ...(!outcome.counts && { tries: tries - 1 }) }
}
