import type { AccountTable } from "./account-tables.ts"
import { note } from "./audit.ts"
import type { Engine } from "./engine.ts"
import type { Account, AccountRole, Actor, Credentials } from "./store.ts"
import type { Db } from "./tables.ts"

export const countAdministrators = (engine: Engine): Promise<number> => engine.read(administrators)

/** By name. */
export const listAccounts = (engine: Engine): Promise<readonly Account[]> =>
  engine.read(async (db) => (await db.selectFrom("account").selectAll().orderBy("name").orderBy("id").execute()).map(accountOf))

export const findAccount = (engine: Engine, id: string): Promise<Account | undefined> =>
  engine.read(async (db) => {
    const row = await accountRow(db, id)
    return row && accountOf(row)
  })

export const findCredentials = (engine: Engine, email: string): Promise<Credentials | undefined> =>
  engine.read(async (db) => {
    const row = await db.selectFrom("account").selectAll().where("email", "=", email.toLowerCase()).executeTakeFirst()
    return row && credentials(row)
  })

export const credentialsOf = (engine: Engine, account: string): Promise<Credentials | undefined> =>
  engine.read(async (db) => {
    const row = await accountRow(db, account)
    return row && credentials(row)
  })

type NewAccount = Pick<Account, "id" | "name" | "email" | "role">

/** False when the e-mail address is taken, or the actor may not add accounts. */
export const addAccount = (engine: Engine, by: Actor, account: NewAccount, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    if (!mayAdminister(by, await heldAdministrators(engine, db))) return false
    if (await isTaken(db, account.email)) return false
    await insertAccount(db, account, null, now)
    await note(db, by, { action: "account.added", subject: account.id, detail: { role: account.role } }, now)
    return true
  })

/** Makes the first administrator with the set-up link, which then is used up; false when it is not good, or there is one. */
export const addFirstAdministrator = (
  engine: Engine,
  tokenHash: string,
  account: Pick<Account, "id" | "name" | "email"> & { readonly password: string },
  now: number,
): Promise<boolean> =>
  engine.write(async (db) => {
    if (!(await isSetUpLink(db, tokenHash, now)) || (await isTaken(db, account.email))) return false
    // All of them: two that were issued at the same moment must not make an administrator each.
    const used = await db.deleteFrom("account_token").where("purpose", "=", "set-up").returning("token_hash").execute()
    if (!used.some(({ token_hash }) => token_hash === tokenHash) || (await administrators(db)) > 0) return false
    await insertAccount(db, { ...account, role: "administrator" }, account.password, now)
    const detail = { role: "administrator", first: true }
    await note(db, { account: account.id }, { action: "account.added", subject: account.id, detail }, now)
    return true
  })

const isSetUpLink = async (db: Db, tokenHash: string, now: number): Promise<boolean> =>
  (await db
    .selectFrom("account_token")
    .select("token_hash")
    .where("token_hash", "=", tokenHash)
    .where("purpose", "=", "set-up")
    .where("expires_at", ">", now)
    .executeTakeFirst()) !== undefined

export const changeAccount = (
  engine: Engine,
  by: Actor,
  account: string,
  { name, email, role }: { readonly name: string; readonly email: string; readonly role: AccountRole },
  now: number,
): Promise<"changed" | "gone" | "taken" | "last-administrator"> =>
  engine.write(async (db) => {
    const held = await heldAdministrators(engine, db)
    const row = await accountRow(db, account)
    if (row === undefined || !(mayAdminister(by, held) || isOwnChange(by, row, role))) return "gone"
    if (row.email !== email.toLowerCase() && (await isTaken(db, email))) return "taken"
    if (role !== "administrator" && isLast(held, account)) return "last-administrator"
    await db.updateTable("account").set({ name, email: email.toLowerCase(), role }).where("id", "=", account).execute()
    if (role !== row.role) {
      // What they were shown before does not go on under other rights.
      await db.deleteFrom("account_session").where("account", "=", account).execute()
      if (role === "reader") await db.updateTable("membership").set({ role: "reader" }).where("account", "=", account).execute()
    }
    await note(db, by, { action: "account.changed", subject: account, detail: { role } }, now)
    return "changed"
  })

/** Disables the account and ends its sessions and one-time links, or enables it again. */
export const disableAccount = (engine: Engine, by: Actor, account: string, disabled: boolean, now: number): Promise<boolean> =>
  engine.write(async (db) => {
    const held = await heldAdministrators(engine, db)
    if (!mayAdminister(by, held) || (disabled && isLast(held, account))) return false
    if ((await accountRow(db, account)) === undefined) return false
    await db
      .updateTable("account")
      .set({ disabled_at: disabled ? now : null })
      .where("id", "=", account)
      .execute()
    if (disabled) await endEverything(db, account)
    await note(db, by, { action: disabled ? "account.disabled" : "account.enabled", subject: account }, now)
    return true
  })

// ---------------------------------------------------------------- pieces

export const accountRow = (db: Db, id: string): Promise<AccountTable | undefined> =>
  db.selectFrom("account").selectAll().where("id", "=", id).executeTakeFirst()

/** Ends the account's sessions, but for the one whose hash is `except`, and its one-time links. */
export const endEverything = async (db: Db, account: string, except = ""): Promise<void> => {
  await db.deleteFrom("account_session").where("account", "=", account).where("session_hash", "<>", except).execute()
  await db.deleteFrom("account_token").where("account", "=", account).execute()
}

export const accountOf = (row: AccountTable): Account => ({
  id: row.id,
  name: row.name,
  email: row.email,
  role: row.role,
  createdAt: row.created_at,
  ...(row.disabled_at !== null && { disabledAt: row.disabled_at }),
  hasPassword: row.password !== null,
  ...(row.totp_since !== null && { secondFactorSince: row.totp_since }),
})

const credentials = (row: AccountTable): Credentials => ({
  account: accountOf(row),
  password: row.password ?? undefined,
  totpSecret: row.totp_secret ?? undefined,
})

const insertAccount = async (
  db: Db,
  { id, name, email, role }: NewAccount,
  password: string | null,
  now: number,
): Promise<void> => {
  const without = { totp_secret: null, totp_since: null, totp_step: 0, disabled_at: null }
  await db
    .insertInto("account")
    .values({ id, name, email: email.toLowerCase(), role, password, ...without, created_at: now })
    .execute()
}

const isTaken = async (db: Db, email: string): Promise<boolean> =>
  (await db.selectFrom("account").select("id").where("email", "=", email.toLowerCase()).executeTakeFirst()) !== undefined

const administrators = async (db: Db): Promise<number> => {
  const { count } = await db
    .selectFrom("account")
    .select((row) => row.fn.countAll<number>().as("count"))
    .where("role", "=", "administrator")
    .where("disabled_at", "is", null)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * The ids of the administrators whose accounts work, who stay so until the transaction ends: two that disable each other at the same moment
 * must not both see another one left.
 */
export const heldAdministrators = async ({ kind }: Engine, db: Db): Promise<readonly string[]> => {
  const query = db
    .selectFrom("account")
    .select("id")
    .where("role", "=", "administrator")
    .where("disabled_at", "is", null)
    .orderBy("id")
  return (await (kind === "postgres" ? query.forNoKeyUpdate() : query).execute()).map(({ id }) => id)
}

/** The program, or one of the administrators. */
export const mayAdminister = (by: Actor, administrators: readonly string[]): boolean =>
  "program" in by || ("account" in by && administrators.includes(by.account))

/** Name and address of one's own, but not what one may do. */
const isOwnChange = (by: Actor, { id, role, disabled_at }: AccountTable, wanted: AccountRole): boolean =>
  "account" in by && by.account === id && disabled_at === null && role === wanted

const isLast = (administrators: readonly string[], account: string): boolean =>
  administrators.length === 1 && administrators[0] === account
