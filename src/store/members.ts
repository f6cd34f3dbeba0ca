import { type ExpressionBuilder, sql } from "kysely"
import { findEngagement, type Need } from "./access.ts"
import { note } from "./audit.ts"
import { changeOrNot } from "./engine.ts"
import type { Engine } from "./engine.ts"
import type { Actor, EngagementScope, Member, MemberRole } from "./store.ts"
import type { Db, Tables } from "./tables.ts"

const standings: readonly (readonly [MemberRole, Need])[] = [
  ["owner", "own"],
  ["editor", "see"],
  ["reader", "read"],
]

/** The most that the actor may do with the engagement. */
export const standingOf = (engine: Engine, scope: EngagementScope): Promise<MemberRole | undefined> =>
  engine.read(async (db) => {
    if ("respondent" in scope.by) return undefined
    for (const [role, need] of standings) if (await findEngagement(db, scope, need)) return role
    return undefined
  })

/** Names of the owners whose accounts work; nothing for whoever the engagement is not open to. */
export const ownersOf = (engine: Engine, scope: EngagementScope): Promise<readonly string[]> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "see"))) return []
    const rows = await db
      .selectFrom("membership as m")
      .innerJoin("account as a", "a.id", "m.account")
      .select("a.name")
      .where("m.engagement", "=", scope.engagement)
      .where("m.role", "=", "owner")
      .where("a.disabled_at", "is", null)
      .orderBy("m.added_at")
      .orderBy("a.id")
      .execute()
    return rows.map(({ name }) => name)
  })

/** Owners first, then by name; `undefined` when the actor may not read the engagement. */
export const listMembers = (engine: Engine, scope: EngagementScope): Promise<readonly Member[] | undefined> =>
  engine.read(async (db) => {
    if (!(await findEngagement(db, scope, "read"))) return undefined
    const rows = await db
      .selectFrom("membership as m")
      .innerJoin("account as a", "a.id", "m.account")
      .select(["a.id as account", "a.name", "a.email", "m.role", "a.disabled_at"])
      .where("m.engagement", "=", scope.engagement)
      .orderBy("a.name")
      .orderBy("a.id")
      .execute()
    const order: readonly MemberRole[] = ["owner", "editor", "reader"]
    return rows
      .map(({ disabled_at, ...member }) => ({ ...member, disabled: disabled_at !== null }))
      .sort((one, other) => order.indexOf(one.role) - order.indexOf(other.role))
  })

export const saveMember = async (
  engine: Engine,
  scope: EngagementScope,
  account: string,
  role: MemberRole,
  now: number,
): Promise<"saved" | "gone" | "last-owner" | "reader-account"> => {
  let result: "saved" | "gone" | "last-owner" | "reader-account" = "gone"
  await changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      result = await put(db, scope, account, role, now)
      return result === "saved"
    },
    "own",
  )
  return result
}

const put = async (
  db: Db,
  { engagement, by }: EngagementScope,
  account: string,
  role: MemberRole,
  now: number,
): Promise<"saved" | "gone" | "last-owner" | "reader-account"> => {
  const person = await db.selectFrom("account").select(["role", "disabled_at"]).where("id", "=", account).executeTakeFirst()
  if (person === undefined || person.disabled_at !== null) return "gone"
  if (person.role === "reader" && role !== "reader") return "reader-account"
  if (role !== "owner" && (await isLastOwner(db, engagement, account))) return "last-owner"
  await db
    .insertInto("membership")
    .values({ engagement, account, role, added_at: now })
    .onConflict((conflict) => conflict.columns(["engagement", "account"]).doUpdateSet({ role }))
    .execute()
  await note(db, by, { action: "member.saved", engagement, subject: account, detail: { role } }, now)
  return "saved"
}

export const removeMember = async (
  engine: Engine,
  scope: EngagementScope,
  account: string,
  now: number,
): Promise<"removed" | "gone" | "last-owner"> => {
  let result: "removed" | "gone" | "last-owner" = "gone"
  await changeOrNot(
    engine,
    scope,
    now,
    async (db) => {
      const { engagement } = scope
      if (await isLastOwner(db, engagement, account)) {
        result = "last-owner"
        return false
      }
      const done = await db
        .deleteFrom("membership")
        .where("engagement", "=", engagement)
        .where("account", "=", account)
        .executeTakeFirst()
      if (done.numDeletedRows !== 1n) return false
      await note(db, scope.by, { action: "member.removed", engagement, subject: account }, now)
      result = "removed"
      return true
    },
    "own",
  )
  return result
}

/** Whether the account owns the engagement and nobody else whose account works does. */
const isLastOwner = async (db: Db, engagement: string, account: string): Promise<boolean> => {
  const owners = await db
    .selectFrom("membership as m")
    .innerJoin("account as a", "a.id", "m.account")
    .select(["m.account", "a.disabled_at"])
    .where("m.engagement", "=", engagement)
    .where("m.role", "=", "owner")
    .execute()
  const others = owners.filter((owner) => owner.account !== account)
  return others.length < owners.length && others.every(({ disabled_at }) => disabled_at !== null)
}

/** Whom an engagement can be shared with: everybody whose account works, but not the one who asks; nobody for one who may not share. */
export const listColleagues = (
  engine: Engine,
  by: Actor,
): Promise<readonly { readonly id: string; readonly name: string; readonly email: string }[]> =>
  engine.read((db) =>
    db
      .selectFrom("account")
      .select(["id", "name", "email"])
      .where("disabled_at", "is", null)
      .where("id", "<>", "account" in by ? by.account : "")
      .where((row) => mayShare(row, by))
      .orderBy("name")
      .orderBy("id")
      .execute(),
  )

const mayShare = (row: ExpressionBuilder<Tables, "account">, by: Actor) => {
  if (!("account" in by)) return sql<boolean>`${"program" in by ? 1 : 0} = 1`
  return row.exists(
    row
      .selectFrom("account as own")
      .select("own.id")
      .where("own.id", "=", by.account)
      .where("own.disabled_at", "is", null)
      .where("own.role", "<>", "reader"),
  )
}
