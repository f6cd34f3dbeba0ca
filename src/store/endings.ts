/** What ends something for good, so that no restored backup may bring it back. */
import { personReference } from "./audit.ts"
import { deleteEstate } from "./delete-estate.ts"
import { dropFromLists, forgetAuthor } from "./people.ts"
import type { AccountRole, MemberRole } from "./store.ts"
import type { Db } from "./tables.ts"

/** An entry of the audit log that ended something: ids and references only, no name and nothing that somebody said. */
export interface Ending {
  readonly number: number
  readonly hash: string
  readonly at: number
  readonly action: EndingAction
  readonly engagement: string | null
  readonly subject: string | null
  readonly detail: Readonly<Record<string, unknown>>
}

type Again = (db: Db, ending: Ending) => Promise<boolean>

const endLinks: Again = async (db, ending) => {
  const respondent = await personMeant(db, ending)
  if (respondent === undefined) return false
  await db.deleteFrom("personal_link").where("engagement", "=", ending.engagement).where("respondent", "=", respondent).execute()
  return true
}

const revoke: Again = async (db, ending) => {
  const respondent = await personMeant(db, ending)
  if (respondent === undefined) return false
  await endLinks(db, ending)
  await db
    .updateTable("invitation")
    .set({ revoked_at: ending.at })
    .where("engagement", "=", ending.engagement)
    .where("respondent", "=", respondent)
    .where("revoked_at", "is", null)
    .execute()
  return true
}

const erasePerson: Again = async (db, ending) => {
  const respondent = await personMeant(db, ending)
  if (respondent === undefined || ending.engagement === null) return false
  await db.deleteFrom("respondent").where("engagement", "=", ending.engagement).where("id", "=", respondent).execute()
  await forgetAuthor(db, ending.engagement, respondent)
  return true
}

const eraseDomain: Again = async (db, { engagement, subject }) => {
  if (engagement === null || subject === null) return false
  const query = db.deleteFrom("domain").where("engagement", "=", engagement).where("id", "=", subject)
  if ((await query.executeTakeFirst()).numDeletedRows === 0n) return false
  await dropFromLists(db, engagement, subject)
  return true
}

const eraseEngagement: Again = async (db, { engagement }) =>
  (await db.deleteFrom("engagement").where("id", "=", engagement).executeTakeFirst()).numDeletedRows > 0n

const removeEstate: Again = async (db, { engagement, subject }) => {
  if (engagement === null || subject === null) return false
  const found = await db
    .selectFrom("estate")
    .select("id")
    .where("engagement", "=", engagement)
    .where("id", "=", subject)
    .execute()
  if (found.length === 0) return false
  await deleteEstate(db, engagement, subject)
  return true
}

const removeMember: Again = async (db, { engagement, subject }) => {
  const query = db.deleteFrom("membership").where("engagement", "=", engagement).where("account", "=", subject)
  return (await query.executeTakeFirst()).numDeletedRows > 0n
}

const memberRoles: readonly MemberRole[] = ["reader", "editor", "owner"]
const accountRoles: readonly AccountRole[] = ["reader", "consultant", "administrator"]

/** The roles above the one that was given; none for a role that is not known. */
const above = <R>(roles: readonly R[], role: unknown): readonly R[] =>
  roles.includes(role as R) ? roles.slice(roles.indexOf(role as R) + 1) : []

/** Nobody comes back with more rights than they had at the end. */
const lowerMember: Again = async (db, { engagement, subject, detail }) => {
  const higher = above(memberRoles, detail["role"])
  if (higher.length === 0) return false
  const query = db
    .updateTable("membership")
    .set({ role: detail["role"] as MemberRole })
    .where("engagement", "=", engagement)
    .where("account", "=", subject)
    .where("role", "in", higher)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

const lowerAccount: Again = async (db, { subject, detail }) => {
  const higher = above(accountRoles, detail["role"])
  if (higher.length === 0) return false
  const role = detail["role"] as AccountRole
  const query = db.updateTable("account").set({ role }).where("id", "=", subject).where("role", "in", higher)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

const disableAccount: Again = async (db, { subject, at }) => {
  const query = db.updateTable("account").set({ disabled_at: at }).where("id", "=", subject).where("disabled_at", "is", null)
  return (await query.executeTakeFirst()).numUpdatedRows > 0n
}

const again = {
  "link.issued": endLinks,
  "link.revoked": revoke,
  "person.erased": erasePerson,
  "domain.erased": eraseDomain,
  "engagement.erased": eraseEngagement,
  "estate.removed": removeEstate,
  "member.removed": removeMember,
  "member.saved": lowerMember,
  "account.changed": lowerAccount,
  "account.disabled": disableAccount,
} as const satisfies Readonly<Record<string, Again>>

export type EndingAction = keyof typeof again

export const endingActions = Object.keys(again) as readonly EndingAction[]

/** Ends it in this database too; false when there was nothing (left) to end. */
export const endAgain = (db: Db, ending: Ending): Promise<boolean> => again[ending.action](db, ending)

/** References to people lead to nobody by themselves: those who are there are compared one by one. */
const personMeant = async (db: Db, { engagement, subject }: Ending): Promise<string | undefined> => {
  if (engagement === null) return undefined
  const people = await db.selectFrom("respondent").select("id").where("engagement", "=", engagement).execute()
  return people.find(({ id }) => personReference(engagement, id) === subject)?.id
}
