/** Who gets a message and who does not: looked up where messages are put out and once more where they leave. */
import type { FoundEngagement } from "./access.ts"
import type { MessageKind, WithheldBecause } from "./store.ts"
import type { Db } from "./tables.ts"

export interface Recipient {
  readonly id: string
  readonly name: string
  readonly email: string | null
  readonly submitted_at: number | null
  readonly issued_at: number | null
  readonly revoked_at: number | null
  readonly unsubscribed_at: number | null
}

const MINUTE = 60_000
/** How long a message of the same kind counts as just sent: a second click is not a second mail, and nobody is reminded twice a day. */
const quietFor: Readonly<Record<MessageKind, number>> = { invitation: 10 * MINUTE, reminder: 12 * 60 * MINUTE }

/** Everybody of the engagement with their invitation, in its order. */
export const recipientsOf = (db: Db, engagement: string, respondent?: string): Promise<readonly Recipient[]> => {
  const all = db
    .selectFrom("respondent as r")
    .leftJoin("invitation as i", (on) => on.onRef("i.engagement", "=", "r.engagement").onRef("i.respondent", "=", "r.id"))
    .select(["r.id", "r.name", "r.email", "r.submitted_at", "i.issued_at", "i.revoked_at", "i.unsubscribed_at"])
    .where("r.engagement", "=", engagement)
    .orderBy("r.position")
  return (respondent === undefined ? all : all.where("r.id", "=", respondent)).execute()
}

/** Those with a message of this kind on its way, or sent so lately that another would be a nuisance. */
export const justMailed = async (db: Db, engagement: string, kind: MessageKind, now: number): Promise<ReadonlySet<string>> => {
  const rows = await db
    .selectFrom("message")
    .select("respondent")
    .where("engagement", "=", engagement)
    .where("kind", "=", kind)
    .where((row) =>
      row.or([
        row("due_at", "is not", null),
        row.and([row("sent_at", "is not", null), row("created_at", ">", now - quietFor[kind])]),
      ]),
    )
    .execute()
  return new Set(rows.map(({ respondent }) => respondent))
}

/** Why this person must not get the message, as things stand in the database. */
export const withheldFrom = (
  { archived_at, closes_at }: FoundEngagement,
  person: Recipient | undefined,
  kind: MessageKind,
  now: number,
): WithheldBecause | undefined => {
  if (person === undefined) return "gone"
  if (archived_at !== null || (closes_at !== null && closes_at <= now)) return "closed"
  if (person.submitted_at !== null) return "submitted"
  if (person.revoked_at !== null) return "revoked"
  if (person.unsubscribed_at !== null) return "unsubscribed"
  if (kind === "reminder" && person.issued_at === null) return "not-invited"
  return person.email === null ? "no-address" : undefined
}
