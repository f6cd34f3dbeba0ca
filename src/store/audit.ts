import { createHash } from "node:crypto"
import type { Engine } from "./engine.ts"
import type { Actor, AuditEntry, AuditNote, AuditStore } from "./store.ts"
import type { AuditTable } from "./account-tables.ts"
import type { Db } from "./tables.ts"

/** Adds an entry after the last. Run it in the transaction of what it tells of, so that neither is there without the other. */
export const note = async (db: Db, by: Actor | "nobody", entry: AuditNote, now: number): Promise<void> => {
  const last = await lastEntry(db)
  const row = {
    number: (last?.number ?? 0) + 1,
    at: now,
    actor: actorText(by, entry.engagement),
    action: entry.action,
    engagement: entry.engagement ?? null,
    subject: entry.subject ?? null,
    detail: JSON.stringify(entry.detail ?? {}),
  }
  await db
    .insertInto("audit")
    .values({ ...row, hash: hashOf(row, last?.hash ?? "") })
    .execute()
}

/** The row of `meta` counts the entries, and is locked first: two must not follow the same one. SQLite has one writer anyway. */
const lastEntry = async (db: Db): Promise<Pick<AuditTable, "number" | "hash"> | undefined> => {
  await db
    .insertInto("meta")
    .values({ name: "audit", value: 1 })
    .onConflict((conflict) => conflict.column("name").doUpdateSet((row) => ({ value: row("meta.value", "+", 1) })))
    .execute()
  return db.selectFrom("audit").select(["number", "hash"]).orderBy("number", "desc").limit(1).executeTakeFirst()
}

/**
 * A person in the log: ids of respondents are made from their names, and a name could never be taken out of an append-only log again.
 * Whoever has the people's list can tell who is meant; once somebody is erased, nobody can.
 */
export const personReference = (engagement: string, respondent: string): string =>
  `person-${createHash("sha256").update(`${engagement}\n${respondent}`).digest("hex").slice(0, 10)}`

const actorText = (by: Actor | "nobody", engagement: string | undefined): string => {
  if (by === "nobody") return "nobody"
  if ("account" in by) return `account ${by.account}`
  if ("respondent" in by) return personReference(engagement ?? "", by.respondent)
  return `program ${by.program}`
}

const hashOf = ({ number, at, actor, action, engagement, subject, detail }: Omit<AuditTable, "hash">, before: string): string =>
  createHash("sha256")
    .update(JSON.stringify([before, number, at, actor, action, engagement, subject, detail]))
    .digest("hex")

export const noteAudit = (engine: Engine, by: Actor | "nobody", entry: AuditNote, now: number): Promise<void> =>
  engine.write((db) => note(db, by, entry, now))

export const readAudit = (
  engine: Engine,
  by: Actor,
  { engagement, action, actor, offset, limit }: Parameters<AuditStore["readAudit"]>[1],
): ReturnType<AuditStore["readAudit"]> =>
  engine.read(async (db) => {
    if (!(await mayReadLog(db, by))) return undefined
    let query = db.selectFrom("audit")
    if (engagement !== undefined) query = query.where("engagement", "=", engagement)
    if (action !== undefined) query = query.where("action", "=", action)
    if (actor !== undefined) query = query.where("actor", "=", actor)
    const { total } = await query.select((row) => row.fn.countAll<number>().as("total")).executeTakeFirstOrThrow()
    const rows = await query.selectAll().orderBy("number", "desc").offset(offset).limit(limit).execute()
    return { entries: rows.map(entryOf), total }
  })

const mayReadLog = async (db: Db, by: Actor): Promise<boolean> => {
  if (!("account" in by)) return "program" in by
  const administrator = db.selectFrom("account").select("id").where("id", "=", by.account).where("role", "=", "administrator")
  return (await administrator.where("disabled_at", "is", null).executeTakeFirst()) !== undefined
}

const entryOf = ({ number, at, actor, action, engagement, subject, detail }: AuditTable): AuditEntry => ({
  number,
  at,
  actor,
  action,
  ...(engagement !== null && { engagement }),
  ...(subject !== null && { subject }),
  detail: JSON.parse(detail) as AuditEntry["detail"],
})

const verifiedAtOnce = 1_000

export const verifyAudit = (engine: Engine, by: Actor): ReturnType<AuditStore["verifyAudit"]> =>
  engine.read(async (db) => {
    if (!(await mayReadLog(db, by))) return undefined
    let before = { number: 0, hash: "" }
    for (;;) {
      const rows = await db
        .selectFrom("audit")
        .selectAll()
        .where("number", ">", before.number)
        .orderBy("number")
        .limit(verifiedAtOnce)
        .execute()
      for (const row of rows) {
        if (row.number !== before.number + 1 || row.hash !== hashOf(row, before.hash)) {
          return brokenAfter(before.number)
        }
        before = row
      }
      if (rows.length < verifiedAtOnce)
        return (await counted(db)) > before.number ? brokenAfter(before.number) : whole(before.number)
    }
  })

/** How many entries were ever added: a log that was cut off at its end is in order, but too short. */
const counted = async (db: Db): Promise<number> =>
  (await db.selectFrom("meta").select("value").where("name", "=", "audit").executeTakeFirst())?.value ?? 0

const whole = (entries: number) => ({ entries })
const brokenAfter = (entries: number) => ({ entries, broken: entries + 1 })
